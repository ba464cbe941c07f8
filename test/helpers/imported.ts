/** What an importer finds in a file, as a report gets it from the store: ids left out, sorted by time. */
import { createReadStream } from 'node:fs'
import { importer } from '#files/carelink-csv/importer.ts'
import { deviceKeyOf } from '#records/identity.ts'
import { defaultPreferences } from '#records/preferences.ts'
import type { DeviceIdentity, TherapyRecord } from '#records/records.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { deviceDayOf } from '#records/time.ts'
import type { ReportInput, Stored } from '#reports/models.ts'
import { seriesOf } from './glucose.ts'

export interface Imported {
  readonly glucose: GlucoseSeries[]
  readonly records: Stored<TherapyRecord>[]
  readonly deviceNames: Record<string, string>
}

export async function importCareLink(path: string): Promise<Imported> {
  const devices: DeviceIdentity[] = []
  const found: { device: number; record: TherapyRecord }[] = []
  await importer.read(createReadStream(path), {
    device(identity) {
      const known = devices.findIndex(other => deviceKeyOf(other) === deviceKeyOf(identity))
      return known >= 0 ? known : devices.push(identity) - 1
    },
    record: (device, record) => found.push({ device, record }),
    skipped: () => {},
    warning: () => {},
    progress: () => {},
  })
  const keyOf = (device: number) => {
    const identity = devices[device]
    if (!identity) throw new Error(`no device ${device}`)
    return `${deviceKeyOf(identity)}:file:carelink-csv`
  }
  const sorted = found.sort((a, b) => a.record.deviceTime - b.record.deviceTime)
  const glucose = devices.map((_, device) => {
    const readings = sorted.flatMap(({ device: of, record }) =>
      of === device && record.type === 'cbg'
        ? [
            {
              at: record.deviceTime,
              value: record.value,
              units: record.units,
              ...(record.outOfRange ? { outOfRange: record.outOfRange } : {}),
            },
          ]
        : [],
    )
    return seriesOf(readings, keyOf(device))
  })
  const records = sorted.flatMap(({ device, record }, i) =>
    record.type === 'cbg' ? [] : [{ ...record, id: String(i), sourceKey: keyOf(device), artifactId: '' }],
  )
  return { glucose, records, deviceNames: Object.fromEntries(devices.map((each, i) => [keyOf(i), each.model])) }
}

/** The input of a report over all days from `firstDay` to `lastDay` of what was imported. */
export function inputOf(imported: Imported, firstDay: number, lastDay: number): ReportInput {
  const next = imported.records.map(record => deviceDayOf(record.deviceTime)).find(day => day > lastDay)
  return {
    period: { firstDay, lastDay },
    preferences: defaultPreferences,
    ...imported,
    basalFrom: firstDay - 7,
    ...(next === undefined ? {} : { nextDay: next }),
  }
}
