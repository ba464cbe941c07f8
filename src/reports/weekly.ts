/**
 * The Weekly review: seven days under one another, each with its traces and its numbers, and their means. Source: reports
 * sheet §1.2 (2); weeks begin on the person's first day of the week (metrics sheet §13.4).
 */
import { type DeviceDay, startOfDeviceDay } from '#records/time.ts'
import { type DayInsulin, summariseInsulin } from '#stats/insulin.ts'
import { between } from '#stats/slices.ts'
import { sensorUse, summarise } from '#stats/summary.ts'
import { dayLanes, emptyDay, laneScale, outsideByDay, sumOutside } from './dayLanes.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import { weekdayOf } from './filter.ts'
import type { ReportInput } from './models.ts'
import type { Outside, Week, WeekDay, WeeklyModel } from './weeklyModel.ts'

const DAYS = 7

export function weekly(input: ReportInput): WeeklyModel {
  const material = prepare(input)
  const { firstDay, lastDay, days } = material
  const lanes = dayLanes(material, days)
  const shown = new Map(lanes.map(lane => [lane.day, lane]))
  const outside = outsideByDay(material)
  const first = firstDay - ((weekdayOf(firstDay) - input.preferences.firstDayOfWeek + DAYS) % DAYS)
  const weeks: Week[] = []
  for (let start = first; start <= lastDay; start += DAYS) {
    const weekDays = Array.from({ length: DAYS }, (_, i): WeekDay => {
      const day = start + i
      return shown.get(day) ?? emptyDay(day, day < firstDay || day > lastDay ? 'outside' : 'leftOut')
    })
    weeks.push(weekOf(material, start, weekDays, outside))
  }
  return { ...periodModel(input, material), weeks, ...laneScale(lanes) }
}

function weekOf(
  material: Material,
  start: DeviceDay,
  days: readonly WeekDay[],
  outside: ReadonlyMap<DeviceDay, Outside>,
): Week {
  const { sensor, meter } = material
  const rowsOf = (times: ArrayLike<number>): [number, number] => [
    dayRows(times, start)[0],
    dayRows(times, start + DAYS - 1)[1],
  ]
  const sensorSummary = summarise(sensor, material.sensorClasses, ...rowsOf(sensor.time))
  const meterSummary = summarise(meter, material.meterClasses, ...rowsOf(meter.time))
  const insulin = summariseInsulin(days.map(day => day.insulin).filter((day): day is DayInsulin => day !== undefined))
  const shares = days.flatMap(({ automation }) => automation ?? [])
  const automation = shares.reduce(
    (sum, share) => ({ automatedMs: sum.automatedMs + share.automatedMs, spannedMs: sum.spannedMs + share.spannedMs }),
    { automatedMs: 0, spannedMs: 0 },
  )
  const glucose = between(sensor, startOfDeviceDay(start), startOfDeviceDay(start + DAYS))
  return {
    days,
    ...(sensorSummary ? { sensor: sensorSummary } : {}),
    ...(meterSummary ? { meter: meterSummary } : {}),
    // Of less than a day of values nothing is said (metrics sheet §5.1).
    ...(sensorUse(glucose, 1) >= 1 ? { outside: sumOutside(days.flatMap(({ day }) => outside.get(day) ?? [])) } : {}),
    ...(insulin ? { insulin } : {}),
    ...(shares.length > 0 ? { automation } : {}),
  }
}
