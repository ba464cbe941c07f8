/**
 * Where the records stand that a number of a report counts. Made from the input and by the selection of the report
 * itself, so that the two cannot differ: copies, control solution and what is left out of reports are left out here too.
 * Source: reports sheet §4 (proposal 1).
 */
import { type ChunkKind, KIND_OF_TYPE, type Smbg, type TherapyRecord } from '#records/records.ts'
import { GlucoseFlag, type GlucoseSeries, stepsOf } from '#records/series.ts'
import { deviceOf } from '#stats/dedupe.ts'
import { classifier, type RangeName, rangeNames } from '#stats/ranges.ts'
import { indexAt } from '#stats/slices.ts'
import type { Stretch } from '#stats/stretches.ts'
import { prepare } from './days.ts'
import { type EvidencePart, partOf } from './evidenceParts.ts'
import type { ReportInput, Stored } from './models.ts'
import { storedOf } from './stored.ts'

/** Which of the records that a report counts; all conditions together. */
export interface EvidenceChoice {
  readonly kinds: readonly ChunkKind[]
  /** Only these record types, such as `bolus`. */
  readonly types?: readonly string[]
  /** Only what counts as this. */
  readonly part?: EvidencePart
  /** Only these records, by id; none of them sensor glucose. */
  readonly ids?: readonly string[]
  /** Only glucose values of this class, or of these. */
  readonly range?: RangeName | readonly RangeName[]
  /** Only in these stretches of device time, in any order; what lies in several counts once. */
  readonly within?: readonly Stretch[]
  readonly deviceKey?: string
  /** `also`: everything stored, with copies and control solution; `only`: copies alone. Then without `part`. */
  readonly copies?: 'also' | 'only'
}

export interface RecordPlace {
  readonly sourceKey: string
  readonly kind: ChunkKind
  /** Device time. */
  readonly time: number
  /** Of all records but sensor glucose. */
  readonly id?: string
  /** Of sensor glucose: how many values of the same source and moment stand before it. */
  readonly nth?: number
}

/** The places of the records behind a number, in order of time. */
export function placesBehind(input: ReportInput, choice: EvidenceChoice): RecordPlace[] {
  const fits = conditions(input, choice)
  const glucose = glucosePlaces(input, choice, fits)
  const facts = factsOf(input, choice)
    .filter(fits.fact)
    .map(({ sourceKey, type, deviceTime: time, id }) => ({ sourceKey, kind: KIND_OF_TYPE[type], time, id }))
  if (facts.length === 0) return glucose
  return [...glucose, ...facts].sort((a, b) => a.time - b.time)
}

interface Conditions {
  readonly time: (time: number) => boolean
  readonly source: (sourceKey: string) => boolean
  readonly steps: (steps: number, isMmol: boolean) => boolean
  readonly fact: (record: Stored<TherapyRecord>) => boolean
}

function conditions({ preferences }: ReportInput, { range, within, ...choice }: EvidenceChoice): Conditions {
  const { kinds, types, ids, deviceKey } = choice
  const classOf = classifier(preferences.ranges)
  const classes = range === undefined ? undefined : new Set([range].flat().map(name => rangeNames.indexOf(name)))
  const idSet = ids && new Set(ids)
  const time = within ? isInStretches(within) : () => true
  const source = (sourceKey: string) => deviceKey === undefined || deviceOf(sourceKey) === deviceKey
  const steps = (native: number, isMmol: boolean) => classes?.has(classOf(native, isMmol)) ?? true
  const isInClass = ({ value, units, outOfRange }: Smbg) => steps(stepsOf(value, units, outOfRange), units === 'mmol/L')
  return {
    time,
    source,
    steps,
    fact: record =>
      kinds.includes(KIND_OF_TYPE[record.type]) &&
      (types?.includes(record.type) ?? true) &&
      (idSet?.has(record.id) ?? true) &&
      (classes === undefined || (record.type === 'smbg' && isInClass(record))) &&
      time(record.deviceTime) &&
      source(record.sourceKey),
  }
}

function glucosePlaces(input: ReportInput, choice: EvidenceChoice, fits: Conditions): RecordPlace[] {
  const { kinds, types, ids, part, copies } = choice
  if (!kinds.includes('cbg') || ids || part || !(types?.includes('cbg') ?? true)) return []
  const material = prepare(input)
  if (copies === undefined) return placesIn(material.sensor, fits)
  const all = storedOf(input, material)
    .glucose.flatMap(series => placesIn(series, fits))
    .sort((a, b) => a.time - b.time)
  if (copies === 'also') return all
  const counted = new Set(placesIn(material.sensor, fits).map(keyOfValue))
  return all.filter(place => !counted.has(keyOfValue(place)))
}

const keyOfValue = ({ sourceKey, time, nth }: RecordPlace): string => `${sourceKey} ${time} ${nth}`

function placesIn({ time, steps, flags, source, sources }: GlucoseSeries, fits: Conditions): RecordPlace[] {
  const isSource = sources.map(fits.source)
  const places: RecordPlace[] = []
  let nth = 0
  for (let row = 0; row < time.length; row++) {
    const at = time[row] ?? 0
    const from = source[row] ?? 0
    nth = row > 0 && time[row - 1] === at && source[row - 1] === from ? nth + 1 : 0
    const isMmol = ((flags[row] ?? 0) & GlucoseFlag.Mmol) !== 0
    if (isSource[from] && fits.steps(steps[row] ?? 0, isMmol) && fits.time(at)) {
      places.push({ sourceKey: sources[from] ?? '', kind: 'cbg', time: at, nth })
    }
  }
  return places
}

function factsOf(input: ReportInput, { kinds, part, copies }: EvidenceChoice): readonly Stored<TherapyRecord>[] {
  if (kinds.every(kind => kind === 'cbg')) return []
  const material = prepare(input)
  if (part && copies === undefined) return partOf(material, part)
  const others = material.records.filter(({ type }) => type !== 'smbg')
  const counted = [...others, ...material.meterValues]
  if (copies === undefined) return counted
  const { records } = storedOf(input, material)
  if (copies === 'also') return records
  const keyOf = ({ sourceKey, id }: Stored<TherapyRecord>) => `${sourceKey} ${id}`
  const known = new Set(counted.map(keyOf))
  return records.filter(record => !isControl(record) && !known.has(keyOf(record)))
}

const isControl = (record: TherapyRecord): boolean => record.type === 'smbg' && record.controlSolution === true

/** Whether a time lies in one of the stretches, which may overlap. */
function isInStretches(stretches: readonly Stretch[]): (time: number) => boolean {
  const sorted = stretches.toSorted((a, b) => a.from - b.from)
  const starts = sorted.map(({ from }) => from)
  // A long stretch goes on under those that begin after it.
  const ends: number[] = []
  for (const { to } of sorted) ends.push(Math.max(to, ends.at(-1) ?? to))
  return time => time < (ends[indexAt(starts, time + 1) - 1] ?? Number.NEGATIVE_INFINITY)
}
