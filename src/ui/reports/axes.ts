/**
 * The axes all reports share. Glucose is on one fixed scale, so that days can be compared; time goes from midnight to
 * midnight. Source: reports sheet §5.2.
 */
import type { Preferences } from '#records/preferences.ts'
import { HOUR_MS, type DeviceTime } from '#records/time.ts'
import { mmolFromMgdl, type GlucoseUnits } from '#records/units.ts'
import type { Tick } from '../charts/spec.ts'

export interface GlucoseScale {
  readonly min: number
  readonly max: number
  readonly ticks: readonly Tick[]
  /** The target range, in the chosen unit. */
  readonly low: number
  readonly high: number
  /** From mg/dL to the chosen unit, not clamped. */
  readonly of: (mgdl: number) => number
}

const ends: Readonly<Record<GlucoseUnits, { readonly min: number; readonly max: number; readonly places: number }>> = {
  'mg/dL': { min: 40, max: 400, places: 0 },
  'mmol/L': { min: 2.2, max: 22.2, places: 1 },
}

/** 40 to 400 mg/dL or 2.2 to 22.2 mmol/L, with ticks at the person's limits. */
export function glucoseScale(preferences: Preferences): GlucoseScale {
  const units = preferences.glucoseUnits
  const { min, max, places } = ends[units]
  const limits = units === 'mg/dL' ? preferences.ranges.mgdl : preferences.ranges.mmol
  const inside = [limits.veryLow, limits.low, limits.high, limits.veryHigh].filter(limit => limit > min && limit < max)
  const plain = units === 'mg/dL' ? [300, 400] : [17, 22.2]
  return {
    min,
    max,
    ticks: [
      ...inside.map(value => ({ value, label: value.toFixed(places), limit: true })),
      // A plain tick gives way to a limit that is near it.
      ...plain
        .filter(value => inside.every(limit => Math.abs(limit - value) > (max - min) / 20))
        .map(value => ({ value, label: value.toFixed(places) })),
    ],
    low: Math.max(limits.low, min),
    high: Math.min(limits.high, max),
    of: mgdl => (units === 'mg/dL' ? mgdl : mmolFromMgdl(mgdl)),
  }
}

/** Every three hours, "06" or "6a", by the person's clock; x is ms since midnight. */
export function hourTicks(clock: Preferences['clock']): readonly Tick[] {
  return Array.from({ length: 9 }, (_, index) => {
    const hour = index * 3
    return { value: hour * HOUR_MS, label: hourLabel(hour, clock) }
  })
}

/** "06" or "6a", by the person's clock; 24 is written as such on a clock of 24 hours. */
export const hourLabel = (hour: number, clock: Preferences['clock']): string =>
  clock === '24h' ? String(hour).padStart(2, '0') : hour12(hour)

const hour12 = (hour: number): string => `${hour % 12 === 0 ? 12 : hour % 12}${hour % 24 < 12 ? 'a' : 'p'}`

/** The top of an amount's scale and the one tick between foot and top. */
export interface AmountScale {
  readonly top: number
  readonly tick: number
}

/** The smallest of the list that leaves a little room above `value`, so that most days share one scale. */
export function amountScale(value: number, scales: readonly AmountScale[]): AmountScale {
  const top = Math.ceil(value / 0.85)
  return scales.find(scale => value <= scale.top * 0.85) ?? { top, tick: Math.round(top / 2) }
}

/** The very top stays free of a label: it would stand on the foot of the lane above. */
export const amountTicks = ({ tick }: AmountScale): readonly Tick[] => [
  { value: 0, label: '0' },
  { value: tick, label: String(tick) },
]

/** Which weekday begins a week: for the ticks of long periods. */
export const isWeekStart = (midnight: DeviceTime, firstDayOfWeek: Preferences['firstDayOfWeek']): boolean =>
  new Date(midnight).getUTCDay() === firstDayOfWeek
