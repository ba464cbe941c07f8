import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeDownload, looksLikeDownload, parseDownload } from '#devices/downloadFile.ts'
import type { Download } from '#devices/driver.ts'
import type { DeviceTime } from '#records/time.ts'

const download: Download = {
  driver: 'contour',
  modelId: 'contour-usb',
  device: { kind: 'meter', manufacturer: 'Ascensia', model: 'Contour USB', serial: '7390-1163170' },
  complete: true,
  pages: [
    { kind: 'record', index: 0, bytes: new TextEncoder().encode('H|one') },
    { kind: 'record', index: 1, bytes: new TextEncoder().encode('R|2') },
  ],
}

const text =
  'basalt-download 1\n' +
  '{"driver":"contour","modelId":"contour-usb",' +
  '"device":{"kind":"meter","manufacturer":"Ascensia","model":"Contour USB","serial":"7390-1163170"},' +
  '"complete":true,"pages":[{"kind":"record","index":0,"length":5},{"kind":"record","index":1,"length":3}]}\n' +
  'H|oneR|2'
const bytes = new TextEncoder().encode(text)

const anyDownload: fc.Arbitrary<Download> = fc.record({
  driver: fc.string(),
  modelId: fc.string({ unit: 'binary' }),
  device: fc.record(
    {
      kind: fc.constantFrom('pump', 'meter', 'sensor'),
      manufacturer: fc.string(),
      model: fc.string({ unit: 'binary' }),
      serial: fc.string(),
      firmware: fc.string(),
    },
    { requiredKeys: ['kind', 'manufacturer', 'model', 'serial'] },
  ),
  complete: fc.boolean(),
  pages: fc.array(fc.record({ kind: fc.string(), index: fc.nat(), bytes: fc.uint8Array() })),
})

describe('a download as bytes', () => {
  it('is a line, a line of JSON, and the pages', () => {
    expect(new TextDecoder().decode(encodeDownload(download))).toBe(text)
    expect(parseDownload(bytes)).toEqual(download)
  })

  it('comes back as it was, whatever it held', () => {
    fc.assert(
      fc.property(anyDownload, one => {
        expect(parseDownload(encodeDownload(one))).toEqual(one)
      }),
    )
  })

  it('does not hold any clock, so that the same memory gives the same bytes', () => {
    const clock = { device: 1 as DeviceTime, hostMs: 2 }
    expect(encodeDownload({ ...download, clock })).toEqual(encodeDownload(download))
    const { serial, model, manufacturer, kind } = download.device
    expect(encodeDownload({ ...download, device: { serial, model, manufacturer, kind } })).toEqual(bytes)
  })

  it('is refused when cut anywhere, or when bytes follow', () => {
    for (let length = 0; length < bytes.length; length++) expect(parseDownload(bytes.slice(0, length))).toBeUndefined()
    expect(parseDownload(new Uint8Array([...bytes, 0]))).toBeUndefined()
  })

  it.each([
    ['another version', text.replace('download 1', 'download 2')],
    ['a JSON array', 'basalt-download 1\n[]\n'],
    ['no JSON', 'basalt-download 1\n{\n'],
    ['a missing field', text.replace('"driver":"contour",', '')],
    ['a kind of device that nobody knows', text.replace('"meter"', '"toaster"')],
    ['a negative length', text.replace('"length":5', '"length":-5')],
    ['a length beyond the end', text.replace('"length":3', '"length":9007199254740991')],
    ['a fraction', text.replace('"length":5', '"length":5.5')],
  ])('is refused with %s', (_, wrong) => {
    expect(parseDownload(new TextEncoder().encode(wrong))).toBeUndefined()
  })

  it('never throws, whatever the bytes', () => {
    const start = new TextEncoder().encode('basalt-download 1\n')
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (noise, begun) => {
        expect(() => parseDownload(begun ? new Uint8Array([...start, ...noise]) : noise)).not.toThrow()
      }),
    )
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        expect(() => parseDownload(bytes.with(at, byte))).not.toThrow()
      }),
    )
  })

  it('is known by its beginning', () => {
    expect(looksLikeDownload(bytes.slice(0, 18))).toBe(true)
    expect(looksLikeDownload(bytes.slice(0, 17))).toBe(false)
  })
})
