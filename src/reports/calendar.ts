/**
 * The Calendar: each month of the period as a grid of days with time in range, mean, insulin, carbs, lows and set
 * changes, and the best day. Source: reports sheet §3 (month, best day), metrics sheet §5 (sensor use), §9 (episodes).
 */
import { DAY_MS, type DeviceDay, startOfDeviceDay } from '#records/time.ts'
import { findEpisodes } from '#stats/episodes.ts'
import { uniformGrid } from '#stats/grid.ts'
import { setChanges } from '#stats/setChanges.ts'
import { summarise } from '#stats/summary.ts'
import type { CalendarDay, CalendarModel, CalendarMonth } from './calendarModel.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import { weekdayOf } from './filter.ts'
import type { ReportInput } from './models.ts'

const WEEK = 7
const LONGEST_MONTH = 31
/** A day of fewer sensor values says too little to be the best (as the consensus rule for sufficient data). */
const WEAR_FOR_BEST = 0.7

export function calendar(input: ReportInput): CalendarModel {
  const material = prepare(input)
  const { firstDay, lastDay, days } = material
  const counts = countsByDay(material)
  const looked = new Set(days)
  const shown = new Map<DeviceDay, CalendarDay>(days.map(day => [day, calendarDay(material, day, counts)]))
  const months: CalendarMonth[] = []
  let first = firstOfMonth(firstDay)
  while (first <= lastDay) {
    const month = first
    const next = firstOfMonth(first + LONGEST_MONTH)
    months.push(
      monthOf(month, next, input.preferences.firstDayOfWeek, day => {
        const known = shown.get(day)
        if (known) return known
        const isInPeriod = day >= Math.max(month, firstDay) && day < next && day <= lastDay
        return { ...nothing(day), state: isInPeriod && !looked.has(day) ? 'leftOut' : 'outside' }
      }),
    )
    first = next
  }
  const candidates = [...shown.values()].filter(({ sensor, sensorWear }) => sensor && sensorWear >= WEAR_FOR_BEST)
  const best = candidates.reduce<CalendarDay | undefined>(
    (found, day) => (found && inRangeOf(found) > inRangeOf(day) ? found : day),
    undefined,
  )
  return {
    ...periodModel(input, material),
    months,
    ...(best ? { bestDay: best.day } : {}),
    candidates: candidates.length,
  }
}

const inRangeOf = ({ sensor }: CalendarDay): number => sensor?.ranges.target.fraction ?? 0

const firstOfMonth = (day: DeviceDay): DeviceDay => day - new Date(startOfDeviceDay(day)).getUTCDate() + 1

/** Whole weeks around the days from `first` up to, not including, `next`. */
function monthOf(
  first: DeviceDay,
  next: DeviceDay,
  firstDayOfWeek: number,
  dayOf: (day: DeviceDay) => CalendarDay,
): CalendarMonth {
  const weeks: CalendarDay[][] = []
  for (let start = first - ((weekdayOf(first) - firstDayOfWeek + WEEK) % WEEK); start < next; start += WEEK) {
    weeks.push(
      Array.from({ length: WEEK }, (_, i) => {
        const day = start + i
        return day < first || day >= next ? nothing(day) : dayOf(day)
      }),
    )
  }
  return { firstDay: first, weeks }
}

interface Counts {
  readonly lows: ReadonlyMap<DeviceDay, number>
  readonly veryLows: ReadonlyMap<DeviceDay, number>
  readonly setChanges: ReadonlyMap<DeviceDay, number>
}

/** Episodes and changes by the day on which they began. */
function countsByDay({ sensor, records }: Material): Counts {
  const grid = uniformGrid(sensor)
  const byDay = (moments: readonly number[]) => {
    const counts = new Map<DeviceDay, number>()
    for (const at of moments) {
      const day = Math.floor(at / DAY_MS)
      counts.set(day, (counts.get(day) ?? 0) + 1)
    }
    return counts
  }
  return {
    lows: byDay(findEpisodes(grid, 'hypoLevel1').map(({ startMs }) => startMs)),
    veryLows: byDay(findEpisodes(grid, 'hypoLevel2').map(({ startMs }) => startMs)),
    setChanges: byDay(setChanges(records)),
  }
}

const nothing = (day: DeviceDay): CalendarDay => ({
  day,
  state: 'outside',
  sensorWear: 0,
  lows: 0,
  veryLows: 0,
  setChanges: 0,
})

function calendarDay(material: Material, day: DeviceDay, counts: Counts): CalendarDay {
  const { sensor, sensorClasses, meter, meterClasses } = material
  const [start, end] = dayRows(sensor.time, day)
  let wornMs = 0
  for (let i = start; i < end; i++) wornMs += sensor.intervalMs[i] ?? 0
  const sensorSummary = summarise(sensor, sensorClasses, start, end)
  const meterSummary = summarise(meter, meterClasses, ...dayRows(meter.time, day))
  const insulin = material.insulin[day - material.firstDay]
  return {
    day,
    state: 'shown',
    ...(sensorSummary ? { sensor: sensorSummary } : {}),
    sensorWear: Math.min(1, wornMs / DAY_MS),
    ...(meterSummary ? { meter: meterSummary } : {}),
    ...(insulin ? { insulin } : {}),
    lows: counts.lows.get(day) ?? 0,
    veryLows: counts.veryLows.get(day) ?? 0,
    setChanges: counts.setChanges.get(day) ?? 0,
  }
}
