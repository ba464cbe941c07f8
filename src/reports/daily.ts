/**
 * The Daily page: one day's traces, insulin, carbohydrate and events, with its numbers and what was in force. Source:
 * reports sheet §1.2 (Daily Detail), metrics sheet.
 */
import type { TherapyRecord } from '#records/records.ts'
import { startOfDeviceDay } from '#records/time.ts'
import { modesOf } from '#stats/automation.ts'
import { deviceOf, withoutCopies } from '#stats/dedupe.ts'
import { setChanges } from '#stats/setChanges.ts'
import { detached } from '#stats/slices.ts'
import { summarise, summariseSensor } from '#stats/summary.ts'
import { prepare } from './days.ts'
import { asWanted } from './filter.ts'
import { activeInsulinMinutes, clockChangesOn, patternsOn, settingsInForce } from './inForce.ts'
import type { DailyEvent, DailyModel, ReportInput, Stored } from './models.ts'
import { onBoardOf } from './onBoard.ts'
import { therapyRows } from './wizards.ts'

/** Makes the page of the one day that `input.period` is. */
export function daily(input: ReportInput): DailyModel {
  const material = prepare(input)
  const { sensor, meter, records } = material
  const day = material.firstDay
  const sensorSummary = summariseSensor(sensor, material.sensorClasses, material.days)
  const meterSummary = summarise(meter, material.meterClasses)
  const insulin = material.insulin[0]
  const reaching = withoutCopies(asWanted(input).records)
  const modes = modesOf(material.basal)
  const settings = settingsInForce(input.around ?? [], pumpOf(records), day)
  const onBoard = onBoardOf(reaching, day, activeInsulinMinutes(settings))
  return {
    day,
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
    therapy: therapyOf(records, reaching, day),
    calibrations: records.filter(record => record.type === 'calibration'),
    basal: material.basal,
    events: records.filter(isDailyEvent),
    setChanges: setChanges(records),
    modes: modes.some(({ mode }) => mode === 'automatic') ? modes : [],
    clockChanges: clockChangesOn([...records, ...(input.around ?? [])], day),
    patterns: patternsOn(reaching, day),
    settings,
    ...(onBoard ? { onBoard } : {}),
    logs: loggedAround([...reaching, ...(input.earlier ?? [])]),
    devices: material.devices,
  }
}

const basalTypes: readonly TherapyRecord['type'][] = [
  'basalRate',
  'tempBasal',
  'suspend',
  'autoBasalDose',
  'autoMode',
  'autoInsulinTotal',
  'dailyTotal',
  'rewind',
  'prime',
]

/** A pump tells of both, whatever it was used for; a pen or a notebook of boluses alone. */
function loggedAround(records: readonly TherapyRecord[]): DailyModel['logs'] {
  const basal = records.some(({ type }) => basalTypes.includes(type))
  return { basal, bolus: basal || records.some(({ type }) => type === 'bolus' || type === 'wizard') }
}

/** The day's rows. A screen left just before midnight belongs to its bolus after it. */
function therapyOf(
  records: readonly Stored<TherapyRecord>[],
  reaching: readonly Stored<TherapyRecord>[],
  day: number,
): DailyModel['therapy'] {
  const own = new Set(records.filter(record => record.type === 'bolus').map(({ id }) => id))
  const midnight = startOfDeviceDay(day)
  return therapyRows(reaching).filter(
    ({ bolus, secondPart, wizard, food }) =>
      [bolus, secondPart].some(part => part && own.has(part.id)) ||
      (!bolus && ((wizard ?? food)?.deviceTime ?? midnight - 1) >= midnight),
  )
}

/** The pump that most of the day's insulin records are of; "" without any. */
function pumpOf(records: readonly Stored<TherapyRecord>[]): string {
  const counts = new Map<string, number>()
  for (const { type, sourceKey } of records) {
    if (type !== 'bolus' && type !== 'wizard' && type !== 'basalRate' && type !== 'autoBasalDose') continue
    const device = deviceOf(sourceKey)
    counts.set(device, (counts.get(device) ?? 0) + 1)
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0] as const)[0]
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
