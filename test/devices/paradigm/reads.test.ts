/** What comes of reads that differ in their way or their beginning: the same records under the same names. */
import { describe, expect, it } from 'vitest'
import type { Download } from '#devices/driver.ts'
import { encodeDownload } from '#devices/downloadFile.ts'
import { driver } from '#devices/paradigm/driver.ts'
import { remember } from '#devices/paradigm/simulate/memories.ts'
import type { PumpMemory } from '#devices/paradigm/simulate/pump.ts'
import { people, type Person } from '#devices/paradigm/simulate/people.ts'
import { Opcode } from '#devices/paradigm/talk/commands.ts'
import { DAY_MS, type DeviceTime, deviceTimeFromIso, HOUR_MS, shifted } from '#records/time.ts'
import type { TherapyRecord } from '#records/records.ts'
import { idsOf } from '../reading.ts'
import { readPump, type ReadOptions } from './readPump.ts'

const now = deviceTimeFromIso('2026-05-07T21:30:00') ?? (0 as DeviceTime) // The text is a time.
const HISTORY_PAGES = 10
const SENSOR_PAGES = 8

/** The newest pages of the memory, so that tests take no longer than they must. */
function newestOf({ history, glucose, isig, ...memory }: PumpMemory): PumpMemory {
  const newest = (pages: ReadonlyMap<number, Uint8Array> = new Map()) => new Map([...pages].slice(-SENSOR_PAGES))
  return { ...memory, history: history.slice(0, HISTORY_PAGES), glucose: newest(glucose), isig: newest(isig) }
}

const everybody: readonly Person[] = Object.values(people)

async function wholeRead(person: Person, at: DeviceTime, options: ReadOptions = {}): Promise<Download> {
  const { download, error } = await readPump(newestOf(remember(person, at).memory), options)
  if (!download) throw error
  return download
}

/** What names a record, without the hash over it; equal ones in one download are told apart by their order. */
function recordsOf(download: Download): ReadonlySet<string> {
  const times = new Map<string, number>()
  const nameOf = ({ type, deviceTime, identity }: TherapyRecord) => {
    const name = `${type} ${new Date(deviceTime).toISOString()} ${identity}`
    times.set(name, (times.get(name) ?? 0) + 1)
    return `${name} ${times.get(name)}`
  }
  return new Set(driver.decode(download).records.map(nameOf))
}

const notIn = (known: ReadonlySet<string>, names: ReadonlySet<string>): readonly string[] =>
  [...names].filter(name => !known.has(name))

describe.each(everybody.map(person => [person.id, person] as const))('the pump of %s', (_, person) => {
  it('gives byte-equal artifacts and equal record ids through the stick and through the link', async () => {
    const stick = await wholeRead(person, now, { way: 'stick' })
    const link = await wholeRead(person, now, { way: 'link' })
    expect(encodeDownload(stick)).toEqual(encodeDownload(link))
    expect(idsOf(driver.decode(stick))).toEqual(idsOf(driver.decode(link)))
    expect(recordsOf(stick).size).toBeGreaterThan(500)
  })

  it.each([20, 100])('read again after %d hours gives nothing else than a read from scratch', async hours => {
    const later = shifted(now, hours * HOUR_MS)
    const first = await wholeRead(person, now, { way: 'link' })
    const added = recordsOf(await wholeRead(person, later, { way: 'link', earlier: [first] }))
    const whole = recordsOf(await wholeRead(person, later, { way: 'link' }))
    expect(notIn(new Set([...recordsOf(first), ...added]), whole)).toEqual([])
    expect(notIn(whole, added)).toEqual([])
  })

  it('read every day for a week gives what one read gives, and asks for few pages', async () => {
    const reads: Download[] = []
    const asked: number[] = []
    for (let day = 7; day >= 0; day--) {
      const memory = newestOf(remember(person, shifted(now, -day * DAY_MS)).memory)
      const { download, pump } = await readPump(memory, { way: 'link', earlier: reads })
      if (!download) throw new Error('nothing was read')
      reads.unshift(download)
      asked.push(pump.asked.get(Opcode.HISTORY_PAGE) ?? 0)
    }
    const daily = new Set(reads.flatMap(read => [...recordsOf(read)]))
    expect(notIn(daily, recordsOf(await wholeRead(person, now, { way: 'link' })))).toEqual([])
    // The one that was being filled, now and then the one after it, and twice the end of this shortened memory.
    expect(Math.max(...asked.slice(1))).toBeLessThanOrEqual(5)
  })
})
