/**
 * The Weekly review: seven days under one another, each with its traces and its numbers, and their means. Source: reports
 * sheet §1.2 (2); weeks begin on the person's first day of the week (metrics sheet §13.4).
 */
import type { TherapyRecord } from '#records/records.ts'
import { DAY_MS, type DeviceDay, deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import { summariseAlgorithm } from '#stats/algorithmUse.ts'
import { automatedMs } from '#stats/automation.ts'
import type { BasalSegment } from '#stats/basalSegment.ts'
import { type DayInsulin, summariseInsulin } from '#stats/insulin.ts'
import { setChanges } from '#stats/setChanges.ts'
import { between, detached, emptySeries } from '#stats/slices.ts'
import { summarise } from '#stats/summary.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import { weekdayOf } from './filter.ts'
import type { ReportInput, Stored } from './models.ts'
import {
  type AutomationShare,
  type BasalColumns,
  type BolusMark,
  type CarbMark,
  deliveries,
  type Week,
  type WeekDay,
  type WeeklyModel,
} from './weeklyModel.ts'
import { startOf } from './wizards.ts'

const DAYS = 7

export function weekly(input: ReportInput): WeeklyModel {
  const material = prepare(input)
  const { firstDay, lastDay, days } = material
  const marks = marksByDay(material)
  const basal = basalByDay(material)
  const looked = new Set(days)
  const first = firstDay - ((weekdayOf(firstDay) - input.preferences.firstDayOfWeek + DAYS) % DAYS)
  const weeks: Week[] = []
  for (let start = first; start <= lastDay; start += DAYS) {
    const weekDays = Array.from({ length: DAYS }, (_, i): WeekDay => {
      const day = start + i
      const state = day < firstDay || day > lastDay ? 'outside' : looked.has(day) ? 'shown' : 'leftOut'
      const ofDay = marks.get(day)
      return state === 'shown'
        ? weekDay(material, day, ofDay ?? noMarks(), basal.get(day) ?? [])
        : { day, state, glucose: emptySeries(), meterMarks: [], ...noMarks(), basal: columnsOf([], day) }
    })
    weeks.push(weekOf(material, start, weekDays))
  }
  let highest = 0
  for (const { days: weekDays } of weeks) {
    for (const { boluses } of weekDays) {
      for (const { normalUnits, extendedUnits } of boluses) highest = Math.max(highest, normalUnits, extendedUnits)
    }
  }
  return {
    ...periodModel(input, material),
    weeks,
    highestBolus: highest,
    highestBasal: material.basal.reduce((most, { rateUnitsPerHour }) => Math.max(most, rateUnitsPerHour), 0),
    hasAutomation: material.basal.some(({ delivery }) => delivery === 'automated'),
  }
}

function weekDay(material: Material, day: DeviceDay, marks: Marks, segments: readonly BasalSegment[]): WeekDay {
  const { sensor, meter } = material
  const [from, to] = [startOfDeviceDay(day), startOfDeviceDay(day + 1)]
  const sensorSummary = summarise(sensor, material.sensorClasses, ...dayRows(sensor.time, day))
  const [meterFrom, meterTo] = dayRows(meter.time, day)
  const meterSummary = summarise(meter, material.meterClasses, meterFrom, meterTo)
  const insulin = material.insulin[day - material.firstDay]
  const automation = automationOf(segments, day)
  return {
    day,
    state: 'shown',
    ...(sensorSummary ? { sensor: sensorSummary } : {}),
    ...(meterSummary ? { meter: meterSummary } : {}),
    ...(insulin ? { insulin } : {}),
    ...(automation ? { automation } : {}),
    glucose: detached(between(sensor, from, to)),
    meterMarks: Array.from({ length: meterTo - meterFrom }, (_, i) => ({
      ms: (meter.time[meterFrom + i] ?? 0) - from,
      mgdl: meter.mgdl[meterFrom + i] ?? 0,
    })),
    ...marks,
    basal: columnsOf(segments, day),
  }
}

function weekOf(material: Material, start: DeviceDay, days: readonly WeekDay[]): Week {
  const { sensor, meter } = material
  const rowsOf = (times: ArrayLike<number>): [number, number] => [
    dayRows(times, start)[0],
    dayRows(times, start + DAYS - 1)[1],
  ]
  const sensorSummary = summarise(sensor, material.sensorClasses, ...rowsOf(sensor.time))
  const meterSummary = summarise(meter, material.meterClasses, ...rowsOf(meter.time))
  const insulin = summariseInsulin(days.map(day => day.insulin).filter((day): day is DayInsulin => day !== undefined))
  const shares = days.flatMap(({ automation }) => automation ?? [])
  const automation = shares.reduce(
    (sum, share) => ({ automatedMs: sum.automatedMs + share.automatedMs, knownMs: sum.knownMs + share.knownMs }),
    { automatedMs: 0, knownMs: 0 },
  )
  return {
    days,
    ...(sensorSummary ? { sensor: sensorSummary } : {}),
    ...(meterSummary ? { meter: meterSummary } : {}),
    ...(insulin ? { insulin } : {}),
    ...(shares.length > 0 ? { automation } : {}),
  }
}

/** Of a day of which too little is known, nothing. */
function automationOf(segments: readonly BasalSegment[], day: DeviceDay): AutomationShare | undefined {
  const { automated, known } = automatedMs(segments, startOfDeviceDay(day), startOfDeviceDay(day + 1))
  return known < DAY_MS / 2 ? undefined : { automatedMs: automated, knownMs: known }
}

interface Marks {
  readonly boluses: BolusMark[]
  readonly carbs: CarbMark[]
  readonly exits: number[]
  readonly setChanges: number[]
}

const noMarks = (): Marks => ({ boluses: [], carbs: [], exits: [], setChanges: [] })

/** One walk over the records; a day without marks is not in it. */
function marksByDay({ basal, days, records }: Material): ReadonlyMap<DeviceDay, Marks> {
  const found = new Map<DeviceDay, Marks>()
  const marksOf = (day: DeviceDay): Marks => {
    const known = found.get(day)
    if (known) return known
    const made = noMarks()
    found.set(day, made)
    return made
  }
  for (const record of records) {
    const day = deviceDayOf(record.deviceTime)
    if (record.type === 'bolus') {
      // Of a bolus that began on the evening before, the day of its record counts the units and shows it.
      const bolus = bolusMark(record, startOfDeviceDay(day))
      if (bolus) marksOf(day).boluses.push(bolus)
    } else {
      const carbs = carbMark(record, startOfDeviceDay(day))
      if (carbs) marksOf(day).carbs.push(carbs)
    }
  }
  // Moments on a device's clock.
  const note = (at: number, list: 'exits' | 'setChanges') => {
    const day = Math.floor(at / DAY_MS)
    marksOf(day)[list].push(at - startOfDeviceDay(day))
  }
  for (const { at } of summariseAlgorithm(basal, records, days)?.exits ?? []) note(at, 'exits')
  for (const at of setChanges(records)) note(at, 'setChanges')
  return found
}

function bolusMark(bolus: Extract<Stored<TherapyRecord>, { type: 'bolus' }>, midnight: number): BolusMark | undefined {
  const { normalUnits = 0, extendedUnits = 0, durationMs = 0, context } = bolus
  if (normalUnits + extendedUnits <= 0) return undefined
  return {
    ms: startOf(bolus) - midnight,
    normalUnits,
    extendedUnits,
    durationMs,
    automatic: context === 'automatic',
  }
}

/** Carbs that were perhaps never eaten, because no bolus followed, are left to the Daily page. */
function carbMark(record: Stored<TherapyRecord>, midnight: number): CarbMark | undefined {
  if (record.type !== 'food' && (record.type !== 'wizard' || record.delivered === false)) return undefined
  const { carbsGrams = 0, carbsExchanges = 0 } = record
  if (carbsGrams <= 0 && carbsExchanges <= 0) return undefined
  return {
    ms: record.deviceTime - midnight,
    ...(carbsGrams > 0 ? { grams: carbsGrams } : {}),
    ...(carbsExchanges > 0 ? { exchanges: carbsExchanges } : {}),
  }
}

/** Segments by each day that they touch. */
function basalByDay({ basal }: Material): ReadonlyMap<DeviceDay, readonly BasalSegment[]> {
  const found = new Map<DeviceDay, BasalSegment[]>()
  for (const segment of basal) {
    for (let day = deviceDayOf(segment.from); day * DAY_MS < segment.to; day++) {
      const list = found.get(day)
      if (list) list.push(segment)
      else found.set(day, [segment])
    }
  }
  return found
}

function columnsOf(segments: readonly BasalSegment[], day: DeviceDay): BasalColumns {
  const midnight = startOfDeviceDay(day)
  const count = segments.length
  const [from, to, unitsPerHour] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  const delivery = new Uint8Array(count)
  segments.forEach((segment, i) => {
    from[i] = Math.max(0, segment.from - midnight)
    to[i] = Math.min(DAY_MS, segment.to - midnight)
    unitsPerHour[i] = segment.rateUnitsPerHour
    delivery[i] = deliveries.indexOf(segment.delivery)
  })
  return { from, to, unitsPerHour, delivery }
}
