/** What the numbers of a panel are of: stretches of glucose values, and the records that tell an amount. */
import type { GlucoseSeries } from '#records/series.ts'
import { MINUTE_MS } from '#records/time.ts'
import type { Window } from '#stats/mealWindows.ts'
import { indexAt } from '#stats/slices.ts'
import type { Stretch } from '#stats/stretches.ts'
import type { EatenMeal } from './mealEvents.ts'
import type { AmountsBehind, Panel, ValuesBehind } from './panelsModel.ts'

/** Of one meal or night: a window and its mean, NaN or undefined where it has none. */
interface Mean {
  readonly of: Stretch
  readonly mean: number | undefined
}

/** Of every meal or night; index i is the same one in both. */
export type PanelMeans = Readonly<Record<'before' | 'after', readonly Mean[]>>

export const stretchAt = (moment: number, { fromMinute, toMinute }: Window): Stretch => ({
  from: moment + fromMinute * MINUTE_MS,
  to: moment + toMinute * MINUTE_MS,
})

/** Windows without a mean are not behind any; `shown` is all that is drawn of each meal or night. */
export function behindPanel(
  series: GlucoseSeries,
  { before, after }: PanelMeans,
  shown: readonly Stretch[],
): Panel['behind'] {
  const hasBoth = (_: Mean, i: number) => isKnown(before[i]) && isKnown(after[i])
  const ofMeans = (means: readonly Mean[]) =>
    behindOf(
      series,
      means.map(({ of }) => of),
    )
  return {
    before: ofMeans(before.filter(isKnown)),
    after: ofMeans(after.filter(isKnown)),
    change: ofMeans([...before.filter(hasBoth), ...after.filter(hasBoth)]),
    shown: behindOf(series, shown),
  }
}

const isKnown = (mean: Mean | undefined): boolean => !Number.isNaN(mean?.mean ?? Number.NaN)

function behindOf({ time }: GlucoseSeries, stretches: readonly Stretch[]): ValuesBehind {
  const within = stretches.toSorted((a, b) => a.from - b.from)
  let count = 0
  let next = 0
  for (const { from, to } of within) {
    const end = indexAt(time, to)
    count += Math.max(0, end - Math.max(next, indexAt(time, from)))
    next = Math.max(next, end)
  }
  return { within, count }
}

/** Of all meals together. */
export function amountsBehind(meals: readonly Pick<EatenMeal, 'amountsBehind'>[]): AmountsBehind {
  const all = (amount: keyof AmountsBehind) => meals.flatMap(meal => meal.amountsBehind[amount])
  return {
    carbsGrams: all('carbsGrams'),
    carbsExchanges: all('carbsExchanges'),
    foodUnits: all('foodUnits'),
    correctionUnits: all('correctionUnits'),
    deliveredUnits: all('deliveredUnits'),
    ratios: all('ratios'),
  }
}
