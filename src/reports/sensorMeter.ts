/**
 * The sensor and meter overview: every day of the period in one picture, what sensor, meter and pump amount to, and
 * nights and meals laid over one another. Source: reports sheet §1.2 (4), metrics sheet §5, §8, §10.
 */
import { startOfDeviceDay } from '#records/time.ts'
import { meansByTimeOfDay } from '#stats/distribution.ts'
import { summariseInsulin } from '#stats/insulin.ts'
import { alignedTraces } from '#stats/mealWindows.ts'
import { countSensorAlerts } from '#stats/sensorAlerts.ts'
import { sensorUse, summariseMeter, summariseSensor } from '#stats/summary.ts'
import { profileOf } from '#stats/timeOfDay.ts'
import { DAY_MINUTES } from '#stats/timeSpans.ts'
import { dayLanes, laneScale } from './dayLanes.ts'
import { periodModel, prepare } from './days.ts'
import { eatenMeals } from './mealEvents.ts'
import type { ReportInput } from './models.ts'
import { mealPanel, nightPanel } from './panels.ts'
import type { SensorMeterModel } from './sensorMeterModel.ts'

const DRAWN_DAYS = 90
/** Two pages of strips are looked at, more are leafed through: the Weekly review has them all. */
const LANE_DAYS = 14
const SLOT_MINUTES = 30
const PERCENTILES = [0.1, 0.25, 0.5, 0.75, 0.9]
const WHOLE_DAY = { fromMinute: 0, toMinute: DAY_MINUTES }

/** Makes the overview of `input.period`. A part for which there are no data is absent. */
export function sensorMeter(input: ReportInput): SensorMeterModel {
  const material = prepare(input)
  const { sensor, meter, days, records } = material
  const { preferences } = input
  const sensorSummary = summariseSensor(sensor, material.sensorClasses, days)
  const meterSummary = summariseMeter(meter, material.meterClasses)
  const insulin = summariseInsulin(material.insulin.filter(day => day !== undefined))
  const alerts = sensorSummary && countSensorAlerts(records)
  const midnights = days.slice(-DRAWN_DAYS).map(startOfDeviceDay)
  const meals = eatenMeals(material, preferences)
  const ofGroup = (name: 'breakfast' | 'lunch' | 'dinner') => meals.filter(({ group }) => group === name)
  const lanes = dayLanes(material, days.slice(-LANE_DAYS))
  return {
    ...periodModel(input, material),
    dayCount: days.length,
    ...(sensorSummary ? { sensor: sensorSummary, wear: Math.min(1, sensorUse(sensor, days.length)) } : {}),
    ...(meterSummary ? { meter: meterSummary } : {}),
    ...(sensorSummary && alerts ? { alerts } : {}),
    ...(insulin ? { insulin } : {}),
    ...(sensorSummary
      ? { profile: profileOf(sensor, SLOT_MINUTES, PERCENTILES), meanMgdl: meansByTimeOfDay(sensor, SLOT_MINUTES) }
      : {}),
    traces: alignedTraces(sensor, midnights, WHOLE_DAY),
    tracedDays: midnights.length,
    points: alignedTraces(meter, midnights, WHOLE_DAY),
    nights: [nightPanel(material, 'bedtimeToWakeUp', preferences), nightPanel(material, 'overnight', preferences)],
    meals: (['breakfast', 'lunch', 'dinner'] as const).map(name =>
      mealPanel(material, name, ofGroup(name), preferences),
    ),
    lanes: { days: lanes, ...laneScale(lanes) },
  }
}
