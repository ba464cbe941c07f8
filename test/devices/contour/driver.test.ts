/** The Contour driver against meters that behave as the sheet says, and as no meter should. */
import { describe, expect, it } from 'vitest'
import { hexFromBytes } from '#bytes/hex.ts'
import { driver } from '#devices/contour/driver.ts'
import { buildReports } from '#devices/shared/contourReports.ts'
import type { StoredResult } from '#devices/contour/memories.ts'
import { type ContourModel, models } from '#devices/contour/models.ts'
import { createMeter, type Meter } from '#devices/contour/simulator.ts'
import type { Simulator } from '#devices/driver.ts'
import { DeviceError } from '#devices/errors.ts'
import { buildFrame } from '#devices/shared/astm.ts'
import { type DeviceTime, deviceTimeFromIso } from '#records/time.ts'
import { codeOf, read } from '../reading.ts'

const ENQ = 0x05
const EOT = 0x04
const ACK = 0x06
const NAK = 0x15
const LETTER_X = 0x58

const timeOf = (iso: string): DeviceTime => deviceTimeFromIso(iso) ?? (0 as DeviceTime) // Texts of this file are times.

function modelOf(id: string): ContourModel {
  const model = models.find(each => each.id === id)
  if (!model) throw new Error(`no model ${id}`)
  return model
}
const linkMeter = modelOf('contour-next-link-24')
const usbMeter = modelOf('contour-usb')

const three: readonly StoredResult[] = [
  { time: timeOf('2026-03-13T07:05'), value: '104', flags: 'B' },
  { time: timeOf('2026-03-13T12:30'), value: '187', flags: 'A/Z4' },
  { time: timeOf('2026-03-14T07:01'), value: '96', flags: '' },
]
const meterOf = (changes: Partial<Meter> = {}): Meter => ({
  model: usbMeter,
  serial: 'SIM7390-9',
  clock: timeOf('2026-03-14T21:30'),
  units: 'mg/dL',
  results: three,
  ...changes,
})

const readMeter = (meter: Meter, chosen = meter.model) => read({ driver, model: chosen, simulator: createMeter(meter) })

/** What the driver said, command by command. */
const commandsOf = (written: readonly string[]): readonly number[] =>
  written.map(packet => Number.parseInt(packet.slice(8, 10), 16))

/** A meter that answers each command with the next of these messages, then falls silent. */
function scripted(...messages: readonly (readonly Uint8Array[])[]): Simulator {
  let next = 0
  return { receive: () => messages[next++]?.flatMap(message => buildReports(message)) ?? [] }
}
const control = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes)

const header = 'H|\\^&||pw|Bayer7390^01.20^7390-1^7396-|U=0^V=20600|2|||||P|1|202603142130'
const result = (n: number) => `R|${n}|^^^Glucose|${100 + n}|mg/dL^P||||20260314070${n}`
const closing = 'L|1||N'

describe('a read', () => {
  it('begins with "X" on meters that link to a pump and with EOT on others', async () => {
    const link = await readMeter(meterOf({ model: linkMeter }))
    expect(commandsOf(link.written)).toEqual([LETTER_X, ...Array<number>(7).fill(ACK)])
    const usb = await readMeter(meterOf())
    expect(commandsOf(usb.written)).toEqual([EOT, ...Array<number>(8).fill(ACK)])
  })

  it('tells the clock of the meter and of the computer', async () => {
    const { download } = await readMeter(meterOf())
    expect(download?.clock).toEqual({ device: timeOf('2026-03-14T21:30'), hostMs: expect.any(Number) })
  })

  it('counts results against the meter’s own count', async () => {
    const { progress } = await readMeter(meterOf())
    expect(progress).toEqual([0, 1, 2, 3].map(done => ({ done, total: 3, unit: 'results' })))
  })

  it.each([65_535, 999_999, 2])(
    'does not believe a meter with three results that announces %d',
    async claimedResults => {
      const { download, progress } = await readMeter(meterOf({ claimedResults }))
      expect(download?.complete).toBe(true)
      expect(progress.at(-1)).toEqual({ done: 3, total: undefined, unit: 'results' })
    },
  )

  it.each(['2000-01-01T00:00', '2099-12-31T23:59'])('reads a meter whose clock says %s', async iso => {
    const results = three.map(each => ({ ...each, time: timeOf(iso) }))
    const { download } = await readMeter(meterOf({ clock: timeOf(iso), results }))
    expect(download?.clock?.device).toBe(timeOf(iso))
    const records = download ? driver.decode(download).records : []
    expect(records.map(({ deviceTime }) => deviceTime)).toEqual(Array(3).fill(timeOf(iso)))
  })

  it('goes on without a clock when the header’s time is impossible', async () => {
    const broken = header.replace('202603142130', '202613992130')
    const simulator = scripted([buildFrame(1, broken)], [buildFrame(2, closing)], [control(EOT)])
    const { download } = await read({ driver, model: usbMeter, simulator })
    expect(download?.complete).toBe(true)
    expect(download).not.toHaveProperty('clock')
  })

  it('of another Contour than the chosen one is read all the same, under its own name', async () => {
    const { download } = await readMeter(meterOf({ model: usbMeter }), linkMeter)
    expect(download?.device.model).toBe('Contour USB')
    expect(download?.pages).toHaveLength(7)
  })

  it('of something else ends as the wrong device', async () => {
    const other = header.replace('Bayer7390', 'Guide-921')
    const { error } = await read({ driver, model: usbMeter, simulator: scripted([buildFrame(1, other)]) })
    expect(codeOf(error)).toBe('wrong-device')
  })

  it('of a meter without a serial number is refused, because its results could be another meter`s', async () => {
    const nameless = header.replace('^7390-1^', '^ ^')
    const { error } = await read({ driver, model: usbMeter, simulator: scripted([buildFrame(1, nameless)]) })
    expect(codeOf(error)).toBe('wrong-answer')
  })

  it.each([usbMeter, linkMeter])('brings $name back from remote mode', async model => {
    const { download, written } = await readMeter(meterOf({ model, inRemoteMode: true }))
    expect(download?.complete).toBe(true)
    expect(commandsOf(written)).toContain(EOT)
  })

  it('gives the same growing download to keep, which holds all that has come', async () => {
    const simulator = scripted([buildFrame(1, header)], [buildFrame(2, result(1))], [buildFrame(3, result(2))])
    const { kept, error } = await read({ driver, model: usbMeter, simulator })
    expect(codeOf(error)).toBe('no-answer')
    expect(error instanceof DeviceError && error.step).toBe('reading result 3')
    expect(kept).toMatchObject({ complete: false, driver: 'contour', modelId: 'contour-usb' })
    expect(kept && driver.decode(kept).records).toMatchObject([{ value: 101 }, { value: 102 }])
  })
})

describe('the start of a transfer', () => {
  const rest = [[buildFrame(2, result(1))], [buildFrame(3, closing)], [control(EOT)]] as const

  const beginnings: readonly (readonly [string, readonly (readonly Uint8Array[])[]])[] = [
    ['the header alone', [[buildFrame(1, header)]]],
    ['EOT, header and ENQ in one message', [[control(EOT, ...buildFrame(1, header), ENQ)]]],
    ['EOT ENQ first', [[control(EOT, ENQ)], [buildFrame(1, header)]]],
    ['EOT and ENQ in reports of their own', [[control(EOT), control(ENQ)], [buildFrame(1, header)]]],
    ['ENQ several times', [[control(ENQ)], [control(ENQ)], [control(ENQ)], [buildFrame(1, header)]]],
    ['NAK until it understands', [[control(NAK)], [control(NAK)], [buildFrame(1, header)]]],
    ['silence once', [[], [buildFrame(1, header)]]],
    ['the rest of an older transfer', [[buildFrame(5, result(1))], [buildFrame(1, header)]]],
    ['a damaged header', [[buildFrame(1, header).map((byte, i) => (i === 9 ? 0x7a : byte))], [buildFrame(1, header)]]],
  ]
  it.each(beginnings)('may be %s', async (_, beginning) => {
    const { download } = await read({ driver, model: usbMeter, simulator: scripted(...beginning, ...rest) })
    expect(download?.pages).toHaveLength(3)
  })

  it('asks again for a damaged header with NAK, and does not start over', async () => {
    const damaged = buildFrame(1, header).map((byte, i) => (i === 9 ? 0x7a : byte))
    const simulator = scripted([damaged], [buildFrame(1, header)], ...rest)
    expect(commandsOf((await read({ driver, model: usbMeter, simulator })).written)).toEqual([EOT, NAK, ACK, ACK, ACK])
  })

  it('may be a header that fills its reports, with ENQ in a report of its own', async () => {
    const frameOf = (padding: number) => buildFrame(1, header.replace('pw', 'p'.repeat(padding)))
    const full = [...Array(60).keys()].map(frameOf).find(frame => frame.length % 60 === 0)
    if (!full) throw new Error('no such header')
    const { download, written } = await read({
      driver,
      model: usbMeter,
      simulator: scripted([full, control(ENQ)], ...rest),
    })
    expect(download?.pages).toHaveLength(3)
    expect(commandsOf(written)).toEqual([EOT, ACK, ACK, ACK])
  })

  it('with ENQ for ever ends in a named error', async () => {
    const simulator: Simulator = { receive: () => buildReports(control(ENQ)) }
    const { error, written } = await read({ driver, model: usbMeter, simulator })
    expect(codeOf(error)).toBe('wrong-answer')
    expect(written.length).toBeLessThan(20)
  })

  it('without any answer says so after three tries', async () => {
    const { error, tookMs } = await read({ driver, model: usbMeter, simulator: { receive: () => [] } })
    expect(codeOf(error)).toBe('no-answer')
    expect(tookMs).toBe(100 + 3 * 5000)
  })
})

describe('a disturbed transfer', () => {
  const start = [[buildFrame(1, header)]] as const
  const end = [[buildFrame(3, closing)], [control(EOT)]] as const
  const good = buildFrame(2, result(1))
  const damaged = good.map((byte, i) => (i === 12 ? byte ^ 4 : byte))

  it('asks six times for a damaged frame, then gives up', async () => {
    const fiveTimes = Array.from({ length: 5 }, () => [damaged])
    const { download, written } = await read({
      driver,
      model: usbMeter,
      simulator: scripted(...start, ...fiveTimes, [good], ...end),
    })
    expect(download?.pages).toHaveLength(3)
    expect(commandsOf(written).filter(command => command === NAK)).toHaveLength(5)

    const forEver = Array.from({ length: 50 }, () => [damaged])
    const { error, written: inVain } = await read({
      driver,
      model: usbMeter,
      simulator: scripted(...start, ...forEver),
    })
    expect(codeOf(error)).toBe('wrong-answer')
    expect(commandsOf(inVain).filter(command => command === NAK)).toHaveLength(6)
  })

  it('passes over a frame that comes twice by itself, and does not count it twice', async () => {
    const simulator = scripted(...start, [good, good], ...end)
    const { download, written } = await read({ driver, model: usbMeter, simulator })
    expect(download?.pages).toHaveLength(3)
    // A second ACK for the same frame would make the meter run one frame ahead.
    expect(commandsOf(written)).toEqual([EOT, ACK, ACK, ACK])
  })

  it('acknowledges a repeated frame that it has asked for', async () => {
    // Our ACK is lost: the meter repeats the header after our NAK and waits for the ACK.
    const simulator = scripted(...start, [], [buildFrame(1, header)], [good], ...end)
    const { download, written } = await read({ driver, model: usbMeter, simulator })
    expect(download?.pages).toHaveLength(3)
    expect(commandsOf(written)).toEqual([EOT, ACK, NAK, ACK, ACK, ACK])
  })

  it('asks once for a long frame of which one report is damaged', async () => {
    const long = buildReports(buildFrame(2, `R|1|^^^Glucose|104|mg/dL^P||B||202603140705|${'x'.repeat(120)}`))
    const broken = long.map((report, i) => (i === 0 ? report.map((byte, at) => (at === 0 ? 0 : byte)) : report))
    const reports = [
      buildReports(buildFrame(1, header)),
      broken,
      long,
      ...end.map(([message]) => buildReports(message)),
    ]
    let next = 1
    const simulator: Simulator = {
      receive: packet => (packet[4] === EOT ? (reports[0] ?? []) : (reports[next++] ?? [])),
    }
    const { download, written } = await read({ driver, model: usbMeter, simulator })
    expect(download?.pages).toHaveLength(3)
    expect(commandsOf(written)).toEqual([EOT, ACK, NAK, ACK, ACK])
  })

  it('refuses a frame number already used with another text: a result would be lost', async () => {
    const simulator = scripted(...start, [good], [buildFrame(2, result(2))])
    expect(codeOf((await read({ driver, model: usbMeter, simulator })).error)).toBe('wrong-answer')
  })

  it('refuses a gap in the frame numbers', async () => {
    const simulator = scripted(...start, [good], [buildFrame(4, result(2))], ...end)
    expect(codeOf((await read({ driver, model: usbMeter, simulator })).error)).toBe('wrong-answer')
  })

  it('refuses a second header where frame 1 was due', async () => {
    const results = Array.from({ length: 7 }, (_, i) => [buildFrame((i + 2) % 8, result(i + 1))])
    const simulator = scripted(...start, ...results, [buildFrame(1, header)])
    const { error, kept } = await read({ driver, model: usbMeter, simulator })
    expect(codeOf(error)).toBe('wrong-answer')
    expect(kept?.pages).toHaveLength(8)
  })

  it('that ends without the closing record is not complete', async () => {
    const simulator = scripted(...start, [good], [control(EOT)])
    const { error, kept } = await read({ driver, model: usbMeter, simulator })
    expect(codeOf(error)).toBe('wrong-answer')
    expect(kept?.complete).toBe(false)
    expect(kept && driver.decode(kept).records).toHaveLength(1)
  })

  it('is complete with the closing record, whether or not the meter says EOT after it', async () => {
    const { download } = await read({
      driver,
      model: usbMeter,
      simulator: scripted(...start, [buildFrame(2, closing)]),
    })
    expect(download?.complete).toBe(true)
  })

  it('with a message that does not end stops collecting it', async () => {
    const endless = buildReports(Uint8Array.from({ length: 60_000 }, () => 0x78))
    const simulator: Simulator = {
      receive: packet => (packet[4] === EOT ? buildReports(buildFrame(1, header)) : endless),
    }
    const { error } = await read({ driver, model: usbMeter, simulator })
    expect(codeOf(error)).toBe('wrong-answer')
    expect(String(error)).toContain('a message without end')
  })

  it('with results for ever ends in a named error', async () => {
    let number = 0
    const simulator: Simulator = {
      receive: () => buildReports(number++ === 0 ? buildFrame(1, header) : buildFrame(number % 8, result(1))),
    }
    const { error, kept } = await read({ driver, model: usbMeter, simulator })
    expect(codeOf(error)).toBe('wrong-answer')
    expect(kept?.pages.length).toBe(10_000)
  })
})

describe('the whitelist', () => {
  it('is ACK, NAK, EOT and "X" in reports that begin with ABC or three zeros: eight reports', () => {
    const allowed: string[] = []
    for (const mark of [
      [0x41, 0x42, 0x43],
      [0, 0, 0],
      [0x41, 0x42, 0],
      [0x61, 0x62, 0x63],
    ]) {
      for (let length = 0; length <= 64; length++) {
        for (let command = 0; command < 256; command++) {
          const report = Uint8Array.from({ length: 64 }, (_, i) => [...mark, length, command][i] ?? 0)
          if (driver.mayWrite(report)) allowed.push(hexFromBytes(report.subarray(0, 5)))
        }
      }
    }
    expect(allowed).toEqual([
      '4142430104',
      '4142430106',
      '4142430115',
      '4142430158',
      '0000000104',
      '0000000106',
      '0000000115',
      '0000000158',
    ])
  })

  it('refuses what begins remote mode and what would write: ENQ, W|, R|', () => {
    const refused = ['\x05', 'W|', 'R|', 'D|', 'E|', 'X|', 'XX', '\x06\x06']
    const sent = refused.filter(text => {
      const [report = new Uint8Array(0)] = buildReports(Uint8Array.from(text, char => char.charCodeAt(0)))
      return driver.mayWrite(report)
    })
    expect(sent).toEqual([])
  })
})

describe('the simulated meter', () => {
  const say = (simulator: Simulator, command: number): readonly string[] =>
    simulator.receive(buildReports(control(command))[0] ?? control()).map(report => hexFromBytes(report).slice(6, 14))

  it('speaks the conversation of the sheet: EOT is answered EOT ENQ, ACK brings frame after frame, then EOT', () => {
    const simulator = createMeter(meterOf({ results: [] }))
    expect(say(simulator, EOT)).toEqual(['02040500'])
    // The header: 60 bytes of EOT STX 1.
    expect(say(simulator, ACK)[0]).toBe('3c040231')
    expect(say(simulator, ACK)).toEqual(['0b023250'])
    expect(say(simulator, NAK)).toEqual(['0b023250'])
    expect(say(simulator, ACK)).toEqual(['0b02334f'])
    expect(say(simulator, ACK)).toEqual(['0e02344c'])
    expect(say(simulator, ACK)).toEqual(['01040000'])
  })

  it('numbers its frames 1 to 7, 0, 1', () => {
    const results = Array.from({ length: 8 }, () => three[0] ?? { time: 0 as DeviceTime, value: '100', flags: '' })
    const simulator = createMeter(meterOf({ results }))
    say(simulator, EOT)
    say(simulator, ACK)
    const numbers = Array.from({ length: 9 }, () => say(simulator, ACK)[0]?.slice(4, 6))
    expect(numbers).toEqual(['32', '33', '34', '35', '36', '37', '30', '31', '32'])
  })
})
