/**
 * How a pump rounds a temporary rate in percent, by the model's name in the file: CareLink tells the percentage only, and
 * a Paradigm pump gives what it comes to rounded down to its own steps. A real 723's export with daily totals agrees on
 * all days with such rates only so (mean difference 0.01 U instead of 0.03 U). Source: Paradigm sheet, the families.
 */
import type { TempBasal } from '#records/records.ts'

/** "Paradigm Revel - 723", "MiniMed Paradigm 523", "MiniMed 530G 551"; `undefined` for pumps of which it is not known. */
export function percentStepsOf(model: string): TempBasal['rateSteps'] {
  if (!/\b(paradigm|530g)\b/i.test(model)) return undefined
  const family = /\b[57](12|15|22|23|51|54)\b/.exec(model)?.[1]
  return family === undefined ? undefined : Number(family) >= 23 ? 'fine' : 'coarse'
}
