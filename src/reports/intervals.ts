/** Changes of set, reservoir, sensor and battery in a report's days. Source: metrics sheet §10 (Site changes). */
import { type DeviceTime, deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import { type DeviceIntervals, deviceIntervals } from '#stats/deviceIntervals.ts'
import type { Material } from './days.ts'

/** Counted on the days looked at; an interval may begin on a day that is left out, or before the period. */
export function intervalsOf({ log, days, firstDay, lastDay }: Material): DeviceIntervals {
  const looked = new Set(days)
  return deviceIntervals(log, {
    from: startOfDeviceDay(firstDay),
    to: startOfDeviceDay(lastDay + 1),
    // Changes are dated by the device's clock.
    isCounted: at => looked.has(deviceDayOf(at as DeviceTime)),
  })
}
