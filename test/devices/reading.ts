/**
 * One read of a simulated device under chosen circumstances, with everything that can be said about it afterwards.
 * Used by the contract test for all drivers and by the drivers' own tests.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import { connectionOf } from '#devices/connectionOf.ts'
import type { Connection, Decoded, Download, Driver, Model, Simulator } from '#devices/driver.ts'
import { DeviceError } from '#devices/errors.ts'
import type { Fault } from '#devices/ports/faults.ts'
import type { Port } from '#devices/ports/port.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { deviceKeyOf, type RecordId, recordIdOf } from '#records/identity.ts'
import type { TherapyRecord } from '#records/records.ts'
import { createFakeClock, type FakeClock } from '../helpers/fakeClock.ts'

export interface Circumstances {
  readonly driver: Driver
  readonly model: Model
  readonly simulator: Simulator
  readonly faults?: readonly Fault[]
  readonly latencyMs?: number | ((packet: Uint8Array) => number)
  /** The model's first one when absent. */
  readonly connection?: Connection
  readonly answers?: Readonly<Record<string, string>>
  /** What was read before, newest first. */
  readonly earlier?: readonly Download[]
  /** Cancels when the device gets its n-th packet, 0 the first. */
  readonly cancelAtPacket?: number
  /** Cancels after so much time. */
  readonly cancelAtMs?: number
}

export interface Reading {
  readonly download?: Download
  readonly error?: unknown
  /** What `keep` was given last, as it stood at the end. */
  readonly kept?: Download
  /** How long it took on the virtual clock. */
  readonly tookMs: number
  /** When it was cancelled, on the same clock. */
  readonly cancelledMs?: number
  /** Packets across the wire, both ways. */
  readonly steps: number
  /** Every packet that the driver wrote, as hex, before anything could go wrong with it. */
  readonly written: readonly string[]
  /** Timers left behind. */
  readonly timersLeft: number
  readonly progress: readonly { readonly done: number; readonly total: number | undefined; readonly unit: string }[]
}

export async function read(circumstances: Circumstances): Promise<Reading> {
  const { driver, model, simulator, faults = [], latencyMs = 0 } = circumstances
  const clock: FakeClock = createFakeClock()
  const abort = new AbortController()
  const written: string[] = []
  const progress: { done: number; total: number | undefined; unit: string }[] = []
  let steps = 0
  let received = 0
  let cancelledMs: number | undefined
  let kept: Download | undefined
  const cancel = () => {
    cancelledMs = clock.nowMs()
    abort.abort()
  }
  const takeBack =
    circumstances.cancelAtMs === undefined ? () => undefined : clock.after(circumstances.cancelAtMs, cancel)

  const watched: Simulator = {
    receive(packet) {
      if (received === circumstances.cancelAtPacket) cancel()
      received++
      const answers = simulator.receive(packet)
      steps += 1 + answers.length
      return answers
    },
  }
  const guardedPort = openSimulated(watched, bytes => driver.mayWrite(bytes), { clock, latencyMs, faults })
  const port: Port = {
    ...guardedPort,
    write(bytes) {
      written.push(hexFromBytes(bytes))
      return guardedPort.write(bytes)
    },
  }

  let download: Download | undefined
  let error: unknown
  try {
    download = await driver.download(port, {
      model,
      clock,
      signal: abort.signal,
      connection: circumstances.connection ?? connectionOf(model),
      answers: circumstances.answers ?? {},
      async *earlier() {
        yield* circumstances.earlier ?? []
      },
      progress: (done, total, unit) => progress.push({ done, total, unit }),
      log: () => undefined,
      keep: given => {
        kept = given
      },
    })
  } catch (thrown) {
    error = thrown
  }
  takeBack()
  await port.close()
  return {
    ...(download && { download }),
    ...(error !== undefined && { error }),
    ...(kept && { kept }),
    ...(cancelledMs !== undefined && { cancelledMs }),
    tookMs: clock.nowMs(),
    steps,
    written,
    timersLeft: clock.waiting(),
    progress,
  }
}

export const codeOf = (error: unknown): string =>
  error instanceof DeviceError ? error.code : `not named: ${String(error)}`

/** Ids of all records in order, equal ones told apart by their ordinal, as the store does. */
export function idsOf({ device, records }: Decoded): readonly RecordId[] {
  const key = deviceKeyOf(device)
  const seen = new Map<RecordId, number>()
  return records.map((record: TherapyRecord) => {
    const first = recordIdOf(key, record, 0)
    const ordinal = seen.get(first) ?? 0
    seen.set(first, ordinal + 1)
    return ordinal === 0 ? first : recordIdOf(key, record, ordinal)
  })
}

/** What is wrong with the account that a decoder gives of a download's bytes; empty when nothing is. */
export function faultsOfAccount(download: Download, { records, skipped }: Decoded): readonly string[] {
  const faults: string[] = []
  const covered = download.pages.map(({ bytes }) => new Uint8Array(bytes.length))
  const refs = [...records.flatMap(({ raw, supporting = [] }) => [raw, ...supporting]), ...skipped]
  for (const { page, offset, length } of refs) {
    const cover = covered[page]
    if (!cover) faults.push(`page ${page} does not exist`)
    else if (!(offset >= 0 && length > 0 && offset + length <= cover.length)) {
      faults.push(`${length} bytes from ${offset} are outside of page ${page} with ${cover.length}`)
    } else cover.fill(1, offset, offset + length)
  }
  covered.forEach((cover, page) => {
    const at = cover.indexOf(0)
    if (at >= 0) faults.push(`byte ${at} of page ${page} is not accounted for`)
  })
  if (skipped.some(({ reason }) => reason === '')) faults.push('a reason is missing')
  return faults
}
