/**
 * The ambulatory glucose profile in the consensus layout: ranges, key numbers, percentiles by time of day, and the last
 * days as small pictures; of the sensor, and of the finger-sticks by themselves. Source: reports sheet §2.1, metrics
 * sheet §5.1 and §8.
 */
import { GlucoseFlag } from '#records/series.ts'
import { DAY_MS, startOfDeviceDay } from '#records/time.ts'
import { between, detached } from '#stats/slices.ts'
import { profileSufficiency } from '#stats/sufficiency.ts'
import { summarise, summariseMeter, summariseSensor } from '#stats/summary.ts'
import { ambulatoryProfile, type TimeOfDayProfile } from '#stats/timeOfDay.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import type { AgpDay, AgpModel, ReportInput } from './models.ts'

/** Two weeks, as on the consensus page. */
const PICTURED_DAYS = 14
/** Finger-sticks: fewer in all say nothing of a profile, and an hour needs so many for a median, so many for quartiles. */
const METER_VALUES = 30
const METER_COUNTS = [Number.POSITIVE_INFINITY, 5, 3, 5, Number.POSITIVE_INFINITY]

/** Makes the profile of `input.period`. A part for which there are not enough data is absent. */
export function agp(input: ReportInput): AgpModel {
  const material = prepare(input)
  const { sensor, meter } = material
  const sensorSummary = summariseSensor(sensor, material.sensorClasses, material.days)
  const meterSummary = summariseMeter(meter, material.meterClasses)
  const [ofSensor, ofMeter] = [sensorProfile(material), meterProfile(material)]
  return {
    ...periodModel(input, material),
    ...(sensorSummary ? { sensor: sensorSummary } : {}),
    ...(meterSummary ? { meter: meterSummary } : {}),
    profiles: { ...(ofSensor ? { sensor: ofSensor } : {}), ...(ofMeter ? { meter: ofMeter } : {}) },
    points: pointsOf(meter),
    days: material.days.slice(-PICTURED_DAYS).map(day => agpDay(material, day)),
  }
}

const sensorProfile = ({ sensor }: Material): TimeOfDayProfile | undefined =>
  profileSufficiency(sensor) === 'curve' ? ambulatoryProfile(sensor) : undefined

const meterProfile = ({ meter }: Material): TimeOfDayProfile | undefined =>
  meter.time.length >= METER_VALUES ? ambulatoryProfile(meter, METER_COUNTS) : undefined

function pointsOf({ time, mgdl, flags }: Material['meter']): AgpModel['points'] {
  return Array.from(time, (at, i) => {
    const flag = flags[i] ?? 0
    const limit = (flag & GlucoseFlag.Low) !== 0 ? 'low' : (flag & GlucoseFlag.High) !== 0 ? 'high' : undefined
    return { ms: at % DAY_MS, mgdl: mgdl[i] ?? 0, ...(limit ? { limit } : {}) }
  })
}

function agpDay({ sensor, sensorClasses, meterValues }: Material, day: number): AgpDay {
  const rows = dayRows(sensor.time, day)
  const [from, to] = [startOfDeviceDay(day), startOfDeviceDay(day + 1)]
  const summary = summarise(sensor, sensorClasses, ...rows)
  return {
    day,
    glucose: detached(between(sensor, from, to)),
    meterValues: meterValues.filter(({ deviceTime }) => deviceTime >= from && deviceTime < to),
    ...(summary ? { sensor: summary } : {}),
  }
}
