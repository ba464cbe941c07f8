/**
 * Rows that belong together. The exports write one bolus as two or three rows, one finger-stick as up to three, one
 * calculator screen as two; these small windows hold what waits for its other half, and nothing else.
 * Source: CareLink export sheet §6 "Values and meaning". Rows of the later generations descend in time.
 *
 * The two parts of a dual bolus stay two records with the same start and number: hours may lie between their rows, and
 * an export that begins or ends between them would otherwise give the same insulin a second time under another name.
 */
import type { RawRef } from '#records/records.ts'
import { type DeviceTime, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import type { RowPlace } from './rows.ts'

/** How long before its end a bolus may have been programmed. An algorithm's dose has no programmed row. */
export const BOLUS_WINDOW_MS = { normal: 2 * HOUR_MS, extended: 26 * HOUR_MS, autoDose: MINUTE_MS } as const
const CANCELLATION_MS = MINUTE_MS
/** Sheet §6, "BG Source": count one, same value, at most 300 s apart. */
const SAME_FINGERSTICK_MS = 300_000
/** Sheet §4: the bolus comes in the same second as its calculator row or up to five seconds later. */
export const WIZARD_TO_BOLUS_MS = 5_000

const apart = (a: number, b: number): number => Math.abs(a - b)

/** What other rows add to a delivered bolus. */
export interface BolusAddition {
  readonly startTime?: DeviceTime
  readonly cancelledBy?: string
  readonly supporting: readonly RawRef[]
}

interface WaitingBolus {
  readonly time: DeviceTime
  readonly finish: (addition: BolusAddition) => void
  readonly windowMs: number
  cancelledBy?: string
  readonly supporting: RawRef[]
}

/**
 * Joins delivered rows with the nearest earlier programmed row of the same key (bolus number and type) and with the
 * row that says why it was stopped. Rows that find no partner go to `leftOver` with the reason.
 */
export function createBolusJoin(leftOver: (row: RowPlace, reason: string) => void) {
  const waiting = new Map<string, WaitingBolus>()
  const cancellations = new Map<string, { row: RowPlace; time: DeviceTime; reason: string }>()

  function finish(key: string, startTime?: DeviceTime): void {
    const bolus = waiting.get(key)
    if (!bolus) return
    waiting.delete(key)
    bolus.finish({
      ...(startTime !== undefined && startTime <= bolus.time ? { startTime } : {}),
      ...(bolus.cancelledBy === undefined ? {} : { cancelledBy: bolus.cancelledBy }),
      supporting: bolus.supporting,
    })
  }

  function dropCancellation(key: string): void {
    const old = cancellations.get(key)
    cancellations.delete(key)
    if (old) leftOver(old.row, 'A bolus was stopped, but the file holds no row of its delivery')
  }

  return {
    delivered(key: string, time: DeviceTime, windowMs: number, finishWith: (addition: BolusAddition) => void): void {
      finish(key)
      const bolus: WaitingBolus = { time, finish: finishWith, windowMs, supporting: [] }
      const stopped = cancellations.get(key)
      if (stopped && apart(stopped.time, time) <= CANCELLATION_MS) {
        cancellations.delete(key)
        bolus.cancelledBy = stopped.reason
        bolus.supporting.push(stopped.row.ref)
      }
      waiting.set(key, bolus)
      for (const [other, { time: at, windowMs: window }] of waiting) if (apart(at, time) > window) finish(other)
    },
    programmed(key: string, time: DeviceTime, row: RowPlace): void {
      const bolus = waiting.get(key)
      if (!bolus || apart(bolus.time, time) > bolus.windowMs) {
        leftOver(row, 'A bolus was programmed, but the file holds no row of its delivery')
        return
      }
      bolus.supporting.push(row.ref)
      finish(key, time)
    },
    cancelled(key: string, time: DeviceTime, reason: string, row: RowPlace): void {
      const bolus = waiting.get(key)
      if (bolus && apart(bolus.time, time) <= CANCELLATION_MS) {
        bolus.cancelledBy = reason
        bolus.supporting.push(row.ref)
        return
      }
      dropCancellation(key)
      cancellations.set(key, { row, time, reason })
    },
    end(): void {
      for (const key of [...waiting.keys()]) finish(key)
      for (const key of [...cancellations.keys()]) dropCancellation(key)
    },
  }
}

/** One row of a finger-stick. */
export interface FingerstickRow {
  readonly time: DeviceTime
  /** Value and unit as text: what must be equal. */
  readonly said: string
  readonly ref: RawRef
}

/**
 * Merges rows of the same value within 300 s. The record is the earliest row; the others support it. `finish` gets
 * the rows with the earliest first.
 */
export function createFingerstickMerge<T extends FingerstickRow>(finish: (rows: readonly T[]) => void) {
  let groups: T[][] = []

  const release = (done: (group: readonly T[]) => boolean): void => {
    const kept: T[][] = []
    for (const group of groups) {
      if (!done(group)) kept.push(group)
      // Rows descend: of rows of the same second the last one read is the earliest.
      else finish([...group].reverse().sort((a, b) => a.time - b.time))
    }
    groups = kept
  }

  return {
    add(row: T): void {
      release(group => group.every(other => apart(other.time, row.time) > SAME_FINGERSTICK_MS))
      const group = groups.find(
        rows => rows[0]?.said === row.said && rows.some(other => apart(other.time, row.time) <= SAME_FINGERSTICK_MS),
      )
      if (group) group.push(row)
      else groups.push([row])
    },
    end: () => release(() => true),
  }
}

/** What other rows add to a row of the bolus calculator. */
export interface WizardAddition {
  readonly delivered: boolean | undefined
  readonly supporting: readonly RawRef[]
}

interface WaitingWizard {
  readonly status: boolean | undefined
  readonly finish: (addition: WizardAddition) => void
}

/**
 * Joins the calculator's rows of one second: its estimate, and in manual mode the row with the final estimate. Says
 * whether a bolus followed: a screen marked "Not Delivered" counts as delivered all the same when a bolus began within
 * five seconds that no other screen accounts for.
 */
export function createWizardJoin(leftOver: (row: RowPlace, reason: string) => void) {
  let time: DeviceTime | undefined
  let wizards: WaitingWizard[] = []
  let details: RowPlace[] = []
  let boluses: { readonly time: DeviceTime; taken: boolean }[] = []

  function resolve(): void {
    const now = time
    if (now !== undefined && wizards.length > 0) {
      const followed = (): boolean => {
        const bolus = boluses.find(({ taken, time: at }) => !taken && at >= now && at - now <= WIZARD_TO_BOLUS_MS)
        if (bolus) bolus.taken = true
        return bolus !== undefined
      }
      const sure = wizards.filter(({ status }) => status !== false)
      const last = wizards[wizards.length - 1]
      for (const wizard of [...sure, ...wizards.filter(({ status }) => status === false)]) {
        const delivered = followed() || wizard.status
        wizard.finish({ delivered, supporting: wizard === last ? details.map(({ ref }) => ref) : [] })
      }
      details = []
    }
    for (const row of details) leftOver(row, 'Belongs to a row of the bolus calculator that is not in this file')
    wizards = []
    details = []
    if (now !== undefined) boluses = boluses.filter(bolus => apart(bolus.time, now) <= MINUTE_MS)
  }

  return {
    /** Every row's time, so that a second is known to be over. */
    at(rowTime: DeviceTime): void {
      if (rowTime === time) return
      resolve()
      time = rowTime
    },
    wizard(status: boolean | undefined, finish: (addition: WizardAddition) => void): void {
      wizards.push({ status, finish })
    },
    detail(row: RowPlace): void {
      details.push(row)
    },
    programmedBolus(at: DeviceTime): void {
      boluses.push({ time: at, taken: false })
    },
    end: resolve,
  }
}

/** Merges rows that the export itself repeats, anywhere in the file; the first one read is the record. */
export function createRepeatMerge() {
  const rows = new Map<string, { readonly finish: (supporting: readonly RawRef[]) => void; readonly again: RawRef[] }>()
  return {
    add(key: string, ref: RawRef, finish: (supporting: readonly RawRef[]) => void): void {
      const first = rows.get(key)
      if (first) first.again.push(ref)
      else rows.set(key, { finish, again: [] })
    },
    end(): void {
      for (const { finish, again } of rows.values()) finish(again)
      rows.clear()
    },
  }
}
export type RepeatMerge = ReturnType<typeof createRepeatMerge>
