/** Glucose series and records made by hand for tests. */
import { GlucoseFlag, type GlucoseSeries, stepsOf } from '#records/series.ts'
import { type DeviceTime, deviceTimeFromIso } from '#records/time.ts'
import { type GlucoseUnits, mgdlFrom } from '#records/units.ts'

export interface Reading {
  /** Device wall clock, ms. */
  readonly at: number
  readonly value: number
  readonly units?: GlucoseUnits
  readonly outOfRange?: 'low' | 'high'
}

/** The wall time of "2024-03-01T08:00". */
export function wall(iso: string): DeviceTime {
  const time = deviceTimeFromIso(iso)
  if (time === undefined) throw new Error(`no wall time: ${iso}`)
  return time
}

/** A series of these readings, in the order given. */
export function seriesOf(readings: readonly Reading[], source = 'cafe:read', intervalMinutes = 5): GlucoseSeries {
  const steps = readings.map(({ value, units = 'mg/dL', outOfRange }) => stepsOf(value, units, outOfRange))
  return {
    time: Float64Array.from(readings, reading => reading.at),
    steps: Uint16Array.from(steps),
    flags: Uint8Array.from(
      readings,
      ({ units, outOfRange }) =>
        (units === 'mmol/L' ? GlucoseFlag.Mmol : 0) |
        (outOfRange === 'low' ? GlucoseFlag.Low : outOfRange === 'high' ? GlucoseFlag.High : 0),
    ),
    mgdl: Float64Array.from(readings, ({ units = 'mg/dL' }, i) =>
      mgdlFrom((steps[i] ?? 0) / (units === 'mmol/L' ? 10 : 1), units),
    ),
    intervalMs: new Uint32Array(readings.length).fill(intervalMinutes * 60_000),
    source: new Uint8Array(readings.length),
    sources: [source],
  }
}
