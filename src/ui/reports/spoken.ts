/**
 * The parts of the sentence that a chart is spoken with: what the numbers come to, not how it is drawn. Chosen from the
 * model's numbers and rounded as they are on the page; nothing is computed. Source: reports sheet §5.5.
 */
import { type GlucoseSummary, rangeNames, type TimeOfDayProfile } from '#reports/models.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { hoursOf } from './agpChart.ts'
import { highestText, isWord, lowestText, measuredText, sharesText } from './amounts.ts'

const words = reportTexts.spoken

/** "3,949 sensor values, mean 153 mg/dL, 72 % in range, 4 % low, 24 % high"; with the days it stands on, of a period. */
export function spokenGlucose(
  of: 'sensor' | 'meter',
  summary: GlucoseSummary,
  format: Format,
  span: 'day' | 'period' = 'period',
): readonly string[] {
  const { count, daysWithData, ranges } = summary
  const { figures, dailyChart } = reportTexts
  return [
    span === 'day' ? dailyChart.values(count, of) : figures.onDays(count, daysWithData, of),
    words.mean(withUnit(measuredText(summary.meanMgdl, summary, format), format)),
    words.inRange(sharesText(ranges, ['target'], format)),
    words.belowRange(sharesText(ranges, rangeNames.slice(0, 2), format)),
    words.aboveRange(sharesText(ranges, rangeNames.slice(3), format)),
  ]
}

/** "lowest 48 mg/dL, highest HI", of all of them together. */
export function spokenExtremes(summaries: readonly GlucoseSummary[], format: Format): readonly string[] {
  const low = summaries[indicesOfSpan(summaries.map(({ minMgdl }) => minMgdl))?.[0] ?? -1]
  const high = summaries[indicesOfSpan(summaries.map(({ maxMgdl }) => maxMgdl))?.[1] ?? -1]
  return low && high
    ? [
        words.lowest(withUnit(lowestText(low, format), format)),
        words.highest(withUnit(highestText(high, format), format)),
      ]
    : []
}

/** "median from 112 mg/dL (05:00–06:00) to 164 mg/dL (20:00–21:00)", of the third of the five percentiles. */
export const spokenMedian = (profile: TimeOfDayProfile, format: Format): readonly string[] =>
  spokenByTime(
    words.median,
    profile.percentiles[2] ?? [],
    mgdl => withUnit(format.glucose(mgdl), format),
    slot => hoursOf(slot, profile, format),
  )

/** The least and the greatest of some numbers and when they come; nothing where none is known (NaN). */
export function spokenByTime(
  name: string,
  values: ArrayLike<number>,
  text: (value: number, index: number) => string,
  when: (index: number) => string,
): readonly string[] {
  const span = indicesOfSpan(values)
  if (!span) return []
  const [least, most] = span.map(index => [text(values[index] ?? 0, index), when(index)] as const)
  if (!least || !most) return []
  return [least[0] === most[0] ? words.same(name, least[0]) : words.byTime(name, least, most)]
}

/** "single days from 55 % to 90 % in range"; nothing of a single day, which says no more than the whole. */
export function spokenDays(days: readonly GlucoseSummary[], format: Format): readonly string[] {
  const span = indicesOfSpan(days.map(({ ranges }) => ranges.target.percent))
  if (!span || days.length < 2) return []
  const [least = '', most = ''] = span.map(index => {
    const day = days[index]
    return day ? sharesText(day.ranges, ['target'], format) : ''
  })
  return [words.daysInRange(least, most)]
}

/** Where the least and the greatest number first stand; `undefined` when none is known. */
export function indicesOfSpan(values: ArrayLike<number>): readonly [least: number, most: number] | undefined {
  let [least, most] = [-1, -1]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN
    if (Number.isNaN(value)) continue
    if (least < 0 || value < (values[least] ?? 0)) least = i
    if (most < 0 || value > (values[most] ?? 0)) most = i
  }
  return least < 0 ? undefined : [least, most]
}

/** A glucose value as text with its unit; a word has none. */
export const withUnit = (text: string, format: Format): string =>
  isWord(text) ? text : `${text} ${format.glucoseUnit()}`
