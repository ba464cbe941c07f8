/** Reading a simulated pump: what is asked, what is kept, what goes wrong, and how the meter is left. */
import { describe, expect, it } from 'vitest'
import { hexFromBytes } from '#bytes/hex.ts'
import { Reader } from '#bytes/reader.ts'
import type { Download } from '#devices/driver.ts'
import { DeviceError } from '#devices/errors.ts'
import { driver } from '#devices/minimed-600/driver.ts'
import { models } from '#devices/minimed-600/models.ts'
import { buildCommand, Command, HistoryType } from '#devices/minimed-600/talk/message.ts'
import { readSlicePage, slicePage } from '#devices/minimed-600/talk/slices.ts'
import { createFakeClock } from '../../helpers/fakeClock.ts'
import { type Circumstances, codeOf, type Reading, read } from '../reading.ts'
import { blocksOf, KEY, NOW_RTC, packPlain, pairOf, type PumpFill, PUMP_SERIAL, type SimulatedPair } from './pumps.ts'

const DAY = 86_400
const [model] = models

interface Outcome extends Reading, SimulatedPair {}

async function run(fill: PumpFill = {}, circumstances: Partial<Circumstances> = {}): Promise<Outcome> {
  if (!model) throw new Error('no model')
  const pair = pairOf(fill)
  const reading = await read({ driver, model, simulator: pair.meter, ...circumstances })
  return { ...reading, ...pair }
}

/** What was asked of history: "pump 30..23" in days before now. */
function asked({ pump }: SimulatedPair): readonly string[] {
  return pump.heard
    .filter(({ command }) => command === Command.HISTORY)
    .map(({ parameters }) => {
      const reader = new Reader(parameters)
      const type = reader.u16be() >> 8 === HistoryType.pump ? 'pump' : 'sensor'
      return [type, reader.u32be(), reader.u32be()] as const
    })
    .map(([type, from, to]) => `${type} ${daysAgo(from)}..${daysAgo(to)}`)
}
const daysAgo = (rtc: number) => Number(((NOW_RTC - rtc) / DAY).toFixed(2))

const pagesOf = (download: Download | undefined, kind: string) =>
  (download?.pages ?? []).filter(page => page.kind === kind)

/** How the meter must be left, whatever happened. A pump that is gone hears of nothing any more. */
function expectLeftInOrder({ meter, pump }: SimulatedPair, isPumpThere = true): void {
  const left = { state: meter.state(), open: meter.isOpen(), stuck: meter.isStuck() }
  expect(left).toEqual({ state: 'idle', open: false, stuck: false })
  if (isPumpThere) expect(pump.inHighSpeed()).toBe(false)
}

describe('a first read', () => {
  it('asks for the clock first, then settings, then history newest first in slices of at most seven days', async () => {
    const outcome = await run({ days: 30, sensorDays: 10 })
    expect(outcome.error).toBeUndefined()
    const commands = outcome.pump.heard.map(({ command }) => command.toString(16).padStart(4, '0'))
    expect(commands.slice(0, 10)).toEqual([
      ...['0412', '0403', '0112', '0131', '012b', '012e', '0138', '0200', '013a', '0116'],
    ])
    expect(asked(outcome)).toEqual([
      ...['pump 7..0', 'sensor 7..0', 'pump 14..7', 'sensor 14..7', 'pump 21..14', 'pump 28..21', 'pump 35..28'],
    ])
    expectLeftInOrder(outcome)
  })

  it('keeps every answer as it came, command first, and says which stretches are whole', async () => {
    const { download } = await run({ days: 30, sensorDays: 10 })
    expect(download).toMatchObject({
      complete: true,
      device: { serial: PUMP_SERIAL, model: 'MiniMed 640G MMT-1712', manufacturer: 'Medtronic', firmware: '2.5A' },
      clock: { device: Date.UTC(2026, 2, 14, 21, 30) },
    })
    expect(hexFromBytes(pagesOf(download, 'time')[0]?.bytes ?? new Uint8Array(0)).slice(0, 14)).toBe('04070185000000')
    expect(pagesOf(download, 'pattern').map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    // 48 segments of 5 bytes, in packets.
    expect(pagesOf(download, 'pattern')[0]?.bytes).toHaveLength(244)
    expect(pagesOf(download, 'setting').map(({ index }) => index)).toEqual([0x131, 0x12b, 0x12e, 0x138])
    const whole = pagesOf(download, 'slice').map(({ bytes }) => readSlicePage(bytes))
    expect(whole.filter(slice => slice?.type === HistoryType.pump).map(slice => daysAgo(slice?.fromRtc ?? 0))).toEqual([
      ...[7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 89.96],
    ])
  })

  it('counts days, never backwards, up to all of them', async () => {
    const { progress } = await run({ days: 90, sensorDays: 90 })
    const done = progress.map(each => each.done)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(new Set(done).size).toBeGreaterThan(60)
    expect(progress.at(-1)).toEqual({ done: 90, total: 90, unit: 'days' })
  })

  it('is complete without any history, and without a sensor', async () => {
    const outcome = await run({ days: 0, sensorDays: 0 })
    expect(outcome.download?.complete).toBe(true)
    expect(asked(outcome)).toEqual([])
    const withoutSensor = await run({ days: 3, sensorDays: 0 })
    expect(withoutSensor.download?.complete).toBe(true)
    expect(asked(withoutSensor)).toEqual(['pump 7..0'])
  })

  it('passes over what this pump does not know, and asks on', async () => {
    const outcome = await run({ days: 3, memory: { answers: new Map(), patterns: [] } })
    expect(outcome.download?.complete).toBe(true)
    expect(outcome.download?.device).toMatchObject({ serial: PUMP_SERIAL, model: 'MiniMed 640G' })
    expect(asked(outcome)).toEqual(['pump 7..0', 'sensor 7..0', 'sensor 14..7'])
  })
})

describe('a later read', () => {
  const later = (download: Download | undefined, fill: PumpFill = {}, afterDays = 3) => {
    const rtc = NOW_RTC + afterDays * DAY
    return run({ ...fill, memory: { rtc } }, { earlier: download ? [download] : [] })
  }

  it('asks for what is new and the newest day once more, nothing twice', async () => {
    const first = await run({ days: 30 })
    const second = await later(first.download)
    expect(second.download?.complete).toBe(true)
    // From a day before the first read to three days after it.
    expect(asked(second)).toEqual(['pump 1..-3', 'sensor 1..-3'])
    expect(second.progress.at(-1)).toEqual({ done: 4, total: 4, unit: 'days' })
  })

  it('asks after a broken read for what is missing only, and carries the rest over', async () => {
    const broken = await run({ days: 30, sensorDays: 10 }, { faults: [{ atStep: 600, kind: 'unplug' }] })
    expect(codeOf(broken.error)).toBe('unplugged')
    const known = pagesOf(broken.kept, 'slice').map(({ bytes }) => readSlicePage(bytes))
    expect(known.length).toBeGreaterThan(0)
    const second = await run({ days: 30, sensorDays: 10 }, { earlier: broken.kept ? [broken.kept] : [] })
    expect(second.download?.complete).toBe(true)
    const whole = await run({ days: 30, sensorDays: 10 })
    const all = (download: Download | undefined) =>
      new Set(
        [...pagesOf(download, 'history-pump'), ...pagesOf(download, 'history-sensor')].map(page =>
          hexFromBytes(page.bytes),
        ),
      )
    for (const page of all(whole.download)) expect(all(second.download)).toContain(page)
    // Of each type the newest day and what the break had cut off.
    const again = new Set(asked(broken).slice(0, known.length))
    expect(asked(second).filter(stretch => again.has(stretch))).toEqual([])
  })

  it('begins with the channel on which the pump was found last', async () => {
    const channelsOf = ({ written }: Reading) =>
      written
        .filter(packet => packet.slice(44, 46) === '12' && packet.slice(74, 78) === '031c')
        .map(packet => packet.slice(80, 82))
    const first = await run({ days: 1 })
    expect(channelsOf(first)).toEqual(['14', '11', '0e'])
    const second = await later(first.download)
    expect(channelsOf(second)).toEqual(['0e'])
    const moved = await run({ days: 1, linked: { channel: 0x1a } }, { earlier: first.download ? [first.download] : [] })
    expect(channelsOf(moved)).toEqual(['0e', '14', '11', '17', '1a'])
  })

  it('believes no earlier read of a pump whose counter began anew', async () => {
    const first = await run({ days: 30 })
    const second = await run(
      { days: 20, memory: { rtc: NOW_RTC - 5 * DAY } },
      { earlier: first.download ? [first.download] : [] },
    )
    expect(asked(second)[0]).toBe('pump 12..5')
    expect(second.download?.complete).toBe(true)
  })

  it('believes no slice page that claims what that read could not know', async () => {
    const first = await run({ days: 30 })
    const forged = slicePage({ type: HistoryType.pump, fromRtc: 1, toRtc: 0xfffffff0 })
    const pages = [
      ...pagesOf(first.download, 'time'),
      { kind: 'slice', index: 1, bytes: forged },
      { kind: 'slice', index: 2, bytes: new Uint8Array(3) },
    ]
    const second = await run({ days: 30 }, { earlier: first.download ? [{ ...first.download, pages }] : [] })
    expect(asked(second).filter(stretch => stretch.startsWith('pump'))).toHaveLength(5)
    // Nor is it carried over from a broken read.
    const broken = first.download && { ...first.download, pages, complete: false }
    const third = await run({ days: 30 }, { earlier: broken ? [broken] : [] })
    expect(asked(third).filter(stretch => stretch.startsWith('pump'))).toHaveLength(5)
    expect(pagesOf(third.download, 'slice').map(({ bytes }) => hexFromBytes(bytes))).not.toContain(hexFromBytes(forged))
  })
})

describe('on a bad radio', () => {
  const lossy = (every: number, kind: 'lose' | 'twice' | 'late' | 'damage' | 'dropped') => (packet: number) =>
    packet > 30 && packet % every === 0 ? kind : undefined

  it.each(['lose', 'twice', 'late', 'damage', 'dropped'] as const)(
    'reads everything when packets go %s',
    async kind => {
      const clean = await run({ days: 9, sensorDays: 9 })
      const outcome = await run({ days: 9, sensorDays: 9, airFault: lossy(9, kind) })
      expect(outcome.error).toBeUndefined()
      const history = (download: Download | undefined) =>
        [...pagesOf(download, 'history-pump'), ...pagesOf(download, 'history-sensor')].map(({ bytes }) =>
          hexFromBytes(bytes),
        )
      expect(history(outcome.download)).toEqual(history(clean.download))
      expectLeftInOrder(outcome)
    },
  )

  it('repeats a command that the pump did not take, and one that nothing answers', async () => {
    for (const fault of ['unheard', 'silent', 'noisy'] as const) {
      const outcome = await run({ days: 2, commandFault: command => (command % 6 === 1 ? fault : undefined) })
      expect({ fault, error: outcome.error, complete: outcome.download?.complete }).toEqual({ fault, complete: true })
      expectLeftInOrder(outcome)
    }
  })

  it('reads a slice once more whose blocks are damaged inside; the same twice is what the pump has', async () => {
    const damaged = blocksOf(0x0b, 3, 3600).map(block => ({ ...block, bytes: block.bytes.with(5, 0x55) }))
    const blocks = { [HistoryType.pump]: damaged, [HistoryType.sensor]: [] }
    const outcome = await run({ memory: { blocks } })
    expect(outcome.download?.complete).toBe(true)
    expect(asked(outcome)).toEqual(['pump 7..0', 'pump 7..0'])
    expect(pagesOf(outcome.download, 'history-pump')).toHaveLength(1)
    expectLeftInOrder(outcome)
  })

  it('believes a pump that sends less than it announces only when it does so twice', async () => {
    const outcome = await run({
      days: 3,
      sensorDays: 0,
      memory: { pack: (type, blocks) => packPlain(type, blocks.slice(1)) },
    })
    expect(outcome.download?.complete).toBe(true)
    expect(asked(outcome)).toEqual(['pump 7..0', 'pump 7..0'])
  })

  it('does not call a slice whole that came short twice in different ways, and reads on before it says so', async () => {
    let times = 0
    const pack: typeof packPlain = (type, blocks) =>
      packPlain(type, type === 2 && times++ < 2 ? blocks.slice(times) : blocks)
    const outcome = await run({ days: 20, sensorDays: 0, memory: { pack } })
    expect(codeOf(outcome.error)).toBe('weak-radio')
    expect(asked(outcome)).toEqual(['pump 7..0', 'pump 7..0', 'pump 14..7', 'pump 21..14'])
    const whole = pagesOf(outcome.kept, 'slice').map(({ bytes }) => daysAgo(readSlicePage(bytes)?.toRtc ?? 0))
    expect(whole).not.toContain(0)
    expect(whole).toContain(7)
    // The next read asks for that slice again, and for no other.
    const next = await run({ days: 20, sensorDays: 0 }, { earlier: outcome.kept ? [outcome.kept] : [] })
    expect(asked(next)).toEqual(['pump 7..0'])
    expectLeftInOrder(outcome)
  })
})

describe('what ends a read has its name', () => {
  const on = (number: number, fault: 'lost' | 'stuck' | 'mute' | 'failed') => (command: number) =>
    command === number ? fault : undefined

  it.each<[string, string, PumpFill, boolean]>([
    ['no pump is linked with the meter', 'not-paired', { linked: 'none' }, true],
    ['the pump is too far away', 'out-of-range', { linked: { outOfRange: true } }, true],
    ['the meter has another key than the pump', 'not-paired', { meter: { packedKey: new Uint8Array(55) } }, true],
    ['an alarm is on the pump', 'alarm-waiting', { refusals: new Map([[2, 0x07]]) }, true],
    ['the pump is still sending to somebody', 'device-busy', { refusals: new Map([[2, 0x0f]]) }, true],
    ['the pump is busy', 'device-busy', { refusals: new Map([[3, 0x0c]]) }, true],
    ['a bolus is running that forbids it', 'bolus-running', { refusals: new Map([[3, 0x14]]) }, true],
    ['the meter loses the pump', 'out-of-range', { commandFault: on(4, 'lost') }, true],
    [
      'the meter loses a pump that it heard badly',
      'weak-radio',
      { linked: { signal: 0x10 }, commandFault: on(4, 'lost') },
      true,
    ],
    ['the meter cannot send', 'weak-radio', { commandFault: on(4, 'failed') }, true],
    ['the meter shows E86 and says so', 'replug-needed', { commandFault: on(4, 'stuck') }, false],
    ['the meter shows E86 and falls silent', 'replug-needed', { commandFault: on(4, 'mute') }, false],
    [
      'the pump falls silent in a transfer',
      'out-of-range',
      { airFault: packet => (packet > 40 ? 'lose' : undefined) },
      true,
    ],
    ['all that comes is damaged', 'weak-radio', { airFault: packet => (packet > 40 ? 'damage' : undefined) }, true],
  ])('%s: %s', async (name, code, fill, leaves) => {
    const outcome = await run(fill)
    expect(codeOf(outcome.error)).toBe(code)
    expect(outcome.timersLeft).toBe(0)
    if (leaves) expectLeftInOrder(outcome, !name.includes('loses'))
  })

  it('is no link meter of this series: wrong-device', async () => {
    const header = 'H|\\^&||SIMPWD|Bayer7390^01.12^7390-0000123^0000-^|A=1|0|||||P|1|20260314213000'
    expect(codeOf((await run({ meter: { header } })).error)).toBe('wrong-device')
  })

  it('the pump’s clock was never set: said before anything is read', async () => {
    const outcome = await run({ memory: { rtc: NOW_RTC, isClockSet: false } })
    expect(codeOf(outcome.error)).toBe('alarm-waiting')
    expectLeftInOrder(outcome)
  })

  it('reads a meter whose ENQ comes before its header', async () => {
    expect((await run({ days: 1, meter: { asksFirst: true } })).download?.complete).toBe(true)
  })

  it('brings a meter back that another program left in the middle', async () => {
    const outcome = await run({ days: 1, meter: { leftOpen: true } })
    expect(outcome.download?.complete).toBe(true)
    expectLeftInOrder(outcome)
  })
})

describe('leaving', () => {
  it('happens also after a cancel in the middle of a transfer', async () => {
    const whole = await run({ days: 20 })
    for (let packet = 8; packet < whole.written.length - 6; packet += 5) {
      const outcome = await run({ days: 20 }, { cancelAtPacket: packet })
      expect(codeOf(outcome.error)).toBe('cancelled')
      expectLeftInOrder(outcome)
    }
  })

  it('never has the meter show E86: not with answers that come twice and late, taken only when asked for', async () => {
    for (const kind of ['twice', 'late', 'damage'] as const) {
      let waiting: Uint8Array[] = []
      const pair = pairOf({
        days: 9,
        airFault: packet => (packet % 4 === 3 ? kind : undefined),
        meter: { unread: () => waiting.filter(report => hexFromBytes(report.subarray(4, 6)) === '5103').length },
      })
      // The computer's side of the cable as it is: nothing leaves the meter before it is fetched.
      const clock = createFakeClock()
      const download = await driver.download(
        {
          write: async bytes => void waiting.push(...pair.meter.receive(bytes)),
          async read(timeoutMs, signal) {
            const report = waiting.shift()
            if (report) return report
            await clock.sleep(timeoutMs, signal)
            throw new DeviceError('no-answer', { step: 'waiting' })
          },
          close: async () => undefined,
        },
        {
          model: model ?? never(),
          connection: model?.connections[0] ?? never(),
          answers: {},
          signal: new AbortController().signal,
          clock,
          async *earlier() {},
          progress: () => undefined,
          log: () => undefined,
          keep: () => undefined,
        },
      )
      expect(download.complete).toBe(true)
      expectLeftInOrder(pair)
      waiting = []
    }
  })

  it('the simulated meter would show E86: two answers unread, one more command', async () => {
    const outcome = await run({ meter: { unread: () => 2 } })
    expect(codeOf(outcome.error)).toBe('replug-needed')
    expect(outcome.meter.isStuck()).toBe(true)
  })
})

describe('the pump is told nothing that changes it', () => {
  it.each([
    ['a bolus', 0x0100, '0000000000'],
    ['suspend', 0x0107, '01'],
    ['suspend, dressed as long as high-speed mode', 0x0107, '00'],
    ['its clock', 0x0404, '0000000000000000'],
    ['the unknown 0124', 0x0124, ''],
    ['an ad-hoc link', 0x0405, '000000000000000000'],
    ['a history command with more behind it', 0x0304, '0204000000000000000000000001'],
    ['high-speed mode of an unknown kind', 0x0412, '02'],
    ['a ninth pattern', 0x0116, '09'],
  ])('%s is refused before it is encrypted', (_, command, parameters) => {
    const bytes = Uint8Array.from(parameters.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
    expect(() => buildCommand({ sequence: 1, command, parameters: bytes })).toThrow(
      expect.objectContaining({ code: 'command-refused' }),
    )
  })

  it('and a pump would hear only what was allowed: its own guard throws', () => {
    const { pump } = pairOf()
    for (const command of [0x0100, 0x0107, 0x0404]) {
      expect(() => pump.receive({ sequence: 1, command, parameters: Uint8Array.of(1) })).toThrow(/never to be sent/)
    }
    expect(KEY).toHaveLength(16)
  })
})

function never(): never {
  throw new Error('no model')
}
