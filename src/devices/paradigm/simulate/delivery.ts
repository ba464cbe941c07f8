/**
 * A simulated pump's basal: the programme, a temporary rate, reasons to stop, and how much has flowed. Part of
 * `life.ts`, which tells it the time and writes down what happens.
 */
import { type DeviceTime, HOUR_MS, MINUTE_MS, timeOfDayMs } from '#records/time.ts'
import type { Family } from '../decode/family.ts'
import { basalRecord, type Programme, type Segment } from './writeRecords.ts'

export interface TempRate {
  readonly percent: number
  readonly until: DeviceTime
}

export interface Delivery {
  /** Lets insulin flow until `time`, then changes what flows on. */
  change(time: DeviceTime, change?: DeliveryChange): void
  /** The clock was set: nothing flows in what it skipped. */
  skipTo(time: DeviceTime): void
  programme(): Programme
  temp(): TempRate | undefined
  isStopped(): boolean
  rateUnitsPerHour(): number
  reservoirUnits(): number
  takeFromReservoir(units: number): void
  /** What has flowed since the last call, U. */
  takeBasal(): number
  /** 7B where this pump writes it and insulin flows, else nothing. */
  rateRecords(time: DeviceTime): readonly Uint8Array[]
}

export interface DeliveryChange {
  readonly stop?: string
  readonly goOn?: string
  readonly temp?: TempRate | 'none'
  readonly programme?: Programme
  readonly filledUnits?: number
}

export function createDelivery(first: Programme, filledUnits: number, family: Family, start: DeviceTime): Delivery {
  let programme = first
  let temp: TempRate | undefined
  /** Why nothing is given; empty: all is well. */
  const stops = new Set<string>()
  let reservoirUnits = filledUnits
  let since = start
  let rate = segmentAt(programme, 0)?.segment.rateUnitsPerHour ?? 0
  /** U/h·ms, which stays exact. */
  let flowed = 0

  function rateAt(time: DeviceTime): number {
    const scheduled = segmentAt(programme, halfHourOf(time))?.segment.rateUnitsPerHour ?? 0
    if (stops.size > 0) return 0
    return temp ? deliverable((scheduled * temp.percent) / 100, family) : scheduled
  }

  return {
    change(time, change = {}) {
      const given = rate * (time - since)
      flowed += given
      reservoirUnits -= given / HOUR_MS
      since = time
      if (change.stop !== undefined) stops.add(change.stop)
      if (change.goOn !== undefined) stops.delete(change.goOn)
      if (change.temp) temp = change.temp === 'none' ? undefined : change.temp
      programme = change.programme ?? programme
      reservoirUnits = change.filledUnits ?? reservoirUnits
      rate = rateAt(time)
    },
    skipTo(time) {
      since = time
    },
    programme: () => programme,
    temp: () => temp,
    isStopped: () => stops.size > 0,
    rateUnitsPerHour: () => rate,
    reservoirUnits: () => reservoirUnits,
    takeFromReservoir(units) {
      reservoirUnits -= units
    },
    takeBasal() {
      const units = flowed / HOUR_MS
      flowed = 0
      return units
    },
    rateRecords(time) {
      const found = segmentAt(programme, halfHourOf(time))
      return family.isLarge && found && stops.size === 0 ? [basalRecord(time, found.index, found.segment)] : []
    },
  }
}

/** A pump gives a share of a rate in its own steps, rounded down: small ones 0.05 U/h, large ones 0.025 below 1 U/h. */
function deliverable(rate: number, { isLarge }: Family): number {
  const perUnit = isLarge && rate < 1 ? 40 : 20
  return Math.floor(rate * perUnit + 1e-6) / perUnit
}

/** Half hours since midnight. */
export const halfHourOf = (time: DeviceTime): number => Math.floor(timeOfDayMs(time) / (30 * MINUTE_MS))

/** The segment of a programme that is in force in a half hour of the day; `undefined` for an empty programme. */
export function segmentAt(
  programme: Programme,
  halfHour: number,
): { readonly index: number; readonly segment: Segment } | undefined {
  const index = programme.findLastIndex(({ at }) => at <= halfHour)
  const segment = programme[index]
  return segment && { index, segment }
}
