/**
 * Overlay by day (CareLink's Sensor Daily Overlay): all days over one another from midnight to midnight, with the mean of
 * every quarter of an hour. Source: reports sheet §1.2 (17).
 */
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import { DAY_MS, type DeviceDay, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { between, detached } from '#stats/slices.ts'
import { summarise } from '#stats/summary.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import { weekdayOf } from './filter.ts'
import type { ReportInput } from './models.ts'
import type { OverlayDay, OverlayMean, OverlayModel } from './overlayModel.ts'

const SLOT_MINUTES = 15
const SLOTS = 1440 / SLOT_MINUTES
/** The mean of one day is that day. */
const DAYS_FOR_MEAN = 2

export function overlay(input: ReportInput): OverlayModel {
  const material = prepare(input)
  const { sensor } = material
  const from = sensor.time.length > 0 ? 'sensor' : 'meter'
  return {
    ...periodModel(input, material),
    from,
    days: material.days.map(day => overlayDay(material, day, from)).filter(({ summary }) => summary !== undefined),
    ...(from === 'sensor'
      ? {
          means: {
            all: meanOf(sensor, () => true),
            weekdays: meanOf(sensor, day => !isWeekend(day)),
            weekend: meanOf(sensor, isWeekend),
          },
        }
      : {}),
  }
}

const isWeekend = (day: DeviceDay): boolean => weekdayOf(day) % 6 === 0

function overlayDay(material: Material, day: DeviceDay, from: 'sensor' | 'meter'): OverlayDay {
  const { sensor, sensorClasses, meter, meterClasses } = material
  const midnight = startOfDeviceDay(day)
  const [first, end] = dayRows(meter.time, day)
  const summary =
    from === 'sensor'
      ? summarise(sensor, sensorClasses, ...dayRows(sensor.time, day))
      : summarise(meter, meterClasses, first, end)
  return {
    day,
    weekday: weekdayOf(day),
    glucose: detached(between(sensor, midnight, startOfDeviceDay(day + 1))),
    meterMarks: Array.from({ length: end - first }, (_, i) => ({
      ms: (meter.time[first + i] ?? 0) - midnight,
      mgdl: meter.mgdl[first + i] ?? 0,
      flags: meter.flags[first + i] ?? 0,
    })),
    ...(summary ? { summary } : {}),
  }
}

/** Of the days that `isWanted`; each value weighs as long as it stands for. */
function meanOf({ time, mgdl, intervalMs, flags }: GlucoseSeries, isWanted: (day: DeviceDay) => boolean): OverlayMean {
  const [sums, weights] = [new Float64Array(SLOTS), new Float64Array(SLOTS)]
  const mean: OverlayMean = {
    slotMinutes: SLOT_MINUTES,
    mgdl: new Float64Array(SLOTS),
    lowest: new Float64Array(SLOTS).fill(Number.POSITIVE_INFINITY),
    highest: new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY),
    lowestIsLo: new Uint8Array(SLOTS),
    highestIsHi: new Uint8Array(SLOTS),
    values: new Uint32Array(SLOTS),
    days: new Uint32Array(SLOTS),
  }
  const lastDay = new Float64Array(SLOTS).fill(Number.NaN)
  let day = Number.NaN
  let isOn = false
  for (let i = 0; i < time.length; i++) {
    const at = time[i] ?? 0
    const ofDay = Math.floor(at / DAY_MS)
    if (ofDay !== day) {
      day = ofDay
      isOn = isWanted(day)
    }
    if (!isOn) continue
    const slot = Math.floor((at - day * DAY_MS) / (SLOT_MINUTES * MINUTE_MS))
    const [value, weight] = [mgdl[i] ?? 0, intervalMs[i] ?? 0]
    sums[slot] = (sums[slot] ?? 0) + value * weight
    weights[slot] = (weights[slot] ?? 0) + weight
    mean.values[slot] = (mean.values[slot] ?? 0) + 1
    const flag = flags[i] ?? 0
    if (value < (mean.lowest[slot] ?? 0)) {
      mean.lowest[slot] = value
      mean.lowestIsLo[slot] = (flag & GlucoseFlag.Low) === 0 ? 0 : 1
    }
    if (value > (mean.highest[slot] ?? 0)) {
      mean.highest[slot] = value
      mean.highestIsHi[slot] = (flag & GlucoseFlag.High) === 0 ? 0 : 1
    }
    if (lastDay[slot] !== day) {
      lastDay[slot] = day
      mean.days[slot] = (mean.days[slot] ?? 0) + 1
    }
  }
  for (let slot = 0; slot < SLOTS; slot++) {
    const isEnough = (mean.days[slot] ?? 0) >= DAYS_FOR_MEAN
    mean.mgdl[slot] = isEnough ? (sums[slot] ?? 0) / (weights[slot] ?? 1) : Number.NaN
  }
  return mean
}
