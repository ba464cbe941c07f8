/**
 * Which earlier days a report that compares two periods has beside its own, kept in the address: nothing for the period
 * of the same length before, `?before=year` for the same days a year before, `?before=2026-01-01..2026-01-14` for others.
 * What is no earlier period counts as nothing. Source: reports sheet §1.1, interface brief (Frame).
 */
import { useSearchParams } from '@solidjs/router'
import { type Accessor, createMemo } from 'solid-js'
import type { DeviceDay } from '#records/time.ts'
import type { Period } from '#reports/models.ts'
import { dayFromText, periodBefore, textOfDay } from './createPeriod.ts'

export const comparisonChoices = ['usual', 'year', 'days'] as const
export type ComparisonChoice = (typeof comparisonChoices)[number]

export interface ComparisonState {
  /** `undefined` while the report's own period is. */
  readonly period: Accessor<Period | undefined>
  readonly choice: Accessor<ComparisonChoice>
  readonly choose: (choice: 'usual' | 'year') => void
  readonly setDays: (firstDay: DeviceDay, lastDay: DeviceDay) => void
}

/** The same dates a year before; 28 February for the 29th. */
export const yearBefore = ({ firstDay, lastDay }: Period): Period => ({
  firstDay: dayAYearBefore(firstDay),
  lastDay: dayAYearBefore(lastDay),
})

function dayAYearBefore(day: DeviceDay): DeviceDay {
  const [year = '', month = '', date = ''] = textOfDay(day).split('-')
  const last = String(Number(year) - 1).padStart(4, '0')
  return dayFromText(`${last}-${month}-${date}`) ?? dayFromText(`${last}-02-28`) ?? day - 365
}

/** True for days that a period can be compared with: all of them before it. */
export const isBefore = (earlier: Period, period: Period): boolean =>
  earlier.firstDay <= earlier.lastDay && earlier.lastDay < period.firstDay

/** What an address asks to compare with. */
export function comparisonOf(
  text: unknown,
  period: Period,
): { readonly period: Period; readonly choice: ComparisonChoice } {
  const asked = askedOf(text, period)
  return asked && isBefore(asked.period, period) ? asked : { period: periodBefore(period), choice: 'usual' }
}

function askedOf(text: unknown, period: Period): ReturnType<typeof comparisonOf> | undefined {
  if (text === 'year') return { period: yearBefore(period), choice: 'year' }
  if (typeof text !== 'string') return undefined
  const [first, last, ...more] = text.split('..').map(dayFromText)
  if (first === undefined || last === undefined || more.length > 0) return undefined
  return { period: { firstDay: first, lastDay: last }, choice: 'days' }
}

export function createComparison(period: Accessor<Period | undefined>): ComparisonState {
  const [query, setQuery] = useSearchParams()
  const now = () => {
    const shown = period()
    return shown && comparisonOf(query['before'], shown)
  }
  // Compared by its days, so that an equal period asks the worker nothing.
  const earlier = createMemo(() => now()?.period, undefined, {
    equals: (a, b) => a?.firstDay === b?.firstDay && a?.lastDay === b?.lastDay,
  })
  return {
    period: earlier,
    choice: () => now()?.choice ?? 'usual',
    choose: choice => setQuery({ before: choice === 'usual' ? null : choice }),
    setDays: (firstDay, lastDay) => setQuery({ before: `${textOfDay(firstDay)}..${textOfDay(lastDay)}` }),
  }
}
