/** A stored record in a few words and as a list of its fields, for any type, also one that is newer than this page. */
import { deviceDayOf, type DeviceTime } from '#records/time.ts'
import type { EvidenceRow } from '#workers/api.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { actorText } from './actorText.ts'

const t = reportTexts.records

/** "104 mg/dL", "bolus 4.2 U": the type's name and its main field. */
export function recordText(row: Pick<EvidenceRow, 'type' | 'fields'>, format: Format): string {
  const { fields } = row
  const number = (key: string, unit: string): string[] => {
    const value = fields[key]
    return typeof value === 'number' ? [`${plain(value, format)} ${unit}`] : []
  }
  const word = (key: string): string[] => {
    const value = fields[key]
    return typeof value === 'string' ? [value] : []
  }
  const glucose = (): string[] => [
    ...(fields['outOfRange'] === 'low' ? [reportTexts.dailyChart.low] : []),
    ...(fields['outOfRange'] === 'high' ? [reportTexts.dailyChart.high] : []),
    // As the device gave it, in the device's own unit.
    ...number('value', word('units').join('')),
  ]
  const contents: Readonly<Record<string, () => string[]>> = {
    cbg: glucose,
    smbg: glucose,
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
    marker: () => word('text'),
    setting: () => word('name'),
    deviceEvent: () => word('name'),
  }
  const content = contents[row.type]?.() ?? []
  return [typeName(row.type), ...content].join(' ')
}

// A type that this version has no word for is shown by its own name.
const typeName = (type: string): string => (Object.hasOwn(t.types, type) ? t.types[type as keyof typeof t.types] : type)

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
