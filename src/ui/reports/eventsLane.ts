/** The events lane of a day: one mark for events that are close together, a letter for their kind. */
import { MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { DailyEvent, DailyModel } from '#reports/models.ts'
import type { Lane } from '../charts/spec.ts'
import { reportTexts } from '../texts/reports.ts'
import type { Drawing } from './drawing.ts'

/** Events closer than this share one mark. */
const TOGETHER_MS = 25 * MINUTE_MS

const t = reportTexts.dailyChart

/** Events close to one another; `x` is the first one's. */
interface EventGroup {
  readonly x: number
  readonly types: DailyEvent['type'][]
}

function eventGroups(model: DailyModel): readonly EventGroup[] {
  const midnight = startOfDeviceDay(model.day)
  const groups: EventGroup[] = []
  for (const event of model.events) {
    const x = event.deviceTime - midnight
    const last = groups.at(-1)
    if (last && x - last.x < TOGETHER_MS) last.types.push(event.type)
    else groups.push({ x, types: [event.type] })
  }
  return groups
}

const isMixed = ({ types }: EventGroup): boolean => types.some(type => type !== types[0])

/** Whether some mark is a number instead of a letter: several kinds of events together. */
export const hasMixedEvents = (model: DailyModel): boolean => eventGroups(model).some(isMixed)

export function eventsLane({ model, format }: Drawing): Lane {
  const groups = eventGroups(model)
  const letter = (group: EventGroup) => {
    const [first] = group.types
    return first && !isMixed(group) ? t.eventLetters[first] : format.number(group.types.length)
  }
  return {
    id: 'events',
    title: t.eventsLane,
    weight: 1.2,
    min: 0,
    max: 1,
    ticks: [],
    dots: groups.map(group => ({ x: group.x, y: 0.42, tone: 'ink', shape: 'ring', radius: 8 })),
    labels: groups.map(group => ({ x: group.x, y: 0.42, text: letter(group), place: 'middle' })),
  }
}
