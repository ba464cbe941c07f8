/** The forms of raw captures, each holding the same two packets: 01 02 03 and 04. */
import { expect, test } from 'vitest'
import { CaptureError, packetsOf } from '#cli/capture.ts'

const packets = [Uint8Array.of(1, 2, 3), Uint8Array.of(4)]
const read = (text: string, name = 'a.txt') => packetsOf(new TextEncoder().encode(text), name, false)

test.each([
  ['one packet of hex a line', '01 02 03\n04\n'],
  ['with comments, empty lines and Windows line ends', '# from a meter\r\n010203\r\n\r\n04\r\n'],
  [
    'JSON lines with directions',
    '{"dir":"out","hex":"ff"}\n{"dir":"in","hex":"010203"}\n{"ms":1,"dir":"in","hex":"04"}',
  ],
  ['JSON lines without directions', '{"hex":"010203"}\n{"hex":"04"}'],
  ['a JSON list of hex texts', '["01 02 03", "04"]'],
  ['a JSON list of packets', '[{"dir":"in","hex":"010203"},{"dir":"out","hex":"ff"},{"dir":"in","hex":"04"}]'],
])('%s', (_, text) => {
  expect(read(text)).toEqual(packets)
})

test('a .bin file is split into HID reports of 64 bytes, or is one page', () => {
  const bytes = Uint8Array.from({ length: 128 }, (_, i) => i)
  expect(packetsOf(bytes, 'a.bin', false)).toEqual([bytes.slice(0, 64), bytes.slice(64)])
  expect(packetsOf(bytes, 'a.bin', true)).toEqual([bytes])
})

test.each([
  ['nothing', '', 'The capture is empty.'],
  ['something else', 'hello', 'Entry 1 is not hex'],
  ['half a byte', '01\n0', 'Entry 2 is not hex'],
  ['broken JSON', '[1', 'The capture is not JSON'],
  ['a broken JSON line', '{"hex":"01"}\n{', 'Entry 2 is not JSON'],
  ['a packet without hex', '{"dir":"in"}', 'Entry 1 has no "hex"'],
  ['numbers', '[1, 2]', 'Entry 1 is neither hex nor a packet'],
])('%s is refused with the place', (_, text, message) => {
  expect(() => read(text)).toThrow(CaptureError)
  expect(() => read(text)).toThrow(message)
})

test('a .bin file that is cut is refused', () => {
  expect(() => packetsOf(new Uint8Array(65), 'a.bin', false)).toThrow('this one has 65 bytes')
  expect(() => packetsOf(new Uint8Array(0), 'a.bin', false)).toThrow(CaptureError)
})
