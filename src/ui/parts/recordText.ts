/** A stored record in a few words and as a list of its fields, for any type, also one that is newer than this page. */
import { deviceDayOf, type DeviceTime } from '#records/time.ts'
import type { EvidenceRow } from '#workers/api.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { actorText } from './actorText.ts'

const t = reportTexts.records

/** "104 mg/dL", "bolus 4.2 U": the type's name and its main field. */
export const recordText = (row: Pick<EvidenceRow, 'type' | 'fields'>, format: Format): string =>
  [typeName(row.type), contentText(row, format)].filter(Boolean).join(' ')

/** The same without the type's name: "104 mg/dL", "4.2 U". Empty when the type says it all. */
export function contentText({ type, fields }: Pick<EvidenceRow, 'type' | 'fields'>, format: Format): string {
  const number = (key: string, unit: string): string[] => {
    const value = fields[key]
    return typeof value === 'number' ? [`${plain(value, format)} ${unit}`] : []
  }
  const word = (key: string): string[] => {
    const value = fields[key]
    return typeof value === 'string' ? [value] : []
  }
  const moment = (key: string): string[] => {
    const value = fields[key]
    // A device time by the definition of the record.
    return typeof value === 'number' ? [timeText(value as DeviceTime, format)] : []
  }
  const glucose = (): string[] => [
    ...(fields['outOfRange'] === 'low' ? [reportTexts.dailyChart.low] : []),
    ...(fields['outOfRange'] === 'high' ? [reportTexts.dailyChart.high] : []),
    // As the device gave it, in the device's own unit.
    ...number('value', word('units').join('')),
  ]
  const contents: Readonly<Record<string, () => string[]>> = {
    cbg: glucose,
    smbg: () => [...glucose(), ...(fields['controlSolution'] === true ? [`(${reportTexts.dailyTables.control})`] : [])],
    calibration: glucose,
    bolus: () => [...number('normalUnits', 'U'), ...number('extendedUnits', `U ${t.extended}`)],
    wizard: () => [...number('carbsGrams', 'g'), ...number('carbsExchanges', t.exchanges)],
    food: () => [...number('carbsGrams', 'g'), ...number('carbsExchanges', t.exchanges)],
    basalRate: () => number('rateUnitsPerHour', 'U/h'),
    tempBasal: () => [...number('rateUnitsPerHour', 'U/h'), ...number('percent', '%')],
    suspend: () => word('rawReason'),
    autoBasalDose: () => number('units', 'U'),
    autoMode: () => [fields['active'] === true ? t.autoModeOn : t.autoModeOff, ...word('reason')],
    autoInsulinTotal: () => number('units', 'U'),
    dailyTotal: () => number('totalUnits', 'U'),
    prime: () => number('volumeUnits', 'U'),
    alarm: () => word('name'),
    sensorState: () => word('state'),
    timeChange: () => moment('to'),
    marker: () => word('text'),
    setting: () => [word('name').join(''), valuesText(fields['values'])].filter(Boolean),
    deviceEvent: () => [...word('name'), ...word('text')],
  }
  return (contents[type]?.() ?? []).join(' ')
}

/** How the screen calls a type; one that this version has no word for has its own name. */
export const typeName = (type: string): string =>
  Object.hasOwn(t.types, type) ? t.types[type as keyof typeof t.types] : type

/** The first values of a setting: "(Max bolus 10 U, …)". */
function valuesText(values: unknown): string {
  const entries = values instanceof Object ? Object.entries(values) : []
  const shown = entries.slice(0, 3).map(([name, value]) => `${name} ${String(value)}`)
  if (shown.length === 0) return ''
  return `(${[...shown, ...(entries.length > shown.length ? ['…'] : [])].join(', ')})`
}

/** Every field as stored, by its name in plain letters. */
export function fieldRows(
  fields: Readonly<Record<string, unknown>>,
  format: Format,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [spaced(key), fieldText(key, value, format)])
}

/** "deviceTime" -> "device time". */
const spaced = (key: string): string => key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()

const timeFields: readonly string[] = ['deviceTime', 'startTime', 'to', 'from']

function fieldText(key: string, value: unknown, format: Format): string {
  if (typeof value === 'number') {
    // These fields hold device times by the definition of the records.
    return timeFields.includes(key) ? timeText(value as DeviceTime, format) : plain(value, format)
  }
  if (typeof value === 'boolean') return value ? reportTexts.evidence.yes : reportTexts.evidence.no
  if (key === 'actor' && typeof value === 'string') return actorText(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const timeText = (time: DeviceTime, format: Format): string =>
  `${format.dayExact(deviceDayOf(time))}, ${format.timeOfDay(time)}`

/** All digits that were stored, none added. */
function plain(value: number, format: Format): string {
  const decimals = String(value).split('.')[1]?.length ?? 0
  return format.number(value, Math.min(decimals, 12))
}
