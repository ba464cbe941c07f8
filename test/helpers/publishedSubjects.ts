/**
 * Thirteen people's sensor data with numbers computed by two other programs (R's iglu, and an independent one from the
 * definitions of the metrics sheet §12). See the captures' readme. Empty where the captures are not there.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { rangeNames } from '#stats/ranges.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { captures } from './captures.ts'
import { seriesOf, wall } from './glucose.ts'

export type Five = Readonly<Record<(typeof rangeNames)[number], number>>

export interface EpisodeNumbers {
  readonly avg_ep_per_day: number
  readonly avg_ep_duration: number
  readonly avg_ep_gl: number | null
  readonly total_episodes: number
}

export interface Expected {
  readonly n: number
  readonly first: string
  readonly last: string
  readonly ndays: number
  readonly active_percent: number
  readonly active_percent_manual14: number
  readonly mean: number
  readonly median: number
  readonly sd: number
  readonly cv: number
  readonly min: number
  readonly max: number
  readonly iqr: number
  readonly quantiles: Readonly<Record<string, number>>
  readonly gmi: number
  readonly ea1c: number
  readonly gri: number
  readonly lbgi: number
  readonly hbgi: number
  readonly adrr: number
  readonly j_index: number
  readonly m_value: number
  readonly grade: number
  readonly grade_hypo: number
  readonly grade_eugly: number
  readonly grade_hyper: number
  readonly hyper_index: number
  readonly hypo_index: number
  readonly igc: number
  readonly mad: number
  readonly cogi: number
  readonly gvp: number
  readonly sd_roc: number
  readonly modd: number
  readonly conga: Readonly<Record<string, number>>
  readonly mag: Readonly<Record<string, number>>
  readonly sd_measures: Readonly<Record<string, number>>
  readonly cv_measures: Readonly<Record<string, number>>
  readonly mage: Readonly<Record<string, number>>
  readonly mage_naive: number
  readonly agp_15min_raw: readonly { readonly minuteOfDay: number; readonly n: number; readonly p: readonly number[] }[]
  readonly below: Readonly<Record<string, number>>
  readonly in_range: Readonly<Record<string, number>>
  readonly above: Readonly<Record<string, number>>
  readonly episodes: Readonly<Record<string, EpisodeNumbers>>
  readonly grid: {
    readonly dt0: number
    readonly ndays: number
    readonly ncol: number
    readonly non_na: number
    readonly mean: number
  }
  readonly days: readonly {
    readonly date: string
    readonly n: number
    readonly mean: number
    readonly sd: number | null
    readonly tir_70_180: number
    readonly tbr_70: number
    readonly tar_180: number
  }[]
  readonly consensusStyle: {
    readonly sampleIntervalMs: number
    readonly readingsIn: number
    readonly readingsAfterDedup: number
    readonly meanMgdl: number
    readonly sdMgdl: number
    readonly cvPercent: number
    readonly gmiPercent: number
    readonly counts: Five & { readonly total: number }
    readonly percentUnrounded: Five
    readonly percentIntegerReconciled: Five
    readonly minutesWorn: number
    readonly percentTimeActive: number
    readonly agpHourly: {
      readonly percentiles: readonly number[]
      readonly n: readonly number[]
      readonly raw: readonly (readonly (number | null)[])[]
      readonly smoothed141: readonly (readonly (number | null)[])[]
    }
  }
}

export const folder = captures('cgm')

export interface Subject {
  readonly name: string
  readonly raw: GlucoseSeries
  readonly expected: Expected
}

/** Readings of each person of a file of the captures, by the person's id. */
export function readings(csv: string): ReadonlyMap<string, readonly { readonly at: number; readonly value: number }[]> {
  const rows = new Map<string, { at: number; value: number }[]>()
  if (!folder) return rows
  for (const line of readFileSync(join(folder, csv), 'utf8').trim().split('\n').slice(1)) {
    const [id = '', time = '', value = ''] = line.replaceAll('"', '').split(',')
    const list = rows.get(id) ?? []
    rows.set(id, list)
    list.push({ at: wall(time), value: Number(value) })
  }
  return rows
}

function readSubjects(csv: string, json: string): Subject[] {
  if (!folder) return []
  const rows = readings(csv)
  // Shape as told by the captures' readme.
  const { subjects } = JSON.parse(readFileSync(join(folder, json), 'utf8')) as { subjects: Record<string, Expected> }
  return Object.entries(subjects).map(([name, expected]) => ({ name, raw: seriesOf(rows.get(name) ?? []), expected }))
}

export const subjects: readonly Subject[] = [
  ...readSubjects('iglu-jhu5.csv', 'expected-jhu5.json'),
  ...readSubjects('iglu-hall19.csv', 'expected-hall19.json'),
]

/** What the captures' readme allows for MAGE, mg/dL. */
export const MAGE_TOLERANCE = 0.1
