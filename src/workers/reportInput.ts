/** Gathers from the store what a report is made of. Source: `reports/models.ts` `ReportInput`. */
import type { Preferences } from '#records/preferences.ts'
import type { DeviceIdentity } from '#records/records.ts'
import type { ReportQuery } from '#reports/filter.ts'
import type { ReportInput } from '#reports/models.ts'
import type { Database } from '#store/db.ts'
import type { DeviceRow } from '#store/rows.ts'
import { allDevices, neighbours, readGlucose, readRecords } from '#store/read.ts'

/** The rate in force at the start of a period was set before it; a pump logs one at least every few days. */
const BASAL_REACH_DAYS = 7

export async function reportInput(
  db: Database,
  { period, filter }: Pick<ReportQuery, 'period' | 'filter'>,
  preferences: Preferences,
): Promise<ReportInput> {
  const basalFrom = period.firstDay - BASAL_REACH_DAYS
  const [glucose, records, basal, devices, around] = await Promise.all([
    readGlucose(db, period),
    readRecords(db, ['smbg', 'bolus', 'event'], period),
    // The day after the period tells that the pump went on, so that the last rate may be carried on to its end.
    readRecords(db, ['basal'], { firstDay: basalFrom, lastDay: period.lastDay + 1 }),
    allDevices(db),
    neighbours(db, period),
  ])
  const sorted = [...records, ...basal].sort((a, b) => a.deviceTime - b.deviceTime)
  return {
    period,
    ...(filter ? { filter } : {}),
    preferences,
    glucose,
    records: sorted,
    basalFrom,
    deviceNames: deviceNamesOf(devices),
    ...around,
  }
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
