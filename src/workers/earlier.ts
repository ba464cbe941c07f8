/** What drivers may see of earlier reads: a device's stored downloads, newest first, one in memory at a time. */
import { parseDownload } from '#devices/downloadFile.ts'
import type { Download, Session } from '#devices/driver.ts'
import { deviceKeyOf } from '#records/identity.ts'
import { readArtifact } from '#store/artifacts.ts'
import type { Database } from '#store/db.ts'
import { downloadsOfDevice } from '#store/read.ts'
import type { ArtifactRow } from '#store/rows.ts'
import { markedSimulated } from './decode.ts'

export interface EarlierOptions {
  readonly driverId: string
  readonly simulated: boolean
  /** What could not be read is left out and noted: a read goes on without it. */
  readonly note: (text: string) => void
}

/** `Session.earlier` over the store. A simulated device's downloads come back under the serial number asked for. */
export function earlierIn(db: Database, { driverId, simulated, note }: EarlierOptions): Session['earlier'] {
  return async function* ({ kind, serial }) {
    const device = { kind, serial }
    for (const row of await rowsOf(deviceKeyOf(simulated ? markedSimulated(device) : device))) {
      const download = await downloadOf(row)
      if (download) yield simulated ? { ...download, device: { ...download.device, serial } } : download
    }
  }

  async function rowsOf(deviceKey: string): Promise<readonly ArtifactRow[]> {
    try {
      return await downloadsOfDevice(db, deviceKey, driverId)
    } catch (error) {
      note(`earlier reads cannot be looked at: ${String(error)}`)
      return []
    }
  }

  async function downloadOf({ id }: ArtifactRow): Promise<Download | undefined> {
    try {
      const { blob } = await readArtifact(db, id)
      const download = parseDownload(new Uint8Array(await blob.arrayBuffer()))
      if (!download) note(`an earlier read cannot be understood: ${id}`)
      return download
    } catch (error) {
      note(`an earlier read cannot be looked at: ${String(error)}`)
      return undefined
    }
  }
}
