/**
 * From kept bytes to day chunks: where drivers and importers meet the store. The same for a fresh read and for bytes
 * that are decoded again.
 */
import type { Download, Driver } from '#devices/driver.ts'
import type { Importer } from '#files/importer.ts'
import { breathing } from '#store/breathing.ts'
import { type Batch, Collector } from '#store/collect.ts'

/** What a driver makes of a download. Never throws: drivers' decoders do not. */
export function decodeDownload(driver: Driver, download: Download, artifactId: string): Batch {
  const collector = new Collector({ artifactId, decoderVersion: driver.decoderVersion, route: 'read' })
  const { device, records, skipped } = driver.decode(download)
  const number = collector.device(device)
  for (const record of records) collector.record(number, record)
  for (const stretch of skipped) collector.skipped(stretch)
  return collector.finish()
}

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
