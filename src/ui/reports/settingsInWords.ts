/**
 * A device's settings and their changes in words, for the report of settings. What comes as keys of the maker's software is
 * put into groups that people know; what we cannot explain stands apart with its bytes. Source: CareLink export sheet §4
 * (patterns and their rows), Paradigm sheet §4 (replies without a published layout).
 */
import type { Setting } from '#records/records.ts'
import { type DeviceTime, MINUTE_MS } from '#records/time.ts'
import { roundHalfEven } from '#records/units.ts'
import { type PatternStep, patternUnitsPerDay } from '#reports/basalPatterns.ts'
import type { SettingGroup, SettingsSnapshot } from '#reports/models.ts'
import { hasKeys, numberOf, settingLines, type SettingValues } from '../parts/settingLines.ts'
import { settingWords } from '../parts/settingWords.ts'
import type { Format } from '../texts/format.ts'
import { recordWords } from '../texts/recordWords.ts'
import { reportTexts } from '../texts/reports.ts'

const t = reportTexts.settings

/** What a device told without our knowing its meaning. */
export interface Unexplained {
  readonly name: string
  /** Where it stands: the number of the pump's reply, or the key in a file. */
  readonly place: string
  /** As it was told; bytes in hex. */
  readonly told: string
}

export interface SettingsInWords extends SettingsSnapshot {
  readonly unexplained: readonly Unexplained[]
}

/** Keys of CareLink of which the sheet does not say what they mean. */
const UNKNOWN_KEYS: readonly string[] = ['RAW_STATUS', 'SAVE_TIME']
/** Settings that are bytes when there is more in them than we know. */
const SOMETIMES_BYTES: readonly string[] = ['Bolus reminder times']

export function settingsInWords(
  { at, groups }: Pick<SettingsSnapshot, 'at' | 'groups'>,
  format: Format,
): SettingsInWords {
  const unexplained: Unexplained[] = []
  const known = groups.flatMap(group => {
    const { rest, unknown } = apart(group)
    unexplained.push(...unknown)
    return Object.keys(rest).length > 0 || unknown.length === 0 ? [{ ...group, values: rest }] : []
  })
  const ofFile = known.filter(({ values }) => hasKeys(values))
  const ofDevice = known.filter(({ values }) => !hasKeys(values))
  const inOrder = ofFile.toSorted((a, b) => placeOf(a) - placeOf(b))
  const words = together(inGroups(inOrder, format)).toSorted((a, b) =>
    byName.compare(settingWords(a.name), settingWords(b.name)),
  )
  return { at, groups: [...ofDevice.map(withWholeDay), ...words], unexplained }
}

const byName = new Intl.Collator('en')

/** Rows of a pattern by their time of day, linked devices by their number. */
const placeOf = ({ values }: SettingGroup): number => Number(values['START_TIME'] ?? values['PROGRAMMER_NUM'] ?? 0)

/** Groups of one name as one, where none of their lines has the same name: no line may hide another. */
function together(groups: readonly SettingGroup[]): readonly SettingGroup[] {
  const all: SettingGroup[] = []
  for (const group of groups) {
    const at = all.findIndex(({ name, values }) => name === group.name && !hasSameKey(values, group.values))
    const other = all[at]
    if (other) all[at] = { ...other, values: { ...other.values, ...group.values } }
    else all.push(group)
  }
  return all
}

const hasSameKey = (a: SettingValues, b: SettingValues): boolean => Object.keys(a).some(key => Object.hasOwn(b, key))

/** What of a group can be said in words, and what cannot. */
function apart({ name, values }: SettingGroup): { rest: SettingValues; unknown: readonly Unexplained[] } {
  const reply = /^(.*) \(([0-9A-F]{2})\)$/.exec(name)
  const isUnknown = ([key, value]: readonly [string, string]) =>
    (reply !== null && key === 'Bytes') ||
    UNKNOWN_KEYS.includes(key) ||
    (SOMETIMES_BYTES.includes(key) && /^(?:[0-9a-f]{2}){2,}$/i.test(value))
  const entries = Object.entries(values)
  return {
    rest: Object.fromEntries(entries.filter(entry => !isUnknown(entry))),
    unknown: entries.filter(isUnknown).map(([key, told]) => ({
      name: reply?.[1] ?? (key === 'SAVE_TIME' || key === 'RAW_STATUS' ? settingWords(name) : key),
      place: reply ? t.reply(reply[2] ?? '') : UNKNOWN_KEYS.includes(key) ? key : name,
      told: /^(?:[0-9a-f]{2})+$/i.test(told) && !UNKNOWN_KEYS.includes(key) ? spaced(told) : told,
    })),
  }
}

/** "02 07" of "0207". */
const spaced = (hex: string): string => (hex.match(/../g) ?? []).join(' ').toUpperCase()

/** A pump's pattern with what it gives in a day; one that tells it itself, or is no pattern, stays. */
function withWholeDay(group: SettingGroup): SettingGroup {
  const { values } = group
  if (!group.name.endsWith('BasalProfile') || values[t.wholeDay] !== undefined) return group
  const steps = Object.entries(values).flatMap(([key, value]) => stepOf(key, value) ?? [])
  const hasAll = steps.length === Object.keys(values).filter(key => key !== 'pattern').length
  const total = hasAll ? patternUnitsPerDay(steps) : undefined
  return total === undefined ? group : { ...group, values: { ...values, [t.wholeDay]: unitsText(total) } }
}

/** Of "06:30" and "0.85 U/h". */
function stepOf(key: string, value: string): PatternStep | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(key) ?? []
  const [, rate] = /^(\d+(?:\.\d+)?) U\/h$/.exec(value) ?? []
  if (hours === undefined || rate === undefined) return undefined
  return { startMs: (Number(hours) * 60 + Number(minutes)) * MINUTE_MS, unitsPerHour: Number(rate) }
}

/** Rates are told in thousandths at most; more digits would be of the arithmetic. */
const unitsText = (units: number): string => `${roundHalfEven(units, 3)} U`

/**
 * What each pattern of a file gives in a day, under its name. Only when every pattern has as many rows as the file says:
 * a row that is missing would make the total wrong.
 */
function wholeDays(groups: readonly SettingGroup[], patterns: ReadonlyMap<string, string>): readonly SettingGroup[] {
  const rows = new Map<string, { readonly id: string; readonly steps: PatternStep[] }>()
  const said: number[] = []
  for (const { id, name, values } of groups) {
    if (name === 'CurrentBasalProfilePattern' && values['NUM_PROFILES'] !== '0')
      said.push(Number(values['NUM_PROFILES']))
    if (name !== 'CurrentBasalProfile') continue
    const datum = values['PATTERN_DATUM'] ?? ''
    const pattern = rows.get(datum) ?? { id, steps: [] }
    pattern.steps.push({ startMs: Number(values['START_TIME']), unitsPerHour: numberOf(values['RATE'] ?? '') })
    rows.set(datum, pattern)
  }
  const counts = [...rows.values()].map(({ steps }) => steps.length)
  const inOrder = (numbers: readonly number[]): string => numbers.toSorted((a, b) => a - b).join()
  if (inOrder(said) !== inOrder(counts)) return []
  return [...rows].flatMap(([datum, { id, steps }]) => {
    const total = patternUnitsPerDay(steps)
    const name = `CurrentBasalProfile: ${patterns.get(datum)}`
    return total === undefined ? [] : [{ id, name, values: { [t.wholeDay]: unitsText(total) } }]
  })
}

/** Single values together, rows of a pattern under its name; of each pattern what it is called and its rows. */
function inGroups(groups: readonly SettingGroup[], format: Format): readonly SettingGroup[] {
  const patterns = basalPatterns(groups)
  const countOf = new Map<string, number>()
  for (const { name } of groups) countOf.set(name, (countOf.get(name) ?? 0) + 1)
  const inWords = groups.flatMap(({ id, name, values }): readonly SettingGroup[] => {
    if (name === 'CurrentBasalProfilePattern') {
      const pattern = values['PATTERN_NAME'] ?? ''
      return values['NUM_PROFILES'] === '0' ? [{ id, name: `CurrentBasalProfile: ${pattern}`, values: t.noRates }] : []
    }
    // How many rows a pattern has is seen by its rows.
    const { SIZE: size, NUM_PROFILES: rows = size, ...others } = values
    const lines = [...settingLines(name, others, format), ...(rows === '0' ? [['', recordWords.none] as const] : [])]
    const [only] = lines
    if (only && lines.length === 1 && only[0] === '' && countOf.get(name) === 1) {
      const isSensor = /^CurrentSensor[A-Z]/.test(name)
      // "CurrentSensorEnable" is the sensor itself.
      const label =
        name === 'CurrentSensorEnable'
          ? recordWords.settingKeys.ENABLE
          : settingWords(isSensor ? name.replace('Sensor', '') : name)
      return [{ id, name: isSensor ? t.sensorGroup : t.pumpGroup, values: { [label]: only[1] } }]
    }
    if (lines.length === 0) return []
    const title = name === 'CurrentBasalProfile' ? `${name}: ${patterns.get(values['PATTERN_DATUM'] ?? '')}` : name
    return [{ id, name: title, values: Object.fromEntries(lines.map(([label, text]) => [label || t.value, text])) }]
  })
  return [...inWords, ...wholeDays(groups, patterns)]
}

/**
 * The name of each pattern by the number that its rows point to. The rows do not say the name; how many there are does,
 * when no other pattern has as many. Else patterns are numbered.
 */
function basalPatterns(groups: readonly SettingGroup[]): ReadonlyMap<string, string> {
  const rowsOf = new Map<string, number>()
  const namesOf = new Map<number, string[]>()
  for (const { name, values } of groups) {
    const datum = values['PATTERN_DATUM'] ?? ''
    if (name === 'CurrentBasalProfile') rowsOf.set(datum, (rowsOf.get(datum) ?? 0) + 1)
    if (name === 'CurrentBasalProfilePattern') {
      const count = Number(values['NUM_PROFILES'])
      namesOf.set(count, [...(namesOf.get(count) ?? []), values['PATTERN_NAME'] ?? ''])
    }
  }
  const counts = [...rowsOf.values()]
  return new Map(
    [...rowsOf].map(([datum, count], index): readonly [string, string] => {
      const names = namesOf.get(count) ?? []
      const isOnly = names.length === 1 && counts.filter(other => other === count).length === 1
      return [datum, (isOnly && names[0]) || recordWords.numbered(String(index + 1))]
    }),
  )
}

/** One change: what was set, to what, and what it was before where the device told that too. */
export interface ChangeInWords {
  readonly at: DeviceTime
  readonly name: string
  after?: string
  before?: string
  readonly by: string
}

const BEFORE = /^before /

/** In the same order. Devices log the state before a change in the same entry or in one of its own; it is one change. */
export function changesInWords(
  changes: readonly Pick<Setting, 'deviceTime' | 'name' | 'values' | 'actor'>[],
  format: Format,
): readonly ChangeInWords[] {
  const rows: ChangeInWords[] = []
  const patterns = new Map<string, { readonly row: ChangeInWords; readonly parts: SettingValues[] }>()
  for (const { deviceTime: at, name, values, actor } of changes) {
    const pattern = values['START_TIME'] === undefined ? undefined : `${at} ${name} ${values['PATTERN_DATUM']}`
    const known = pattern === undefined ? undefined : patterns.get(pattern)
    if (known) {
      known.parts.push(values)
      known.row.after = ofPattern(name, known.parts, format)
      continue
    }
    const told = textsOf(name, values, format)
    const partner = partnerOf(rows, at, name, told)
    if (partner) Object.assign(partner, told)
    else {
      const row = { at, name, ...told, by: byText(actor, values) }
      rows.push(row)
      if (pattern !== undefined) patterns.set(pattern, { row, parts: [values] })
    }
  }
  return rows
}

/** Rows of one pattern that were written in one moment, in the order of the day. */
const ofPattern = (name: string, parts: readonly SettingValues[], format: Format): string =>
  parts
    .toSorted((a, b) => Number(a['START_TIME']) - Number(b['START_TIME']))
    .map(values => textOf(name, values, format))
    .join('; ')

const textOf = (name: string, values: SettingValues, format: Format): string =>
  settingLines(name, values, format)
    .map(([label, value]) => (label === '' ? value : `${label}: ${value}`))
    .join('; ')

function textsOf(name: string, values: SettingValues, format: Format): Pick<ChangeInWords, 'after' | 'before'> {
  const entries = Object.entries(values)
  const text = (which: readonly (readonly [string, string])[]) => textOf(name, Object.fromEntries(which), format)
  const before = entries
    .filter(([key]) => BEFORE.test(key))
    .map(([key, value]) => [key.replace(BEFORE, ''), value] as const)
  const after = entries.filter(([key]) => !BEFORE.test(key))
  return {
    ...(after.length > 0 || before.length === 0 ? { after: text(after) } : {}),
    ...(before.length > 0 ? { before: text(before) } : {}),
  }
}

/** Of the rows of the same moment, the one that lacks just what this one tells. */
function partnerOf(
  rows: readonly ChangeInWords[],
  at: DeviceTime,
  name: string,
  told: Pick<ChangeInWords, 'after' | 'before'>,
): ChangeInWords | undefined {
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i]
    if (row?.at !== at) return undefined
    const fits =
      told.after === undefined ? row.before === undefined : told.before === undefined && row.after === undefined
    if (row.name === name && fits) return row
  }
  return undefined
}

function byText(actor: Setting['actor'], { ACTION_REQUESTOR: requestor }: SettingValues): string {
  if (actor) return t.actors[actor]
  if (requestor === 'pump') return t.actors.pump
  return requestor ?? reportTexts.none
}
