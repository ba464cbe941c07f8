/**
 * The insulin report: how much insulin on each day, in each week and month, as sums and as means over the days where
 * the number is known. Source: reports sheet §3 (Insulin report), §4 (sums and averages), metrics sheet §10.
 */
import { type DeviceDay, startOfDeviceDay } from '#records/time.ts'
import { type DayInsulin, summariseInsulin } from '#stats/insulin.ts'
import { summariseTempBasals, tempBasals } from '#stats/tempBasals.ts'
import { bolusesOfKinds, summariseBoluses } from './bolusKinds.ts'
import { periodModel, prepare } from './days.ts'
import { weekdayOf } from './filter.ts'
import type { InsulinModel, InsulinSpan, ReportInput } from './models.ts'

export function insulinReport(input: ReportInput): InsulinModel {
  const material = prepare(input)
  const { firstDay, insulin } = material
  const { firstDayOfWeek } = input.preferences
  const summary = summariseInsulin(insulin.filter(day => day !== undefined))
  const boluses = summariseBoluses(bolusesOfKinds(material))
  const temps = summariseTempBasals(tempBasals(material.basal, material.log, material.days))
  return {
    ...periodModel(input, material),
    ...(summary ? { summary } : {}),
    ...(boluses ? { boluses } : {}),
    ...(temps.count > 0 ? { tempBasals: temps } : {}),
    days: material.days.map(day => {
      const ofDay = insulin[day - firstDay]
      return { day, ...(ofDay ? { insulin: ofDay } : {}) }
    }),
    weeks: spansOf(insulin, firstDay, day => (weekdayOf(day) - firstDayOfWeek + 7) % 7 === 0),
    months: spansOf(insulin, firstDay, day => new Date(startOfDeviceDay(day)).getUTCDate() === 1),
  }
}

/** Cut at each day with which a new span begins; the first and the last may be shorter than the others. */
function spansOf(
  insulin: readonly (DayInsulin | undefined)[],
  firstDay: DeviceDay,
  begins: (day: DeviceDay) => boolean,
): readonly InsulinSpan[] {
  const spans: InsulinSpan[] = []
  let start = 0
  for (let i = 1; i <= insulin.length; i++) {
    if (i < insulin.length && !begins(firstDay + i)) continue
    spans.push(spanOf(insulin.slice(start, i), firstDay + start))
    start = i
  }
  return spans
}

function spanOf(insulin: readonly (DayInsulin | undefined)[], firstDay: DeviceDay): InsulinSpan {
  const days = insulin.filter(day => day !== undefined)
  const summary = summariseInsulin(days)
  const sum = (numberOf: (day: DayInsulin) => number | undefined): number | undefined => {
    const known = days.map(numberOf).filter(number => number !== undefined)
    return known.length > 0 ? known.reduce((total, number) => total + number, 0) : undefined
  }
  const sums = {
    bolusUnits: sum(day => day.bolusUnits) ?? 0,
    carbsGrams: sum(day => day.carbsGrams) ?? 0,
    carbsExchanges: sum(day => day.carbsExchanges) ?? 0,
  }
  const basalUnits = sum(day => day.basalUnits)
  const totalUnits = sum(day => day.totalUnits)
  return {
    firstDay,
    lastDay: firstDay + insulin.length - 1,
    ...(summary ? { summary } : {}),
    sums: {
      ...sums,
      ...(basalUnits === undefined ? {} : { basalUnits }),
      ...(totalUnits === undefined ? {} : { totalUnits }),
    },
  }
}
