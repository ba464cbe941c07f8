/**
 * The strong form of a PDF's password. pdfkit derives the key from the password by one SHA-256 (revision 5); this puts the
 * entries of revision 6 in their place, whose hash takes a guesser thousands of times longer. The pages are encrypted with
 * the same random AES-256 key either way. Source: ISO 32000-2:2020, 7.6.4.3.4 (algorithm 2.B), 7.6.4.4.7 and .8 (8, 9).
 */
import { cbc } from '@noble/ciphers/aes.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type PDFDocument from 'pdfkit'

/** A password is at most so many bytes of UTF-8. */
const MOST_BYTES = 127

/** Replaces the document's password entries; to be called before anything is written. */
export function strengthenPassword(doc: PDFDocument, password: string): void {
  if (!doc._security) throw new Error('The document has no password')
  const { encryptionKey, dictionary } = doc._security
  const bytes = passwordBytes(password)
  const nothing = new Uint8Array(0)
  const user = entryOf(bytes, nothing, encryptionKey)
  const owner = entryOf(bytes, user.entry, encryptionKey)
  Object.assign(dictionary.data, { R: 6, U: user.entry, UE: user.key, O: owner.entry, OE: owner.key })
}

/** The form in which readers compare passwords; close to SASLprep (RFC 4013) for what people type. */
export const passwordBytes = (password: string): Uint8Array =>
  new TextEncoder().encode(password.normalize('NFKC')).subarray(0, MOST_BYTES)

function entryOf(password: Uint8Array, user: Uint8Array, fileKey: Uint8Array) {
  const check = crypto.getRandomValues(new Uint8Array(8))
  const salt = crypto.getRandomValues(new Uint8Array(8))
  const iv = new Uint8Array(16)
  return {
    entry: concatBytes(hardenedHash(password, check, user), check, salt),
    key: cbc(hardenedHash(password, salt, user), iv, { disablePadding: true }).encrypt(fileKey),
  }
}

/** Algorithm 2.B: 32 bytes; `user` is the 48-byte entry of the user's password for the owner's, else empty. */
export function hardenedHash(password: Uint8Array, salt: Uint8Array, user: Uint8Array): Uint8Array {
  let key: Uint8Array = sha256(concatBytes(password, salt, user))
  for (let round = 0; ; round += 1) {
    const once = concatBytes(password, key, user)
    const repeated = new Uint8Array(once.length * 64)
    for (let at = 0; at < repeated.length; at += once.length) repeated.set(once, at)
    const cipher = cbc(key.slice(0, 16), key.slice(16, 32), { disablePadding: true })
    const encrypted = cipher.encrypt(repeated)
    // The first 16 bytes as a number modulo 3; 256 is 1 modulo 3, so the sum of the bytes will do.
    const rest = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3
    key = rest === 0 ? sha256(encrypted) : rest === 1 ? sha384(encrypted) : sha512(encrypted)
    const last = encrypted.at(-1) ?? 0
    if (round >= 63 && last <= round - 31) return key.slice(0, 32)
  }
}
