// Reported: nothing
import { sha256 } from '@noble/hashes/sha2.js'
import { a } from '#bytes/thing.ts'
export const b = [a, sha256]
