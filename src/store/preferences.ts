/**
 * What the person chose, kept as one document. Read and written through one schema: a field that an older or a newer
 * version wrote and that makes no sense here falls back to its default, without touching the others.
 */
import * as v from 'valibot'
import {
  defaultPreferences,
  type Preferences,
  rangeColors,
  rangeSetNames,
  rangeSets,
  type TargetRanges,
} from '#records/preferences.ts'
import { guarded } from './asStoreError.ts'
import type { Database } from './db.ts'

const KEY = 'preferences'
const MAX_NAME = 200
const MAX_DEVICES = 100

const limits = v.pipe(
  v.object({
    veryLow: v.pipe(v.number(), v.finite(), v.minValue(0)),
    low: v.pipe(v.number(), v.finite(), v.minValue(0)),
    high: v.pipe(v.number(), v.finite()),
    veryHigh: v.pipe(v.number(), v.finite(), v.maxValue(9999)),
  }),
  v.check(({ veryLow, low, high, veryHigh }) => veryLow < low && low < high && high < veryHigh),
)

const ranges = v.object({ id: v.picklist([...rangeSetNames, 'custom']), mgdl: limits, mmol: limits })

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))
const span = { fromMinute: whole(0, 1439), toMinute: whole(1, 1440) }
const mealtime = v.pipe(
  v.object({
    ...span,
    beforeMinutes: whole(0, 360),
    afterFromMinutes: whole(0, 360),
    afterToMinutes: whole(0, 360),
  }),
  v.check(meal => meal.fromMinute < meal.toMinute && meal.afterFromMinutes < meal.afterToMinutes),
)

const fields = {
  profileName: v.pipe(v.string(), v.maxLength(MAX_NAME)),
  dateOfBirth: v.union([v.literal(''), v.pipe(v.string(), v.isoDate())]),
  patientId: v.pipe(v.string(), v.maxLength(MAX_NAME)),
  printIdentity: v.boolean(),
  glucoseUnits: v.picklist(['mg/dL', 'mmol/L']),
  clock: v.picklist(['24h', '12h']),
  firstDayOfWeek: v.picklist([0, 1, 6]),
  ranges,
  paper: v.picklist(['A4', 'Letter']),
  rangeColors: v.picklist(rangeColors),
  carbUnits: v.picklist(['asEntered', 'grams', 'exchanges']),
  gramsPerExchange: v.pipe(v.number(), v.minValue(1), v.maxValue(50)),
  meals: v.object({ breakfast: mealtime, lunch: mealtime, dinner: mealtime }),
  overnight: v.object(span),
  bedtime: v.object(span),
  wakeUp: v.object(span),
  periodDays: v.picklist([7, 14, 30, 90]),
  preferredDevices: v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_NAME))), v.maxLength(MAX_DEVICES)),
} as const

const schema = v.object(fields)

/** The preferences kept, complete. */
export async function readPreferences(db: Database): Promise<Preferences> {
  const kept = await guarded(() => db.documents.get(KEY))
  return preferencesFrom(kept?.value)
}

/** Changes some and gives all. Throws RangeError when the change makes no sense; nothing is written then. */
export function writePreferences(db: Database, change: Partial<Preferences>): Promise<Preferences> {
  return guarded(() =>
    db.transaction('rw', db.documents, async () => {
      const wanted = { ...(await readPreferences(db)), ...change }
      const parsed = v.safeParse(schema, wanted)
      if (!parsed.success) throw new RangeError(`No such preference: ${v.summarize(parsed.issues)}`)
      const value = preferencesFrom(parsed.output)
      await db.documents.put({ key: KEY, value })
      return value
    }),
  )
}

/** Whatever was kept, field by field, with the default where a field is missing or makes no sense. */
export function preferencesFrom(value: unknown): Preferences {
  const kept: Readonly<Record<string, unknown>> = value instanceof Object ? { ...value } : {}
  const field = <K extends keyof typeof fields>(key: K): Preferences[K] => {
    const parsed = v.safeParse(fields[key], kept[key])
    // Each schema's output is the field's type.
    return parsed.success ? (parsed.output as Preferences[K]) : defaultPreferences[key]
  }
  return {
    profileName: field('profileName'),
    dateOfBirth: field('dateOfBirth'),
    patientId: field('patientId'),
    printIdentity: field('printIdentity'),
    glucoseUnits: field('glucoseUnits'),
    clock: field('clock'),
    firstDayOfWeek: field('firstDayOfWeek'),
    ranges: currentSet(field('ranges')),
    paper: field('paper'),
    rangeColors: field('rangeColors'),
    carbUnits: field('carbUnits'),
    gramsPerExchange: field('gramsPerExchange'),
    meals: field('meals'),
    overnight: field('overnight'),
    bedtime: field('bedtime'),
    wakeUp: field('wakeUp'),
    periodDays: field('periodDays'),
    preferredDevices: field('preferredDevices'),
  }
}

/** A named set has this version's limits, whatever the version that wrote it thought. */
const currentSet = (ranges: TargetRanges): TargetRanges => (ranges.id === 'custom' ? ranges : rangeSets[ranges.id])
