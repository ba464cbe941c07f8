/**
 * How the reports round and write amounts; nothing is computed here. Source: metrics sheet §1.3: percent whole on the
 * face and one decimal in tables, insulin one decimal on the face, two in tables, as delivered for one bolus, rates
 * three decimals; half to even.
 */
import type { TargetRanges } from '#records/preferences.ts'
import { type GlucoseUnits, roundHalfEven } from '#records/units.ts'
import type { GlucoseSummary, RangeName, RangeShare, RangeShares } from '#reports/models.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'

/** From the top of the bar to its foot. */
export const rangesFromTop: readonly RangeName[] = ['veryHigh', 'high', 'target', 'low', 'veryLow']

export const wholePercent = (fraction: number): number => roundHalfEven(fraction * 100)

/** "72 %"; a share that is there but rounds to nothing is "< 1 %". */
export function shareText(share: RangeShare, format: Format): string {
  return share.percent === 0 && share.count > 0 ? reportTexts.ranges.lessThanOne : format.percent(share.percent)
}

/** A whole percentage of several classes together: the sum of their whole percentages (metrics sheet §3.4). */
export function sharesText(shares: RangeShares, names: readonly RangeName[], format: Format): string {
  const count = names.reduce((sum, name) => sum + shares[name].count, 0)
  const percent = names.reduce((sum, name) => sum + shares[name].percent, 0)
  return percent === 0 && count > 0 ? reportTexts.ranges.lessThanOne : format.percent(percent)
}

/** "17 h 14 min"; what is there but rounds to nothing is "< 1 min". */
export function hoursText(minutes: number): string {
  const whole = roundHalfEven(minutes)
  if (whole === 0 && minutes > 0) return reportTexts.ranges.lessThanOneMinute
  return reportTexts.ranges.hoursMinutes(Math.floor(whole / 60), whole % 60)
}

/** "23:50" of minutes, for columns that say h:mm; more than a day goes on counting: "329:05". */
export function clockHoursText(minutes: number): string {
  const whole = roundHalfEven(minutes)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

type Extremes = Pick<GlucoseSummary, 'minMgdl' | 'maxMgdl' | 'minIsLo' | 'maxIsHi'>

/**
 * A value of a distribution, its mean or one of its percentiles in the chosen unit; the word LO or HI where it is the number
 * that stands for what the device said in that word (metrics sheet §1.5).
 */
export function measuredText(mgdl: number, { minMgdl, maxMgdl, minIsLo, maxIsHi }: Extremes, format: Format): string {
  if (minIsLo && isSame(mgdl, minMgdl)) return reportTexts.dailyChart.low
  return maxIsHi && isSame(mgdl, maxMgdl) ? reportTexts.dailyChart.high : format.glucose(mgdl)
}

/** A mean of equal values need not be equal to the last bit. */
const isSame = (a: number, b: number) => Math.abs(a - b) < 1e-6

/** Whether a text of a glucose value is a word, which has no unit. */
export const isWord = (text: string): boolean =>
  text === reportTexts.dailyChart.low || text === reportTexts.dailyChart.high

/** The lowest value in the chosen unit, or the word that the device said. */
export const lowestText = (of: Extremes, format: Format): string => measuredText(of.minMgdl, of, format)

/** The highest value in the chosen unit, or the word that the device said. */
export const highestText = (of: Extremes, format: Format): string => measuredText(of.maxMgdl, of, format)

/** Rounded half to even, with exactly `places` decimals. */
export const rounded = (value: number, places: number, format: Format): string =>
  format.number(roundHalfEven(value, places), places)

/** One dose as the pump delivered it: one to three decimals, "4.2", "0.025". */
export function doseText(units: number, format: Format): string {
  const places = [1, 2].find(digits => roundHalfEven(units, digits) === roundHalfEven(units, 3)) ?? 3
  return rounded(units, places, format)
}

export const rateText = (unitsPerHour: number, format: Format): string => rounded(unitsPerHour, 3, format)

/** Whether a set of limits has this class at all; a limit nothing reaches means it has not. */
export function hasRange(name: RangeName, ranges: TargetRanges): boolean {
  if (name === 'veryLow') return ranges.mgdl.veryLow > 0
  return name !== 'veryHigh' || ranges.mgdl.veryHigh < 9999
}

/** The limits of a class as people write them: "<54", "54–69", "70–180" (metrics sheet §2.1). */
export function limitsText(name: RangeName, ranges: TargetRanges, units: GlucoseUnits): string {
  const { veryLow, low, high, veryHigh } = units === 'mg/dL' ? ranges.mgdl : ranges.mmol
  const places = units === 'mg/dL' ? 0 : 1
  const step = units === 'mg/dL' ? 1 : 0.1
  const text = (value: number) => value.toFixed(places)
  const texts: Readonly<Record<RangeName, string>> = {
    veryLow: `<${text(veryLow)}`,
    low: hasRange('veryLow', ranges) ? `${text(veryLow)}–${text(low - step)}` : `<${text(low)}`,
    target: `${text(low)}–${text(high)}`,
    high: hasRange('veryHigh', ranges) ? `${text(high + step)}–${text(veryHigh)}` : `>${text(high)}`,
    veryHigh: `>${text(veryHigh)}`,
  }
  return texts[name]
}

/** The tight range in the chosen unit; it is the same for everybody (metrics sheet §2.1). */
export const tightLimitsText = (units: GlucoseUnits): string => (units === 'mg/dL' ? '70–140 mg/dL' : '3.9–7.8 mmol/L')
