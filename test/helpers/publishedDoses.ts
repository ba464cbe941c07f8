/** The dose histories and curves of a loop app that the captures hold (`iob/` of their readme). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { captures } from './captures.ts'

export const folder = captures('cgm')

/** One row of a history: a bolus or a meal at a moment, or a rate over a time. */
export interface PublishedDose {
  readonly type: 'Bolus' | 'TempBasal' | 'Meal' | 'PumpSuspend' | 'PumpResume'
  readonly start_at: string
  readonly end_at: string
  readonly amount: number
  readonly unit: 'U' | 'U/hour' | 'g'
  /** The programme's rate, U/h. */
  readonly scheduled?: number
  /** U. */
  readonly delivered?: number
}

export interface PublishedPoint {
  readonly date: string
  /** U. */
  readonly value: number
}

export const dosesOf = (file: string): readonly PublishedDose[] => read(file)
export const curveOf = (file: string): readonly PublishedPoint[] => read(file)

/** The caller names the shape, as told by the captures' readme. */
function read<T>(file: string): readonly T[] {
  return folder ? JSON.parse(readFileSync(join(folder, 'iob', file), 'utf8')) : []
}
