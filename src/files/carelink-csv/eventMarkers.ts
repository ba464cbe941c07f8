/**
 * "Event Marker": what a person noted in the app, and the marks of the day's limits that the export itself writes.
 * Source: CareLink export sheet §6.
 */
import type { RawRef, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { amountFrom, MAX_AMOUNT } from './numbers.ts'

/** The record of a marker such as "Insulin: 27,00", "Meal: 60,00grams", "Start of the day". */
export function eventMarker(
  text: string,
  base: { readonly deviceTime: DeviceTime; readonly identity: string; readonly raw: RawRef },
): TherapyRecord {
  const [, word = '', rest = ''] = /^(\w+)\s*:?\s*(.*)$/.exec(text) ?? []
  const [, digits = '', unit = ''] = /^([\d.,]+)\s*(.*)$/.exec(rest) ?? []
  // A dose, a meal or minutes: none of them is larger.
  const amount = amountFrom(digits, MAX_AMOUNT.carbs)
  switch (word.toLowerCase()) {
    case 'insulin':
      if (amount === undefined || amount > MAX_AMOUNT.injectionUnits) break
      return { type: 'bolus', ...base, subType: 'injection', normalUnits: amount }
    case 'meal':
      if (amount !== undefined && /^g/i.test(unit)) return { type: 'food', ...base, carbsGrams: amount }
      if (amount !== undefined && /^ex/i.test(unit)) return { type: 'food', ...base, carbsExchanges: amount }
      return { type: 'marker', ...base, kind: 'meal', text }
    case 'exercise':
      return amount !== undefined && /^min/i.test(unit)
        ? { type: 'marker', ...base, kind: 'exercise', text, durationMs: amount * 60_000 }
        : { type: 'marker', ...base, kind: 'exercise', text }
    case 'start':
    case 'end':
      if (/^of the day$/i.test(rest)) return { type: 'deviceEvent', ...base, name: 'Day marker', text }
  }
  return { type: 'marker', ...base, kind: 'other', text }
}
