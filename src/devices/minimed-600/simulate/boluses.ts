/**
 * How a simulated pump gives boluses: programmed, delivered over minutes or hours, cut short when the pump stops. Writes
 * what a 640G writes and says what it gave. Source: minimed-600 sheet §11.2.
 */
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import type { Meal } from './person.ts'
import type { PumpClock } from './pumpClock.ts'
import { type TenThousandths, write, type WrittenEvent } from './writeEvents.ts'

const MOST_A_DAY = 16
const SECOND_MS = 1000
const UNITS_PER_MINUTE: TenThousandths = 15_000
const STEP_UNITS: TenThousandths = 250
const DUAL_MINUTES = 120
const SQUARE_MINUTES = 90
/** The pump cancels it, not the person. */
const BY_PUMP = 0

export interface Boluses {
  /** Gives an amount that the calculator proposed. */
  give(at: number, units: TenThousandths, kind: Meal['bolus']): void
  /** The pump stops: what is running ends here. */
  stop(at: number): void
  /** Active insulin. */
  active(at: number): TenThousandths
}

export interface BolusOptions {
  readonly clock: PumpClock
  readonly pump: WrittenEvent[]
  readonly actionMinutes: number
  /** One amount, or one part, was given. */
  readonly onDelivered: (bolus: { at: number; units: TenThousandths; number: number }) => void
}

interface Delivery {
  readonly number: number
  readonly from: number
  readonly to: number
  readonly units: TenThousandths
}

export function createBoluses({ clock, pump, actionMinutes, onDelivered }: BolusOptions): Boluses {
  const { moment, plan } = clock
  let last = { day: Number.NaN, nth: 0 }
  let given: { readonly at: number; readonly units: TenThousandths }[] = []
  let running: { readonly delivery: Delivery; readonly cut: (at: number) => void }[] = []

  function active(at: number): TenThousandths {
    const left = given.map(dose => dose.units * Math.max(0, 1 - (at - dose.at) / (actionMinutes * MINUTE_MS)))
    return stepped(left.reduce((sum, units) => sum + units, 0))
  }

  /** Delivers until the end, or until the pump stops. */
  function begin(delivery: Delivery, report: (at: number, delivered: TenThousandths) => void): void {
    const { number, from, to, units } = delivery
    const end = (at: number, delivered: TenThousandths) => {
      running = running.filter(one => one.delivery !== delivery)
      report(at, delivered)
      given = [...given.slice(-11), { at, units: delivered }]
      onDelivered({ at, units: delivered, number })
    }
    const cut = (at: number) => {
      const share = Math.min(1, Math.max(0, (at - from) / (to - from)))
      pump.push(write.bolusCancelled(moment(at), number, BY_PUMP))
      end(at, Math.floor((units * share) / STEP_UNITS) * STEP_UNITS)
    }
    running.push({ delivery, cut })
    plan(to, () => {
      if (running.some(one => one.delivery === delivery)) end(to, units)
    })
  }

  function give(at: number, units: TenThousandths, kind: Meal['bolus']): void {
    const day = Math.floor(at / DAY_MS)
    last = { day, nth: day === last.day ? last.nth + 1 : 0 }
    // By the day, so that a bolus keeps its number however long the history is.
    const number = (day * MOST_A_DAY + last.nth) % 256
    const bolus = { source: 1, number, units, active: active(at) }
    const lasts = (amount: TenThousandths) => Math.round((amount / UNITS_PER_MINUTE) * 60) * SECOND_MS
    if (kind === 'normal') {
      pump.push(write.normalProgrammed(moment(at), bolus))
      begin({ number, from: at, to: at + lasts(units), units }, (end, delivered) => {
        pump.push(write.normalDelivered(moment(end), bolus, delivered))
      })
      return
    }
    const minutes = kind === 'dual' ? DUAL_MINUTES : SQUARE_MINUTES
    const square = kind === 'dual' ? stepped(units / 2) : units
    const normal = units - square
    const start = at + lasts(normal)
    const to = Math.ceil((start + minutes * MINUTE_MS) / MINUTE_MS) * MINUTE_MS
    const extended = { number, from: start, to, units: square }
    const ran = (end: number) => Math.max(0, Math.round((end - start) / MINUTE_MS))
    if (kind === 'square') {
      pump.push(write.squareProgrammed(moment(at), bolus, minutes))
      begin(extended, (end, delivered) => {
        pump.push(write.squareDelivered(moment(end), bolus, minutes, { delivered, minutes: ran(end) }))
      })
      return
    }
    const dual = { ...bolus, units: normal }
    pump.push(write.dualProgrammed(moment(at), dual, square, minutes))
    const part = (which: 1 | 2) => (end: number, delivered: TenThousandths) => {
      const run = { delivered, minutes: which === 1 ? 0 : ran(end) }
      pump.push(write.dualDelivered(moment(end), dual, minutes, { ...run, part: which, square }))
    }
    begin({ number, from: at, to: start, units: normal }, part(1))
    begin(extended, part(2))
  }

  return {
    give,
    active,
    stop(at) {
      for (const { cut } of running) cut(at)
    },
  }
}

/** Whole steps of 0.025 U. */
export const stepped = (units: TenThousandths): TenThousandths => Math.round(units / STEP_UNITS) * STEP_UNITS
