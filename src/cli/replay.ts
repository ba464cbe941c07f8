/**
 * Plays a captured conversation to a driver: the driver talks as it would to the device and gets the captured packets
 * in their order, whatever it sends. Right for devices that speak in lock step, as all meters here do.
 */
import type { Download, Driver, Session } from '#devices/driver.ts'
import { DeviceError } from '#devices/errors.ts'
import type { Clock, Port } from '#devices/ports/port.ts'

/** Drivers clear out stale packets by waiting for less than this; for an answer they wait longer. */
const SHORT_WAIT_MS = 200

/** What the driver got out of a capture, and why the conversation ended early, if it did. */
export interface Replayed {
  readonly download: Download
  readonly endedBy: string | undefined
}

/** How the device of a capture was reached, and what a person answered to its model's questions. */
export type ReplayedWay = Pick<Session, 'model' | 'connection' | 'answers'>

/** Throws DeviceError when nothing at all could be kept. */
export async function replay(driver: Driver, way: ReplayedWay, packets: readonly Uint8Array[]): Promise<Replayed> {
  const clock = createPassingClock()
  const { model, connection, answers } = way
  let kept: Download | undefined
  try {
    const download = await driver.download(replayPort(packets, clock), {
      model,
      signal: new AbortController().signal,
      clock,
      connection,
      answers,
      // A capture stands for itself.
      async *earlier() {},
      progress: () => {},
      log: () => {},
      keep: partial => {
        kept = partial
      },
    })
    return { download, endedBy: undefined }
  } catch (error) {
    if (!kept || !(error instanceof DeviceError)) throw error
    return { download: kept, endedBy: error.message }
  }
}

/** Behind the last packet the device is gone. Nothing in a capture is stale, so short waits find nothing. */
function replayPort(packets: readonly Uint8Array[], clock: Clock): Port {
  let next = 0
  return {
    write: async () => {},
    read: async timeoutMs => {
      if (timeoutMs < SHORT_WAIT_MS) {
        await clock.sleep(timeoutMs)
        throw new DeviceError('no-answer', { step: 'clearing out what is stale' })
      }
      const packet = packets[next]
      if (!packet) throw new DeviceError('unplugged', { step: `reading behind packet ${packets.length}, the last` })
      next++
      return packet
    },
    close: async () => {},
  }
}

/** Time that passes only by waiting: a capture has no pauses worth keeping. */
function createPassingClock(): Clock {
  let nowMs = 0
  return {
    nowMs: () => nowMs,
    sleep: async ms => {
      nowMs += ms
    },
    after: () => () => {},
  }
}
