/** Reads one file into a `Reading`: a saved download, a raw capture, or a file for an importer. */
import { open, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { answersTo, isAnswer } from '#devices/answers.ts'
import { connectionOf } from '#devices/connectionOf.ts'
import type { Download, Driver, Model, Page } from '#devices/driver.ts'
import { looksLikeDownload, parseDownload } from '#devices/downloadFile.ts'
import { allDrivers, allModels, driverOfModel, loadDriver } from '#devices/registry.ts'
import { recognise } from '#files/registry.ts'
import { type Wishes, UsageError } from './arguments.ts'
import { CaptureError, packetsOf } from './capture.ts'
import { pageFilesOf } from './pageFiles.ts'
import type { Reading } from './reading.ts'
import { type ReplayedWay, replay } from './replay.ts'

const HEAD_BYTES = 64 * 1024
const STRETCH_BYTES = 64 * 1024

/** Called between stretches of a file; waits until everything read so far is printed. */
export type Flush = () => Promise<void>

export interface FileRead {
  /** What the file was, in words. */
  readonly what: string
  /** The device said that there is no more: no record at all then means an empty memory. */
  readonly whole: boolean
}

/**
 * Reads a file that says itself what it is. Throws ImportError, CaptureError, and what
 * the file system throws.
 */
export async function readKnownFile(path: string, reading: Reading, flush: Flush): Promise<FileRead> {
  const head = await headOf(path)
  if (looksLikeDownload(head)) return readDownload(await readFile(path), reading)
  const importer = await recognise(head, basename(path))
  if (!importer) throw new CaptureError('Neither a saved download nor a file that can be imported.')
  await importer.read(stretchesOf(path, flush), reading)
  return { what: importer.name, whole: false }
}

/** The driver and model that the person named. Throws UsageError. */
export async function chosenDriver({
  driver: name = '',
  model: modelId,
}: Wishes): Promise<{ driver: Driver; model: Model }> {
  const driver = await loadDriver(name)
  const model = allModels.find(({ id }) => driverOfModel(id) === name && (modelId === undefined || id === modelId))
  if (driver && model) return { driver, model }
  throw new UsageError(
    driver
      ? `The driver ${name} has no model "${modelId}". Models: ${modelsOf(name).join(', ')}.`
      : `There is no driver "${name}". Drivers: ${allDrivers.join(', ')}.`,
  )
}

/** How the device was reached, as the person says. Throws UsageError when that does not fit the model. */
export function chosenWay(model: Model, { bridge, answers }: Wishes): ReplayedWay {
  const { questions = [], bridges = [] } = model
  if (bridge !== undefined && !bridges.some(({ id }) => id === bridge)) {
    throw new UsageError(`${model.id} has no bridge "${bridge}". Bridges: ${bridges.map(({ id }) => id).join(', ')}.`)
  }
  const missing = questions.find(question => !isAnswer(question, answers[question.id] ?? ''))
  if (missing) throw new UsageError(`${model.id} needs --answer ${missing.id}=…: ${missing.label}. ${missing.problem}`)
  return {
    model,
    connection: connectionOf(model, bridge === undefined ? {} : { bridge }),
    answers: answersTo(model, answers),
  }
}

/** Plays one captured conversation to the driver. Throws DeviceError when nothing came of it. */
export async function readCapture(path: string, driver: Driver, way: ReplayedWay, reading: Reading): Promise<FileRead> {
  const packets = packetsOf(await readFile(path), path, false)
  const { download, endedBy } = await replay(driver, way, packets)
  if (endedBy) reading.warning(`The conversation ends early: ${endedBy}`)
  takeDownload(download, driver, reading)
  return { what: `capture of ${packets.length} packets`, whole: download.complete }
}

/** All files together are the memory of one device, page by page. */
export async function readPages(
  paths: readonly string[],
  driver: Driver,
  model: Model,
  { pages: kind = '', serial = '' }: Wishes,
  reading: Reading,
): Promise<FileRead> {
  const pages: Page[] = []
  for (const file of await pageFilesOf(paths, kind)) {
    const packets = packetsOf(await readFile(file.path), file.path, true)
    for (const bytes of packets) pages.push({ kind: file.kind, index: file.index ?? pages.length, bytes })
  }
  const device = { kind: model.kind, manufacturer: model.manufacturer, model: model.name, serial }
  takeDownload({ driver: driver.id, modelId: model.id, device, pages, complete: false }, driver, reading)
  return { what: `${pages.length} pages`, whole: false }
}

async function readDownload(bytes: Uint8Array, reading: Reading): Promise<FileRead> {
  const download = parseDownload(bytes)
  if (!download) throw new CaptureError('A saved download, but it is cut or damaged.')
  const driver = await loadDriver(download.driver)
  if (!driver)
    throw new CaptureError(`There is no driver "${download.driver}" here; the download is of another version.`)
  takeDownload(download, driver, reading)
  if (!download.complete) reading.warning('The read was not complete.')
  return { what: `download from ${download.device.model}`, whole: download.complete }
}

function takeDownload(download: Download, driver: Driver, reading: Reading): void {
  const { device, records, skipped } = driver.decode(download)
  const number = reading.device(device)
  for (const record of records) reading.record(number, record)
  for (const each of skipped) reading.skipped(each)
}

const modelsOf = (driver: string): string[] =>
  allModels.filter(({ id }) => driverOfModel(id) === driver).map(({ id }) => id)

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const head = new Uint8Array(HEAD_BYTES)
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** The next stretch is read only after what came of the last one is printed, so that memory stays small. */
async function* stretchesOf(path: string, flush: Flush): AsyncIterable<Uint8Array> {
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(STRETCH_BYTES), 0, STRETCH_BYTES)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
      await flush()
    }
  } finally {
    await file.close()
  }
}
