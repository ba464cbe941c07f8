/** The computer's own wall clock, beside the UTC that the ports' `Clock` gives. Tests give a zone of their own. */
import type { DeviceTime } from '#records/time.ts'
import { MINUTE_MS } from '#records/time.ts'

export interface HostZone {
  /** IANA name. */
  readonly name: string
  /** Minutes east of UTC at a moment, ms UTC. */
  offsetMinutes(ms: number): number
}

export const systemZone: HostZone = {
  name: Intl.DateTimeFormat().resolvedOptions().timeZone,
  offsetMinutes: ms => -new Date(ms).getTimezoneOffset(),
}

/** What the computer's clock on the wall shows at a moment, ms UTC. */
export const wallTime = (ms: number, zone: HostZone): DeviceTime =>
  // Clock digits of the computer, counted as a DeviceTime is.
  (ms + zone.offsetMinutes(ms) * MINUTE_MS) as DeviceTime
