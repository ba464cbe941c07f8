/**
 * What the pump of the sample export is set to, and the rows that all its parts write: alerts that are answered,
 * finger-sticks. Source: CareLink export sheet §6.
 */
import { DAY_MS, HOUR_MS } from '#records/time.ts'

/** Cells by the beginning of their column's name; values as numbers are written in the file's style. */
export type Cells = Readonly<Record<string, string | number>>
export interface SampleRow {
  readonly at: number
  readonly cells: Cells
}
export type Add = (at: number, cells: Cells) => void
/** mg/dL in the file's unit. */
export type InUnits = (mgdl: number) => number

/** Hour the rate begins and U/h. */
export const BASAL: readonly (readonly [number, number])[] = [
  [0, 0.7],
  [3, 0.85],
  [7, 0.95],
  [11, 0.75],
  [16, 0.8],
  [21, 0.7],
]
export const GRAMS_PER_UNIT = 10
export const MGDL_PER_UNIT = 45
export const TARGET = { low: 100, high: 120 } as const
const ACTIVE_HOURS = 3
const METER = 'SIM00000001'

/** The programme's rate, U/h. */
export function scheduledRate(at: number): number {
  const hour = (at % DAY_MS) / HOUR_MS
  return BASAL.findLast(([from]) => from <= hour)?.[1] ?? 0
}

/** Insulin goes in steps of 0.025 U, downwards. */
export const step = (units: number): number => Math.floor(Number((units * 40).toPrecision(12))) / 40

/** What is left of boluses given before, U. */
export const activeUnits = (given: readonly { readonly at: number; readonly units: number }[], at: number): number =>
  given.reduce((sum, { at: then, units }) => sum + units * Math.max(0, 1 - (at - then) / (ACTIVE_HOURS * HOUR_MS)), 0)

/** An alert, and the person's answer to it. */
export function addAlert(add: Add, at: number, name: string, answerMs: number): void {
  add(at, { Alert: `${name}: tone and vibration` })
  add(at + answerMs, { 'User Cleared Alerts': name })
}

/** A linked meter's value that the person accepts; for the loop and after an exit it calibrates the sensor too. */
export function addFingerstick(add: Add, at: number, value: number, isCalibration = false): void {
  const reading = { 'BG Reading': value, 'Linked BG Meter ID': METER }
  add(at, { 'BG Source': 'BG_READIN_RECEIVED', ...reading })
  add(at + 4000, { 'BG Source': 'USER_ACCEPTED_REMOTE_BG', ...reading })
  if (!isCalibration) return
  add(at + 4000, { 'BG Source': 'BG_SENT_FOR_CALIB', ...reading })
  add(at + 20_000, { 'Sensor Calibration BG': value })
}
