/** What `bench/browser.mjs` may ask the page for. All times in ms. */

export interface YearsResult {
  readonly values: number
  /** Sorting records into day chunks. */
  readonly collectMs: number
  /** Writing them, in one transaction. */
  readonly writeMs: number
  /** Reading all of them back as one series. */
  readonly readMs: number
}

export interface ReportTimes {
  /** The first in a new worker, from the store. */
  readonly coldMs: number
  /** The median of seven more. */
  readonly warmMs: number
}

export interface Bench {
  /** Names of all reports of a period. */
  reportKinds(): Promise<readonly string[]>
  /** A report's page model of the last days, ready in a worker of its own. */
  report(kind: string, days: number): Promise<ReportTimes>
  /** Writes and reads so many years of a sensor's five-minute values, in a database of their own. */
  years(years: number): Promise<YearsResult>
  /** Imports the file in the page's file field as the app does; into the app's database. */
  importChosenFile(): Promise<number>
  /**
   * Makes the overview of the last days in this window, which can be asked for its memory, not in a worker. Whatever it
   * holds for the next report stays.
   */
  overviewHere(days: number): Promise<void>
  /** The overview of the last days: first time, then the median of five more. */
  overview(days: number): Promise<{ readonly openMs: number; readonly coldMs: number; readonly warmMs: number }>
}
