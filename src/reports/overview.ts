/**
 * The Overview: a period in numbers, beside those of the days before, and each of its days. Source: reports sheet §1.2
 * (Assessment & Progress), §3 and §6, metrics sheet.
 */
import { summarise } from '#stats/summary.ts'
import { sideOf } from './assessment.ts'
import type { AssessmentSide, Comparison } from './assessmentModel.ts'
import { headlineOf } from './assessmentWords.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import type { OverviewDay, OverviewModel, ReportInput } from './models.ts'

/** Makes the Overview of `input.period`, compared with `input.before`. A part for which there are no data is absent. */
export function overview(input: ReportInput): OverviewModel {
  const material = prepare(input)
  const now = sideOf(input, material)
  const { sensor, meter, insulin, risk, intervals, algorithm } = now
  const automaticShare = algorithm?.shares?.automatic
  const comparison = comparisonOf(now, input.before)
  return {
    ...periodModel(input, material),
    ...(sensor ? { sensor } : {}),
    ...(meter ? { meter } : {}),
    ...(insulin ? { insulin } : {}),
    ...(risk ? { risk } : {}),
    ...(automaticShare === undefined ? {} : { automaticShare }),
    ...(intervals && intervals.set.count + intervals.reservoir.count > 0
      ? { changes: { set: intervals.set, reservoir: intervals.reservoir } }
      : {}),
    ...(comparison ? { comparison } : {}),
    days: material.days.map(day => overviewDay(material, day)),
  }
}

function comparisonOf(now: AssessmentSide, input: ReportInput | undefined): Comparison | undefined {
  if (!input || now.dataFirstDay === undefined) return undefined
  const before = sideOf(input, prepare(input))
  if (before.dataFirstDay === undefined) return undefined
  const headline = headlineOf(now, before)
  return { now, before, ...(headline ? { headline } : {}) }
}

function overviewDay(material: Material, day: number): OverviewDay {
  const sensor = summarise(material.sensor, material.sensorClasses, ...dayRows(material.sensor.time, day))
  const meter = summarise(material.meter, material.meterClasses, ...dayRows(material.meter.time, day))
  const insulin = material.insulin[day - material.firstDay]
  return { day, ...(sensor ? { sensor } : {}), ...(meter ? { meter } : {}), ...(insulin ? { insulin } : {}) }
}
