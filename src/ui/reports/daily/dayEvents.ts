/** The rows of a day's table of events: what the lane draws, and calibrations, set changes and set clocks in words. */
import type { TimeChange } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { ClockChange, DailyModel } from '#reports/models.ts'
import { withActor } from '../../parts/actorText.ts'
import type { Format } from '../../texts/format.ts'
import { dailyTexts } from '../../texts/reports/daily.ts'
import { eventText, meterText, ownWord } from '../dailyStops.ts'
import { clockText } from './clockText.ts'

export interface DayEvent {
  readonly at: DeviceTime
  readonly text: string
  /** The device's own word, where the text has other ones. */
  readonly told?: string
}

/** In order of time. */
export function dayEvents(model: DailyModel, format: Format): readonly DayEvent[] {
  const changed = new Set(model.setChanges)
  const events = model.events.map((event): DayEvent => {
    const at = event.deviceTime
    const isChange = (event.type === 'rewind' || event.type === 'prime') && changed.delete(at)
    const clock =
      event.type === 'timeChange' ? model.clockChanges.find(change => keyOf(change) === keyOfEvent(event)) : undefined
    const text = withActor(clock ? clockText(clock, format) : eventText(event, format), event)
    const told = ownWord(event)
    return {
      at,
      text: isChange ? `${text}; ${dailyTexts.setChanged}` : text,
      ...(told === undefined ? {} : { told }),
    }
  })
  const calibrations = model.calibrations.map((value): DayEvent => {
    const amount = meterText(value, format)
    const text =
      value.rejectedReason === undefined
        ? dailyTexts.calibrated(amount)
        : dailyTexts.calibrationRejected(amount, value.rejectedReason)
    return { at: value.deviceTime, text }
  })
  const logged = new Set(model.events.flatMap(event => (event.type === 'timeChange' ? [keyOfEvent(event)] : [])))
  // Logged on the day before or after, and yet it touches this one.
  const clocks = model.clockChanges
    .filter(change => !logged.has(keyOf(change)))
    .map((change): DayEvent => ({ at: change.from, text: clockText(change, format) }))
  return [...events, ...calibrations, ...clocks].sort((a, b) => a.at - b.at)
}

/** Two clocks may be set to the same time on one day: only both ends tell a change from another. */
const keyOf = ({ from, to }: Pick<ClockChange, 'from' | 'to'>): string => `${from} ${to}`
const keyOfEvent = ({ deviceTime, from = deviceTime, to }: TimeChange): string => keyOf({ from, to })
