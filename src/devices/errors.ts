/**
 * What can go wrong with a device, by what the person has to do about it. Thrown inside a thread; across threads it
 * travels as plain data (`workers/outcome.ts`), because structured clone keeps only name and message of an Error.
 */

/** Each code is a different action for the person; the sentences are in `ui/texts/failures.ts`. */
export const deviceErrorCodes = [
  /** The chooser was closed without a choice. */
  'no-device-chosen',
  /** The device is not plugged in or no longer listed. */
  'device-missing',
  /** Two equal devices without a way to tell them apart. */
  'device-ambiguous',
  /** Another program or tab holds it. */
  'device-in-use',
  /** The browser no longer allows it. */
  'permission-lost',
  /** The cable was pulled, or the device switched itself off. */
  'unplugged',
  /** Nothing came before the deadline. */
  'no-answer',
  /** Something came that the protocol does not know, again and again. */
  'wrong-answer',
  /** It answers, but it is another device than the chosen one. */
  'wrong-device',
  /** It is busy with a person: a strip is inserted, a menu is open. */
  'device-busy',
  'low-battery',
  /** The bridge answers, the device behind it does not: too far, asleep, another serial number. */
  'out-of-range',
  /** Too much is lost on the radio. */
  'weak-radio',
  /** A bolus is running: reading waits until it has ended. */
  'bolus-running',
  /** An alarm waits on the device for a person. */
  'alarm-waiting',
  /** The meter is not linked with a pump. */
  'not-paired',
  /** The bridge has lost its way (E86, stuck stick) and works again after it was pulled. */
  'replug-needed',
  /** This browser has no WebHID, WebUSB or Web Serial. */
  'browser-unsupported',
  /** The person cancelled. */
  'cancelled',
  /** A command outside the driver's whitelist was about to be sent: our own mistake, nothing was sent. */
  'command-refused',
  /** Our own mistake. */
  'bug',
] as const
export type DeviceErrorCode = (typeof deviceErrorCodes)[number]

export interface DeviceErrorInfo {
  /** During what, in plain words: "reading result 12 of 209". */
  readonly step: string
  /** For the copyable report: bytes as hex, what the browser said. Never shown in a headline. */
  readonly detail?: string
  readonly cause?: unknown
}

export class DeviceError extends Error {
  override readonly name = 'DeviceError'
  readonly code: DeviceErrorCode
  readonly step: string
  readonly detail: string | undefined

  constructor(code: DeviceErrorCode, { step, detail, cause }: DeviceErrorInfo) {
    super(`${code} while ${step}${detail ? ` (${detail})` : ''}`, { cause })
    this.code = code
    this.step = step
    this.detail = detail
  }
}

/** The same failure with a better `step`, as the caller knows what it was doing. */
export function during(step: string, error: unknown): DeviceError {
  if (error instanceof DeviceError) {
    return new DeviceError(error.code, {
      step,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      cause: error,
    })
  }
  return new DeviceError('bug', { step, detail: String(error), cause: error })
}
