/**
 * Device use: what was done with pump, meter and sensor on each day (CareLink calls it Adherence).
 * Source: reports sheet §1.2 (5), metrics sheet §10.
 */
import type { TherapyRecord } from '#records/records.ts'
import { type DeviceDay, deviceDayOf, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { clipped } from '#stats/stretches.ts'
import { tempBasals } from '#stats/tempBasals.ts'
import { type BolusKind, type BolusOfKind, bolusesOfKinds, isForCorrection, isForFood } from './bolusKinds.ts'
import { dayRows, type Material, periodModel, prepare } from './days.ts'
import type { DeviceUseDay, DeviceUseModel, ReportInput, Stored } from './models.ts'

export function deviceUse(input: ReportInput): DeviceUseModel {
  const material = prepare(input)
  const records = byDay(material.records, record => deviceDayOf(record.deviceTime))
  const boluses = byDay(bolusesOfKinds(material), bolus => bolus.day)
  const temps = byDay(tempBasals(material.basal, material.log, material.days), temp => deviceDayOf(temp.at))
  return {
    ...periodModel(input, material),
    days: material.days.map(day => ({
      ...useOfDay(material, day, records.get(day) ?? []),
      ...bolusesOf(boluses.get(day) ?? []),
      tempBasals: temps.get(day)?.length ?? 0,
    })),
  }
}

function byDay<T>(items: readonly T[], dayOf: (item: T) => DeviceDay): Map<DeviceDay, T[]> {
  const days = new Map<DeviceDay, T[]>()
  for (const item of items) {
    const day = dayOf(item)
    const list = days.get(day)
    if (list) list.push(item)
    else days.set(day, [item])
  }
  return days
}

function useOfDay(
  material: Material,
  day: DeviceDay,
  records: readonly Stored<TherapyRecord>[],
): Omit<DeviceUseDay, keyof Boluses | 'tempBasals'> {
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
  | 'boluses'
  | 'manualBoluses'
  | 'wizardBoluses'
  | 'automaticBoluses'
  | 'withFood'
  | 'withCorrection'
  | 'overridden'
  | 'underridden'
  | 'interrupted'
>

function bolusesOf(boluses: readonly BolusOfKind[]): Boluses {
  const count = (test: (bolus: BolusOfKind) => boolean) => boluses.filter(test).length
  const isOf =
    (...kinds: readonly BolusKind[]) =>
    (bolus: BolusOfKind) =>
      kinds.some(kind => bolus.kinds.has(kind))
  const byPerson = boluses.filter(bolus => !bolus.isEmpty && !isOf('automatic')(bolus))
  const manual = count(isOf('manual', 'injection'))
  const screens = byPerson.flatMap(({ wizard }) => wizard ?? [])
  return {
    boluses: byPerson.length,
    manualBoluses: manual,
    wizardBoluses: byPerson.length - manual,
    automaticBoluses: count(isOf('automatic')),
    withFood: screens.filter(isForFood).length,
    withCorrection: screens.filter(isForCorrection).length,
    overridden: count(isOf('overridden')),
    underridden: count(isOf('underridden')),
    interrupted: count(isOf('interrupted')),
  }
}
