/**
 * How high the days of the Calendar are on paper, so that its months fill pages: all months on one page as long as the days
 * stay readable, with the tables below them if there is room; else two months a page. Source: reports sheet §5.4.
 */

/** What the smaller paper leaves below the head and the explanation of the first page. */
const ROOM_PT = 612
/** Month, days of the week, and the gap below. */
const MONTH_PT = 34
const GAP_PT = 2
const LARGEST_PT = 92
const SMALLEST_PT = 43
/** From here on a day has each number on a line of its own. */
export const ROOMY_PT = 68
/** On one page no day is lower than this, for then two pages read better. */
const ONE_PAGE_PT = 52
/** A table's name with its heads, and a row. */
const TABLE_PT = 34
const ROW_PT = 11

export interface MonthSize {
  readonly weeks: number
  /** Days with a row in the month's table. */
  readonly days: number
}

export interface CalendarPaper {
  /** For each month the height of a day, in pt. */
  readonly dayPt: readonly number[]
  /** Whether the tables stand below the months. */
  readonly withTables: boolean
}

export function calendarPaper(months: readonly MonthSize[]): CalendarPaper {
  const sum = (of: (month: MonthSize) => number) => months.reduce((total, month) => total + of(month), 0)
  const weeks = Math.max(
    1,
    sum(month => month.weeks),
  )
  const room = ROOM_PT - months.length * MONTH_PT
  const tables = sum(({ days }) => TABLE_PT + days * ROW_PT)
  const heightIn = (roomPt: number, rows: number) =>
    Math.floor(Math.min(LARGEST_PT, Math.max(SMALLEST_PT, roomPt / rows - GAP_PT)))
  const withTables = heightIn(room - tables, weeks) >= ROOMY_PT
  const onePage = heightIn(withTables ? room - tables : room, weeks)
  if (withTables || months.length < 3 || onePage >= ONE_PAGE_PT) return { dayPt: months.map(() => onePage), withTables }
  return {
    dayPt: months.map(month => heightIn(ROOM_PT / 2 - MONTH_PT, month.weeks)),
    withTables: false,
  }
}
