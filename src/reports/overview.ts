/**
 * The Overview: a period in numbers, and each of its days. Source: reports sheet §1.2 (Assessment & Progress) and §3,
 * metrics sheet.
 */
import { summariseInsulin } from '#stats/insulin.ts'
import { summarise, summariseSensor } from '#stats/summary.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import { sensorRisk } from './glucoseRisk.ts'
import { intervalsOf } from './intervals.ts'
import type { OverviewDay, OverviewModel, ReportInput } from './models.ts'

/** Makes the Overview of `input.period`. A part for which there are no data is absent. */
export function overview(input: ReportInput): OverviewModel {
  const material = prepare(input)
  const { sensor, sensorClasses, meter, meterClasses, insulin } = material
  const days = material.days.map(day => overviewDay(material, day))
  const sensorSummary = summariseSensor(sensor, sensorClasses, material.days)
  const meterSummary = summarise(meter, meterClasses)
  const insulinSummary = summariseInsulin(insulin.filter(day => day !== undefined))
  const risk = sensorRisk(sensor)
  const { set, reservoir } = intervalsOf(material)
  return {
    ...periodModel(input, material),
    ...(sensorSummary ? { sensor: sensorSummary } : {}),
    ...(meterSummary
      ? { meter: { ...meterSummary, valuesPerDay: meterSummary.count / meterSummary.daysWithData } }
      : {}),
    ...(insulinSummary ? { insulin: insulinSummary } : {}),
    ...(risk ? { risk } : {}),
    ...(set.count + reservoir.count > 0 ? { changes: { set, reservoir } } : {}),
    days,
  }
}

function overviewDay(material: Material, day: number): OverviewDay {
  const sensor = summarise(material.sensor, material.sensorClasses, ...dayRows(material.sensor.time, day))
  const meter = summarise(material.meter, material.meterClasses, ...dayRows(material.meter.time, day))
  const insulin = material.insulin[day - material.firstDay]
  return { day, ...(sensor ? { sensor } : {}), ...(meter ? { meter } : {}), ...(insulin ? { insulin } : {}) }
}
