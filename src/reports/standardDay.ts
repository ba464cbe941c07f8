/**
 * The standard day: all days laid on one, hour by hour and in the periods of the person's preferences, with insulin and
 * carbs by the hour. Source: reports sheet §1.2 (15, 16), metrics sheet §5.1, §8, §10.
 */
import { mealNames, type MealName, type Preferences, type TimeSpan } from '#records/preferences.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { DAY_MS, type DeviceTime, deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import { distributionOf, distributionOfRows, distributionsByHour } from '#stats/distribution.ts'
import { summariseInsulin } from '#stats/insulin.ts'
import { eatenEntries, mealsOf } from '#stats/meals.ts'
import { stretchesAround } from '#stats/mealWindows.ts'
import { basalByHour } from '#stats/therapyByHour.ts'
import { isWithin, minuteOfDay } from '#stats/timeSpans.ts'
import { afterMeal, beforeMeal } from '#stats/dayParts.ts'
import { type Material, periodModel, prepare } from './days.ts'
import { type MealMoment, mealMoments } from './mealMoments.ts'
import type { ReportInput } from './models.ts'
import type {
  HourOfTherapy,
  StandardDayModel,
  StandardGlucose,
  StandardPeriod,
  StandardPeriodName,
} from './standardDayModel.ts'
import { therapyRows } from './wizards.ts'

export function standardDay(input: ReportInput): StandardDayModel {
  const material = prepare(input)
  const { preferences } = input
  const moments = mealMoments(material, preferences)
  const sensor = standardGlucose(material.sensor, material.sensorClasses, moments, preferences)
  const meter = standardGlucose(material.meter, material.meterClasses, moments, preferences)
  const summary = summariseInsulin(material.insulin.filter(day => day !== undefined))
  const [insulinDays, carbDays] = [summary?.daysWithInsulin ?? 0, summary?.carbDays ?? 0]
  return {
    ...periodModel(input, material),
    dayCount: material.days.length,
    ...(sensor ? { sensor } : {}),
    ...(meter ? { meter } : {}),
    points: Array.from(material.meter.time, (time, i) => ({ ms: time % DAY_MS, mgdl: material.meter.mgdl[i] ?? 0 })),
    ...(summary ? { therapy: therapyByHour(material, insulinDays, carbDays) } : {}),
    insulinDays,
    carbDays,
    autoTotalDays: new Set(
      material.records
        .filter(record => record.type === 'autoInsulinTotal' && record.units > 0)
        .map(({ deviceTime }) => deviceDayOf(deviceTime)),
    ).size,
  }
}

function standardGlucose(
  series: GlucoseSeries,
  classes: Uint8Array,
  moments: readonly MealMoment[],
  preferences: Preferences,
): StandardGlucose | undefined {
  const all = distributionOf(series, classes)
  if (!all) return undefined
  const period = (name: StandardPeriodName, rows: readonly number[], meals?: number): StandardPeriod => {
    const glucose = distributionOfRows(series, classes, rows)
    return { name, ...(meals === undefined ? {} : { meals }), ...(glucose ? { glucose } : {}) }
  }
  const ofClock = (span: TimeSpan) => rowsWithin(series, span)
  const ofMeals = (name: MealName): StandardPeriod[] => {
    const { beforeMinutes, afterFromMinutes, afterToMinutes, ...span } = preferences.meals[name]
    const meals = moments.filter(({ group }) => group === name).map(({ at }) => at)
    if (meals.length === 0) return [period(name, ofClock(span))]
    const before = rowsOf(stretchesAround(series, meals, { fromMinute: -beforeMinutes, toMinute: 0 }))
    const after = rowsOf(stretchesAround(series, meals, { fromMinute: afterFromMinutes, toMinute: afterToMinutes }))
    return [period(beforeMeal[name], before, meals.length), period(afterMeal[name], after, meals.length)]
  }
  return {
    all,
    hours: distributionsByHour(series, classes),
    periods: [
      period('night', ofClock(preferences.overnight)),
      ...mealNames.flatMap(ofMeals),
      period('bedtime', ofClock(preferences.bedtime)),
    ],
  }
}

const rowsOf = (stretches: readonly (readonly [number, number])[]): number[] =>
  stretches.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i))

function rowsWithin({ time }: GlucoseSeries, span: TimeSpan): number[] {
  const rows: number[] = []
  for (let row = 0; row < time.length; row++) if (isWithin(minuteOfDay(time[row] ?? 0), span)) rows.push(row)
  return rows
}

function therapyByHour(material: Material, insulinDays: number, carbDays: number): readonly HourOfTherapy[] {
  const sums = Array.from({ length: 24 }, () => ({ units: 0, boluses: 0, grams: 0, exchanges: 0, entries: 0 }))
  const at = (time: DeviceTime) => sums[Math.floor(minuteOfDay(time) / 60)]
  for (const { at: begun, bolus, secondPart } of therapyRows(material.records)) {
    // Begun before midnight and logged after it: the day's sum has it on the later day.
    const hour = bolus && at(Math.max(begun, startOfDeviceDay(deviceDayOf(bolus.deviceTime))) as DeviceTime) // Both are.
    if (!hour) continue
    const parts = [bolus, secondPart].map(part => (part?.normalUnits ?? 0) + (part?.extendedUnits ?? 0))
    const units = parts.reduce((sum, part) => sum + part, 0)
    if (units <= 0) continue
    hour.units += units
    if (bolus.context !== 'automatic') hour.boluses++
  }
  const entries = eatenEntries(
    material.records.filter(record => record.type === 'wizard'),
    material.records.filter(record => record.type === 'food'),
  )
  for (const meal of mealsOf(entries)) {
    const hour = at(meal.at)
    if (hour) hour.entries++
    for (const entry of meal.entries) {
      const ofEntry = at(entry.deviceTime)
      if (!ofEntry) continue
      ofEntry.grams += entry.carbsGrams ?? 0
      ofEntry.exchanges += entry.carbsExchanges ?? 0
    }
  }
  const basal = basalByHour(material.basal)
  const perDay = (sum: number, days: number) => (days > 0 ? sum / days : 0)
  return sums.map(({ units, boluses, grams, exchanges, entries: carbEntries }, hour) => {
    const rate = basal[hour]?.rateUnitsPerHour
    return {
      bolusUnits: perDay(units, insulinDays),
      boluses,
      ...(rate === undefined ? {} : { basalUnitsPerHour: rate }),
      carbsGrams: perDay(grams, carbDays),
      carbsExchanges: perDay(exchanges, carbDays),
      carbEntries,
    }
  })
}
