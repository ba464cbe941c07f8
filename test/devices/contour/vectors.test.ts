/** Real messages of real meters, both ways: what they mean, and that we would build the same bytes. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { decode } from '#devices/contour/decode.ts'
import { endsMessage } from '#devices/contour/frame.ts'
import { buildReports, payloadOf } from '#devices/shared/contourReports.ts'
import { readHeader } from '#devices/contour/header.ts'
import type { Download } from '#devices/driver.ts'
import { buildFrame, Control, endsFrame, parseFrame, recordsOf, textOf } from '#devices/shared/astm.ts'
import { deviceTimeFromIso, isoFromDeviceTime } from '#records/time.ts'
import { captures } from '../../helpers/captures.ts'

const { ETB, ETX } = Control

/** The numbers of the sheet, §9. */
describe('the vectors of the sheet', () => {
  // STX 1 R|67|…, before food, 7.9 mmol/L, checksum 04.
  const result = bytesFromHex(
    '02 31 527c36377c5e5e5e476c75636f73657c372e397c6d6d6f6c2f4c5e507c7c427c7c323031303131323831393439 0d 17 3034 0d0a',
  )
  const resultText = 'R|67|^^^Glucose|7.9|mmol/L^P||B||201011281949'

  it('take the result frame apart and build it again', () => {
    expect(parseFrame(result)).toEqual({ frame: { number: 1, text: resultText, textOffset: 2 } })
    expect(buildFrame(1, resultText)).toEqual(result)
  })

  it('give the checksum AE of the serial meter’s header', () => {
    const text = 'H|\\^&||-7880|Bayer7150^1.05\\0.00^7150-SAM2193|||||||P|1|200305121635'
    expect(textOf(buildFrame(1, text).slice(-4))).toBe('AE\r\n')
    expect(readHeader(text)).toMatchObject({
      product: 'Bayer7150',
      versions: ['1.05', '0.00'],
      serial: '7150-SAM2193',
      time: deviceTimeFromIso('2003-05-12T16:35'),
    })
  })

  it('wrap "X" and ENQ into reports', () => {
    const zeros = '00'.repeat(59)
    expect(buildReports(Uint8Array.of(0x58)).map(report => hexFromBytes(report))).toEqual([`4142430158${zeros}`])
    expect(buildReports(Uint8Array.of(0x05)).map(report => hexFromBytes(report))).toEqual([`4142430105${zeros}`])
    expect(payloadOf(bytesFromHex(`4142430105${zeros}`))).toEqual(Uint8Array.of(0x05))
  })

  it('read the result as 7.9 mmol/L before food on 2010-11-28 at 19:49', () => {
    expect(decode(downloadOf(result)).records).toMatchObject([
      { value: 7.9, units: 'mmol/L', meal: 'before', deviceTime: deviceTimeFromIso('2010-11-28T19:49') },
    ])
  })

  it('read A/Z1 as a quarter of an hour after food', () => {
    const text = 'R|81|^^^Glucose|11.5|mmol/L^P||A/Z1||201012272001'
    expect(decode(downloadOf(buildFrame(3, text))).records).toMatchObject([
      { value: 11.5, units: 'mmol/L', meal: 'after', minutesAfterMeal: 15 },
    ])
  })

  it('read the order O|2||||||||||Q as a test with control solution, until the next order', () => {
    const texts = ['O|2||||||||||Q', resultText, 'O|3', resultText]
    const { records } = decode(downloadOf(...texts.map((text, i) => buildFrame(i, text))))
    expect(records.map(record => record.type === 'smbg' && record.controlSolution)).toEqual([true, undefined])
  })
})

interface Vector {
  readonly name: string
  readonly message?: string
  readonly reports?: readonly string[]
  readonly text?: string
  readonly expect?: Readonly<Record<string, unknown>>
}

const folder = captures('contour')
const vectors: readonly Vector[] = folder ? JSON.parse(readFileSync(`${folder}/astm-vectors.json`, 'utf8')) : []
const messages = vectors.filter(({ message }) => message)

describe.skipIf(!folder)('captured messages (skipped where the captures are not beside the checkout)', () => {
  it('are five and more', () => {
    expect(vectors.length).toBeGreaterThan(5)
    expect(messages.length).toBeGreaterThan(2)
  })

  it.each(messages)('$name: travels in exactly the captured reports, both ways', ({ message = '', reports = [] }) => {
    const bytes = bytesFromHex(message)
    expect(buildReports(bytes).map(report => hexFromBytes(report))).toEqual(reports)
    let together = new Uint8Array(0)
    reports.forEach((report, i) => {
      const payload = payloadOf(bytesFromHex(report)) ?? new Uint8Array(0)
      together = Uint8Array.of(...together, ...payload)
      expect(endsMessage(together, payload)).toBe(i === reports.length - 1)
    })
    expect(together).toEqual(bytes)
  })

  it.each(messages)('$name: comes apart and goes together again', ({ message = '', expect: expected = {} }) => {
    const bytes = bytesFromHex(message)
    const { frame } = parseFrame(bytes)
    if (!frame) throw new Error('not a frame')
    const rebuilt = hexFromBytes(buildFrame(frame.number, frame.text))
    expect(message).toContain(rebuilt)
    expect(textOf(bytesFromHex(rebuilt).slice(-4, -2))).toBe(expected['checksum'])
    expect(endsFrame(bytes)).toBe(true)
  })

  it.each(messages.filter(({ expect: expected }) => expected?.['serial']))(
    '$name: tells who the meter is',
    ({ message = '', expect: expected = {} }) => {
      const header = readHeader(parseFrame(bytesFromHex(message)).frame?.text ?? '')
      const time = String(expected['time'])
      const iso = time.replace(
        /^(....)(..)(..)(..)(..)(..)?$/,
        (_, y, mo, d, h, mi, s = '00') => `${y}-${mo}-${d}T${h}:${mi}:${s}`,
      )
      expect(header).toMatchObject({
        product: expected['product'],
        versions: expected['versions'],
        serial: expected['serial'],
        sku: expected['sku'],
        displayUnits: expected['units'],
        lowMgdl: expected['lo'],
        highMgdl: expected['hi'],
        resultCount: expected['results'],
        time: deviceTimeFromIso(iso),
        ...(expected['rfSerial'] ? { rfSerial: expected['rfSerial'] } : {}),
      })
    },
  )

  it.each(vectors.filter(({ expect: expected }) => expected?.['value']))(
    '$name: is the expected result',
    ({ message, text = '', expect: expected = {} }) => {
      const { records } = decode(downloadOf(message ? bytesFromHex(message) : buildFrame(1, text)))
      expect(records).toHaveLength(1)
      expect(records).toMatchObject([{ value: expected['value'], units: expected['unit'] }])
      const digits = records[0] && isoFromDeviceTime(records[0].deviceTime).replace('T', ' ')
      expect(digits).toContain(expected['time'] ?? '')
    },
  )
})

/** Text as meters write it: printable, no control characters. */
const text = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map(code => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 200,
})
const number = fc.nat({ max: 7 })

describe('frames', () => {
  it('read back what was built, with EOT before and ENQ behind as well', () => {
    fc.assert(
      fc.property(number, text, fc.constantFrom(ETB, ETX), (n, said, end) => {
        const frame = buildFrame(n, said, end)
        expect(parseFrame(frame).frame).toEqual({ number: n, text: said, textOffset: 2 })
        expect(parseFrame(Uint8Array.of(4, ...frame, 5)).frame).toEqual({ number: n, text: said, textOffset: 3 })
      }),
    )
  })

  it('are refused when any one bit is wrong', () => {
    fc.assert(
      fc.property(number, text, (n, said) => {
        const frame = buildFrame(n, said)
        for (let bit = 0; bit < 8 * frame.length; bit++) {
          const wrong = frame.slice()
          wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          expect(parseFrame(wrong)).not.toHaveProperty('frame')
        }
      }),
      { numRuns: 30 },
    )
  })

  it('are refused when cut or followed by anything but ENQ', () => {
    const frame = buildFrame(2, 'P|1')
    for (let length = 0; length < frame.length; length++)
      expect(parseFrame(frame.slice(0, length)).frame).toBeUndefined()
    expect(parseFrame(Uint8Array.of(...frame, 0)).frame).toBeUndefined()
    expect(parseFrame(Uint8Array.of(...frame, 5, 5)).frame).toBeUndefined()
  })

  it('number from 0 to 7 only', () => {
    // '8' where the number stands, with the right checksum: 38 + 50 0D 17 = AC.
    expect(parseFrame(bytesFromHex('02 38 50 0d 17 4143 0d0a')).problem).toBe('frame number out of range')
    expect(parseFrame(bytesFromHex('02 37 50 0d 17 4142 0d0a')).frame).toMatchObject({ number: 7, text: 'P' })
  })

  it('may hold several records', () => {
    const { frame } = parseFrame(buildFrame(1, 'P|1\rO|1\rR|1'))
    expect(frame && recordsOf(frame)).toEqual([
      { text: 'P|1', offset: 2 },
      { text: 'O|1', offset: 6 },
      { text: 'R|1', offset: 10 },
    ])
  })
})

describe('reports', () => {
  it('carry any message of control characters or frames and give it back', () => {
    fc.assert(
      fc.property(number, text, (n, said) => {
        const message = buildFrame(n, said)
        const reports = buildReports(message)
        let together = new Uint8Array(0)
        reports.forEach((report, i) => {
          expect(report).toHaveLength(64)
          const payload = payloadOf(report) ?? new Uint8Array(0)
          together = Uint8Array.of(...together, ...payload)
          expect(endsMessage(together, payload)).toBe(i === reports.length - 1)
        })
        expect(together).toEqual(message)
      }),
    )
  })

  it('end a message of exactly 60 or 120 bytes without a further report', () => {
    // 8 bytes are wrapped around the text: STX, number, CR, ETB, 2 hex, CR, LF.
    for (const length of [60, 120]) {
      const reports = buildReports(buildFrame(1, 'x'.repeat(length - 8)))
      expect(reports).toHaveLength(length / 60)
      expect(reports.at(-1)?.[3]).toBe(60)
    }
  })

  it('are refused when cut, doubled, of another device or too long inside', () => {
    const [report = new Uint8Array(0)] = buildReports(Uint8Array.from({ length: 50 }, () => 0x41))
    expect(payloadOf(report)).toHaveLength(50)
    expect(payloadOf(report.slice(0, 54))).toHaveLength(50)
    expect(payloadOf(report.slice(0, 53))).toBeUndefined()
    expect(payloadOf(Uint8Array.of(...report, ...report))).toBeUndefined()
    expect(payloadOf(report.map((byte, i) => (i === 1 ? 0 : byte)))).toBeUndefined()
    expect(payloadOf(report.map((byte, i) => (i === 3 ? 61 : byte)))).toBeUndefined()
    expect(payloadOf(new Uint8Array(0))).toBeUndefined()
  })
})

function downloadOf(...messagesRead: readonly Uint8Array[]): Download {
  return {
    driver: 'contour',
    modelId: 'contour-usb',
    device: { kind: 'meter', manufacturer: 'Ascensia', model: 'Contour USB', serial: '7390-1' },
    pages: messagesRead.map((bytes, index) => ({ kind: 'record', index, bytes })),
    complete: true,
  }
}
