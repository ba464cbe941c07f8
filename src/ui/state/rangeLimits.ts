/**
 * Target ranges of one's own: from what is typed in the shown unit to limits in both units, with the checks that keep
 * nonsense out. Limits are whole mg/dL and tenths of mmol/L, because a value is compared in its own unit.
 */
import { type RangeLimits, rangeSets, type TargetRanges } from '#records/preferences.ts'
import { type GlucoseUnits, MGDL_PER_MMOL, roundHalfEven } from '#records/units.ts'

export const limitNames = ['veryLow', 'low', 'high', 'veryHigh'] as const
export type LimitName = (typeof limitNames)[number]

/** What each limit may be, mg/dL. Outside of it a typing mistake is likelier than a wish. */
export const plausibleMgdl: Readonly<Record<LimitName, readonly [least: number, most: number]>> = {
  veryLow: [40, 80],
  low: [54, 110],
  high: [110, 300],
  veryHigh: [140, 400],
}

export type LimitProblem = 'not-a-number' | 'implausible' | 'order'
export type LimitTexts = Readonly<Record<LimitName, string>>

export type LimitsRead =
  | { readonly ok: true; readonly ranges: TargetRanges }
  | { readonly ok: false; readonly problems: Readonly<Partial<Record<LimitName, LimitProblem>>> }

/** What a limit may be, in the shown unit. */
export function plausibleIn(name: LimitName, units: GlucoseUnits): readonly [least: number, most: number] {
  const [least, most] = plausibleMgdl[name]
  return units === 'mg/dL' ? [least, most] : [tenths(least / MGDL_PER_MMOL), tenths(most / MGDL_PER_MMOL)]
}

/** Reads the four typed limits; decimal point or comma. */
export function readLimits(texts: LimitTexts, units: GlucoseUnits): LimitsRead {
  const problems: Partial<Record<LimitName, LimitProblem>> = {}
  const typed: Partial<Record<LimitName, number>> = {}
  for (const name of limitNames) {
    const number = numberFrom(texts[name], units)
    const [least, most] = plausibleIn(name, units)
    if (number === undefined) problems[name] = 'not-a-number'
    else if (number < least || number > most) problems[name] = 'implausible'
    else typed[name] = number
  }
  const { veryLow, low, high, veryHigh } = typed
  if (veryLow === undefined || low === undefined || high === undefined || veryHigh === undefined) {
    return { ok: false, problems }
  }
  const ranges = rangesFrom({ veryLow, low, high, veryHigh }, units)
  for (const [index, name] of limitNames.entries()) {
    const before = limitNames[index - 1]
    if (before && !(isHigher(ranges.mgdl, name, before) && isHigher(ranges.mmol, name, before)))
      problems[name] = 'order'
  }
  return Object.keys(problems).length === 0 ? { ok: true, ranges } : { ok: false, problems }
}

/** The limits as text in the shown unit; a class that a set does not have shows the standard's limit. */
export function limitTexts(ranges: TargetRanges, units: GlucoseUnits): LimitTexts {
  const limits = units === 'mg/dL' ? ranges.mgdl : ranges.mmol
  const standard = units === 'mg/dL' ? rangeSets.standard.mgdl : rangeSets.standard.mmol
  const text = (name: LimitName) => {
    const limit = limits[name] > 0 && limits[name] < 9999 ? limits[name] : standard[name]
    return units === 'mg/dL' ? limit.toFixed(0) : limit.toFixed(1)
  }
  return { veryLow: text('veryLow'), low: text('low'), high: text('high'), veryHigh: text('veryHigh') }
}

function rangesFrom(limits: RangeLimits, units: GlucoseUnits): TargetRanges {
  const mapped = (change: (limit: number) => number): RangeLimits => ({
    veryLow: change(limits.veryLow),
    low: change(limits.low),
    high: change(limits.high),
    veryHigh: change(limits.veryHigh),
  })
  return units === 'mg/dL'
    ? { id: 'custom', mgdl: limits, mmol: mapped(limit => tenths(limit / MGDL_PER_MMOL)) }
    : { id: 'custom', mgdl: mapped(limit => roundHalfEven(limit * MGDL_PER_MMOL)), mmol: limits }
}

/** The unit's own step: whole mg/dL, tenths of mmol/L. */
function numberFrom(text: string, units: GlucoseUnits): number | undefined {
  const trimmed = text.trim().replace(',', '.')
  if (!/^\d+(\.\d+)?$/.test(trimmed)) return undefined
  return units === 'mg/dL' ? roundHalfEven(Number(trimmed)) : tenths(Number(trimmed))
}

const tenths = (value: number): number => roundHalfEven(value, 1)
const isHigher = (limits: RangeLimits, name: LimitName, than: LimitName): boolean => limits[name] > limits[than]
