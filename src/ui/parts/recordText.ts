/** A stored record in a few words, for any type, also one that is newer than this page. */
import type { DeviceTime } from '#records/time.ts'
import type { EvidenceRow } from '#workers/api.ts'
import type { Format } from '../texts/format.ts'
import { recordWords as words } from '../texts/recordWords.ts'
import { reportTexts } from '../texts/reports.ts'
import { lengthText, settingLines } from './settingLines.ts'
import { alarmWords, plainWords, settingWords, stateWords } from './settingWords.ts'
import { glucoseOf, plain, textIn, timeText, valuesOf, wordOf } from './storedValues.ts'

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
    wizard: () => [
      [
        [...number('carbsGrams', 'g'), ...number('carbsExchanges', t.exchanges)].join(' '),
        glucoseOf(fields['glucose'], format),
      ]
        .filter(Boolean)
        .join(', '),
    ],
    food: () => [...number('carbsGrams', 'g'), ...number('carbsExchanges', t.exchanges)],
    basalRate: () => number('rateUnitsPerHour', 'U/h'),
    tempBasal: () =>
      fields['durationMs'] === 0
        ? [words.ended]
        : [...number('rateUnitsPerHour', 'U/h'), ...number('percent', '%'), ...lasting(fields['durationMs'], format)],
    suspend: () => [suspendText(fields)],
    autoBasalDose: () => number('units', 'U'),
    autoMode: () => [fields['active'] === true ? t.autoModeOn : t.autoModeOff, ...word('reason')],
    autoInsulinTotal: () => number('units', 'U'),
    dailyTotal: () => number('totalUnits', 'U'),
    prime: () => [wordOf(words.fills, fields['target']), ...number('volumeUnits', 'U')],
    alarm: () => [...word('name').map(alarmWords), ...(fields['cleared'] === true ? [`(${words.cleared})`] : [])],
    sensorState: () => word('state').map(stateWords),
    timeChange: () => moment('to'),
    marker: () => [...word('text'), ...lasting(fields['durationMs'], format)],
    setting: () => [settingText(fields, format)],
    deviceEvent: () => [...word('name'), ...word('text').map(plainWords)],
  }
  return (contents[type]?.() ?? []).filter(Boolean).join(' ')
}

/** How the screen calls a type; one that this version has no word for has its own name. */
export const typeName = (type: string): string =>
  Object.hasOwn(t.types, type) ? t.types[type as keyof typeof t.types] : type

/** "Basal profile: Pattern 1 (00:00 0.7 U/h, 03:00 0.85 U/h, …)", "Max basal 2 U/h". */
function settingText(fields: EvidenceRow['fields'], format: Format): string {
  const name = textIn(fields, 'name')
  const { pattern, ...rates } = valuesOf(fields)
  // A pump's status names its pattern too; it is one of its values.
  const isPattern = pattern !== undefined && name.endsWith('BasalProfile')
  const values = isPattern ? rates : valuesOf(fields)
  const title = [settingWords(name), ...(isPattern ? [pattern] : [])].join(': ')
  const isToldAsChange = fields['change'] === 'changed' && !/^(?:Change|Delete)[A-Z]/.test(name)
  const all = settingLines(name, values, format)
  const lines = all.slice(0, 3).map(([label, text]) => [inSentence(label), text].filter(Boolean).join(' '))
  const isOne = all.length === 1 && all[0]?.[0] === ''
  const content = isOne
    ? lines.join('')
    : lines.length > 0
      ? `(${[...lines, ...(all.length > 3 ? ['…'] : [])].join(', ')})`
      : ''
  return [...(isToldAsChange ? [`${words.changed}:`] : []), title, content].filter(Boolean).join(' ')
}

/** "last bolus" of "Last bolus"; short forms keep their capitals. */
const inSentence = (label: string): string => label.replace(/^[A-Z](?=[a-z ]|$)/, letter => letter.toLowerCase())

/** "paused before a low", "resumed"; the source's own word where it says more. */
function suspendText(fields: EvidenceRow['fields']): string {
  const { suspended, reason } = fields
  const own = textIn(fields, 'rawReason')
  const more = SAYS_NO_MORE.test(own) ? '' : ` (${plainWords(own)})`
  if (suspended !== true) return suspended === false ? `${words.resumed}${more}` : plainWords(own)
  if (reason === undefined || reason === 'other') return `${words.paused}${more}`
  return `${words.paused} ${wordOf(words.values.reason, reason)}${reason === 'alarm' ? more : ''}`
}

const SAYS_NO_MORE = /^(?:normal_pumping|user_suspend|suspend(?:ed)?|resumed?|alarm|alarm_suspend|)$/i

const lasting = (durationMs: unknown, format: Format): readonly string[] =>
  typeof durationMs === 'number' && durationMs > 0 ? [words.lasting(lengthText(durationMs, format))] : []
