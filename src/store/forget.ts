/**
 * Taking data away, always because a person said so: one device's, or everything.
 */
import type { DeviceKey } from '#records/identity.ts'
import { guarded } from './asStoreError.ts'
import { forgetAnswer } from './choices.ts'
import type { Database } from './db.ts'
import { deviceKeyOfSource, type ReadRow } from './rows.ts'

/**
 * Removes all data of a device, its reads, its serial number among remembered answers, and artifacts that hold nothing
 * else. A file that holds another device's data too stays, and remembers that this device's are to stay out when it is
 * decoded again.
 */
export function deleteDevice(db: Database, deviceKey: DeviceKey): Promise<void> {
  const held = [db.chunks, db.artifacts, db.artifactBytes, db.devices, db.reads, db.skipped, db.observations]
  const tables = [...held, db.drafts, db.documents]
  return guarded(() =>
    db.transaction('rw', tables, async () => {
      const device = await db.devices.get(deviceKey)
      const sources = Object.keys(device?.sources ?? {})
      await db.chunks.where('source').anyOf(sources).delete()
      await db.observations.where('deviceKey').equals(deviceKey).delete()
      await db.drafts.where('deviceKey').equals(deviceKey).delete()
      await db.devices.delete(deviceKey)
      if (device) await forgetAnswer(db, device.device.serial)
      await forgetArtifacts(db, deviceKey, sources)
      await forgetReads(db, deviceKey)
    }),
  )
}

/** Empties every table. The database itself stays, so that other tabs and workers keep their connection. */
export function removeEverything(db: Database): Promise<void> {
  return guarded(() => db.transaction('rw', db.tables, () => Promise.all(db.tables.map(table => table.clear()))).then())
}

async function forgetArtifacts(db: Database, deviceKey: DeviceKey, sources: readonly string[]): Promise<void> {
  const artifacts = await db.artifacts
    .where('sources')
    .anyOf([...sources])
    .distinct()
    .toArray()
  for (const artifact of artifacts) {
    const left = artifact.sources.filter(source => deviceKeyOfSource(source) !== deviceKey)
    if (left.length > 0) {
      await db.artifacts.put({ ...artifact, sources: left, forgotten: [...artifact.forgotten, deviceKey] })
      continue
    }
    await db.artifacts.delete(artifact.id)
    await db.artifactBytes.delete(artifact.id)
    await db.skipped.delete(artifact.id)
  }
}

async function forgetReads(db: Database, deviceKey: DeviceKey): Promise<void> {
  const reads = await db.reads.where('deviceKeys').equals(deviceKey).toArray()
  for (const read of reads) {
    const left: ReadRow = {
      ...read,
      devices: read.devices.filter(device => device.deviceKey !== deviceKey),
      deviceKeys: read.deviceKeys.filter(key => key !== deviceKey),
    }
    await (left.deviceKeys.length > 0 ? db.reads.put(left) : db.reads.delete(read.readId))
  }
}
