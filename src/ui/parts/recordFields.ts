/**
 * A stored record as a list of its fields, for any type, also one that is newer than this page. Words of people come
 * first; the source's own word stands beside them, because it is the evidence.
 */
import type { RawRef } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { EvidenceRow } from '#workers/api.ts'
import type { Format } from '../texts/format.ts'
import { recordWords as words } from '../texts/recordWords.ts'
import { reportTexts } from '../texts/reports.ts'
import { actorText } from './actorText.ts'
import { hasKeys, lengthText, settingLines } from './settingLines.ts'
import { alarmWords, settingWords, stateWords } from './settingWords.ts'
import { glucoseOf, plain, textIn, timeText, valuesOf, wordOf } from './storedValues.ts'

const t = reportTexts.records

/** Every field as stored, with its name in words; nothing is left out but what is not there. */
export function fieldRows(
  { type, fields }: Pick<EvidenceRow, 'type' | 'fields'>,
  format: Format,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .flatMap(([key, value]) => {
      if (key === 'values') return valueRows(fields, format)
      return [[fieldName(key, value), fieldText(type, key, value, fields, format)] as const]
    })
}

/** The lines in words, and, where they are the software's own, all keys as they stand there. */
function valueRows(fields: EvidenceRow['fields'], format: Format): readonly (readonly [string, string])[] {
  const values = valuesOf(fields)
  const lines = settingLines(textIn(fields, 'name'), values, format)
  const asStored = Object.entries(values).map(([key, value]) => `${key}=${value}`)
  return [
    ...lines.map(([label, text]) => [label || words.fields.value, text] as const),
    ...(hasKeys(values) ? [[words.asStored, asStored.join(', ')] as const] : []),
  ]
}

function fieldName(key: string, value: unknown): string {
  // A dose has units, a glucose value has a unit.
  if (key === 'units' && typeof value === 'number') return words.dose
  if (Object.hasOwn(words.fields, key)) return words.fields[key as keyof typeof words.fields]
  return spaced(key)
}

/** "isigNa" -> "isig na": of fields newer than this page. */
const spaced = (key: string): string => key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()

const timeFields: readonly string[] = ['deviceTime', 'startTime', 'to', 'from']

/** Units of numbers that are named for them. */
const UNIT_OF_FIELD: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/UnitsPerHour$/, 'U/h'],
  [/Units$|^units$/, 'U'],
  [/Grams$/, 'g'],
  [/Exchanges$/, t.exchanges],
  [/^percent$/, '%'],
  [/Na$/, 'nA'],
]

function fieldText(type: string, key: string, value: unknown, fields: EvidenceRow['fields'], format: Format): string {
  if (typeof value === 'number') return numberText(key, value, fields, format)
  if (typeof value === 'boolean') return value ? reportTexts.evidence.yes : reportTexts.evidence.no
  if (key === 'glucose') return glucoseOf(value, format) || JSON.stringify(value)
  if (key === 'supporting' && Array.isArray(value)) return value.map(ref => placeText(ref, format)).join('; ')
  if (Array.isArray(value)) {
    return value.map(one => (key === 'annotations' ? wordOf(words.values.annotations, one) : String(one))).join('; ')
  }
  if (typeof value !== 'string') return JSON.stringify(value)
  if (key === 'actor') return actorText(value)
  const told = toldWords(type, key, value)
  return told === value ? value : `${told} (${value})`
}

/** What a word of the source means. Both stand on the page: the source's own is the evidence. */
function toldWords(type: string, key: string, value: string): string {
  if (key === 'name') return type === 'setting' ? settingWords(value) : type === 'alarm' ? alarmWords(value) : value
  if (key === 'state') return stateWords(value)
  if (key === 'change') return wordOf(words.values.change, value)
  if (key === 'context') return wordOf(words.values.context, value)
  if (key === 'subType') return wordOf(words.values.subType, value)
  if (key === 'reason' && type === 'suspend') return wordOf(words.values.reason, value)
  return value
}

function numberText(key: string, value: number, fields: EvidenceRow['fields'], format: Format): string {
  // These fields hold device times by the definition of the records.
  if (timeFields.includes(key)) return timeText(value as DeviceTime, format)
  if (key === 'durationMs') return lengthText(value, format)
  if (key === 'minutesAfterMeal') return words.minutes(plain(value, format))
  const glucoseUnit =
    key === 'value'
      ? fields['units']
      : key === 'sensitivity' || /^target/.test(key)
        ? fields['settingsUnits']
        : undefined
  const unit =
    typeof glucoseUnit === 'string'
      ? glucoseUnit
      : key === 'carbRatio' && typeof fields['carbRatioUnits'] === 'string'
        ? fields['carbRatioUnits']
        : UNIT_OF_FIELD.find(([ending]) => ending.test(key))?.[1]
  return [plain(value, format), unit].filter(Boolean).join(' ')
}

/** Bytes that stand elsewhere in the same download, by the definition of the record. */
function placeText(ref: unknown, format: Format): string {
  const { page, offset, length } = ref as RawRef
  return words.place(format.number(page + 1), format.number(offset), format.number(length))
}
