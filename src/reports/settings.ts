/**
 * Device settings: what each device was set to whenever it was read, and every change it logged. Source: reports sheet
 * §1.2 (Device Settings Snapshot) and §3 (history and comparison).
 */
import type { Setting } from '#records/records.ts'
import { type DeviceTime, MINUTE_MS } from '#records/time.ts'
import { deviceOf } from '#stats/dedupe.ts'
import type { DeviceSettings, SettingGroup, SettingsModel, SettingsSnapshot, Stored } from './models.ts'

/** One read tells its settings within seconds; a file writes them within a minute or two. */
const SAME_SNAPSHOT_MS = 10 * MINUTE_MS

/** Of every device with settings, the one with the newest snapshot first. `records` ascending in time. */
export function settingsModel(
  records: readonly Stored<Setting>[],
  deviceNames: Readonly<Record<string, string>>,
): SettingsModel {
  const bySource = new Map<string, Stored<Setting>[]>()
  for (const record of records) {
    const list = bySource.get(record.sourceKey)
    if (list) list.push(record)
    else bySource.set(record.sourceKey, [record])
  }
  const devices = [...bySource].map(
    ([sourceKey, settings]): DeviceSettings => ({
      sourceKey,
      name: deviceNames[sourceKey] ?? deviceNames[deviceOf(sourceKey)] ?? '',
      fromFile: isFile(sourceKey),
      snapshots: snapshotsOf(settings.filter(({ change }) => change === 'current')),
      changes: settings.filter(({ change }) => change === 'changed').reverse(),
    }),
  )
  return { devices: devices.sort((a, b) => newestOf(b) - newestOf(a)) }
}

const newestOf = ({ snapshots, changes }: DeviceSettings): number =>
  Math.max(snapshots[0]?.at ?? Number.NEGATIVE_INFINITY, changes[0]?.deviceTime ?? Number.NEGATIVE_INFINITY)

const isFile = (sourceKey: string): boolean => !sourceKey.endsWith(':read')

/**
 * Newest first. Two reads are never one snapshot, however soon one follows the other: what was changed in between would
 * become a mixture that the device was never set to.
 */
function snapshotsOf(settings: readonly Stored<Setting>[]): readonly SettingsSnapshot[] {
  const snapshots: { at: DeviceTime; groups: SettingGroup[] }[] = []
  /** The newest of each read; of a file, whose rows of one moment may be in two exports, the newest of all. */
  const newest = new Map<string, { at: DeviceTime; groups: SettingGroup[] }>()
  for (const { deviceTime, name, values, id, artifactId, sourceKey } of settings) {
    const read = isFile(sourceKey) ? '' : artifactId
    const last = newest.get(read)
    const group: SettingGroup = { id, name, values }
    if (last && deviceTime - last.at < SAME_SNAPSHOT_MS) last.groups.push(group)
    else {
      const begun = { at: deviceTime, groups: [group] }
      snapshots.push(begun)
      newest.set(read, begun)
    }
  }
  // Told in one moment, they have no order of their own.
  for (const { groups } of snapshots) groups.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
  return snapshots.reverse()
}
