/** The rows of a day's table of events: what the lane draws, and calibrations, set changes and set clocks in words. */
import type { DeviceTime } from '#records/time.ts'
import type { DailyModel } from '#reports/models.ts'
import { withActor } from '../../parts/actorText.ts'
import type { Format } from '../../texts/format.ts'
import { dailyTexts } from '../../texts/reports/daily.ts'
import { eventText, meterText } from '../dailyStops.ts'
import { clockText } from './clockText.ts'

export interface DayEvent {
  readonly at: DeviceTime
  readonly text: string
}

/** In order of time. */
export function dayEvents(model: DailyModel, format: Format): readonly DayEvent[] {
  const changed = new Set(model.setChanges)
  const events = model.events.map((event): DayEvent => {
    const at = event.deviceTime
    const isChange = (event.type === 'rewind' || event.type === 'prime') && changed.delete(at)
    const clock = event.type === 'timeChange' ? model.clockChanges.find(({ to }) => to === event.to) : undefined
    const text = withActor(clock ? clockText(clock, format) : eventText(event, format), event)
    return { at, text: isChange ? `${text}; ${dailyTexts.setChanged}` : text }
  })
  const calibrations = model.calibrations.map((value): DayEvent => {
    const amount = meterText(value, format)
    const text =
      value.rejectedReason === undefined
        ? dailyTexts.calibrated(amount)
        : dailyTexts.calibrationRejected(amount, value.rejectedReason)
    return { at: value.deviceTime, text }
  })
  const logged = new Set(model.events.flatMap(event => (event.type === 'timeChange' ? [event.to] : [])))
  // Logged on the day before or after, and yet it touches this one.
  const clocks = model.clockChanges
    .filter(({ to }) => !logged.has(to))
    .map((change): DayEvent => ({ at: change.from, text: clockText(change, format) }))
  return [...events, ...calibrations, ...clocks].sort((a, b) => a.at - b.at)
}
