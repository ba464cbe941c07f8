/**
 * Puts the app's own ports into a page of the app, for kinds of cable that no driver uses yet: opens a permitted device,
 * says something, and tells what came back. Bundled by `probeScript.ts`; runs in Chromium.
 */
import type { Connection } from '#devices/driver.ts'
import { DeviceError } from '#devices/errors.ts'
import { systemClock } from '#devices/ports/clock.ts'
import { openDevice } from '#devices/ports/findDevice.ts'

export interface Said {
  /** One entry for each message: what came back before as many bytes were there as had been sent. */
  readonly replies: readonly (readonly number[])[]
  /** The code of the DeviceError that ended it, with its words. */
  readonly failure?: { readonly code: string; readonly message: string }
}

export interface PortsProbe {
  echo(connection: Connection, messages: readonly (readonly number[])[], timeoutMs: number): Promise<Said>
}

const probe: PortsProbe = {
  async echo(connection, messages, timeoutMs) {
    const replies: number[][] = []
    try {
      const port = await openDevice(connection, () => true, systemClock)
      try {
        for (const message of messages) {
          const reply: number[] = []
          replies.push(reply)
          await port.write(Uint8Array.from(message))
          while (reply.length < message.length) reply.push(...(await port.read(timeoutMs)))
        }
      } finally {
        await port.close()
      }
      return { replies }
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error
      return { replies, failure: { code: error.code, message: error.message } }
    }
  },
}

// The one place where it is left; `ports.ts` finds it there.
Object.assign(globalThis, { basaltPortsProbe: probe })
