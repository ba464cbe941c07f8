/**
 * What of a period a report looks at: not every weekday, not that day of illness, not the old meter. And the units that
 * the person wants carbohydrate in. Both are applied before anything is counted, so that every report obeys alike.
 * Source: reports sheet §1.1, metrics sheet §13.4.
 */
import type { Preferences } from '#records/preferences.ts'
import type { Wizard } from '#records/records.ts'
import { DAY_MS, type DeviceDay, startOfDeviceDay } from '#records/time.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { deviceOf } from '#stats/dedupe.ts'
import { ofRows } from '#stats/slices.ts'
import type { Period, ReportInput } from './models.ts'

export interface ReportFilter {
  /** 0 Sunday to 6 Saturday: left out. */
  readonly weekdaysOff: readonly number[]
  /** Left out. */
  readonly daysOff: readonly DeviceDay[]
  /** By their keys: left out. */
  readonly devicesOff: readonly string[]
}

/** What a report is asked for. */
export interface ReportQuery {
  readonly period: Period
  readonly filter?: ReportFilter
  /** The earlier period of a report that compares two. */
  readonly compareWith?: Period
}

export const noFilter: ReportFilter = { weekdaysOff: [], daysOff: [], devicesOff: [] }

/** 0 Sunday to 6 Saturday. */
export const weekdayOf = (day: DeviceDay): number => new Date(startOfDeviceDay(day)).getUTCDay()

/** The days of a period that are looked at, ascending. */
export function daysOf({ firstDay, lastDay }: Period, filter: ReportFilter = noFilter): DeviceDay[] {
  const days: DeviceDay[] = []
  for (let day = firstDay; day <= lastDay; day++) {
    if (!filter.weekdaysOff.includes(weekdayOf(day)) && !filter.daysOff.includes(day)) days.push(day)
  }
  return days
}

/** Without the devices that are left out, with carbohydrate in the wanted unit. Days are left to `prepare`. */
export function asWanted(input: ReportInput): ReportInput {
  const off = new Set(input.filter?.devicesOff)
  const { preferences } = input
  if (off.size === 0 && preferences.carbUnits === 'asEntered') return input
  const isOn = (sourceKey: string) => !off.has(deviceOf(sourceKey))
  return {
    ...input,
    glucose: off.size === 0 ? input.glucose : input.glucose.filter(({ sources }) => isOn(sources[0] ?? '')),
    ...(input.earlier ? { earlier: input.earlier.filter(({ sourceKey }) => isOn(sourceKey)) } : {}),
    records: input.records
      .filter(({ sourceKey }) => isOn(sourceKey))
      .map(record =>
        record.type === 'wizard'
          ? withCarbs(withRatio(record, preferences), preferences)
          : record.type === 'food'
            ? withCarbs(record, preferences)
            : record,
      ),
  }
}

interface Carbs {
  readonly carbsGrams?: number
  readonly carbsExchanges?: number
}

/** The same carbohydrate in the unit wanted, not rounded. */
function withCarbs<T extends Carbs>(record: T, { carbUnits, gramsPerExchange }: Preferences): T {
  const { carbsGrams, carbsExchanges, ...rest } = record
  const isOther = carbUnits === 'grams' ? carbsExchanges !== undefined : carbsGrams !== undefined
  if (carbUnits === 'asEntered' || !isOther) return record
  const grams = (carbsGrams ?? 0) + (carbsExchanges ?? 0) * gramsPerExchange
  const converted: Carbs = carbUnits === 'grams' ? { carbsGrams: grams } : { carbsExchanges: grams / gramsPerExchange }
  // The same record with its carbohydrate said otherwise.
  return { ...rest, ...converted } as unknown as T
}

/** The calculator's ratio in the unit wanted: 15 g an exchange at 10 g/U are 1.5 U/exchange, and the other way round. */
function withRatio<T extends Wizard>(record: T, { carbUnits, gramsPerExchange }: Preferences): T {
  if (carbUnits === 'asEntered') return record
  const { carbRatio, carbRatioUnits = record.carbsExchanges === undefined ? 'g/U' : undefined } = record
  const wanted = carbUnits === 'grams' ? 'g/U' : 'U/exchange'
  if (carbRatio === undefined || carbRatio <= 0 || carbRatioUnits === undefined || carbRatioUnits === wanted) {
    return record
  }
  return { ...record, carbRatio: gramsPerExchange / carbRatio, carbRatioUnits: wanted }
}

/** The values of the days given. */
export function ofDays(series: GlucoseSeries, days: ReadonlySet<DeviceDay>): GlucoseSeries {
  const rows: number[] = []
  let lastDay: DeviceDay | undefined
  let isOn = false
  series.time.forEach((time, row) => {
    const day = Math.floor(time / DAY_MS)
    if (day !== lastDay) {
      lastDay = day
      isOn = days.has(day)
    }
    if (isOn) rows.push(row)
  })
  return rows.length === series.time.length ? series : ofRows(series, rows)
}
