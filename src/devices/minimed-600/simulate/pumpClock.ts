/**
 * The clock of a simulated pump: a counter that nobody sets, an offset that the person sets an hour on one morning, and
 * an agenda of what is to come. Times are device time, ms. Source: minimed-600 sheet §9.1.
 */
import { DAY_MS, HOUR_MS } from '#records/time.ts'
import type { Moment } from './writeEvents.ts'

const SECOND_MS = 1000
const START_OF_2000_MS = 946_684_800_000
/** Of a pump that was first switched on some years ago: the same for every `now`, so that an event keeps its counter. */
const LAST_OFFSET_S = -1_469_000_000
/** The person sets the clock on one day in so many; it is the last such day at least ten days before the end. */
const CHANGE_EVERY_DAYS = 60
const CHANGE_BEFORE_DAYS = 10

export interface PumpClock {
  /** When the clock jumped, if it did between the ends: this hour never was. */
  readonly changeAt: number | undefined
  /** Counter and offset at a wall time. */
  moment(at: number): Moment
  /** The wall time itself, or an hour later where it never was. */
  lived(at: number): number
  /** Does something at a wall time; of the same time in the order of planning. */
  plan(at: number, act: () => void): void
  /** Does all that is planned up to a wall time, also what that plans. */
  runUntil(last: number): void
}

/** For a pump whose history goes from `first` to `last`. */
export function createPumpClock(first: number, last: number): PumpClock {
  const lastChangeDay = Math.floor((last / DAY_MS - CHANGE_BEFORE_DAYS) / CHANGE_EVERY_DAYS) * CHANGE_EVERY_DAYS
  const change = lastChangeDay * DAY_MS + 10.5 * HOUR_MS + 37 * SECOND_MS
  const changeAt = change > first && change + HOUR_MS < last ? change : undefined
  const isSkipped = (at: number): boolean => changeAt !== undefined && at >= changeAt && at < changeAt + HOUR_MS
  const lived = (at: number): number => (isSkipped(at) ? at + HOUR_MS : at)
  const agenda: Entry[] = []
  let order = 0
  return {
    changeAt,
    lived,
    moment(at) {
      const offset = LAST_OFFSET_S - (changeAt !== undefined && at < changeAt ? 3600 : 0)
      return { rtc: (lived(at) - START_OF_2000_MS) / SECOND_MS - offset, offset }
    },
    plan(at, act) {
      const entry = { at: lived(at), order: order++, act }
      let place = agenda.length
      while (place > 0 && isLater(agenda[place - 1], entry)) place--
      agenda.splice(place, 0, entry)
    },
    runUntil(end) {
      for (let next = agenda.shift(); next && next.at <= end; next = agenda.shift()) next.act()
    },
  }
}

interface Entry {
  readonly at: number
  readonly order: number
  readonly act: () => void
}

const isLater = (a: Entry | undefined, b: Entry): boolean =>
  a !== undefined && (a.at > b.at || (a.at === b.at && a.order > b.order))
