/** Records written as CareLink's export and read back by our importer. */
import { importer } from '#files/carelink-csv/importer.ts'
import { type WriteCounts, type WriteOptions, type WritableDevice, writeCareLink } from '#files/carelink-csv/write.ts'
import { deviceKeyOf } from '#records/identity.ts'
import type { DeviceIdentity, TherapyRecord } from '#records/records.ts'
import { deviceDayOf } from '#records/time.ts'
import { collect, type Found } from '../files/collect.ts'

export interface Owned {
  readonly device: DeviceIdentity
  readonly simulated?: boolean
  readonly records: readonly TherapyRecord[]
}

/** What was found in a file, by device. */
export function byDevice({ devices, records }: Found): Owned[] {
  const owned = new Map<string, { device: DeviceIdentity; records: TherapyRecord[] }>()
  for (const device of devices) {
    const key = deviceKeyOf(device)
    if (!owned.has(key)) owned.set(key, { device, records: [] })
  }
  for (const { device, record } of records) {
    const identity = devices[device]
    if (!identity) throw new Error(`no device ${device}`)
    owned.get(deviceKeyOf(identity))?.records.push(record)
  }
  return [...owned.values()]
}

/** A device whose records lie in memory, day by day. */
export function inMemory({ device, simulated = false, records }: Owned): WritableDevice {
  const days = new Map<number, TherapyRecord[]>()
  for (const record of records) {
    const day = deviceDayOf(record.deviceTime)
    const ofDay = days.get(day)
    if (ofDay) ofDay.push(record)
    else days.set(day, [record])
  }
  const newestFirst = [...days].sort(([a], [b]) => b - a).map(([, ofDay]) => ofDay)
  return {
    device,
    simulated,
    async *records() {
      yield* newestFirst
    },
  }
}

export async function written(
  owned: readonly Owned[],
  options: Partial<WriteOptions> = {},
): Promise<{ readonly text: string; readonly counts: WriteCounts }> {
  const times = owned.flatMap(({ records }) => records.map(record => record.deviceTime))
  const days = times.map(deviceDayOf).sort((a, b) => a - b)
  const { pieces, counts } = writeCareLink({
    devices: owned.map(inMemory),
    firstDay: days[0] ?? 0,
    lastDay: days.at(-1) ?? 0,
    ...options,
  })
  let text = ''
  for await (const piece of pieces) text += piece
  return { text, counts: counts() }
}

export const readBack = (text: string): Promise<Found> => collect(importer, text)

/** All that a record says, as text; without where its bytes stand, who wrote it down, and notes on the reading. */
export function said(record: TherapyRecord): string {
  const {
    identity: _,
    raw: _raw,
    supporting: _supporting,
    actor: _actor,
    seq: _seq,
    annotations: _notes,
    ...rest
  } = record
  return JSON.stringify(Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))))
}

/** What the devices' records say, sorted, by serial number. */
export const saidOf = (owned: readonly Owned[]): Record<string, string[]> =>
  Object.fromEntries(owned.map(({ device, records }) => [`${device.kind} ${device.serial}`, records.map(said).sort()]))
