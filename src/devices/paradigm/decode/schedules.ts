/**
 * Schedules by the time of day as a Paradigm pump stores them: basal profiles, carb ratios, sensitivities, targets; and
 * their lines as text. Shared by replies and history records. Source: paradigm sheet §4.2, §4.3 and §6.8.
 */
import type { GlucoseUnits } from '#records/units.ts'
import { RATE_STEPS_PER_UNIT } from './family.ts'

export interface BasalSegment {
  /** Minutes since midnight. */
  readonly startMinutes: number
  readonly rateUnitsPerHour: number
}

export interface CarbRatio {
  readonly startMinutes: number
  /** g/U, or U per exchange. */
  readonly ratio: number
}

export interface Sensitivity {
  readonly startMinutes: number
  /** Per U, in the schedule's own unit. */
  readonly sensitivity: number
}

export interface Target {
  readonly startMinutes: number
  /** In the schedule's own unit; the oldest pumps have one value for both. */
  readonly low: number
  readonly high: number
}

export type CarbUnits = 'grams' | 'exchanges'

export const PATTERNS = ['standard', 'A', 'B'] as const
export type Pattern = (typeof PATTERNS)[number]

/** 1 grams, 2 exchanges. */
export const carbUnitsOf = (code: number): CarbUnits | undefined =>
  code === 1 ? 'grams' : code === 2 ? 'exchanges' : undefined

/** 1 mg/dL, 2 mmol/L. */
export const glucoseUnitsOf = (code: number): GlucoseUnits | undefined =>
  code === 1 ? 'mg/dL' : code === 2 ? 'mmol/L' : undefined

const SLOT_MINUTES = 30
/** Slots of a day; a later time is no time (3F: an empty schedule). */
const SLOTS = 48
/** No pump of this kind can be set higher, units per hour. */
const HIGHEST_RATE = 35

/**
 * A basal profile from triples; `rateFirst` in replies (LE16 rate, time), time first in history records. Empty when the
 * pattern is not programmed, `undefined` when a rate is higher than any pump gives.
 */
export function readBasalProfile(bytes: Uint8Array, rateFirst: boolean): readonly BasalSegment[] | undefined {
  const segments: BasalSegment[] = []
  let last = -1
  for (let at = 0; at + 3 <= bytes.length && segments.length < SLOTS; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3)
    const [time, rate] = rateFirst ? [c, a | (b << 8)] : [a, b | (c << 8)]
    if (time >= SLOTS || time <= last) break
    if (rate > HIGHEST_RATE * RATE_STEPS_PER_UNIT) return undefined
    segments.push({ startMinutes: time * SLOT_MINUTES, rateUnitsPerHour: rate / RATE_STEPS_PER_UNIT })
    last = time
  }
  return segments
}

/** Carb ratios, `slots` at most: large pumps (time, BE16 ratio), small ones (time, ratio). */
export function readCarbRatios(
  bytes: Uint8Array,
  { isLarge, units, slots }: { isLarge: boolean; units: CarbUnits; slots: number },
): readonly CarbRatio[] {
  const scale = units === 'grams' ? (isLarge ? 10 : 1) : isLarge ? 1000 : 10
  return slotsOf(bytes, isLarge ? 3 : 2, slots).map(([time = 0, a = 0, b = 0]) => ({
    startMinutes: time * SLOT_MINUTES,
    ratio: (isLarge ? (a << 8) | b : a) / scale,
  }))
}

/** Sensitivities, `slots` at most: (time, value), the value's ninth bit above the time. */
export function readSensitivities(bytes: Uint8Array, units: GlucoseUnits, slots: number): readonly Sensitivity[] {
  return slotsOf(bytes, 2, slots, 0x3f).map(([time = 0, low = 0]) => ({
    startMinutes: (time & 0x3f) * SLOT_MINUTES,
    sensitivity: inUnits(low + ((time & 0x40) << 2), units),
  }))
}

/** Targets, `slots` at most: (time, low, high), or (time, target) of the oldest pumps. */
export function readTargets(bytes: Uint8Array, units: GlucoseUnits, slots: number, size: 2 | 3 = 3): readonly Target[] {
  return slotsOf(bytes, size, slots).map(([time = 0, low = 0, high = low]) => ({
    startMinutes: time * SLOT_MINUTES,
    low: inUnits(low, units),
    high: inUnits(high, units),
  }))
}

/** mmol/L is stored in tenths. */
export const inUnits = (stored: number, units: GlucoseUnits): number => (units === 'mmol/L' ? stored / 10 : stored)

/** Slots of `size` bytes, up to the first later one at midnight; one whose time goes backwards is left out. */
function slotsOf(bytes: Uint8Array, size: number, slots: number, timeMask = 0xff): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  let last = -1
  for (let slot = 0; slot < slots && (slot + 1) * size <= bytes.length; slot++) {
    const part = bytes.subarray(slot * size, (slot + 1) * size)
    const time = (part[0] ?? 0) & timeMask
    if (slot > 0 && time === 0) break
    if (time <= last || time >= SLOTS) continue
    found.push(part)
    last = time
  }
  return found
}

/** "06:30". */
export function clockText(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60]
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

type Values = Readonly<Record<string, string>>

/** Lines of a profile by time, "00:00": "0.8 U/h". */
export const basalValues = (segments: readonly BasalSegment[]): Values =>
  lines(segments, ({ rateUnitsPerHour }) => `${rateUnitsPerHour} U/h`)

export const ratioValues = (ratios: readonly CarbRatio[], units: CarbUnits): Values =>
  lines(ratios, ({ ratio }) => `${ratio} ${units === 'grams' ? 'g/U' : 'U/exchange'}`)

export const sensitivityValues = (sensitivities: readonly Sensitivity[], units: GlucoseUnits): Values =>
  lines(sensitivities, ({ sensitivity }) => `${sensitivity} ${units} per U`)

export const targetValues = (targets: readonly Target[], units: GlucoseUnits): Values =>
  lines(targets, ({ low, high }) => (low === high ? `${low} ${units}` : `${low} to ${high} ${units}`))

const lines = <T extends { readonly startMinutes: number }>(parts: readonly T[], text: (part: T) => string): Values =>
  Object.fromEntries(parts.map(part => [clockText(part.startMinutes), text(part)]))

/** What a day of the profile gives, units. */
export function unitsPerDay(segments: readonly BasalSegment[]): number {
  const steps = segments.reduce((sum, { startMinutes, rateUnitsPerHour }, i) => {
    const end = segments[i + 1]?.startMinutes ?? 24 * 60
    return sum + ((end - startMinutes) / SLOT_MINUTES) * Math.round(rateUnitsPerHour * RATE_STEPS_PER_UNIT)
  }, 0)
  return (steps * SLOT_MINUTES) / 60 / RATE_STEPS_PER_UNIT
}
