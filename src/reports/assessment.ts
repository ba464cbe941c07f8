/**
 * Assessment & Progress: a period beside the one before it in the same numbers, the patterns of its lows and highs, and
 * why an algorithm handed over. Source: reports sheet §1.2 (1) and §6, metrics sheet §3, §8, §10.
 */
import { deviceDayOf } from '#records/time.ts'
import { summariseAlgorithm } from '#stats/algorithmUse.ts'
import { unitsOf } from '#stats/basal.ts'
import { type DayInsulin, summariseInsulin } from '#stats/insulin.ts'
import { countSensorAlerts, type SensorAlerts } from '#stats/sensorAlerts.ts'
import { sensorUse, summariseMeter, summariseSensor } from '#stats/summary.ts'
import { profileSufficiency } from '#stats/sufficiency.ts'
import { summariseSuspends, suspendStretches } from '#stats/suspends.ts'
import { summariseTempBasals, tempBasals } from '#stats/tempBasals.ts'
import { ambulatoryProfile } from '#stats/timeOfDay.ts'
import { activeInsulinOf } from './activeInsulin.ts'
import type { AssessmentModel, AssessmentSide, CarbsPerDay } from './assessmentModel.ts'
import { headlineOf } from './assessmentWords.ts'
import { bolusesOfKinds, summariseBoluses } from './bolusKinds.ts'
import { type Material, periodModel, prepare } from './days.ts'
import { glucosePatterns } from './glucosePatterns.ts'
import { sensorRisk } from './glucoseRisk.ts'
import { intervalsOf } from './intervals.ts'
import type { ReportInput } from './models.ts'

/** Makes the report of `input.period` beside `input.before`. */
export function assessment(input: ReportInput): AssessmentModel {
  const material = prepare(input)
  const now = wholeSideOf(input, material)
  const before = input.before && wholeSideOf(input.before, prepare(input.before))
  const headline = headlineOf(now, before)
  return {
    ...periodModel(input, material),
    now,
    ...(before ? { before } : {}),
    ...(headline ? { headline } : {}),
    patterns: glucosePatterns(material.sensor),
  }
}

function wholeSideOf(input: ReportInput, material: Material): AssessmentSide {
  const { sensor, basal, log, days } = material
  const boluses = summariseBoluses(bolusesOfKinds(material))
  return {
    ...sideOf(input, material),
    ...(boluses ? { boluses } : {}),
    // Where no basal is known, nothing is known of temporary rates.
    ...(basal.length > 0 ? { tempBasals: summariseTempBasals(tempBasals(basal, log, days)) } : {}),
    ...(profileSufficiency(sensor) === 'curve' ? { profile: ambulatoryProfile(sensor) } : {}),
  }
}

/** What any report shows of a period: all but profile, kinds of bolus and temporary rates. */
export function sideOf(input: ReportInput, material: Material): AssessmentSide {
  const { sensor, sensorClasses, meter, meterClasses, records } = material
  const days = material.days.length
  const sensorSummary = summariseSensor(sensor, sensorClasses, material.days)
  const meterSummary = summariseMeter(meter, meterClasses)
  const calibrations = records.filter(({ type }) => type === 'calibration').length
  const risk = sensorRisk(sensor)
  const alerts = countSensorAlerts(records)
  return {
    ...periodModel(input, material),
    days,
    ...(sensorSummary ? { sensor: sensorSummary } : {}),
    // A value more than the clock has room for is possible where it was set back.
    sensorWear: days > 0 ? Math.min(1, sensorUse(sensor, days)) : 0,
    ...(meterSummary ? { meter: meterSummary } : {}),
    // Without a sensor a pump keeps its meter's values under the same name.
    ...(sensorSummary ? { calibrationsPerDay: calibrations / sensorSummary.daysWithData } : {}),
    ...(risk ? { risk } : {}),
    ...(alerts && sensorSummary ? { alerts: perDay(alerts, sensorSummary.daysWithData) } : {}),
    ...pumpSideOf(material),
  }
}

/** Days without a sensor have no alerts, and are not asked. */
const perDay = ({ low, high }: SensorAlerts, days: number): NonNullable<AssessmentSide['alerts']> => ({
  lowPerDay: low / days,
  highPerDay: high / days,
})

type PumpSide = Pick<
  AssessmentSide,
  'insulin' | 'autoBasalPerDay' | 'autoCorrection' | 'carbs' | 'algorithm' | 'suspends' | 'intervals' | 'activeInsulin'
>

function pumpSideOf(material: Material): PumpSide {
  const { basal, records, log } = material
  const insulinDays = material.insulin.filter(day => day !== undefined)
  const insulin = summariseInsulin(insulinDays)
  const algorithm = summariseAlgorithm(basal, records, material.days)
  const activeInsulin = activeInsulinOf(log)
  const intervals = intervalsOf(material)
  const hasChanges = Object.values(intervals).some(({ count }) => count > 0)
  // An injection has no pump that could stop.
  const hasPump = basal.length > 0
  return {
    ...(insulin ? { insulin } : {}),
    ...autoBasalOf(material, insulinDays),
    ...autoCorrectionOf(material, insulin?.daysWithInsulin ?? 0),
    ...carbsOf(insulinDays),
    ...(algorithm ? { algorithm } : {}),
    ...(hasPump
      ? { suspends: { kinds: summariseSuspends(suspendStretches(basal, log)), days: insulin?.daysWithInsulin ?? 0 } }
      : {}),
    ...(hasChanges ? { intervals } : {}),
    ...(activeInsulin ? { activeInsulin } : {}),
  }
}

/** Over the days whose basal is known as a whole: on others a part of it would be missing. */
function autoBasalOf({ basal }: Material, days: readonly DayInsulin[]): Pick<AssessmentSide, 'autoBasalPerDay'> {
  const whole = new Set(days.filter(({ basalUnits }) => basalUnits !== undefined).map(({ day }) => day))
  let units = 0
  let isAutomated = false
  for (const segment of basal) {
    // A micro-dose lasts minutes: which day it is laid to at midnight does not show.
    if (segment.delivery !== 'automated' || !whole.has(deviceDayOf(segment.from))) continue
    units += unitsOf(segment)
    isAutomated = true
  }
  return isAutomated ? { autoBasalPerDay: units / whole.size } : {}
}

/** Where the file gives an algorithm's insulin as one sum a day, its corrections are in there and not known. */
function autoCorrectionOf({ records }: Material, insulinDays: number): Pick<AssessmentSide, 'autoCorrection'> {
  let automatic = 0
  let all = 0
  for (const record of records) {
    if (record.type === 'autoInsulinTotal' && record.units > 0) return {}
    if (record.type !== 'bolus' || record.subType === 'injection') continue
    const units = (record.normalUnits ?? 0) + (record.extendedUnits ?? 0)
    all += units
    if (record.context === 'automatic') automatic += units
  }
  if (automatic <= 0 || insulinDays === 0) return {}
  return { autoCorrection: { unitsPerDay: automatic / insulinDays, percentOfBolus: (100 * automatic) / all } }
}

function carbsOf(days: readonly DayInsulin[]): Pick<AssessmentSide, 'carbs'> {
  const withCarbs = days.filter(({ carbEntries }) => carbEntries > 0)
  const grams = carbsPerDay(withCarbs.map(({ carbsGrams }) => carbsGrams))
  const exchanges = carbsPerDay(withCarbs.map(({ carbsExchanges }) => carbsExchanges))
  if (!grams && !exchanges) return {}
  return {
    carbs: {
      ...(grams ? { grams } : {}),
      ...(exchanges ? { exchanges } : {}),
      mealsPerDay: withCarbs.reduce((sum, { carbEntries }) => sum + carbEntries, 0) / withCarbs.length,
    },
  }
}

function carbsPerDay(amountsOfDays: readonly number[]): CarbsPerDay | undefined {
  const amounts = amountsOfDays.filter(amount => amount > 0)
  if (amounts.length === 0) return undefined
  const mean = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length
  const squares = amounts.reduce((sum, amount) => sum + (amount - mean) ** 2, 0)
  return {
    perDay: mean,
    ...(amounts.length > 1 ? { sd: Math.sqrt(squares / (amounts.length - 1)) } : {}),
    days: amounts.length,
  }
}
