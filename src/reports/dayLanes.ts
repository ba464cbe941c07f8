/**
 * Days as lanes: traces, marks and numbers of each, for the Weekly review and the sensor and meter overview. Source:
 * reports sheet §1.2 (2, 4), metrics sheet §9 (episodes).
 */
import type { TherapyRecord } from '#records/records.ts'
import { DAY_MS, type DeviceDay, deviceDayOf, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { summariseAlgorithm } from '#stats/algorithmUse.ts'
import { automatedMs } from '#stats/automation.ts'
import type { BasalSegment } from '#stats/basalSegment.ts'
import { type EpisodeKind, findEpisodes } from '#stats/episodes.ts'
import { uniformGrid } from '#stats/grid.ts'
import { setChanges } from '#stats/setChanges.ts'
import { between, detached, emptySeries } from '#stats/slices.ts'
import { sensorUse, summarise } from '#stats/summary.ts'
import { dayRows, type Material } from './days.ts'
import type { Stored } from './models.ts'
import {
  type AutomationShare,
  type BasalColumns,
  type BolusMark,
  type CarbMark,
  deliveries,
  type EpisodeSum,
  type LaneScale,
  type Outside,
  type WeekDay,
} from './weeklyModel.ts'
import { startOf } from './wizards.ts'

/** Sensor values of a smaller part of a day do not say how often glucose was low or high on it. */
const USE_FOR_EPISODES = 0.5

/** The days asked for, which are looked at, in their order. */
export function dayLanes(material: Material, days: readonly DeviceDay[]): readonly WeekDay[] {
  const marks = marksByDay(material)
  const basal = basalByDay(material)
  const outside = outsideByDay(material)
  return days.map(day => weekDay(material, day, marks.get(day) ?? noMarks(), basal.get(day) ?? [], outside.get(day)))
}

/** A day of which nothing is shown. */
export const emptyDay = (day: DeviceDay, state: Exclude<WeekDay['state'], 'shown'>): WeekDay => ({
  day,
  state,
  glucose: emptySeries(),
  meterMarks: [],
  ...noMarks(),
  basal: columnsOf([], day),
})

/** What the lanes of some days share. */
export function laneScale(days: readonly WeekDay[]): LaneScale {
  let [highestBolus, highestBasal] = [0, 0]
  for (const { boluses, basal } of days) {
    for (const { normalUnits, extendedUnits } of boluses) {
      highestBolus = Math.max(highestBolus, normalUnits, extendedUnits)
    }
    for (const rate of basal.unitsPerHour) highestBasal = Math.max(highestBasal, rate)
  }
  const automated = deliveries.indexOf('automated')
  return { highestBolus, highestBasal, hasAutomation: days.some(({ basal }) => basal.delivery.includes(automated)) }
}

/** Episodes of low and of high glucose by the day on which they begin; a day without any is not in it. */
export function outsideByDay({ sensor }: Pick<Material, 'sensor'>): ReadonlyMap<DeviceDay, Outside> {
  const found = new Map<DeviceDay, Outside>()
  const grid = uniformGrid(sensor)
  const stepMs = grid.stepMinutes * MINUTE_MS
  const note = (kind: EpisodeKind, side: keyof Outside) => {
    for (const { startMs, minutes } of findEpisodes(grid, kind)) {
      const day = Math.floor(startMs / DAY_MS)
      // From the value that the first point of the grid was interpolated from.
      const within = { from: startMs - stepMs + 1, to: startMs + minutes * MINUTE_MS }
      const known = found.get(day) ?? noneOutside
      found.set(day, { ...known, [side]: sumOf([known[side], { count: 1, minutes, within: [within] }]) })
    }
  }
  note('hypoLevel1', 'low')
  note('hyperLevel1', 'high')
  return found
}

/** Together. */
export const sumOutside = (all: readonly Outside[]): Outside => ({
  low: sumOf(all.map(({ low }) => low)),
  high: sumOf(all.map(({ high }) => high)),
})

const sumOf = (all: readonly EpisodeSum[]): EpisodeSum => ({
  count: all.reduce((sum, { count }) => sum + count, 0),
  minutes: all.reduce((sum, { minutes }) => sum + minutes, 0),
  within: all.flatMap(({ within }) => within),
})

const noneOutside: Outside = sumOutside([])

function weekDay(
  material: Material,
  day: DeviceDay,
  marks: Marks,
  segments: readonly BasalSegment[],
  outside: Outside = noneOutside,
): WeekDay {
  const { sensor, meter } = material
  const [from, to] = [startOfDeviceDay(day), startOfDeviceDay(day + 1)]
  const sensorSummary = summarise(sensor, material.sensorClasses, ...dayRows(sensor.time, day))
  const [meterFrom, meterTo] = dayRows(meter.time, day)
  const meterSummary = summarise(meter, material.meterClasses, meterFrom, meterTo)
  const insulin = material.insulin[day - material.firstDay]
  const automation = automationOf(segments, day, material.basal)
  const glucose = between(sensor, from, to)
  return {
    day,
    state: 'shown',
    ...(sensorSummary ? { sensor: sensorSummary } : {}),
    ...(meterSummary ? { meter: meterSummary } : {}),
    ...(insulin ? { insulin } : {}),
    ...(automation ? { automation } : {}),
    ...(sensorUse(glucose, 1) >= USE_FOR_EPISODES ? { outside } : {}),
    glucose: detached(glucose),
    meterMarks: Array.from({ length: meterTo - meterFrom }, (_, i) => ({
      ms: (meter.time[meterFrom + i] ?? 0) - from,
      mgdl: meter.mgdl[meterFrom + i] ?? 0,
      flags: meter.flags[meterFrom + i] ?? 0,
    })),
    ...marks,
    basal: columnsOf(segments, day),
  }
}

/**
 * Of a day of which too little is known, nothing. What is not known of the other days counts as their time all the same:
 * after an exit nobody knows the rate until the algorithm runs again.
 */
function automationOf(
  segments: readonly BasalSegment[],
  day: DeviceDay,
  log: readonly BasalSegment[],
): AutomationShare | undefined {
  const [from, to] = [startOfDeviceDay(day), startOfDeviceDay(day + 1)]
  const { automated, known } = automatedMs(segments, from, to)
  if (known < DAY_MS / 2) return undefined
  const spannedMs = Math.min(to, log.at(-1)?.to ?? to) - Math.max(from, log[0]?.from ?? from)
  return { automatedMs: automated, spannedMs }
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
