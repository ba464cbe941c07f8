/**
 * History records about insulin: boluses, the programme's rate, temporary rates, suspends, fills, rewinds, totals.
 * Each from its own bytes alone. Source: paradigm sheet §6.4 and §6.5.
 */
import type { BasalRate, Bolus, DailyTotal, Prime, Rewind, Suspend, TempBasal } from '#records/records.ts'
import { MINUTE_MS } from '#records/time.ts'
import { type Family, PRIME_STEPS_PER_UNIT, RATE_STEPS_PER_UNIT } from './family.ts'
import type { HistoryRecord } from './historyPage.ts'
import { baseOf, be16, byteOf, type Draft, hexOf, REQUESTORS, type Timed } from './therapy.ts'

const HALF_HOUR_MS = 30 * MINUTE_MS

/** H, the spare bits of the hour, of a bolus. */
export const BolusKind = { Normal: 1, NormalOfVariable: 2, Square: 3, DualNormal: 4, DualSquare: 5 } as const

/** Is this bolus (or part of one) given over time? */
export const isExtended = ({ spare }: HistoryRecord): boolean =>
  spare.hour === BolusKind.Square || spare.hour === BolusKind.DualSquare

/** Programmed length of a bolus, ms; 0 for one given at once. */
export const bolusDurationMs = ({ bytes }: HistoryRecord, { isLarge }: Family): number =>
  byteOf(bytes, isLarge ? 7 : 3) * HALF_HOUR_MS

/**
 * 01, one bolus or one part of a dual one. An unknown type gives a normal bolus with an annotation: the insulin is real.
 *
 * | small | large | field                                     |
 * | 1     | 1–2   | programmed, 1/10 or 1/40 U                |
 * | 2     | 3–4   | delivered                                 |
 * | –     | 5–6   | insulin on board before it                |
 * | 3     | 7     | length, half hours                        |
 * | 4     | 8     | time; H: type                             |
 */
export function readBolus(record: Timed, family: Family): Draft<Bolus> {
  const { bytes, spare } = record
  const { isLarge, bolusStepsPerUnit } = family
  const programmed = (isLarge ? be16(bytes, 1) : byteOf(bytes, 1)) / bolusStepsPerUnit
  const delivered = (isLarge ? be16(bytes, 3) : byteOf(bytes, 2)) / bolusStepsPerUnit
  const isDual = spare.hour === BolusKind.DualNormal || spare.hour === BolusKind.DualSquare
  const bolus: Draft<Bolus> = {
    type: 'bolus',
    ...baseOf(record),
    subType: isDual ? 'dual' : isExtended(record) ? 'square' : 'normal',
  }
  const requestor = REQUESTORS[spare.day]
  if (requestor !== undefined) bolus.rawSource = requestor
  if (isExtended(record)) {
    bolus.identity = identityOfSquare(bytes, isLarge)
    bolus.extendedUnits = delivered
    bolus.programmedExtendedUnits = programmed
    const planned = bolusDurationMs(record, family)
    // Stopped early, it was given at the same pace for as long as that takes (sheet §8.2).
    bolus.durationMs = delivered < programmed ? Math.round((planned * delivered) / programmed) : planned
  } else {
    bolus.normalUnits = delivered
    bolus.programmedNormalUnits = programmed
  }
  if (spare.hour < BolusKind.Normal || spare.hour > BolusKind.DualSquare) bolus.annotations = ['app/unknown-bolus-type']
  return bolus
}

/** A large pump rewrites the delivered amount in place when a square bolus ends: it must not be part of the name. */
function identityOfSquare(bytes: Uint8Array, isLarge: boolean): string {
  const [from, to] = isLarge ? [3, 5] : [2, 3]
  return `${hexOf(bytes.subarray(0, from))}${'..'.repeat(to - from)}${hexOf(bytes.subarray(to))}`
}

/** Insulin on board that a large pump writes into the bolus itself, U; `undefined` on small pumps. */
export const onBoardOfBolus = ({ bytes }: HistoryRecord, { isLarge, bolusStepsPerUnit }: Family): number | undefined =>
  isLarge ? be16(bytes, 5) / bolusStepsPerUnit : undefined

/** Basal patterns in CareLink's words. */
export const PATTERN_NAMES: readonly (string | undefined)[] = ['standard', 'pattern a', 'pattern b']

/** 7B, the programme's rate from here on (large pumps). Head: segment; H: pattern; body: half hour, LE16 rate in 1/40. */
export function readBasalStart(record: Timed): BasalRate {
  const { bytes, spare } = record
  const rate: Draft<BasalRate> = {
    type: 'basalRate',
    ...baseOf(record),
    rateUnitsPerHour: (byteOf(bytes, 8) | (byteOf(bytes, 9) << 8)) / RATE_STEPS_PER_UNIT,
  }
  const name = PATTERN_NAMES[spare.hour]
  if (name !== undefined) rate.scheduleName = name
  return rate
}

/** 33 with its 16: a temporary rate, U/h or percent of the programme, for half hours; none ends the running one. */
export function readTempBasal(record: Timed, duration: HistoryRecord, { isLarge }: Family): TempBasal {
  const { bytes } = record
  const head = byteOf(bytes, 1)
  const kind = byteOf(bytes, 7)
  const temp = { type: 'tempBasal', ...baseOf(record), durationMs: byteOf(duration.bytes, 1) * HALF_HOUR_MS } as const
  return kind >> 3 === 0
    ? { ...temp, rateUnitsPerHour: (((kind & 7) << 8) | head) / RATE_STEPS_PER_UNIT }
    : // Unconfirmed for small pumps, which are programmed in coarse steps: a day's total with such a rate would tell.
      { ...temp, percent: head, rateSteps: isLarge ? 'fine' : 'coarse' }
}

/** What the low five bits of a suspend's head say; sheet §6.4, names after CareLink's where it has one. */
const SUSPEND_STATES: readonly string[] = [
  'normal_pumping',
  'user_suspend',
  'alarm_suspend',
  'low_glucose_suspend',
  'low_glucose_suspend_no_response',
  'low_glucose_suspend_user_selected',
  'resumed_by_user',
  'automatic_resume_after_user_suspend',
  'automatic_resume_after_no_response',
]

/** 1E and 1F: delivery stops (again, for another reason) or goes on. Small pumps write no reason: it was the person's. */
export function readSuspend(record: Timed, { isLarge, hasLowSuspend }: Family): Suspend {
  const suspended = record.opcode === 0x1e
  const state = byteOf(record.bytes, 1) & 0x1f
  const base = baseOf(record)
  if (!isLarge || (state === 0 && suspended)) {
    return suspended
      ? { type: 'suspend', ...base, suspended, reason: 'manual', rawReason: 'user_suspend' }
      : { type: 'suspend', ...base, suspended, rawReason: 'normal_pumping' }
  }
  const rawReason = SUSPEND_STATES[state] ?? `state_${state}`
  if (!suspended) return { type: 'suspend', ...base, suspended, rawReason }
  const reason = state === 1 ? 'manual' : state > 5 ? 'other' : state > 2 || hasLowSuspend ? 'low' : 'alarm'
  return { type: 'suspend', ...base, suspended, reason, rawReason }
}

/**
 * 03, a fill: byte 2 programmed (0 for the tubing, which the person stops), byte 4 delivered, 1/10 U. Unconfirmed: that
 * bytes 1 and 3 are their high bytes, zero in all captures; a fill of more than 25.5 U would tell.
 */
export function readPrime(record: Timed): Prime {
  const { bytes } = record
  return {
    type: 'prime',
    ...baseOf(record),
    target: isCannulaFill(record) ? 'cannula' : 'tubing',
    volumeUnits: be16(bytes, 3) / PRIME_STEPS_PER_UNIT,
  }
}

/** The fill that ends a change of the set: a fixed amount into the cannula. */
export const isCannulaFill = ({ opcode, bytes }: HistoryRecord): boolean => opcode === 0x03 && be16(bytes, 1) > 0

/** 21, the reservoir was taken out. */
export const readRewind = (record: Timed): Rewind => ({ type: 'rewind', ...baseOf(record) })

/** 07, the total of the day that its two bytes name: 1/40 U from byte 3. */
export const readDailyTotal = (record: Timed): Draft<DailyTotal> => ({
  type: 'dailyTotal',
  ...baseOf(record),
  totalUnits: be16(record.bytes, 3) / RATE_STEPS_PER_UNIT,
})

/**
 * 6C, 6D, 6E: the day's total in parts, or `undefined` when they do not make up `totalUnits` (a day without any insulin
 * leaves them empty). From byte 11: total, basal (13), bolus (16), each in 1/40 U.
 */
export function readDayParts(
  { bytes }: HistoryRecord,
  totalUnits: number,
): { readonly basalUnits: number; readonly bolusUnits: number } | undefined {
  const [total, basal, bolus] = [be16(bytes, 11), be16(bytes, 13), be16(bytes, 16)]
  if (total !== basal + bolus || total / RATE_STEPS_PER_UNIT !== totalUnits) return undefined
  return { basalUnits: basal / RATE_STEPS_PER_UNIT, bolusUnits: bolus / RATE_STEPS_PER_UNIT }
}
