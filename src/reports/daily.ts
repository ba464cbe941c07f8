/**
 * The Daily page: one day's traces, insulin, carbohydrate and events, with its numbers. Source: reports sheet §1.2
 * (Daily Detail), metrics sheet.
 */
import type { TherapyRecord } from '#records/records.ts'
import { detached } from '#stats/slices.ts'
import { summarise, summariseSensor } from '#stats/summary.ts'
import { prepare } from './days.ts'
import type { DailyEvent, DailyModel, ReportInput, Stored } from './models.ts'

/** Makes the page of the one day that `input.period` is. */
export function daily(input: ReportInput): DailyModel {
  const material = prepare(input)
  const { sensor, meter, records } = material
  const sensorSummary = summariseSensor(sensor, material.sensorClasses, 1)
  const meterSummary = summarise(meter, material.meterClasses)
  const insulin = material.insulin[0]
  return {
    day: material.firstDay,
    ...(input.previousDay === undefined ? {} : { previousDay: input.previousDay }),
    ...(input.nextDay === undefined ? {} : { nextDay: input.nextDay }),
    ...(sensorSummary ? { sensor: sensorSummary } : {}),
    ...(meterSummary ? { meter: meterSummary } : {}),
    ...(insulin ? { insulin } : {}),
    glucose: detached(sensor),
    meterValues: material.meterValues,
    boluses: records.filter(record => record.type === 'bolus'),
    wizards: records.filter(record => record.type === 'wizard'),
    food: records.filter(record => record.type === 'food'),
    basal: material.basal,
    events: records.filter(isDailyEvent),
    devices: material.devices,
  }
}

const eventTypes: readonly DailyEvent['type'][] = [
  'alarm',
  'prime',
  'rewind',
  'suspend',
  'autoMode',
  'sensorState',
  'timeChange',
  'marker',
]

function isDailyEvent(record: Stored<TherapyRecord>): record is Stored<DailyEvent> {
  return eventTypes.some(type => type === record.type)
}
