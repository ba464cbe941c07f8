/**
 * Which of the stored records the reports count: what a second source repeats is left out here as it is there
 * (`stats/dedupe.ts`).
 */
import type { Preferences } from '#records/preferences.ts'
import type { ReportFilter } from '#reports/filter.ts'
import { countedMeterValues, deviceOf, mergeSeries, withoutCopies } from '#stats/dedupe.ts'
import type { Database } from '#store/db.ts'
import { type DayRange, readGlucose, readRecords } from '#store/read.ts'
import type { SourceKey } from '#store/rows.ts'

export interface Counted {
  readonly hasGlucose: (source: SourceKey, time: number) => boolean
  /** For records other than sensor glucose, by id. Control solution is not among the finger-sticks that count. */
  readonly hasFact: (source: SourceKey, id: string) => boolean
}

/** What counts in a report about these days, without the devices that are left out of reports. */
export async function countedIn(
  db: Database,
  days: DayRange,
  { preferredDevices }: Pick<Preferences, 'preferredDevices'>,
  filter?: Pick<ReportFilter, 'devicesOff'>,
): Promise<Counted> {
  const off = new Set(filter?.devicesOff)
  const isOn = (source: SourceKey) => !off.has(deviceOf(source))
  const [glucose, stored] = await Promise.all([
    readGlucose(db, days),
    readRecords(db, ['smbg', 'bolus', 'basal', 'event'], days),
  ])
  const sensor = mergeSeries(
    glucose.filter(({ sources }) => isOn(sources[0] ?? '')),
    preferredDevices,
  )
  const keyOf = (source: SourceKey, what: string | number) => `${source} ${what}`
  const values = new Set(Array.from(sensor.time, (time, i) => keyOf(sensor.sources[sensor.source[i] ?? 0] ?? '', time)))
  const records = withoutCopies(stored.filter(({ sourceKey }) => isOn(sourceKey)))
  const meter = countedMeterValues(
    records.filter(record => record.type === 'smbg'),
    sensor,
  )
  const others = records.filter(record => record.type !== 'smbg')
  const facts = new Set([...meter, ...others].map(({ sourceKey, id }) => keyOf(sourceKey, id)))
  return {
    hasGlucose: (source, time) => values.has(keyOf(source, time)),
    hasFact: (source, id) => facts.has(keyOf(source, id)),
  }
}
