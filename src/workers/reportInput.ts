/** Gathers from the store what a report is made of. Source: `reports/models.ts` `ReportInput`. */
import type { Preferences } from '#records/preferences.ts'
import type { DeviceIdentity } from '#records/records.ts'
import type { DeviceDay } from '#records/time.ts'
import type { ReportQuery } from '#reports/filter.ts'
import type { ReportInput } from '#reports/models.ts'
import type { Database } from '#store/db.ts'
import { tellsOfChange } from '#stats/deviceIntervals.ts'
import type { DeviceRow } from '#store/rows.ts'
import { allDevices, neighbours, readGlucose, readRecords } from '#store/read.ts'

/**
 * The rate in force at the start of a period was set before it; a pump logs one at least every few days. What is known of
 * these days must be all that the basal is derived from, else a day's basal depends on where the period begins.
 */
const BASAL_REACH_DAYS = 7
/** A clinic reads a pump every three months or so: what it is set to on a day was told some weeks before or after. */
const SETTINGS_REACH_DAYS = 100

export async function reportInput(
  db: Database,
  { period, filter }: Pick<ReportQuery, 'period' | 'filter'>,
  preferences: Preferences,
): Promise<ReportInput> {
  const basalFrom = period.firstDay - BASAL_REACH_DAYS
  const [glucose, records, bolus, basal, devices, around, settings, changes] = await Promise.all([
    readGlucose(db, period),
    readRecords(db, ['smbg', 'event'], period),
    readRecords(db, ['bolus'], { firstDay: basalFrom, lastDay: period.lastDay }),
    // The day after the period tells that the pump went on, so that the last rate may be carried on to its end.
    readRecords(db, ['basal'], { firstDay: basalFrom, lastDay: period.lastDay + 1 }),
    allDevices(db),
    neighbours(db, period),
    // Of longer periods no single set of settings is in force.
    period.firstDay === period.lastDay ? settingsAround(db, period.firstDay) : undefined,
    // The first set of a period was put in before it.
    readRecords(db, ['event'], { firstDay: basalFrom, lastDay: period.firstDay - 1 }),
  ])
  const sorted = [...records, ...bolus, ...basal].sort((a, b) => a.deviceTime - b.deviceTime)
  return {
    period,
    ...(filter ? { filter } : {}),
    preferences,
    glucose,
    records: sorted,
    earlier: changes.filter(record => record.type === 'setting' || tellsOfChange(record)),
    basalFrom,
    ...(settings ? { around: settings } : {}),
    deviceNames: deviceNamesOf(devices),
    ...around,
  }
}

async function settingsAround(db: Database, day: DeviceDay): Promise<NonNullable<ReportInput['around']>> {
  const reach = { firstDay: day - SETTINGS_REACH_DAYS, lastDay: day + SETTINGS_REACH_DAYS }
  const records = await readRecords(db, ['event'], reach)
  return records.filter(record => record.type === 'setting' || record.type === 'timeChange')
}

/** By source, as records and series name it, and by device. */
export function deviceNamesOf(devices: readonly DeviceRow[]): Readonly<Record<string, string>> {
  const names: Record<string, string> = {}
  for (const { deviceKey, device, sources } of devices) {
    for (const key of [deviceKey, ...Object.keys(sources)]) names[key] = nameOf(device)
  }
  return names
}

/** As a report names it: two devices of one model are told apart by their serial numbers. */
const nameOf = ({ model, serial }: DeviceIdentity): string => (serial === '' ? model : `${model} (${serial})`)
