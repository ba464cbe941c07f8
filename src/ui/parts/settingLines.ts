/**
 * What a setting tells, line by line, as people read it. Drivers give their values in words already; files of CareLink
 * have keys and numbers of the maker's software ("START_TIME 43200000"). Nothing is computed but units that the sheet
 * names. Source: CareLink export sheet §4: times of day and durations in milliseconds, glucose in mg/dL.
 */
import { DAY_MS, type DeviceTime, deviceDayOf, deviceTimeFromIso, MINUTE_MS } from '#records/time.ts'
import type { Format } from '../texts/format.ts'
import { recordWords as t } from '../texts/recordWords.ts'
import { isKey, plainWords, settingWords } from './settingWords.ts'

/** The label is empty where the setting's own name says it. */
export type SettingLine = readonly [label: string, text: string]
export type SettingValues = Readonly<Record<string, string>>

/** Order and links of rows inside the file, and who did it, which stands elsewhere. */
const PASSED_OVER = /(?:_DATUM|^ACTION_REQUESTOR|^PROFILE_INDEX|^INDEX|^ALARM_INDEX|^PROGRAMMER_NUM)$/

/** Whether the values are those of the maker's software. */
export const hasKeys = (values: SettingValues): boolean => {
  const keys = Object.keys(values)
  return keys.length > 0 && keys.every(isKey)
}

export function settingLines(name: string, values: SettingValues, format: Format): readonly SettingLine[] {
  if (!hasKeys(values)) {
    return Object.entries(values).map(([key, value]) => [settingWords(key), momentText(value, format)])
  }
  const { START_TIME: start, PROGRAMMER_NUM: number, ...others } = values
  const lines = linesOf(name, others, format)
  const place = start !== undefined ? clockText(start, format) : number !== undefined ? t.numbered(number) : undefined
  if (place !== undefined) {
    return lines.map(([label, text]) => [lines.length === 1 ? place : `${place} ${label.toLowerCase()}`, text])
  }
  const [only] = lines
  return only && lines.length === 1 ? [['', only[1]]] : lines
}

function linesOf(name: string, values: SettingValues, format: Format): readonly SettingLine[] {
  const { AMOUNT_LOW: low, AMOUNT_HIGH: high, ...others } = values
  const entries = Object.entries(others).filter(
    ([key]) => !PASSED_OVER.test(key) && !(key === 'UNITS' && others['AMOUNT'] !== undefined),
  )
  const lines = entries.map(([key, value]): SettingLine => [labelOf(key), valueText(name, key, value, others, format)])
  if (low === undefined || high === undefined) return lines
  return [['', t.range(glucoseText(low, format), glucoseText(high, format), format.glucoseUnit())], ...lines]
}

function labelOf(key: string): string {
  if (Object.hasOwn(t.settingKeys, key)) return t.settingKeys[key as keyof typeof t.settingKeys]
  const isSwitch = /.ENABLED?$/.test(key)
  const words = settingWords(key.replace(/^IS_(?=\w)/, '').replace(/_ENABLED?$/, ''))
  // A limit and whether it is in use are two lines.
  return isSwitch ? t.inUse(words) : words
}

const isLength = (key: string): boolean => /(?:^|_)(?:TIME|DURATION)$/.test(key)
const isGlucoseLimit = (name: string, key: string): boolean =>
  (/(?:^|_)LIMIT$/.test(key) && !/RateOfChange/.test(name)) || (key === 'AMOUNT' && /GlucoseLimit$/.test(name))
const hasUnits = (name: string): boolean =>
  /(?:MaxBolus|Total(?:Today|Yesterday|Remaining)|AudioBolusStep(?:Size)?|WarningValueInsulin)$/.test(name)

function valueText(name: string, key: string, value: string, all: SettingValues, format: Format): string {
  if (value === 'true' || value === 'false') {
    const isSwitch = /ENABLED?$/.test(key)
    return value === 'true' ? (isSwitch ? t.on : t.yes) : isSwitch ? t.off : t.no
  }
  if (/^-+$/.test(value)) return t.none
  if (value === 'unset') return t.notSet
  const number = numberOf(value)
  if (Number.isNaN(number)) return wordText(value)
  if (key === 'ALARM_TIME') return clockText(value, format)
  // A moment in the zone of the maker's server, which nobody knows.
  if (key === 'SAVE_TIME') return value
  if (isLength(key)) return lengthText(number, format)
  if (isGlucoseLimit(name, key)) return `${format.glucose(number)} ${format.glucoseUnit()}`
  if (/LIMIT$/.test(key)) return `${plainNumber(value)} mg/dL ${t.aMinute}`
  if (key === 'RATE') return `${plainNumber(value)} U/h`
  if (key !== 'AMOUNT') return plainNumber(value)
  if (/InsulinSensitivity$/.test(name)) return `${format.glucose(number)} ${format.glucoseUnit()} ${t.perUnit}`
  if (/InsulinActionCurve$/.test(name)) return t.minutes(plainNumber(value))
  if (/CarbRatio$/.test(name)) return [plainNumber(value), ratioUnit(all['UNITS'])].filter(Boolean).join(' ')
  return hasUnits(name) ? `${plainNumber(value)} U` : plainNumber(value)
}

const ratioUnit = (units: string | undefined): string =>
  units === 'grams' ? 'g/U' : units === 'exchanges' ? 'U/exchange' : ''

/** How the maker's software writes units. */
const UNITS: Readonly<Record<string, string>> = {
  'mg dl': 'mg/dL',
  'mmol l': 'mmol/L',
  mg_dl_minute: `mg/dL ${t.aMinute}`,
  mmol_l_minute: `mmol/L ${t.aMinute}`,
}

function wordText(value: string): string {
  const step = /^step_0_point_(\d+)$/i.exec(value)?.[1]
  if (step !== undefined) return `0.${step} U`
  const hours = /^d(12|24)$/.exec(value)?.[1]
  return UNITS[value] ?? (hours === undefined ? plainWords(value) : t.hours(hours))
}

/** Files of some countries have decimal commas. */
const plainNumber = (value: string): string => value.replace(',', '.')
export const numberOf = (value: string): number =>
  /^-?\d+(?:[.,]\d+)?$/.test(value) ? Number(plainNumber(value)) : Number.NaN
const glucoseText = (value: string, format: Format): string => format.glucose(numberOf(value))

/** A time of day in milliseconds; anything else as it stands. */
function clockText(value: string, format: Format): string {
  const ms = numberOf(value)
  // Milliseconds of any day are a time of that day.
  return ms >= 0 && ms < DAY_MS ? format.timeOfDay(ms as DeviceTime) : value
}

/** "90 min", "4 h". */
export function lengthText(ms: number, format: Format): string {
  const minutes = ms / MINUTE_MS
  const places = Number.isInteger(minutes) ? 0 : 1
  return minutes >= 120 && minutes % 60 === 0
    ? t.hours(format.number(minutes / 60))
    : t.minutes(format.number(minutes, places))
}

/** Moments are told as "2026-11-21T18:45:29" on the device's clock; in full, for pages that are kept. */
export function momentText(value: string, format: Format): string {
  const time = value.includes('T') ? deviceTimeFromIso(value) : undefined
  if (time === undefined) return value
  const day = deviceDayOf(time)
  return `${format.days(day, day)}, ${format.timeOfDay(time)}`
}
