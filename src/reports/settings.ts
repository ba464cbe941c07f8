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
  Math.max(
    snapshots[0]?.until ?? snapshots[0]?.at ?? Number.NEGATIVE_INFINITY,
    changes[0]?.deviceTime ?? Number.NEGATIVE_INFINITY,
  )

const isFile = (sourceKey: string): boolean => !sourceKey.endsWith(':read')

/**
 * Newest told first. Two reads are never one snapshot, however soon one follows the other: what was changed in between
 * would become a mixture that the device was never set to. What was told again without a difference is one.
 */
function snapshotsOf(settings: readonly Stored<Setting>[]): readonly SettingsSnapshot[] {
  const snapshots: Told[] = []
  /** The newest of each read; of a file, whose rows of one moment may be in two exports, the newest of all. */
  const newest = new Map<string, Told>()
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
  return onlyDifferences(snapshots)
}

interface Told {
  readonly at: DeviceTime
  readonly groups: SettingGroup[]
}

/**
 * A moment at which a device told the same groups as at an earlier one, and nothing of them differently since, says only
 * that they still hold. Some pumps write down their settings every midnight.
 */
function onlyDifferences(told: readonly Told[]): readonly SettingsSnapshot[] {
  const all: SettingsSnapshot[] = []
  /** Of each group, by its name: what it told last, and where that stands in `all`. */
  const known = new Map<string, { readonly print: string; readonly place: number }>()
  for (const { at, groups } of told) {
    const { settings, status } = apart(groups)
    const prints = printsOf(settings)
    const [first = ''] = prints.keys()
    const place = known.get(first)?.place
    const before = place === undefined ? undefined : all[place]
    const isSame =
      before !== undefined &&
      printsOf(before.groups).size === prints.size &&
      [...prints].every(([name, print]) => known.get(name)?.place === place && known.get(name)?.print === print)
    const added = status.length > 0 ? { status: { at, groups: status } } : {}
    if (place !== undefined && isSame) all[place] = { ...before, until: at, ...added }
    else {
      all.push({ at, groups: settings, ...added })
      for (const [name, print] of prints) known.set(name, { print, place: all.length - 1 })
    }
  }
  return all.sort((a, b) => (b.until ?? b.at) - (a.until ?? a.at) || b.at - a.at)
}

/** What the groups of each name tell, in one text; their order says nothing. */
function printsOf(groups: readonly SettingGroup[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string[]>()
  // The numbers by which rows inside a file point to each other are other ones in the next file; their order is not.
  const pointers = [...new Set(groups.flatMap(({ values }) => Object.entries(values).filter(isPointer).map(valueOf)))]
  pointers.sort((a, b) => Number(a) - Number(b))
  for (const { name, values } of groups) {
    const lines = Object.entries(values).map(([key, value]) =>
      isPointer([key]) ? [key, pointers.indexOf(value)] : [key, value],
    )
    texts.set(name, [...(texts.get(name) ?? []), JSON.stringify(lines)])
  }
  return new Map([...texts].map(([name, list]) => [name, list.sort().join()]))
}

const isPointer = ([key]: readonly [key: string, value?: string]): boolean => key.endsWith('_DATUM')
const valueOf = ([, value]: readonly [string, string]): string => value

/** Which groups, and which values in them, say how a device stood and not what it was set to. */
const STATUS: readonly (readonly [group: RegExp, key: RegExp])[] = [
  [/^CurrentPumpStatus$/, /./],
  [/^Current(?:BatteryStatus|ErrorStatus|TempBasal|SensorCalFactor|(?:Glucose)?HistoryPageNumber)$/, /./],
  [/^CurrentTotal(?:Today|Yesterday|Remaining)$/, /./],
  [/^Sensor counters/, /./],
  [/^Pump$/, /^(?:Battery|Reservoir left|Insulin today|Insulin yesterday)$/],
  [/^Basal$/, /^Temporary basal$/],
  [/^Sensor$/, /^Calibration factor$/],
]

function apart(groups: readonly SettingGroup[]): {
  settings: readonly SettingGroup[]
  status: readonly SettingGroup[]
} {
  const settings: SettingGroup[] = []
  const status: SettingGroup[] = []
  for (const group of groups) {
    const isStatus = ([key]: readonly [string, string]) =>
      STATUS.some(([name, keys]) => name.test(group.name) && keys.test(key))
    const entries = Object.entries(group.values)
    const stood = entries.filter(isStatus)
    if (stood.length > 0) status.push({ ...group, values: Object.fromEntries(stood) })
    if (stood.length < entries.length || entries.length === 0) {
      settings.push({ ...group, values: Object.fromEntries(entries.filter(entry => !isStatus(entry))) })
    }
  }
  return { settings, status }
}
