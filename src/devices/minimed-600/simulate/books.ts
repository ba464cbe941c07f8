/** The books of a simulated pump: what it says it gave, day by day, and how many of what it wrote. */
import { DAY_MS } from '#records/time.ts'
import type { TenThousandths } from './writeEvents.ts'

/** What one device-day came to. */
export interface DayBook {
  /** Days since 1970 on the pump's clock. */
  readonly day: number
  basal: TenThousandths
  bolus: TenThousandths
  carbs: number
  suspendedSeconds: number
  /** The pump was there and its clock ran undisturbed from midnight to midnight. */
  isWhole: boolean
}

/** How many of what there are, for comparing. */
export interface Counts {
  boluses: number
  wizards: number
  fingersticks: number
  calibrations: number
  sensorValues: number
  suspends: number
  tempBasals: number
  fills: number
  alarms: number
}

export const noCounts = (): Counts => ({
  boluses: 0,
  wizards: 0,
  fingersticks: 0,
  calibrations: 0,
  sensorValues: 0,
  suspends: 0,
  tempBasals: 0,
  fills: 0,
  alarms: 0,
})

/** Books from `first` to `last`; `changeAt` is when the clock was set, all ms. `book` gives the page of a moment. */
export function createBooks(
  first: number,
  last: number,
  changeAt: number | undefined,
): { readonly books: readonly DayBook[]; readonly book: (at: number) => DayBook } {
  const books: DayBook[] = []
  return {
    books,
    book(at) {
      const day = Math.floor(at / DAY_MS)
      const known = books.at(-1)
      if (known?.day === day) return known
      const isSet = changeAt !== undefined && day === Math.floor(changeAt / DAY_MS)
      const isWhole = day * DAY_MS >= first && (day + 1) * DAY_MS <= last && !isSet
      const fresh: DayBook = { day, basal: 0, bolus: 0, carbs: 0, suspendedSeconds: 0, isWhole }
      books.push(fresh)
      return fresh
    },
  }
}
