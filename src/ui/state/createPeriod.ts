/**
 * Which days a report shows, kept in the address so that back, reload and bookmark work: `?days=14` or
 * `?from=2026-03-01&to=2026-03-14` for periods, `?day=2026-03-14` for one day. Without them, what ends at the last day
 * with data. Source: interface brief (Frame), reports sheet §1.1.
 */
import { useSearchParams } from '@solidjs/router'
import { type Accessor, createMemo } from 'solid-js'
import { dateFromDeviceTime, type DeviceDay, deviceDayOf, deviceTimeFromIso, startOfDeviceDay } from '#records/time.ts'
import type { Period } from '#reports/models.ts'
import { useApi } from './api.ts'
import { type Answer, createAnswer } from './createAnswer.ts'
import { usePreferences } from './preferences.ts'

export const periodLengths = [7, 14, 30, 90] as const
export type PeriodLength = (typeof periodLengths)[number]

export interface PeriodState {
  /** `undefined` while the last day with data is not known, or when there are no data at all. */
  readonly period: Accessor<Period | undefined>
  /** The chosen length; `undefined` when the days were picked by hand. */
  readonly length: Accessor<PeriodLength | undefined>
  readonly lastDay: Answer<DeviceDay | undefined>
  readonly setLength: (days: PeriodLength) => void
  readonly setDays: (firstDay: DeviceDay, lastDay: DeviceDay) => void
  /** The same number of days before (-1) or after (1). */
  readonly step: (direction: -1 | 1) => void
}

export interface DayState {
  readonly day: Accessor<DeviceDay | undefined>
  readonly lastDay: Answer<DeviceDay | undefined>
  /** `replace` keeps a held-down key from filling the way back. */
  readonly setDay: (day: DeviceDay, options?: { readonly replace?: boolean }) => void
}

/** "2026-03-14", as addresses and date inputs have it. */
export const textOfDay = (day: DeviceDay): string => dateFromDeviceTime(startOfDeviceDay(day))

/** `undefined` for anything that is not a day of the calendar. */
export function dayFromText(text: unknown): DeviceDay | undefined {
  const time = typeof text === 'string' && text.length === 10 ? deviceTimeFromIso(text) : undefined
  return time === undefined ? undefined : deviceDayOf(time)
}

export const dayCount = (period: Period): number => period.lastDay - period.firstDay + 1

/** As long as `period`, and ending on the day before it. */
export const periodBefore = (period: Period): Period => ({
  firstDay: period.firstDay - dayCount(period),
  lastDay: period.firstDay - 1,
})

/** The period of an address, given the last day with data. An address that makes no sense gives the usual period. */
export function periodOf(
  query: Readonly<Record<string, unknown>>,
  lastDay: DeviceDay | undefined,
  usualLength: PeriodLength = 14,
): { readonly period: Period | undefined; readonly length: PeriodLength | undefined } {
  const from = dayFromText(query['from'])
  const to = dayFromText(query['to'])
  if (from !== undefined && to !== undefined && from <= to) {
    return { period: { firstDay: from, lastDay: to }, length: undefined }
  }
  const length = periodLengths.find(days => String(days) === query['days']) ?? usualLength
  return { period: lastDay === undefined ? undefined : { firstDay: lastDay - length + 1, lastDay }, length }
}

export function createPeriod(): PeriodState {
  const api = useApi()
  const [query, setQuery] = useSearchParams()
  const lastDay = createAnswer(() => api.data.lastDayWithData())
  const preferences = usePreferences()
  const now = createMemo(() =>
    periodOf(
      { days: query['days'], from: query['from'], to: query['to'] },
      lastDay.value(),
      preferences.now().periodDays,
    ),
  )
  // Compared by its days, so that an equal period asks the worker nothing.
  const period = createMemo(() => now().period, undefined, {
    equals: (a, b) => a?.firstDay === b?.firstDay && a?.lastDay === b?.lastDay,
  })
  const setDays = (firstDay: DeviceDay, last: DeviceDay) =>
    setQuery({ days: null, from: textOfDay(firstDay), to: textOfDay(last) })
  return {
    period,
    length: () => now().length,
    lastDay,
    setLength: days => setQuery({ days: String(days), from: null, to: null }),
    setDays,
    step: direction => {
      const shown = period()
      if (!shown) return
      const by = direction * dayCount(shown)
      setDays(shown.firstDay + by, shown.lastDay + by)
    },
  }
}

export function createDay(): DayState {
  const api = useApi()
  const [query, setQuery] = useSearchParams()
  const lastDay = createAnswer(() => api.data.lastDayWithData())
  const day = createMemo(() => dayFromText(query['day']) ?? lastDay.value())
  return {
    day,
    lastDay,
    setDay: (chosen, options) => setQuery({ day: textOfDay(chosen) }, { replace: options?.replace ?? false }),
  }
}
