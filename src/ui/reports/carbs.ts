/** Every entry of carbohydrate of a day, from the calculator and from notes, in order of time, as entered. */
import type { Food, Wizard } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { DailyModel } from '#reports/models.ts'

export interface CarbEntry {
  readonly time: DeviceTime
  readonly grams?: number
  readonly exchanges?: number
  /** False when the person left the calculator without a bolus: perhaps never eaten. */
  readonly given: boolean
}

export const carbEntries = (model: Pick<DailyModel, 'wizards' | 'food'>): readonly CarbEntry[] =>
  entriesOf([...model.wizards, ...model.food])

export function entriesOf(records: readonly (Wizard | Food)[]): readonly CarbEntry[] {
  return records
    .filter(entry => (entry.carbsGrams ?? 0) > 0 || (entry.carbsExchanges ?? 0) > 0)
    .map(entry => ({
      time: entry.deviceTime,
      ...(entry.carbsGrams === undefined ? {} : { grams: entry.carbsGrams }),
      ...(entry.carbsExchanges === undefined ? {} : { exchanges: entry.carbsExchanges }),
      given: entry.type === 'food' || entry.delivered !== false,
    }))
    .toSorted((a, b) => a.time - b.time)
}
