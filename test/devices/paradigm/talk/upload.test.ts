/** The order of an upload, through both bridges: what is asked, what not, and what happens when it cannot go on. */
import { describe, expect, it } from 'vitest'
import { bytesFromHex } from '#bytes/hex.ts'
import { encodeDownload } from '#devices/downloadFile.ts'
import type { Download } from '#devices/driver.ts'
import { withPageCrc } from '#devices/paradigm/simulate/pump.ts'
import { type DeviceTime, deviceTimeFromIso } from '#records/time.ts'
import { codeOf } from '../../reading.ts'
import { askedThroughStick, memoryOf, numbersOf, pageOf, readPump, SERIAL, type Way } from '../readPump.ts'

const range = (from: number, to: number): readonly number[] => {
  const step = from <= to ? 1 : -1
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => from + i * step)
}
const pagesAsked = (written: readonly string[]) => askedThroughStick(written).filter(text => text.startsWith('80'))
const partOf = (download: Download | undefined, keep: (kind: string, index: number) => boolean): Download => {
  if (!download) throw new Error('nothing was read')
  return { ...download, complete: false, pages: download.pages.filter(({ kind, index }) => keep(kind, index)) }
}

describe.each<Way>(['stick', 'link'])('an upload through the %s', way => {
  it.each(['512', '515', '715', '522', '722', '523', '723', '551', '751', '554', '754'])(
    'reads a %s whole',
    async model => {
      const hasSensor = !/1[25]$/.test(model)
      const memory = memoryOf({ model, cgmPages: hasSensor ? 3 : 0, historyPages: model === '512' ? 32 : 36 })
      const { download, error, progress } = await readPump(memory, { way })
      expect(error).toBeUndefined()
      expect(download?.device).toMatchObject({ kind: 'pump', manufacturer: 'Medtronic', serial: SERIAL })
      expect(download?.device.model.endsWith(model)).toBe(true)
      expect(download?.device.firmware).toBe('VER 2.4A1.1')
      expect(numbersOf(download, 'history')).toEqual(model === '512' ? range(31, 0) : range(40, 5))
      expect(download?.pages.find(({ kind }) => kind === 'history')?.bytes).toEqual(pageOf(40))
      expect(numbersOf(download, 'glucose')).toEqual(hasSensor ? [99, 98, 97] : [])
      expect(numbersOf(download, 'isig')).toEqual(hasSensor ? [99, 98, 97] : [])
      const total = (model === '512' ? 32 : 36) + (hasSensor ? 6 : 0)
      expect(progress.at(-1)).toEqual({ done: total, total, unit: 'pages' })
      expect(download?.complete).toBe(true)
    },
  )

  it('asks for no page that is stored, but always for the one that is being filled', async () => {
    const first = await readPump(memoryOf({ counter: 40, cgmPages: 4 }), { way })
    if (!first.download) throw first.error
    const again = await readPump(memoryOf({ counter: 40, cgmPages: 4 }), { way, earlier: [first.download] })
    expect(again.pump.asked.get(0x80)).toBe(1)
    expect(again.pump.asked.get(0x9a)).toBe(1)
    expect(again.pump.asked.get(0x9b)).toBe(1)
    // One that is known is carried over beside it.
    expect(numbersOf(again.download, 'history')).toEqual([40, 39])
    expect(numbersOf(again.download, 'glucose')).toEqual([99, 98])
    expect(numbersOf(again.download, 'isig')).toEqual([99, 98])
    expect(again.download?.pages.find(({ kind, index }) => kind === 'history' && index === 39)?.bytes).toEqual(
      pageOf(39),
    )

    const later = await readPump(memoryOf({ counter: 43, cgmNewest: 101, cgmPages: 4 }), {
      way,
      earlier: [again.download ?? first.download, first.download],
    })
    expect(later.pump.asked.get(0x80)).toBe(4)
    expect(numbersOf(later.download, 'history')).toEqual([43, 42, 41, 40, 39])
    expect(numbersOf(later.download, 'glucose')).toEqual([101, 100, 99, 98])
    expect(later.download?.complete).toBe(true)
  })

  it('goes on after an interruption and asks for no page twice but the one that is being filled', async () => {
    const memory = memoryOf({ counter: 40, cgmPages: 3 })
    const whole = await readPump(memory, { way })
    for (const cut of [60, 200, whole.steps - 40]) {
      const faults = [{ atStep: cut, kind: 'unplug' }] as const
      const broken = await readPump(memory, { way, faults })
      expect(codeOf(broken.error)).toBe('unplugged')
      const rest = await readPump(memory, { way, earlier: broken.kept ? [broken.kept] : [] })
      const wanted = (kind: string, newest: number) =>
        numbersOf(whole.download, kind).filter(n => n === newest || !numbersOf(broken.kept, kind).includes(n)).length
      expect(rest.pump.asked.get(0x80)).toBe(wanted('history', 40))
      expect(rest.pump.asked.get(0x9a)).toBe(wanted('glucose', 99))
      expect(rest.pump.asked.get(0x9b)).toBe(wanted('isig', 99))
      const both = new Set([...numbersOf(broken.kept, 'history'), ...numbersOf(rest.download, 'history')])
      expect([...both].toSorted((a, b) => b - a)).toEqual(range(40, 5))
    }
  })

  it.each([0, 1, 2, 3, 10, 36])(
    'loses and doubles nothing when a new page begins after %d were read',
    async newPageAfter => {
      const memory = memoryOf({ counter: 40 })
      const { download, error } = await readPump(memory, { way, troubles: { newPageAfter } })
      expect(error).toBeUndefined()
      const numbers = numbersOf(download, 'history')
      // Whichever was the newest when the pages were counted last.
      const newest = Math.max(...numbers)
      expect(newest).toBeLessThanOrEqual(41)
      for (const page of download?.pages.filter(({ kind }) => kind === 'history') ?? []) {
        expect(page.index === 41 || page.bytes.join() === pageOf(page.index).join()).toBe(true)
      }
      expect(new Set(numbers).size).toBe(numbers.length)
      expect(range(newest, 6).filter(number => !numbers.includes(number))).toEqual([])
    },
  )
})

describe('an upload', () => {
  it('through the stick and through the link gives the same bytes', async () => {
    const memory = memoryOf({ model: '723', cgmPages: 2 })
    const [stick, link] = await Promise.all([readPump(memory), readPump(memory, { way: 'link' })])
    if (!stick.download || !link.download) throw stick.error ?? link.error
    expect(encodeDownload(stick.download)).toEqual(encodeDownload(link.download))
  })

  it('asks for model and serial number first, and in a bolus for nothing more', async () => {
    const { error, written, kept } = await readPump(memoryOf(), { troubles: { isBolusRunning: true } })
    expect(codeOf(error)).toBe('bolus-running')
    expect(askedThroughStick(written)).toEqual(['8d', '71', 'ce'])
    expect(kept).toBeUndefined()
  })

  it('stops before an alarm that waits', async () => {
    const { error, written } = await readPump(memoryOf(), { troubles: { alarm: 4 } })
    expect(codeOf(error)).toBe('alarm-waiting')
    expect(askedThroughStick(written)).toEqual(['8d', '71', 'ce', '75'])
  })

  it('of a pump of another serial number ends as out of range, after it was called twice', async () => {
    const { error, written } = await readPump(memoryOf(), { answers: { pumpSerial: '123456' } })
    expect(codeOf(error)).toBe('out-of-range')
    expect(askedThroughStick(written)).toEqual(['8d', '8d', '5d 010a', '5d 010a'])
  })

  it('of a pump that nobody knows ends as the wrong device', async () => {
    const { error } = await readPump(memoryOf({ model: '640' }))
    expect(codeOf(error)).toBe('wrong-device')
  })

  it('without the serial number of its pump is our own mistake', async () => {
    const { error, written } = await readPump(memoryOf(), { answers: {} })
    expect(codeOf(error)).toBe('bug')
    expect(written).toEqual([])
  })

  it('wakes a pump that sleeps, and wakes it again when it falls asleep', async () => {
    const troubles = { isAsleep: true, deafness: 2, awakeCommands: 30 }
    const { download, written } = await readPump(memoryOf(), { troubles })
    expect(numbersOf(download, 'history')).toEqual(range(40, 5))
    const wakes = askedThroughStick(written).filter(text => text.startsWith('5d'))
    expect(wakes.length).toBeGreaterThanOrEqual(3)
  })

  it('asks a busy pump again, and what it refuses for good is left out', async () => {
    const { download } = await readPump(memoryOf(), { troubles: { busyFor: 2 } })
    expect(download?.complete).toBe(true)
    expect(numbersOf(download, 'reply')).toContain(0xc0)
    expect(numbersOf(download, 'reply')).not.toContain(0x8a)
  })

  it('gives up on a pump that is busy all the time', async () => {
    const { error } = await readPump(memoryOf(), { troubles: { busyFor: 1000 } })
    expect(codeOf(error)).toBe('device-busy')
  })

  it('reads all of a pump whose counter went backwards, or whose memory is another one', async () => {
    const first = await readPump(memoryOf({ counter: 400 }))
    if (!first.download) throw first.error
    const smaller = await readPump(memoryOf({ counter: 40 }), { earlier: [first.download] })
    expect(smaller.pump.asked.get(0x80)).toBe(36)
    expect(numbersOf(smaller.download, 'history')).toEqual(range(40, 5))

    const cleared = { ...memoryOf({ counter: 402 }) }
    const history = cleared.history.map((_, age) => pageOf(402 - age, 0x33))
    const other = await readPump({ ...cleared, history }, { earlier: [first.download] })
    const newestFirst = other.download?.pages.filter(({ kind }) => kind === 'history') ?? []
    const sorted = newestFirst.toSorted((a, b) => b.index - a.index)
    expect(sorted.map(({ index }) => index)).toEqual(range(402, 367))
    expect(sorted.map(({ bytes }) => bytes)).toEqual(history)
  })

  it('does not believe what is stored of another pump, or with a wrong checksum, or that was being filled', async () => {
    const memory = memoryOf({ counter: 40 })
    const { download } = await readPump(memory)
    const whole = partOf(download, () => true)
    const others: readonly Download[] = [
      { ...whole, device: { ...whole.device, serial: '999999' } },
      { ...whole, driver: 'else' },
      {
        ...whole,
        pages: whole.pages.map(page => ({
          ...page,
          bytes: page.bytes.map((byte, at) => (at === 500 ? byte ^ 1 : byte)),
        })),
      },
      partOf(download, (kind, index) => kind === 'reply' && index !== 0x9d),
      { ...whole, pages: [] },
    ]
    for (const earlier of others) expect((await readPump(memory, { earlier: [earlier] })).pump.asked.get(0x80)).toBe(36)
    const atStart = await readPump(memoryOf({ counter: 41 }), { earlier: [whole] })
    expect(pagesAsked(atStart.written)).toEqual(['80 00', '80 01'])
  })

  it.each([
    ['13:20', ['80 00', '80 01', '80 02']],
    ['13:50', ['80 00', '80 01']],
  ])('asks again for a full page in which a square bolus was still running at %s', async (time, asked) => {
    // The sheet's 4.7 U over half an hour, 2015-05-25 13:10:49: its amount may be written anew when it ends.
    const square = bytesFromHex('01 00BC 00BC 0000 01 714A6D790F')
    const page = new Uint8Array(1024)
    page.set(square)
    const clock = deviceTimeFromIso(`2015-05-25T${time}:00`) ?? (0 as DeviceTime) // The text is a time.
    const withSquare = (counter: number, age: number) => {
      const memory = memoryOf({ model: '723', counter })
      return { ...memory, clock, history: memory.history.map((each, at) => (at === age ? withPageCrc(page) : each)) }
    }
    const first = await readPump(withSquare(40, 1))
    if (!first.download) throw first.error
    const later = await readPump(withSquare(41, 2), { earlier: [first.download] })
    expect(pagesAsked(later.written)).toEqual(asked)
  })

  it('fills holes of earlier reads and nothing else', async () => {
    const { download } = await readPump(memoryOf({ counter: 40 }))
    const holes = partOf(download, (kind, index) => kind !== 'history' || ![30, 29, 12].includes(index))
    const { written, download: filled } = await readPump(memoryOf({ counter: 40 }), { earlier: [holes] })
    expect(pagesAsked(written)).toEqual(['80 00', '80 0a', '80 0b', '80 1c'])
    expect(numbersOf(filled, 'history').toSorted((a, b) => b - a)).toEqual([40, 39, 31, 30, 29, 28, 13, 12, 11])
  })

  it('keeps reading past a page that cannot be read, and says at the end that it is missing', async () => {
    const damaged = pageOf(38).map((byte, at) => (at === 100 ? byte ^ 1 : byte))
    const memory = memoryOf({ counter: 40 })
    const history = memory.history.map((page, age) => (age === 2 ? damaged : page))
    const { error, kept, pump } = await readPump({ ...memory, history })
    expect(codeOf(error)).toBe('weak-radio')
    expect(String(error)).toContain('history page 38')
    expect(numbersOf(kept, 'history').toSorted((a, b) => b - a)).toEqual(range(40, 5))
    expect(kept?.complete).toBe(false)
    expect(pump.asked.get(0x80)).toBe(38)
    const again = await readPump(memory, { earlier: kept ? [kept] : [] })
    expect(pagesAsked(again.written)).toEqual(['80 00', '80 02'])
  })

  it('blames a low battery for a bad radio', async () => {
    const replies = new Map([...memoryOf().replies, [0x72, Uint8Array.of(1, 0, 0x60)]])
    const memory = memoryOf({ replies })
    const history = memory.history.map(page => page.map((byte, at) => (at === 100 ? byte ^ 1 : byte)))
    expect(codeOf((await readPump({ ...memory, history })).error)).toBe('low-battery')
  })

  it('of a new pump reads its one page', async () => {
    const { download } = await readPump(memoryOf({ counter: 0 }))
    expect(numbersOf(download, 'history')).toEqual([0])
    expect(download?.complete).toBe(true)
  })
})
