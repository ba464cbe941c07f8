/**
 * The logbook: meter values, or the sensor's mean where there are none, carbohydrate and boluses of every day by the
 * hour and by the parts of the day. Source: reports sheet §1.2 (6), §6, metrics sheet §10.
 */
import type { MealName, Preferences } from '#records/preferences.ts'
import type { Bolus, Food, Smbg, Wizard } from '#records/records.ts'
import { GlucoseFlag } from '#records/series.ts'
import { type DeviceDay, type DeviceTime, deviceDayOf, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { mmolFromMgdl } from '#records/units.ts'
import { type DayPart, type MealMinutes, type PartStart, partStarts } from '#stats/dayParts.ts'
import { eatenEntries } from '#stats/meals.ts'
import { windowMean } from '#stats/mealWindows.ts'
import { classifier, rangeNames } from '#stats/ranges.ts'
import { indexAt } from '#stats/slices.ts'
import { type GlucoseSummary, summarise } from '#stats/summary.ts'
import { DAY_MINUTES, minuteOfDay } from '#stats/timeSpans.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import type { BolusMark, LogbookBolus, LogbookCell, LogbookDay, LogbookModel, LogbookValue } from './logbookModel.ts'
import { type MealMoment, mealMoments } from './mealMoments.ts'
import type { ReportInput, Stored, TherapyRow } from './models.ts'
import { isSecondPart, startOf, therapyRows } from './wizards.ts'

export function logbook(input: ReportInput): LogbookModel {
  const material = prepare(input)
  const { preferences } = input
  const happened = happenedByDay(material)
  const meals = mealMinutesByDay(mealMoments(material, preferences))
  return {
    ...periodModel(input, material),
    days: material.days
      .map(day => {
        const starts = partStarts(preferences, meals.get(day) ?? {})
        return logbookDay(material, day, happened.get(day) ?? nothing, starts, preferences)
      })
      .reverse(),
  }
}

/** What one day's row is made of, besides the sensor. */
interface Happened {
  readonly meter: { readonly value: Stored<Smbg>; readonly class: number }[]
  readonly carbs: (Stored<Wizard> | Stored<Food>)[]
  readonly boluses: TherapyRow[]
}

const nothing: Happened = { meter: [], carbs: [], boluses: [] }

function happenedByDay(material: Material): ReadonlyMap<DeviceDay, Happened> {
  const days = new Map<DeviceDay, Happened>()
  const of = (time: DeviceTime): Happened => {
    const day = deviceDayOf(time)
    const known = days.get(day)
    if (known) return known
    const made: Happened = { meter: [], carbs: [], boluses: [] }
    days.set(day, made)
    return made
  }
  material.meterValues.forEach((value, i) =>
    of(value.deviceTime).meter.push({ value, class: material.meterClasses[i] ?? 0 }),
  )
  const entries = eatenEntries(
    material.records.filter(record => record.type === 'wizard'),
    material.records.filter(record => record.type === 'food'),
  )
  for (const entry of entries) of(entry.deviceTime).carbs.push(entry)
  for (const row of therapyRows(material.records)) {
    const { bolus, secondPart, ...rest } = row
    if (!bolus) continue
    // The day's sum counts a bolus on the day of its record; that of a long dual bolus' second part may be the next.
    const isSameDay = !secondPart || deviceDayOf(secondPart.deviceTime) === deviceDayOf(bolus.deviceTime)
    of(bolus.deviceTime).boluses.push(isSameDay ? row : { ...rest, bolus })
    if (!isSameDay) of(secondPart.deviceTime).boluses.push({ at: row.at, bolus: secondPart })
  }
  return days
}

function logbookDay(
  material: Material,
  day: DeviceDay,
  happened: Happened,
  starts: readonly PartStart[],
  preferences: Preferences,
): LogbookDay {
  const [sensor, meter] = [
    summarise(material.sensor, material.sensorClasses, ...dayRows(material.sensor.time, day)),
    summarise(material.meter, material.meterClasses, ...dayRows(material.meter.time, day)),
  ]
  const insulin = material.insulin[day - material.firstDay]
  return {
    day,
    hours: cellsOf(material, day, happened, hourStarts, preferences),
    ...partsOf(starts, cellsOf(material, day, happened, starts, preferences)),
    ...(sensor ? { sensorMean: meanOf(sensor) } : {}),
    ...(meter ? { meterMean: meanOf(meter) } : {}),
    ...(insulin ? { insulin } : {}),
  }
}

function meanOf({
  meanMgdl,
  count,
  minMgdl,
  maxMgdl,
  minIsLo,
  maxIsHi,
}: GlucoseSummary): NonNullable<LogbookDay['meterMean']> {
  const isOne = minMgdl === maxMgdl
  const outOfRange = isOne && minIsLo ? 'low' : isOne && maxIsHi ? 'high' : undefined
  return { mgdl: meanMgdl, count, ...(outOfRange ? { outOfRange } : {}) }
}

const hourStarts = Array.from({ length: 24 }, (_, hour) => ({ fromMinute: hour * 60 }))

/** When each mealtime's first meal of a day was. */
function mealMinutesByDay(moments: readonly MealMoment[]): ReadonlyMap<DeviceDay, MealMinutes> {
  const days = new Map<DeviceDay, Partial<Record<MealName, number>>>()
  for (const { at, group, day } of moments) {
    // A mealtime over midnight belongs to the evening that it begins on: the morning's part stays undivided.
    if (group === 'other' || deviceDayOf(at) !== day) continue
    const minutes = days.get(day) ?? {}
    minutes[group] ??= minuteOfDay(at)
    days.set(day, minutes)
  }
  return days
}

/** One cell for each stretch of the day; `undefined` where nothing happened. */
function cellsOf(
  material: Material,
  day: DeviceDay,
  happened: Happened,
  starts: readonly { readonly fromMinute: number }[],
  preferences: Preferences,
): (LogbookCell | undefined)[] {
  const from = starts.map(({ fromMinute }) => fromMinute)
  const indexOf = (time: DeviceTime) => indexAt(from, minuteOfDay(time) + 1) - 1
  const cells = starts.map(() => ({
    meter: [] as LogbookValue[],
    carbs: { grams: 0, exchanges: 0 },
    boluses: [] as TherapyRow[],
  }))
  for (const { value, class: which } of happened.meter) {
    cells[indexOf(value.deviceTime)]?.meter.push(valueOf(value, which))
  }
  for (const entry of happened.carbs) {
    const carbs = cells[indexOf(entry.deviceTime)]?.carbs
    if (!carbs) continue
    carbs.grams += entry.carbsGrams ?? 0
    carbs.exchanges += entry.carbsExchanges ?? 0
  }
  for (const row of happened.boluses) {
    // Begun before midnight and logged after it: it stands where the day begins.
    const at = Math.max(row.at, startOfDeviceDay(day)) as DeviceTime // Both are device times.
    cells[indexOf(at)]?.boluses.push(row)
  }
  const midnight = startOfDeviceDay(day)
  return cells.map(({ meter, carbs, boluses }, i) => {
    const begin = midnight + (from[i] ?? 0) * MINUTE_MS
    const end = midnight + (from[i + 1] ?? DAY_MINUTES) * MINUTE_MS
    const sensor = meter.length > 0 ? undefined : sensorOf(material, begin, end, preferences)
    const given = bolusesOf(boluses)
    if (meter.length === 0 && !sensor && given.length === 0 && carbs.grams === 0 && carbs.exchanges === 0) {
      return undefined
    }
    return {
      meter,
      ...(sensor ? { sensor } : {}),
      carbsGrams: tidy(carbs.grams),
      carbsExchanges: tidy(carbs.exchanges),
      boluses: given,
    }
  })
}

const valueOf = ({ deviceTime, value, units, outOfRange }: Smbg, which: number): LogbookValue => ({
  at: deviceTime,
  value,
  units,
  ...(outOfRange ? { outOfRange } : {}),
  range: rangeNames[which] ?? 'target',
})

/** A mean has no unit of its own: it is classified, rounded as it is shown, in the unit of the sensor's values. */
function sensorOf({ sensor }: Material, from: number, to: number, { ranges }: Preferences): LogbookCell['sensor'] {
  const mgdl = windowMean(sensor, from, to)
  if (Number.isNaN(mgdl)) return undefined
  const flags = sensor.flags.subarray(indexAt(sensor.time, from), indexAt(sensor.time, to))
  const isMmol = ((flags[0] ?? 0) & GlucoseFlag.Mmol) !== 0
  const steps = Math.round(isMmol ? mmolFromMgdl(mgdl) * 10 : mgdl)
  const all = (flag: number) => flags.every(one => (one & flag) !== 0)
  const outOfRange = all(GlucoseFlag.Low) ? 'low' : all(GlucoseFlag.High) ? 'high' : undefined
  return {
    mgdl,
    ...(outOfRange ? { outOfRange } : {}),
    range: rangeNames[classifier(ranges)(steps, isMmol)] ?? 'target',
  }
}

/** In order of time; what the algorithm gave is one entry, however many small boluses it was. */
function bolusesOf(rows: readonly TherapyRow[]): readonly LogbookBolus[] {
  const boluses: LogbookBolus[] = []
  let automatic: { at: DeviceTime; units: number } | undefined
  for (const { bolus, secondPart, wizard, overrideUnits } of rows) {
    if (!bolus) continue
    const units = tidy(unitsOf(bolus) + (secondPart ? unitsOf(secondPart) : 0))
    if (units <= 0) continue
    if (bolus.context === 'automatic') {
      automatic = { at: automatic?.at ?? startOf(bolus), units: tidy((automatic?.units ?? 0) + units) }
      continue
    }
    const isOverTime = (bolus.extendedUnits ?? 0) > 0 || secondPart !== undefined
    const marks: (BolusMark | false)[] = [
      isOverTime && 'extended',
      bolus.subType === 'injection' && 'injection',
      isByHand(bolus, wizard) && 'manual',
      (overrideUnits ?? 0) > 0 && 'more',
      (overrideUnits ?? 0) < 0 && 'less',
    ]
    boluses.push({ at: startOf(bolus), units, marks: marks.filter(mark => mark !== false) })
  }
  if (automatic) boluses.push({ ...automatic, marks: ['automatic'] })
  return boluses
}

/** Of the second part of a dual bolus by itself nobody knows. */
const isByHand = (bolus: Bolus, wizard: Wizard | undefined): boolean =>
  bolus.subType !== 'injection' && wizard === undefined && bolus.context !== 'wizard' && !isSecondPart(bolus)

const unitsOf = ({ normalUnits = 0, extendedUnits = 0 }: Bolus): number => normalUnits + extendedUnits
/** Without the tail of binary fractions. */
const tidy = (units: number): number => Math.round(units * 10_000) / 10_000

/** A part may come twice in a day (the night), and is one cell then. */
function partsOf(
  starts: readonly PartStart[],
  cells: readonly (LogbookCell | undefined)[],
): Pick<LogbookDay, 'parts' | 'hasParts'> {
  const parts: Partial<Record<DayPart, LogbookCell>> = {}
  starts.forEach(({ part }, i) => {
    const cell = cells[i]
    if (cell) parts[part] = joined(parts[part], cell)
  })
  return { parts, hasParts: starts.map(({ part }) => part) }
}

function joined(earlier: LogbookCell | undefined, later: LogbookCell): LogbookCell {
  if (!earlier) return later
  // Two stretches have no common mean; the longer one's would be a guess. What was measured stands.
  const { sensor: _, ...rest } = later
  return {
    ...rest,
    meter: [...earlier.meter, ...later.meter],
    carbsGrams: tidy(earlier.carbsGrams + later.carbsGrams),
    carbsExchanges: tidy(earlier.carbsExchanges + later.carbsExchanges),
    boluses: [...earlier.boluses, ...later.boluses],
  }
}
