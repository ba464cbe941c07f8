/**
 * What simulated meters remember: made-up results in device time, the same for the same day whenever they are asked
 * for, so that a second read a day later brings one more day and nothing else new. Used by `simulator.ts` only.
 */
import { DAY_MS, type DeviceTime, deviceDayOf, isoFromDeviceTime, MINUTE_MS, shifted } from '#records/time.ts'
import { type GlucoseUnits, mmolFromMgdl } from '#records/units.ts'
import { seededNumbers } from '../shared/seededNumbers.ts'

/** One result as the meter keeps it. `value` in the meter's unit; `flags` as on the wire: `B`, `A/Z1`, `<`. */
export interface StoredResult {
  readonly time: DeviceTime
  readonly value: string
  readonly flags: string
}

/** Measuring range of all simulated meters, in each unit (sheet §4: 20 to 600 mg/dL = 1.1 to 33.3 mmol/L). */
const limits = {
  'mg/dL': { low: '20', high: '600' },
  'mmol/L': { low: '1.1', high: '33.3' },
} as const

/** Times of day at which the person measures, with what is usual then. */
const habits = [
  { minute: 7 * 60 + 5, usualMgdl: 128, flags: 'B' },
  { minute: 9 * 60 + 20, usualMgdl: 176, flags: 'A/Z8' },
  { minute: 12 * 60 + 25, usualMgdl: 119, flags: 'B' },
  { minute: 18 * 60 + 35, usualMgdl: 137, flags: 'B' },
  { minute: 20 * 60 + 50, usualMgdl: 168, flags: 'A/Z6' },
  { minute: 22 * 60 + 40, usualMgdl: 146, flags: '' },
] as const

/**
 * Results of the `days` days that end with `now`, oldest first: about five a day with meal marks, now and then a test
 * with control solution, LO, HI, a mark of the person's, and two equal results in one minute.
 */
export function dailyResults(now: DeviceTime, days: number, units: GlucoseUnits): readonly StoredResult[] {
  const today = deviceDayOf(now)
  const results: StoredResult[] = []
  for (let day = today - days + 1; day <= today; day++) results.push(...resultsOfDay(day, units))
  return results.filter(({ time }) => time <= now)
}

function resultsOfDay(day: number, units: GlucoseUnits): readonly StoredResult[] {
  const random = seededNumbers(day)
  const midnight = (day * DAY_MS) as DeviceTime // A device day is its midnight's wall time by definition.
  const at = (minute: number) => shifted(midnight, minute * MINUTE_MS)
  const results: StoredResult[] = []
  habits.forEach(({ minute, usualMgdl, flags }, i) => {
    const skipsThis = random() < 0.15
    const time = at(minute + Math.floor(random() * 40) - 20)
    const mgdl = Math.max(34, Math.min(420, Math.round(usualMgdl + (random() + random() - 1) * 95)))
    const mark = ['/S', '/X', '/I', '/D'][Math.floor(random() * 40)] ?? ''
    if (!skipsThis) results.push({ time, value: valueText(mgdl, units), flags: `${flags}${mark}`.replace(/^\//, '') })
    if (day % 4 === 1 && i === 2 && !skipsThis) results.push({ time, value: valueText(mgdl, units), flags })
  })
  if (day % 7 === 2) results.push({ time: at(3 * 60 + 12), value: limits[units].low, flags: '<' })
  if (day % 14 === 5) results.push({ time: at(16 * 60 + 3), value: limits[units].high, flags: '>' })
  if (day % 10 === 3) results.push({ time: at(8 * 60 + 1), value: valueText(118, units), flags: 'C' })
  return results.sort((a, b) => a.time - b.time)
}

const valueText = (mgdl: number, units: GlucoseUnits): string =>
  units === 'mg/dL' ? String(mgdl) : mmolFromMgdl(mgdl).toFixed(1)

/** YYYYMMDDHHmm or with seconds, as the meter writes times. */
export const wireTime = (time: DeviceTime, hasSeconds: boolean): string =>
  isoFromDeviceTime(time)
    .replace(/\D/g, '')
    .slice(0, hasSeconds ? 14 : 12)
