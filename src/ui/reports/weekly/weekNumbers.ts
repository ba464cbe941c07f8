/** The numbers of a day and of a week as text, the same beside the strips, in the table and for screen readers. */
import { roundHalfEven } from '#records/units.ts'
import type { DayInsulin, GlucoseSummary, InsulinSummary } from '#reports/models.ts'
import type { AutomationShare, Outside, Week, WeekDay } from '#reports/weeklyModel.ts'
import type { Format } from '../../texts/format.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { reportTexts } from '../../texts/reports.ts'
import { hoursText, rounded, sharesText } from '../amounts.ts'

const t = weeklyTexts

/** Every number; absent where there is none. */
export interface WeekNumbers {
  readonly mean?: string
  readonly count?: string
  readonly inRange?: string
  readonly below?: string
  readonly above?: string
  readonly sd?: string
  readonly cv?: string
  readonly lows?: string
  /** Their mean length; of none absent. */
  readonly lowLength?: string
  readonly highs?: string
  readonly highLength?: string
  readonly meterMean?: string
  readonly meterCount?: string
  readonly carbs?: string
  readonly exchanges?: string
  readonly total?: string
  readonly bolus?: string
  readonly bolusShare?: string
  readonly automation?: string
  readonly exits?: string
  readonly setChanges?: string
}

/** `places` of the insulin: one on the face, two in tables (metrics sheet §1.3). */
export function dayNumbers(day: WeekDay, format: Format, places: 1 | 2): WeekNumbers {
  return {
    ...glucoseNumbers(day.sensor, day.meter, format, places),
    ...outsideNumbers(day.outside, format),
    ...insulinOfDay(day.insulin, format, places),
    ...automationText(day.automation, format),
    ...(day.exits.length > 0 ? { exits: format.number(day.exits.length) } : {}),
    ...(day.setChanges.length > 0 ? { setChanges: format.number(day.setChanges.length) } : {}),
  }
}

export function weekNumbers(week: Week, format: Format, places: 1 | 2): WeekNumbers {
  const sum = (of: (day: WeekDay) => number) => week.days.reduce((total, day) => total + of(day), 0)
  const exits = sum(day => day.exits.length)
  const setChanges = sum(day => day.setChanges.length)
  return {
    ...glucoseNumbers(week.sensor, week.meter, format, places),
    ...outsideNumbers(week.outside, format),
    ...meanInsulin(week.insulin, format, places),
    ...automationText(week.automation, format),
    ...(exits > 0 ? { exits: format.number(exits) } : {}),
    ...(setChanges > 0 ? { setChanges: format.number(setChanges) } : {}),
  }
}

function glucoseNumbers(
  sensor: GlucoseSummary | undefined,
  meter: GlucoseSummary | undefined,
  format: Format,
  places: 1 | 2,
): WeekNumbers {
  return {
    ...(sensor && 'value' in sensor.sdMgdl ? { sd: format.glucose(sensor.sdMgdl.value) } : {}),
    ...(sensor && 'value' in sensor.cvPercent
      ? { cv: t.percent(rounded(sensor.cvPercent.value, places - 1, format)) }
      : {}),
    ...(sensor
      ? {
          mean: format.glucose(sensor.meanMgdl),
          count: format.number(sensor.count),
          inRange: sharesText(sensor.ranges, ['target'], format),
          below: sharesText(sensor.ranges, ['veryLow', 'low'], format),
          above: sharesText(sensor.ranges, ['high', 'veryHigh'], format),
        }
      : {}),
    ...(meter ? { meterMean: format.glucose(meter.meanMgdl), meterCount: format.number(meter.count) } : {}),
  }
}

function outsideNumbers(outside: Outside | undefined, format: Format): WeekNumbers {
  if (!outside) return {}
  const { low, high } = outside
  return {
    lows: format.number(low.count),
    ...(low.count > 0 ? { lowLength: hoursText(low.minutes / low.count) } : {}),
    highs: format.number(high.count),
    ...(high.count > 0 ? { highLength: hoursText(high.minutes / high.count) } : {}),
  }
}

function insulinOfDay(insulin: DayInsulin | undefined, format: Format, places: number): WeekNumbers {
  if (!insulin) return {}
  const { totalUnits, ownTotalUnits, bolusUnits, carbsGrams, carbsExchanges } = insulin
  const hasInsulin = totalUnits !== undefined || insulin.note !== undefined
  return {
    ...(carbsGrams > 0 ? { carbs: rounded(carbsGrams, 0, format) } : {}),
    ...(carbsExchanges > 0 ? { exchanges: rounded(carbsExchanges, 1, format) } : {}),
    ...(totalUnits === undefined ? {} : { total: rounded(totalUnits, places, format) }),
    ...(hasInsulin ? { bolus: rounded(bolusUnits, places, format) } : {}),
    ...(ownTotalUnits ? { bolusShare: format.percent(roundHalfEven((100 * bolusUnits) / ownTotalUnits)) } : {}),
  }
}

function meanInsulin(insulin: InsulinSummary | undefined, format: Format, places: number): WeekNumbers {
  if (!insulin) return {}
  const { totalPerDay, bolusPercent, carbsGramsPerDay, carbsExchangesPerDay } = insulin
  return {
    ...(carbsGramsPerDay === undefined ? {} : { carbs: rounded(carbsGramsPerDay, 0, format) }),
    ...(carbsExchangesPerDay === undefined ? {} : { exchanges: rounded(carbsExchangesPerDay, 1, format) }),
    ...(totalPerDay === undefined ? {} : { total: rounded(totalPerDay, places, format) }),
    ...(insulin.daysWithInsulin > 0 ? { bolus: rounded(insulin.bolusPerDay, places, format) } : {}),
    ...(bolusPercent === undefined ? {} : { bolusShare: format.percent(bolusPercent) }),
  }
}

const automationText = (share: AutomationShare | undefined, format: Format): WeekNumbers =>
  share ? { automation: format.percent(roundHalfEven((100 * share.automatedMs) / share.spannedMs)) } : {}

/** A day in one sentence. */
export function spokenDay(day: WeekDay, format: Format): string {
  const name = format.dayExact(day.day)
  if (day.state === 'leftOut') return t.spoken(name, [t.leftOut])
  const numbers = dayNumbers(day, format, 1)
  const say = (text: string | undefined, sentence: (text: string) => string) =>
    text === undefined ? [] : [sentence(text)]
  return t.spoken(name, [
    ...say(numbers.mean, text => t.spokenMean(`${text} ${format.glucoseUnit()}`)),
    ...say(numbers.inRange, t.spokenInRange),
    ...say(numbers.below, t.spokenBelow),
    ...(day.meter ? [t.spokenMeter(day.meter.count)] : []),
    ...say(numbers.total, t.spokenTotal),
    ...say(numbers.carbs, text => t.spokenCarbs(reportTexts.dailyChart.grams(text))),
    ...say(numbers.exchanges, text => t.spokenCarbs(reportTexts.dailyChart.exchangesLong(text))),
  ])
}
