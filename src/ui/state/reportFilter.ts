/**
 * What is left out of all reports, as long as the tab is open: weekdays, single days, devices. Kept in the tab and not in
 * the store: a report that silently lacks a weekday months later would mislead.
 */
import { type Accessor, createContext, createSignal, useContext } from 'solid-js'
import { noFilter, type ReportFilter } from '#reports/filter.ts'

export interface FilterState {
  readonly filter: Accessor<ReportFilter>
  readonly setFilter: (filter: ReportFilter) => void
}

const KEY = 'report-filter'

/** Of a report that always looks at everything. */
export const unfiltered: FilterState = { filter: () => noFilter, setFilter: () => undefined }
export const FilterContext = createContext<FilterState>(unfiltered)
export const useFilter = (): FilterState => useContext(FilterContext)

export function createReportFilter(): FilterState {
  const [filter, setFilter] = createSignal<ReportFilter>(filterFrom(sessionStorage.getItem(KEY)))
  return {
    filter,
    setFilter: chosen => {
      setFilter(chosen)
      if (isFiltering(chosen)) sessionStorage.setItem(KEY, JSON.stringify(chosen))
      else sessionStorage.removeItem(KEY)
    },
  }
}

export const isFiltering = ({ weekdaysOff, daysOff, devicesOff }: ReportFilter): boolean =>
  weekdaysOff.length + daysOff.length + devicesOff.length > 0

/** Whatever makes no sense is no filter. */
export function filterFrom(text: string | null): ReportFilter {
  try {
    const kept: unknown = JSON.parse(text ?? '{}')
    const list = (name: string): unknown[] => {
      const value: unknown = kept instanceof Object && name in kept ? Reflect.get(kept, name) : []
      return Array.isArray(value) ? value : []
    }
    const isDay = (value: unknown): value is number => Number.isSafeInteger(value)
    return {
      weekdaysOff: list('weekdaysOff')
        .filter(isDay)
        .filter(day => day >= 0 && day <= 6),
      daysOff: list('daysOff').filter(isDay),
      devicesOff: list('devicesOff').filter(key => typeof key === 'string'),
    }
  } catch {
    return noFilter
  }
}
