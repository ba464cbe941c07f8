/**
 * One read of a device from the open port to the saved report. Bytes are kept before they are understood; what had
 * arrived before a failure is kept too. Sources: architecture page §8, decision 5.
 */
import { DOWNLOAD_MEDIA_TYPE, encodeDownload } from '#devices/downloadFile.ts'
import type { Connection, Download, Driver, Model, Session } from '#devices/driver.ts'
import { DeviceError, during } from '#devices/errors.ts'
import type { Clock, Port } from '#devices/ports/port.ts'
import { putArtifact } from '#store/artifacts.ts'
import { announce } from '#store/changes.ts'
import type { Database } from '#store/db.ts'
import { type ReadInfo, saveRead } from '#store/save.ts'
import type { ReadProgress, ReadReport } from './api.ts'
import type { Conversation } from './conversation.ts'
import { decodeDownload, markedSimulated } from './decode.ts'
import { type HostZone, wallTime } from './hostClock.ts'
import { whileSaving } from './locks.ts'

export interface DownloadOptions extends Pick<Session, 'earlier'> {
  readonly driver: Driver
  readonly model: Model
  readonly connection: Connection
  readonly answers: Readonly<Record<string, string>>
  readonly simulated: boolean
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly conversation: Conversation
  readonly onProgress: (progress: ReadProgress) => void
  /** With everything that has arrived so far; the driver goes on adding to it. */
  readonly onKeep: (download: Download) => void
}

/** What came from a device, and why it ended when it ended early. */
export interface Arrived {
  readonly download: Download
  readonly endedBy?: DeviceError
}

/**
 * Reads a device's memory. What the driver had kept before a failure counts; only a read that brought nothing throws,
 * and then a DeviceError.
 */
export async function downloadFrom(port: Port, options: DownloadOptions): Promise<Arrived> {
  const { driver, model, connection, answers, simulated, clock, signal, conversation, onProgress } = options
  let kept: Download | undefined
  // Its pages stay the driver's own list, which may still grow.
  const marked = (download: Download): Download =>
    simulated ? { ...download, device: markedSimulated(download.device) } : download
  const session: Session = {
    model,
    signal,
    clock,
    connection,
    answers,
    earlier: options.earlier,
    progress: (done, total, unit) =>
      onProgress({ stage: 'reading', done, unit, ...(total === undefined ? {} : { total }) }),
    log: conversation.log,
    keep: download => {
      kept = marked(download)
      options.onKeep(kept)
    },
  }
  try {
    return { download: marked(await driver.download(port, session)) }
  } catch (error) {
    const failure = error instanceof DeviceError ? error : during('reading the device', error)
    conversation.log('note', String(failure))
    if (!kept || kept.pages.length === 0) throw failure
    return { download: { ...kept, complete: false }, endedBy: failure }
  }
}

/** What is said of a read besides what it brought. */
export interface SaveOptions extends Pick<ReadInfo, 'readId' | 'durationMs' | 'endedBy' | 'clock'> {
  readonly driver: Driver
  readonly model: Pick<Model, 'id' | 'name'>
  readonly simulated: boolean
  /** ms UTC, when the read began. */
  readonly startedAt: number
}

/** Keeps a download and what it says. Throws StoreError. */
export async function saveDownload(db: Database, download: Download, options: SaveOptions): Promise<ReadReport> {
  const { driver, model, simulated, startedAt, ...info } = options
  const read = await whileSaving(async () => {
    const blob = new Blob([encodeDownload(download)], { type: DOWNLOAD_MEDIA_TYPE })
    const artifact = await putArtifact(db, blob, {
      name: `${model.name} ${download.device.serial}`.trim(),
      kind: 'download',
      mediaType: DOWNLOAD_MEDIA_TYPE,
      receivedAt: startedAt,
      decoderId: driver.id,
      simulated,
    })
    const batch = decodeDownload(driver, download, { artifactId: artifact.row.id, simulated })
    return saveRead(db, artifact, batch, {
      ...info,
      how: simulated ? 'simulated' : 'device',
      at: startedAt,
      title: model.name,
      modelId: model.id,
      result: download.complete ? 'complete' : 'partial',
    })
  })
  announce('saved')
  return read
}

/** The device's clock beside the computer's, where it told its time. */
export function observed({ clock }: Download, zone: HostZone): Pick<ReadInfo, 'clock'> {
  if (!clock) return {}
  const { device, hostMs } = clock
  const offsetMinutes = zone.offsetMinutes(hostMs)
  const differenceMs = device - wallTime(hostMs, zone)
  return { clock: { hostMs, deviceTime: device, zone: zone.name, offsetMinutes, differenceMs } }
}
