/**
 * Packets that have arrived and wait for the driver: the reading half of every port. Browsers have no read with a
 * deadline, so a port's permanent listener puts packets in here and the deadline stands on the taking out.
 */
import { DeviceError } from '../errors.ts'
import type { Clock } from './port.ts'

export interface Inbox {
  /** Adds a packet; the inbox keeps the array, so it must be a copy. */
  readonly push: (packet: Uint8Array) => void
  /** Ends the inbox: what has arrived can still be read, then every read throws `error`. The first call counts. */
  readonly fail: (error: DeviceError) => void
  /** Why it ended, if it has. */
  readonly failure: () => DeviceError | undefined
  /** As `Port.read`. One read at a time. */
  readonly read: (timeoutMs: number, signal?: AbortSignal) => Promise<Uint8Array>
}

/** Far more than any device sends unasked; beyond it the device babbles and memory would fill. */
const CAPACITY_BYTES = 4_000_000

export function createInbox(clock: Clock): Inbox {
  const packets: Uint8Array[] = []
  let waitingBytes = 0
  let failure: DeviceError | undefined
  let reader: { take(packet: Uint8Array): void; give(error: DeviceError): void } | undefined

  function fail(error: DeviceError): void {
    failure ??= error
    reader?.give(failure)
  }

  return {
    fail,
    failure: () => failure,

    push(packet) {
      if (failure) return
      if (reader) {
        reader.take(packet)
        return
      }
      packets.push(packet)
      waitingBytes += packet.length
      if (waitingBytes > CAPACITY_BYTES) {
        fail(new DeviceError('wrong-answer', { step: 'listening', detail: 'the device sends without end' }))
      }
    },

    read(timeoutMs, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(new DeviceError('cancelled', { step: 'waiting for the device' }))
          return
        }
        const packet = packets.shift()
        if (packet) {
          waitingBytes -= packet.length
          resolve(packet)
          return
        }
        if (failure) {
          reject(failure)
          return
        }
        if (reader) {
          reject(new DeviceError('bug', { step: 'waiting for the device', detail: 'two reads at once' }))
          return
        }

        const stop = () => {
          reader = undefined
          takeBack()
          signal?.removeEventListener('abort', onAbort)
        }
        const give = (error: DeviceError) => {
          stop()
          reject(error)
        }
        const onAbort = () => give(new DeviceError('cancelled', { step: 'waiting for the device' }))
        const takeBack = clock.after(timeoutMs, () =>
          give(new DeviceError('no-answer', { step: 'waiting for the device', detail: `nothing in ${timeoutMs} ms` })),
        )
        signal?.addEventListener('abort', onAbort, { once: true })
        reader = {
          give,
          take(arrived) {
            stop()
            resolve(arrived)
          },
        }
      })
    },
  }
}
