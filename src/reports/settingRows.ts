/**
 * Carb ratios, sensitivities and targets of a raw CareLink file as devices tell them: all times of day in one record. The
 * file has a record for each row. Source: CareLink export sheet §4 (patterns and their rows; glucose in mg/dL).
 */
import type { Setting } from '#records/records.ts'
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import { mmolFromMgdl, roundHalfEven } from '#records/units.ts'
import type { Stored } from './models.ts'

type Row = Stored<Setting>
type Values = Setting['values']

const SCHEDULES: readonly string[] = ['CurrentCarbRatio', 'CurrentInsulinSensitivity', 'CurrentBGTargetRange']

/**
 * The same settings in the same order; the rows of one schedule are one record, with values such as "12 g/U" by "06:00",
 * where its first row stood. Rows of a schedule that is not whole stay as they are: half of it would be a wrong one.
 */
export function withRowsTogether(settings: readonly Row[]): readonly Row[] {
  const schedules = new Map<string, Row[]>()
  /** What the file says of the schedules of a moment: how many rows, in which unit. */
  const heads = new Map<string, Values[]>()
  for (const setting of settings) {
    const { name, values } = setting
    if (SCHEDULES.includes(name) && values['START_TIME'] !== undefined) add(schedules, scheduleOf(setting), setting)
    if (name.endsWith('Pattern')) add(heads, momentOf(setting, name.slice(0, -'Pattern'.length)), values)
  }
  const whole = new Map<string, Values>()
  for (const [schedule, rows] of schedules) {
    const [first] = rows
    const values = first && together(rows, heads.get(momentOf(first, first.name)) ?? [])
    if (values) whole.set(schedule, values)
  }
  return settings.flatMap(setting => {
    const schedule = scheduleOf(setting)
    const values = whole.get(schedule)
    if (!values) return [setting]
    return schedules.get(schedule)?.[0] === setting ? [{ ...setting, values }] : []
  })
}

function add<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key)
  if (list) list.push(one)
  else lists.set(key, [one])
}

const momentOf = ({ sourceKey, deviceTime }: Row, name: string): string => `${sourceKey} ${deviceTime} ${name}`
const scheduleOf = (row: Row): string => `${momentOf(row, row.name)} ${row.values['PATTERN_DATUM']}`

/** Values by time of day; `undefined` unless all rows are there, from midnight on, and each is understood. */
function together(rows: readonly Row[], heads: readonly Values[]): Values | undefined {
  const inOrder = rows.toSorted((a, b) => Number(a.values['INDEX']) - Number(b.values['INDEX']))
  const head = heads.find(({ SIZE: size }) => Number(size) === rows.length)
  const values: Record<string, string> = {}
  let lastMs = -1
  for (const [i, { values: row }] of inOrder.entries()) {
    const startMs = Number(row['START_TIME'])
    const text = textOf(row, head)
    const isNext = Number(row['INDEX']) === i && (i === 0 ? startMs === 0 : startMs > lastMs) && startMs < DAY_MS
    if (!head || !isNext || text === undefined) return undefined
    values[clockText(startMs)] = text
    lastMs = startMs
  }
  return values
}

const clockText = (ms: number): string => {
  const minutes = Math.floor(ms / MINUTE_MS)
  return [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0')).join(':')
}

function textOf(
  { AMOUNT: amount, AMOUNT_LOW: low, AMOUNT_HIGH: high, UNITS: units }: Values,
  head: Values | undefined,
): string | undefined {
  if (units !== undefined) {
    const ratio = numberOf(amount)
    const unit = units === 'grams' ? 'g/U' : units === 'exchanges' ? 'U/exchange' : undefined
    return ratio === undefined || unit === undefined ? undefined : `${ratio} ${unit}`
  }
  const inMmol = head?.['ORIGINAL_UNITS'] === 'mmol l'
  const numbers = (amount === undefined ? [low, high] : [amount]).map(numberOf)
  if (!numbers.every(number => number !== undefined)) return undefined
  // A pump in mmol/L is set in tenths; the file has them times 18.016.
  const texts = numbers.map(mgdl => (inMmol ? roundHalfEven(mmolFromMgdl(mgdl), 1).toFixed(1) : String(mgdl)))
  return `${texts.join(' to ')} ${inMmol ? 'mmol/L' : 'mg/dL'}`
}

/** Files of some countries have decimal commas. */
const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined
