/**
 * Device use: what was done with pump, meter and sensor on each day (CareLink calls it Adherence).
 * Source: reports sheet §1.2 (5), metrics sheet §10.
 */
import type { Bolus, TherapyRecord, Wizard } from '#records/records.ts'
import { type DeviceDay, deviceDayOf, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { clipped } from '#stats/stretches.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import type { DeviceUseDay, DeviceUseModel, ReportInput, Stored } from './models.ts'
import { isSecondPart, OVERRIDE_UNITS, programmedUnits, proposedUnits, screensOf } from './wizards.ts'

export function deviceUse(input: ReportInput): DeviceUseModel {
  const material = prepare(input)
  const byDay = new Map<DeviceDay, Stored<TherapyRecord>[]>()
  for (const record of material.records) {
    const day = deviceDayOf(record.deviceTime)
    const list = byDay.get(day)
    if (list) list.push(record)
    else byDay.set(day, [record])
  }
  return {
    ...periodModel(input, material),
    days: material.days.map(day => useOfDay(material, day, byDay.get(day) ?? [], byDay.get(day - 1) ?? [])),
  }
}

function useOfDay(
  material: Material,
  day: DeviceDay,
  records: readonly Stored<TherapyRecord>[],
  dayBefore: readonly Stored<TherapyRecord>[],
): DeviceUseDay {
  const [start, end] = dayRows(material.sensor.time, day)
  let sensorMs = 0
  for (let i = start; i < end; i++) sensorMs += material.sensor.intervalMs[i] ?? 0
  const from = startOfDeviceDay(day)
  const stops = clipped(material.basal, from, startOfDeviceDay(day + 1)).filter(
    segment => segment.delivery === 'suspended',
  )
  const of = <T extends TherapyRecord['type']>(type: T) => records.filter(record => record.type === type)
  const primes = records.filter(record => record.type === 'prime')
  const [meterFrom, meterTo] = dayRows(material.meter.time, day)
  return {
    day,
    meterValues: meterTo - meterFrom,
    calibrations: of('calibration').length,
    sensorMinutes: sensorMs / MINUTE_MS,
    ...bolusesOf(records, dayBefore),
    suspendMinutes: stops.reduce((sum, stop) => sum + (stop.to - stop.from), 0) / MINUTE_MS,
    rewinds: of('rewind').length,
    tubingFills: primes.filter(({ target }) => target === 'tubing').length,
    cannulaFills: primes.filter(({ target }) => target === 'cannula').length,
    fillUnits: primes.reduce((sum, { volumeUnits }) => sum + volumeUnits, 0),
    alarms: records.filter(record => record.type === 'alarm' && !record.cleared).length,
  }
}

type Boluses = Pick<
  DeviceUseDay,
  'boluses' | 'manualBoluses' | 'wizardBoluses' | 'automaticBoluses' | 'withFood' | 'withCorrection' | 'overridden'
>

/**
 * The two parts of a dual bolus are one bolus: the square part is not counted. The calculator may have been left just
 * before midnight.
 */
function bolusesOf(records: readonly Stored<TherapyRecord>[], dayBefore: readonly Stored<TherapyRecord>[]): Boluses {
  const screens = screensOf(
    records.filter(record => record.type === 'bolus'),
    [...dayBefore, ...records].filter(record => record.type === 'wizard'),
  )
  const counts = { boluses: 0, manualBoluses: 0, wizardBoluses: 0, automaticBoluses: 0 }
  const more = { withFood: 0, withCorrection: 0, overridden: 0 }
  for (const bolus of records) {
    if (bolus.type !== 'bolus' || isNoBolus(bolus)) continue
    if (bolus.context === 'automatic') {
      counts.automaticBoluses++
      continue
    }
    counts.boluses++
    const wizard = screens.get(bolus)
    if (!wizard && bolus.context !== 'wizard') {
      counts.manualBoluses++
      continue
    }
    counts.wizardBoluses++
    if (!wizard) continue
    if ((wizard.carbsGrams ?? 0) > 0 || (wizard.carbsExchanges ?? 0) > 0) more.withFood++
    if ((wizard.recommendedCorrectionUnits ?? 0) > 0) more.withCorrection++
    if (isOverridden(bolus, wizard)) more.overridden++
  }
  return { ...counts, ...more }
}

/** Nothing was delivered, or it is the second part of a dual bolus. */
const isNoBolus = (bolus: Bolus): boolean =>
  (bolus.normalUnits ?? 0) + (bolus.extendedUnits ?? 0) <= 0 || isSecondPart(bolus)

/** Of a dual bolus the other part is a record of its own: what was programmed in all is not known here. */
function isOverridden(bolus: Bolus, wizard: Wizard): boolean {
  const [programmed, proposed] = [programmedUnits(bolus), proposedUnits(wizard)]
  if (programmed === undefined || proposed === undefined || bolus.subType === 'dual') return false
  return Math.abs(programmed - proposed) >= OVERRIDE_UNITS
}
