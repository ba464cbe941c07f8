/**
 * What simulated pumps remember: the lives of `people.ts` as pages and replies, byte for byte as the pump would have
 * them. The same for the same day whenever they are asked for, so that a second read a day later brings one more day
 * and nothing else new.
 */
import { type DeviceDay, deviceDayOf, type DeviceTime } from '#records/time.ts'
import { familyOf } from '../decode/family.ts'
import { historyPagesOf } from '../talk/commands.ts'
import { type Life, live } from './life.ts'
import type { Person } from './people.ts'
import type { PumpMemory } from './pump.ts'
import { historyPages, sensorPages } from './writePages.ts'
import { repliesOf } from './writeReplies.ts'

/** How many pages of each kind the sensor's memory keeps (§2.3). */
const SENSOR_PAGES = 32
/** Lives begin on every so many-th day, at least so many days ago: longer than any memory. */
const LIFE_DAYS = 120
/** More pages than any pump fills in that time, so that page numbers only grow. */
const PAGES_PER_LIFE = 100

export interface Remembered {
  readonly memory: PumpMemory
  /** What really happened, whether or not the memory still has it. */
  readonly life: Life
}

/** The memory of this person's pump at `now`; of the last `days` only where that is given. */
export function remember(person: Person, now: DeviceTime, days?: number): Remembered {
  const family = familyOf(person.model)
  if (!family) throw new RangeError(`No Paradigm pump ${person.model}`)
  const today = deviceDayOf(now)
  const from: DeviceDay = days === undefined ? today - (today % LIFE_DAYS) - LIFE_DAYS : today - days + 1
  const firstPage = Math.floor(from / LIFE_DAYS) * PAGES_PER_LIFE
  const life = live(person, from, now)

  const history = historyPages(life.records)
  const sensor = life.sensor.length === 0 ? [] : sensorPages(life.sensor)
  const numbered = sensor.map(({ glucose, isig }, i) => ({ number: firstPage + i, glucose, isig })).slice(-SENSOR_PAGES)
  const memory: PumpMemory = {
    model: person.model,
    serial: person.serial,
    clock: now,
    replies: repliesOf(person, life, family, now),
    history: history.slice(-historyPagesOf(family)).toReversed(),
    historyCounter: firstPage + history.length - 1,
    glucose: new Map(numbered.map(({ number, glucose }) => [number, glucose])),
    isig: new Map(numbered.map(({ number, isig }) => [number, isig])),
  }
  return { memory, life }
}
