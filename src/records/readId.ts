/** A name for one read, which is an event and not content: random. */
import { hexFromBytes } from '#bytes/hex.ts'

export const newReadId = (): string => hexFromBytes(crypto.getRandomValues(new Uint8Array(16)))
