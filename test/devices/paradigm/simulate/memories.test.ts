/** The simulated people's pumps, decoded: what comes out is what they did. */
import { describe, expect, it } from 'vitest'
import { hexFromBytes } from '#bytes/hex.ts'
import type { Decoded, Download, Page } from '#devices/driver.ts'
import { isigPageCrcIsRight, pageCrcIsRight } from '#devices/paradigm/decode/crc16.ts'
import { decode } from '#devices/paradigm/decode/decode.ts'
import { remember, type Remembered } from '#devices/paradigm/simulate/memories.ts'
import { people, type Person } from '#devices/paradigm/simulate/people.ts'
import { createPump, type PumpMemory } from '#devices/paradigm/simulate/pump.ts'
import type { RecordOf, RecordType } from '#records/records.ts'
import { deriveBasal } from '#stats/basal.ts'
import {
  DAY_MS,
  HOUR_MS,
  startOfDeviceDay,
  deviceDayOf,
  type DeviceTime,
  deviceTimeFromIso,
  MINUTE_MS,
} from '#records/time.ts'

const now = deviceTimeFromIso('2026-03-14T21:30:00') ?? (0 as DeviceTime) // The text is a time.
const today = deviceDayOf(now)

/** Settings and states as the driver asks for them. */
const asked = [
  0x70, 0x71, 0x8d, 0x9d, 0xcd, 0xce, 0x74, 0x72, 0x73, 0x79, 0xc0, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x9f, 0x92, 0x93,
  0x94, 0x98,
]

function downloadOf(memory: PumpMemory): Download {
  const pump = createPump(memory)
  const none = new Uint8Array(0)
  const replies = asked.flatMap((opcode): Page[] => {
    const answer = pump.hear(memory.serial, opcode, none)
    return answer.kind === 'data' ? [{ kind: 'reply', index: opcode, bytes: answer.bytes }] : []
  })
  const history = memory.history.map(
    (bytes, age): Page => ({ kind: 'history', index: memory.historyCounter - age, bytes }),
  )
  const sensor = (['glucose', 'isig'] as const).flatMap(kind =>
    [...(memory[kind] ?? [])].map(([index, bytes]): Page => ({ kind, index, bytes })),
  )
  const device = { kind: 'pump', manufacturer: 'Medtronic', model: memory.model, serial: memory.serial } as const
  return { driver: 'paradigm', modelId: 'x', device, pages: [...replies, ...history, ...sensor], complete: true }
}

interface Case {
  readonly person: Person
  readonly remembered: Remembered
  readonly decoded: Decoded
}

const cases: readonly (readonly [string, Case])[] = Object.values(people).map((person: Person) => {
  const remembered = remember(person, now)
  return [`${person.id} (${person.model})`, { person, remembered, decoded: decode(downloadOf(remembered.memory)) }]
})

const ofType = <T extends RecordType>({ records }: Decoded, type: T): readonly RecordOf<T>[] =>
  records.filter((record): record is RecordOf<T> => record.type === type)

const sumBy = <T>(all: readonly T[], valueOf: (each: T) => number): number =>
  all.reduce((sum, each) => sum + valueOf(each), 0)

describe.each(cases)('the memory of %s', (_, { person, remembered, decoded }) => {
  const { memory, life } = remembered
  const totals = ofType(decoded, 'dailyTotal')
  /** Days of which everything is still there: behind the first daily total that the memory has. */
  const firstDay = deviceDayOf(totals[0]?.deviceTime ?? now) + 1
  const wholeDays = Array.from({ length: today - firstDay }, (_each, i) => firstDay + i)
  const onDay = <T extends { readonly deviceTime: DeviceTime }>(all: readonly T[], day: number) =>
    all.filter(({ deviceTime }) => deviceDayOf(deviceTime) === day)

  it('has pages with right checksums, and 80 days of history', () => {
    expect(memory.history.every(page => pageCrcIsRight(page))).toBe(true)
    expect([...(memory.glucose?.values() ?? [])].every(page => pageCrcIsRight(page))).toBe(true)
    expect([...(memory.isig?.values() ?? [])].every(page => isigPageCrcIsRight(page))).toBe(true)
    expect(memory.history.length).toBeGreaterThanOrEqual(28)
    expect(wholeDays.length).toBeGreaterThanOrEqual(80)
  })

  it('is understood to the last byte, but for what the oldest page’s lost neighbour holds and what still goes on', () => {
    const reasons = new Set(decoded.skipped.filter(({ holdsNothing }) => !holdsNothing).map(({ reason }) => reason))
    for (const known of [
      'the parts of a daily total that was not read',
      'a square bolus that was still being given: it comes with a later read',
      'a typed finger-stick that may repeat one on a page that was not read',
      'a clock change in the sensor’s log; the page of the pump’s own log that tells it was not read',
    ]) {
      reasons.delete(known)
    }
    expect([...reasons]).toEqual([])
  })

  it('tells each day’s insulin, boluses, carbohydrate and finger-sticks as they were', () => {
    const boluses = ofType(decoded, 'bolus')
    const wizards = ofType(decoded, 'wizard')
    const sticks = ofType(decoded, 'smbg')
    for (const day of wholeDays) {
      const lived = life.days.get(day)
      const [total] = onDay(totals, day)
      const given = onDay(boluses, day)
      expect({
        day,
        bolusUnits: sumBy(given, ({ normalUnits = 0, extendedUnits = 0 }) => normalUnits + extendedUnits).toFixed(2),
        // The two parts of a dual bolus are two records.
        boluses: given.filter(({ subType, extendedUnits }) => subType !== 'dual' || extendedUnits === undefined).length,
        carbsGrams: sumBy(onDay(wizards, day), ({ carbsGrams = 0 }) => carbsGrams),
        glucoseReadings: onDay(sticks, day).length,
        totalBolus: total?.bolusUnits?.toFixed(2),
        isBasalNear: Math.abs((total?.basalUnits ?? 0) - (lived?.basalUnits ?? 0)) <= 0.0126,
        total: total?.totalUnits.toFixed(3),
      }).toEqual({
        day,
        bolusUnits: lived?.bolusUnits.toFixed(2),
        boluses: lived?.boluses,
        carbsGrams: lived?.carbsGrams,
        glucoseReadings: lived?.glucoseReadings,
        totalBolus: lived?.bolusUnits.toFixed(2),
        isBasalNear: true,
        total: ((total?.basalUnits ?? 0) + (lived?.bolusUnits ?? 0)).toFixed(3),
      })
    }
  })

  it('lets the delivered basal of each day be derived to within 0.05 U', () => {
    const sorted = decoded.records.toSorted((a, b) => a.deviceTime - b.deviceTime)
    const segments = deriveBasal(sorted, startOfDeviceDay(firstDay), startOfDeviceDay(today))
    for (const day of wholeDays) {
      const [from, to] = [startOfDeviceDay(day), startOfDeviceDay(day + 1)]
      const parts = segments.filter(segment => segment.from < to && segment.to > from)
      const units = sumBy(parts, ({ from: begins, to: ends, rateUnitsPerHour }) => {
        return (rateUnitsPerHour * (Math.min(ends, to) - Math.max(begins, from))) / HOUR_MS
      })
      const lived = life.days.get(day)?.basalUnits ?? 0
      expect({ day, derived: Math.abs(units - lived) <= 0.05 ? lived : units }).toEqual({ day, derived: lived })
    }
  })

  it('has everything that a person does with a pump', () => {
    const counts = new Map<string, number>()
    for (const { type } of decoded.records) counts.set(type, (counts.get(type) ?? 0) + 1)
    for (const type of [
      'alarm',
      'prime',
      'rewind',
      'suspend',
      'tempBasal',
      'timeChange',
      'calibration',
      'sensorState',
      'basalRate',
      'setting',
    ] as const) {
      expect({ type, isThere: (counts.get(type) ?? 0) > 0 }).toEqual({ type, isThere: true })
    }
    const kinds = new Set(ofType(decoded, 'bolus').map(({ subType }) => subType))
    expect(kinds.has('normal') && (kinds.has('dual') || kinds.has('square'))).toBe(true)
    const isLow = ofType(decoded, 'suspend').some(({ reason }) => reason === 'low')
    expect(isLow).toBe(person.lowSuspendMgdl !== undefined)
    expect(ofType(decoded, 'wizard').some(({ glucose }) => glucose?.units === person.units)).toBe(true)
  })

  it('has a plausible sensor: every five minutes, mostly in range, no value at a time that it was not at', () => {
    const readings = ofType(decoded, 'cbg')
    expect(readings.length).toBeGreaterThan(60 * 200)
    expect(readings.every(({ deviceTime }) => deviceTime % (5 * MINUTE_MS) === 0)).toBe(true)
    expect(new Set(readings.map(({ deviceTime }) => deviceTime)).size).toBe(readings.length)
    const inRange = readings.filter(({ value }) => value >= 70 && value <= 180).length / readings.length
    expect(inRange).toBeGreaterThan(0.55)
    expect(inRange).toBeLessThan(0.9)
    const below = readings.filter(({ value }) => value < 70).length / readings.length
    expect(below).toBeGreaterThan(0.005)
    expect(below).toBeLessThan(0.08)
    const latest = Math.max(...readings.map(({ deviceTime }) => deviceTime))
    expect(now - latest).toBeLessThan(DAY_MS)
  })

  it('has one more day a day later, and nothing else is new', () => {
    const tomorrow = remember(person, (now + DAY_MS) as DeviceTime)
    const before = new Map(memory.history.map((page, age) => [memory.historyCounter - age, page]))
    const after = new Map(tomorrow.memory.history.map((page, age) => [tomorrow.memory.historyCounter - age, page]))
    for (const [number, page] of before) {
      if (number === memory.historyCounter || !after.has(number)) continue
      expect(hexFromBytes(after.get(number) ?? new Uint8Array(0))).toBe(hexFromBytes(page))
    }
    const known = remembered.life.records.map(record => hexFromBytes(record))
    expect(tomorrow.life.records.slice(0, known.length).map(record => hexFromBytes(record))).toEqual(known)
  })
})

it('answers about today, yesterday and the programme what its pages say', () => {
  for (const [, { person, remembered, decoded }] of cases) {
    const { memory, life } = remembered
    const yesterday = ofType(decoded, 'dailyTotal').findLast(({ deviceTime }) => deviceDayOf(deviceTime) === today - 1)
    const totals = memory.replies.get(0x79) ?? new Uint8Array(0)
    const view = new DataView(totals.buffer)
    // Large pumps: two numbers of four bytes in 1/40 U; small ones: of two bytes in 1/10 U.
    const told = person.model === '522' ? view.getUint16(2) / 10 : view.getUint32(4) / 40
    const step = person.model === '522' ? 0.1 : 0.025
    expect(Math.abs(told - (yesterday?.totalUnits ?? 0))).toBeLessThanOrEqual(step)
    const profile = memory.replies.get(0x92) ?? new Uint8Array(0)
    const segments = life.programme.flatMap(({ at, rateUnitsPerHour }) => {
      const steps = Math.round(rateUnitsPerHour * 40)
      return [steps & 0xff, steps >> 8, at]
    })
    expect([...profile]).toEqual(segments)
    expect(life.reservoirUnits).toBeGreaterThan(0)
  }
})

it.each(['2024-02-29T00:00:00', '2026-11-20T19:20:00'])('is as consistent on any other day: %s', text => {
  const at = deviceTimeFromIso(text) ?? (0 as DeviceTime) // The text is a time.
  for (const person of Object.values(people)) {
    const { memory, life } = remember(person, at)
    const decoded = decode(downloadOf(memory))
    const totals = ofType(decoded, 'dailyTotal')
    expect(totals.length).toBeGreaterThanOrEqual(80)
    for (const { deviceTime, bolusUnits } of totals) {
      expect(bolusUnits?.toFixed(2)).toBe(life.days.get(deviceDayOf(deviceTime))?.bolusUnits.toFixed(2))
    }
    expect(Math.max(...decoded.records.map(({ deviceTime }) => deviceTime))).toBeLessThanOrEqual(at)
  }
})

it('gives short memories, too', () => {
  const { memory, life } = remember(people.everyday, now, 2)
  expect(memory.history.length).toBe(1)
  expect([...life.days.keys()]).toEqual([today - 1, today])
  expect(decode(downloadOf(memory)).records.length).toBeGreaterThan(30)
})
