/** Parts of stored records as they stand in a sentence or a list of fields. */
import { deviceDayOf, type DeviceTime } from '#records/time.ts'
import type { EvidenceRow } from '#workers/api.ts'
import type { Format } from '../texts/format.ts'
import type { SettingValues } from './settingLines.ts'
import { plainWords } from './settingWords.ts'

/** A field that holds a text; empty when it does not. */
export function textIn(fields: EvidenceRow['fields'], key: string): string {
  const value = fields[key]
  return typeof value === 'string' ? value : ''
}

/** A setting's values are texts by the definition of the record. */
export const valuesOf = (fields: EvidenceRow['fields']): SettingValues =>
  fields['values'] instanceof Object ? (fields['values'] as SettingValues) : {}

/** "104 mg/dL" of a glucose value inside another record. */
export function glucoseOf(value: unknown, format: Format): string {
  if (!(value instanceof Object) || !('value' in value) || !('units' in value)) return ''
  return typeof value.value === 'number' ? `${plain(value.value, format)} ${String(value.units)}` : ''
}

/** The word for a stored one; what has none stays. */
export const wordOf = (list: Readonly<Record<string, string>>, stored: unknown): string =>
  typeof stored !== 'string' ? '' : Object.hasOwn(list, stored) ? (list[stored] ?? stored) : plainWords(stored)

export const timeText = (time: DeviceTime, format: Format): string =>
  `${format.dayExact(deviceDayOf(time))}, ${format.timeOfDay(time)}`

/** All digits that were stored, none added. */
export function plain(value: number, format: Format): string {
  const decimals = String(value).split('.')[1]?.length ?? 0
  return format.number(value, Math.min(decimals, 12))
}
