/** The hash behind a PDF's password, against a plain one by Node's own cryptography. */
import { createCipheriv, createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hardenedHash, passwordBytes } from '#ui/paper/password.ts'

/** ISO 32000-2, algorithm 2.B, step by step. */
function plainHash(password: Buffer, salt: Buffer, user: Buffer): Buffer {
  const hash = (name: string, data: Buffer) => createHash(name).update(data).digest()
  let key = hash('sha256', Buffer.concat([password, salt, user]))
  for (let round = 1, last = 0; round <= 64 || last > round - 1 - 32; round += 1) {
    const repeated = Buffer.concat(Array.from({ length: 64 }, () => Buffer.concat([password, key, user])))
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false)
    const encrypted = Buffer.concat([cipher.update(repeated), cipher.final()])
    const rest = Number(BigInt(`0x${encrypted.subarray(0, 16).toString('hex')}`) % 3n)
    key = hash(['sha256', 'sha384', 'sha512'][rest] ?? '', encrypted)
    last = encrypted.at(-1) ?? 0
  }
  return key.subarray(0, 32)
}

test('is that of the standard, for users and owners', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), bytes(8), fc.oneof(bytes(0), bytes(48)), (password, salt, user) => {
      const plain = plainHash(Buffer.from(password), Buffer.from(salt), Buffer.from(user))
      expect(Buffer.from(hardenedHash(password, salt, user)).equals(plain)).toBe(true)
    }),
    { numRuns: 30 },
  )
})

test('takes a password as UTF-8 of at most 127 bytes, in one form for letters with accents', () => {
  expect([...passwordBytes('ä')]).toEqual([0xc3, 0xa4])
  expect([...passwordBytes('a\u0308')]).toEqual([0xc3, 0xa4])
  expect(passwordBytes('x'.repeat(200))).toHaveLength(127)
})
