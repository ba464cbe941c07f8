/**
 * From kept bytes to day chunks: where drivers and importers meet the store. The same for a fresh read and for bytes
 * that are decoded again.
 */
import type { Download, Driver } from '#devices/driver.ts'
import type { DeviceIdentity } from '#records/records.ts'
import type { Importer } from '#files/importer.ts'
import { breathing } from '#store/breathing.ts'
import { type Batch, Collector } from '#store/collect.ts'

/** Of what artifact a download's records are. */
export interface DecodeOptions {
  readonly artifactId: string
  readonly simulated: boolean
}

/** What a driver makes of a download. Never throws: drivers' decoders do not. */
export function decodeDownload(driver: Driver, download: Download, { artifactId, simulated }: DecodeOptions): Batch {
  const collector = new Collector({ artifactId, decoderVersion: driver.decoderVersion, route: 'read' })
  const { device, records, skipped } = driver.decode(download)
  // The bytes may hold a serial number of their own, and there a simulated pump has one like a real pump's.
  const number = collector.device(simulated ? markedSimulated(device) : device)
  for (const record of records) collector.record(number, record)
  for (const stretch of skipped) collector.skipped(stretch)
  return collector.finish()
}

const SIMULATED = 'SIM'

/**
 * A simulated device under a serial number that no real one has, so that the two never become one. Where a wire has room
 * for digits only, the simulator cannot say so itself.
 */
export const markedSimulated = <T extends Pick<DeviceIdentity, 'serial'>>(device: T): T =>
  device.serial.toUpperCase().startsWith(SIMULATED) ? device : { ...device, serial: SIMULATED + device.serial }

/**
 * What an importer makes of a file. `onProgress` may throw ImportError `cancelled` to stop.
 * Throws ImportError, and what reading the blob throws.
 */
export async function decodeFile(
  importer: Importer,
  blob: Blob,
  artifactId: string,
  onProgress: (bytesRead: number) => void = () => {},
): Promise<Batch> {
  const route = `file:${importer.id}` as const
  const collector = new Collector({ artifactId, decoderVersion: importer.decoderVersion, route })
  await importer.read(breathing(blob.stream()), {
    device: identity => collector.device(identity),
    record: (device, record) => collector.record(device, record),
    skipped: skipped => collector.skipped(skipped),
    warning: text => collector.warning(text),
    progress: onProgress,
  })
  return collector.finish()
}
