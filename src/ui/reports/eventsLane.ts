/** The events lane of a day: one mark for events that are close together, a letter for their kind. */
import { startOfDeviceDay } from '#records/time.ts'
import type { DailyEvent } from '#reports/models.ts'
import type { Lane } from '../charts/spec.ts'
import { reportTexts } from '../texts/reports.ts'
import { type Drawing, msOfPx } from './drawing.ts'

const RADIUS_PX = 9
/** Events closer than this share one mark: the circles would lie on one another. */
const TOGETHER_PX = 2 * RADIUS_PX + 2
/** Below the lane's name. */
const MIDDLE = 0.3

const t = reportTexts.dailyChart

/** Events close to one another; `x` is the first one's. */
interface EventGroup {
  readonly x: number
  readonly types: DailyEvent['type'][]
}

function eventGroups(drawing: Drawing): readonly EventGroup[] {
  const { model } = drawing
  const together = msOfPx(drawing, TOGETHER_PX)
  const midnight = startOfDeviceDay(model.day)
  const groups: EventGroup[] = []
  for (const event of model.events) {
    const x = event.deviceTime - midnight
    const last = groups.at(-1)
    if (last && x - last.x < together) last.types.push(event.type)
    else groups.push({ x, types: [event.type] })
  }
  return groups
}

const isMixed = ({ types }: EventGroup): boolean => types.some(type => type !== types[0])

/** Whether some mark is a number instead of a letter: several kinds of events together. */
export const hasMixedEvents = (drawing: Drawing): boolean => eventGroups(drawing).some(isMixed)

export function eventsLane(drawing: Drawing): Lane {
  const { format } = drawing
  const groups = eventGroups(drawing)
  const letter = (group: EventGroup) => {
    const [first] = group.types
    return first && !isMixed(group) ? t.eventLetters[first] : format.number(group.types.length)
  }
  return {
    id: 'events',
    title: t.eventsLane,
    weight: 1.9,
    min: 0,
    max: 1,
    ticks: [],
    dots: groups.map(group => ({ x: group.x, y: MIDDLE, tone: 'ink', shape: 'ring', radius: RADIUS_PX })),
    labels: groups.map(group => ({ x: group.x, y: MIDDLE, text: letter(group), place: 'middle' })),
  }
}
