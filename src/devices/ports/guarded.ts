/**
 * The lowest layer's promise: bytes outside a driver's whitelist never leave the computer (decision 12).
 * Every opener of this folder returns a guarded port, so there is no way to get an unguarded one.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import { DeviceError } from '../errors.ts'
import type { Port, Whitelist } from './port.ts'

/** The same port, but `write` throws DeviceError `command-refused` and sends nothing unless `mayWrite` allows it. */
export function guarded(port: Port, mayWrite: Whitelist): Port {
  return {
    async write(bytes) {
      // A copy: what was judged is what is sent, whatever the caller does with the array meanwhile.
      const judged = bytes.slice()
      if (mayWrite(judged) !== true) {
        throw new DeviceError('command-refused', { step: 'sending a command', detail: hexFromBytes(bytes, ' ') })
      }
      await port.write(judged.slice())
    },
    read: (timeoutMs, signal) => port.read(timeoutMs, signal),
    close: () => port.close(),
  }
}
