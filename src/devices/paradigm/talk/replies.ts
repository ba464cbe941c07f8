/** The few replies that the conversation itself has to understand. Sheet §4. */
import { type DeviceTime, deviceTimeOf } from '#records/time.ts'

/** Printable characters up to the first other one, without blanks around. */
export const textOf = (body: Uint8Array): string =>
  (/^[ -~]*/.exec(String.fromCharCode(...body.subarray(0, 64)))?.[0] ?? '').trim()

/** The model's digits, such as 522, of a reply to 8D: how many, then they themselves. */
export const modelOf = (body: Uint8Array): string => textOf(body.subarray(1, 1 + (body[0] ?? 0)))

/** The pump's clock of a reply to 70; `undefined` when there is no such time. */
export function clockOf(body: Uint8Array): DeviceTime | undefined {
  const [hour = 0, minute = 0, second = 0, high = 0, low = 0, month = 0, day = 0] = body
  return deviceTimeOf(high * 256 + low, month, day, hour, minute, second)
}
