/** Which records stand behind the numbers of a panel. */
import type { MealPanel, Panel } from '#reports/panelsModel.ts'
import type { EvidenceOf } from '../../parts/Evidence.tsx'

/** Behind a mean of glucose, or behind the ranges of all that is `shown`. */
export function valuesQuery({ period, from, behind }: Panel, of: keyof Panel['behind']): EvidenceOf {
  const kind = from === 'sensor' ? 'cbg' : 'smbg'
  return { kinds: [kind], types: [kind], period, within: behind[of].within }
}

/** Behind a mean of an amount. */
export const amountQuery = (
  { period, amountsBehind }: Pick<MealPanel, 'period' | 'amountsBehind'>,
  of: keyof MealPanel['amountsBehind'],
): EvidenceOf => ({ kinds: ['bolus'], period, ids: amountsBehind[of] })
