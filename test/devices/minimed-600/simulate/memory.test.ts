/** A simulated person's ninety days: what is decoded comes to what the person's own books say. */
import { describe, expect, it } from 'vitest'
import { hexFromBytes } from '#bytes/hex.ts'
import { Writer } from '#bytes/writer.ts'
import { decode } from '#devices/minimed-600/decode/decode.ts'
import { createMemory } from '#devices/minimed-600/simulate/memory.ts'
import { Answer, HistoryType } from '#devices/minimed-600/talk/message.ts'
import type { Page } from '#devices/driver.ts'
import { DAY_MS, type DeviceTime } from '#records/time.ts'
import { deriveBasal } from '#stats/basal.ts'
import { insulinByDay } from '#stats/insulin.ts'
import { faultsOfAccount, idsOf } from '../../reading.ts'
import { downloadOf, ofType } from '../decode/pages.ts'

const now = Date.UTC(2026, 2, 14, 8, 5) as DeviceTime
const memoryOf = (seed: number, days: number, at = now) =>
  createMemory({
    seed,
    days,
    now: at,
    serial: 'NG7654321H',
    mac: Uint8Array.of(0, 0x23, 0xf7, 0x45, 0xee, 0x74, 0xcb, 0xb1),
    modelNumber: 'MMT-1712',
    meterSerial: 'BG1234563B',
  })

type Memory = ReturnType<typeof memoryOf>['memory']

/** As a driver would read it: answers, then groups of 16 blocks, the command first. */
function pagesOf(memory: Memory): readonly Page[] {
  const pages: Page[] = [
    {
      kind: 'time',
      index: 0,
      bytes: new Writer().u16be(Answer.TIME).u8(1).u32be(memory.rtc).i32be(memory.offset).done(),
    },
  ]
  for (const [number, parameters] of memory.answers) {
    const isIdentity = number === Answer.DEVICE_STRING || number === Answer.DEVICE_CHARACTERISTICS
    const kind = number === Answer.STATUS ? 'status' : isIdentity ? 'identity' : 'setting'
    pages.push({ kind, index: number, bytes: new Writer().u16be(number).bytes(parameters).done() })
  }
  memory.patterns.forEach((parameters, i) => {
    pages.push({
      kind: 'pattern',
      index: i + 1,
      bytes: new Writer().u16be(Answer.BASAL_PATTERN).bytes(parameters).done(),
    })
  })
  for (const type of Object.values(HistoryType)) {
    const blocks = memory.blocks[type]
    for (let at = 0; at < blocks.length; at += 16) {
      const packed = memory.pack(
        type,
        blocks.slice(at, at + 16).map(({ bytes }) => bytes),
      )
      const kind = type === HistoryType.pump ? 'history-pump' : 'history-sensor'
      pages.push({ kind, index: at, bytes: new Writer().u16be(Answer.HISTORY).bytes(packed).done() })
    }
  }
  return pages
}

describe('a simulated 640G of ninety days', { timeout: 60_000 }, () => {
  it.each([1, 2, 3])('decodes to what its own books say, seed %i', seed => {
    const { memory, history } = memoryOf(seed, 90)
    const download = downloadOf(pagesOf(memory))
    const decoded = decode(download)
    expect(faultsOfAccount(download, decoded)).toEqual([])
    // A bolus may be running at the end.
    expect(
      decoded.skipped.filter(({ holdsNothing, reason }) => !holdsNothing && !reason.startsWith('a bolus was prog')),
    ).toEqual([])

    const { counts, books } = history
    expect({
      boluses: ofType(decoded, 'bolus').length,
      wizards: ofType(decoded, 'wizard').length,
      fingersticks: ofType(decoded, 'smbg').length,
      calibrations: ofType(decoded, 'calibration').length,
      sensorValues: ofType(decoded, 'cbg').length,
      suspends: ofType(decoded, 'suspend').filter(({ suspended }) => suspended).length,
      tempBasals: ofType(decoded, 'tempBasal').filter(({ durationMs }) => durationMs > 0).length,
      fills: ofType(decoded, 'prime').length,
      alarms: ofType(decoded, 'alarm').filter(({ cleared }) => !cleared).length,
    }).toEqual(counts)
    expect(ofType(decoded, 'timeChange').length).toBe(1)

    const sorted = decoded.records
      .map(record => ({ ...record, sourceKey: 'pump:read' }))
      .sort((a, b) => a.deviceTime - b.deviceTime)
    const first = (books[0]?.day ?? 0) * DAY_MS
    const segments = deriveBasal(sorted, first as DeviceTime, now)
    const days = new Map(
      insulinByDay(sorted, segments, first / DAY_MS, Math.floor(now / DAY_MS)).map(day => [day?.day, day]),
    )
    const totals = new Map(ofType(decoded, 'dailyTotal').map(total => [total.deviceTime / DAY_MS, total]))
    let whole = 0
    for (const book of books) {
      const day = days.get(book.day)
      expect(day?.bolusUnits).toBeCloseTo(book.bolus / 10_000, 6)
      if (!book.isWhole) continue
      whole++
      // The statistics round each stretch to 0.001 U.
      expect(Math.abs((day?.basalUnits ?? Number.NaN) - book.basal / 10_000)).toBeLessThan(0.02)
      expect(totals.get(book.day)).toMatchObject({
        basalUnits: Math.round(book.basal) / 10_000,
        bolusUnits: book.bolus / 10_000,
      })
      const carbs = ofType(decoded, 'wizard')
        .filter(one => Math.floor(one.deviceTime / DAY_MS) === book.day && one.delivered !== false)
        .reduce((sum, one) => sum + (one.carbsGrams ?? 0), 0)
      expect(carbs).toBe(book.carbs)
    }
    // All but today and the day on which the clock was set.
    expect(whole).toBe(88)
  })

  it('is the same for the same words and another for others', () => {
    const bytesOf = (memory: Memory) =>
      pagesOf(memory)
        .map(({ bytes }) => hexFromBytes(bytes))
        .join()
    const one = bytesOf(memoryOf(1, 5).memory)
    expect(bytesOf(memoryOf(1, 5).memory)).toBe(one)
    expect(bytesOf(memoryOf(2, 5).memory)).not.toBe(one)
  })

  it('ends with the moment of the read and tells status and settings that agree with it', () => {
    const { memory, history } = memoryOf(1, 10)
    const decoded = decode(downloadOf(pagesOf(memory)))
    for (const { deviceTime } of decoded.records) expect(deviceTime).toBeLessThanOrEqual(now)
    const status = ofType(decoded, 'setting').find(({ name }) => name === 'CurrentPumpStatus')
    const lastBolus = ofType(decoded, 'bolus').at(-1)
    expect(status?.values).toMatchObject({
      'last bolus': `${(lastBolus?.normalUnits ?? 0) + (lastBolus?.extendedUnits ?? 0)} U`,
      'last bolus number': String(lastBolus?.bolusNumber),
      reservoir: `${history.end.reservoir / 10_000} U`,
    })
    const patterns = ofType(decoded, 'setting').filter(({ name }) => name === 'CurrentBasalProfile')
    expect(patterns.map(({ values }) => Object.keys(values).length - 1)).toEqual([6, 0, 0, 0, 0, 24, 0, 0])
  })

  it('gives the same records, by their ids, whole or in two reads that overlap by two blocks', () => {
    const { memory } = memoryOf(4, 4)
    const blocks = memory.blocks[HistoryType.pump]
    const page = (from: number, to: number): Page => {
      const packed = memory.pack(
        HistoryType.pump,
        blocks.slice(from, to).map(({ bytes }) => bytes),
      )
      return { kind: 'history-pump', index: 0, bytes: new Writer().u16be(Answer.HISTORY).bytes(packed).done() }
    }
    const ids = (...pages: readonly Page[]) => idsOf(decode(downloadOf(pages)))
    const whole = new Set(ids(page(0, blocks.length)))
    for (let border = 1; border < blocks.length; border++) {
      const older = page(0, border + 1)
      const newer = page(border - 1, blocks.length)
      expect(new Set([...ids(older), ...ids(newer)])).toEqual(whole)
      expect(new Set(ids(newer, older))).toEqual(whole)
    }
  })
})
