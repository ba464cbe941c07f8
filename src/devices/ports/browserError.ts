/**
 * What the browser throws, as a DeviceError. The names are those of the WebHID, WebUSB and Web Serial specifications;
 * which means what stands in the cable sheet §7.6.
 */
import { DeviceError, type DeviceErrorCode } from '../errors.ts'

const codeOnOpening: Readonly<Record<string, DeviceErrorCode>> = {
  NetworkError: 'device-in-use',
  InvalidStateError: 'device-in-use',
  NotAllowedError: 'permission-lost',
  SecurityError: 'permission-lost',
  NotFoundError: 'device-missing',
}

/** InvalidStateError: the browser closed the device under us and it is still plugged in, so the grant is gone. */
const codeOnTransfer: Readonly<Record<string, DeviceErrorCode>> = {
  NetworkError: 'unplugged',
  NotFoundError: 'unplugged',
  AbortError: 'unplugged',
  InvalidStateError: 'permission-lost',
  NotAllowedError: 'permission-lost',
  SecurityError: 'permission-lost',
}

/** The DeviceError for a failed open or claim. An unknown cause is `bug`, with the browser's words in `detail`. */
export const errorOnOpening = (step: string, error: unknown): DeviceError => translated(codeOnOpening, step, error)

/** The DeviceError for a failed transfer. */
export const errorOnTransfer = (step: string, error: unknown): DeviceError => translated(codeOnTransfer, step, error)

/** The name of whatever was thrown; DOMException and Error alike. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')

function translated(codes: Readonly<Record<string, DeviceErrorCode>>, step: string, error: unknown): DeviceError {
  if (error instanceof DeviceError) return error
  return new DeviceError(codes[nameOf(error)] ?? 'bug', { step, detail: String(error), cause: error })
}
