/**
 * Hexadecimal text to bytes and back, for tests, logs, simulators and the evidence view.
 * Knows nothing of any device.
 */

/** Bytes of hex text; blanks, line breaks and `0x` are ignored. Throws RangeError on anything else. */
export function bytesFromHex(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/0x|\s+/gi, '')
  if (digits.length % 2 !== 0) throw new RangeError(`Hex text has an odd number of digits: ${digits.length}`)
  if (!/^[0-9a-f]*$/i.test(digits)) throw new RangeError('Hex text holds something else than digits')
  const bytes = new Uint8Array(digits.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** Lower-case hex text of bytes, two digits each, joined by `separator`. */
export function hexFromBytes(bytes: Uint8Array, separator = ''): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(separator)
}
