/**
 * The history pages, newest first, each under the number that it keeps for ever. The pump is asked by age instead (0 is
 * the newest), and when a page is full during the read all ages shift by one. Sheet §2.3 and §5.
 *
 * Reading towards older pages misses none then, but numbers would be wrong, and a later read would take a page for known
 * that never was read. So the counter is asked before, after the second page and after the last; in between a shift
 * shows itself, because the page before comes again. What was read before a shift stays; the rest is read again.
 */
import { Reader } from '#bytes/reader.ts'
import { DeviceError } from '../../errors.ts'
import type { Family } from '../decode/family.ts'
import type { Asking } from './asking.ts'
import { historyPage, historyPagesOf, isOldest, Opcode, readOf } from './commands.ts'
import { carryOver, type Gathering } from './gathering.ts'
import { canContinue, type Known } from './known.ts'
import type { PageReader } from './pages.ts'

const MAX_PASSES = 4

export interface HistoryReading {
  readonly family: Family
  readonly asking: Asking
  readonly reader: PageReader
  readonly known: Known
  readonly gathering: Gathering
  note(text: string): void
}

type Pages = ReadonlyMap<number, Uint8Array>

/**
 * Reads all pages that are not known. True when what is known is of this very memory; false when it was cleared since.
 * Throws DeviceError.
 */
export async function readHistory(reading: HistoryReading): Promise<boolean> {
  const { gathering, note } = reading
  const done = new Map<number, Uint8Array>()
  let known: Pages | undefined = reading.known.history
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const counter = await readCounter(reading)
    if (known && counter < (reading.known.counters.history ?? 0)) {
      note('the pump counts its pages anew: all of them are read')
      known = undefined
    }
    const outcome = await readPass(reading, counter, known ?? new Map(), done)
    if (outcome === 'done') {
      if (known) carryOver(gathering, 'history', known, done.keys())
      return known !== undefined
    }
    if (outcome === 'cleared') {
      note('the page that was being filled is another one now: all of them are read')
      known = undefined
    } else note('a new page began during the read')
    // With a counter that has gone on, the page that was being filled would pass for a full one.
    done.delete(counter)
    gathering.remove('history', counter)
  }
  throw new DeviceError('wrong-answer', { step: 'reading the history', detail: 'its pages do not stand still' })
}

/** The number of the newest page. Pumps that do not count get a fixed one, under which nothing is ever known. */
async function readCounter({ family, asking, gathering }: HistoryReading): Promise<number> {
  if (isOldest(family)) return historyPagesOf(family) - 1
  const reply = await asking.insist(readOf(Opcode.HISTORY_COUNTER))
  gathering.put('reply', Opcode.HISTORY_COUNTER, reply)
  return new Reader(reply).u32be()
}

/** `moved`: a new page has begun. `cleared`: what was taken for known is not of this memory. */
async function readPass(
  reading: HistoryReading,
  counter: number,
  known: Pages,
  done: Map<number, Uint8Array>,
): Promise<'done' | 'moved' | 'cleared'> {
  const { family, reader, gathering } = reading
  const { counters, filling } = reading.known
  const count = Math.min(counter + 1, historyPagesOf(family))
  const numbers = Array.from({ length: count }, (_, age) => counter - age)
  const has = (number: number) => number !== counter && (done.has(number) || known.has(number))
  let missing = numbers.filter(number => !has(number)).length
  gathering.plan('history', missing)

  let asked = 0
  let isNumberingSure = true
  /** The page that is one newer. */
  let before: Uint8Array | undefined
  for (const number of numbers) {
    if (has(number)) {
      before = done.get(number) ?? known.get(number)
      continue
    }
    const bytes = await reader.read('history', number, historyPage(counter - number))
    if (bytes === 'refused') {
      // The end of the memory, unless it is its beginning.
      if (number !== counter) break
      throw new DeviceError('device-busy', { step: 'reading the history', detail: 'the pump refuses to give it' })
    }
    asked++
    missing--
    isNumberingSure = false
    if (bytes === 'failed') {
      before = undefined
      continue
    }
    if (before && isSame(before, bytes)) return 'moved'
    if (asked === 2) {
      if ((await readCounter(reading)) !== counter) return 'moved'
      isNumberingSure = true
    }
    if (known.size > 0 && filling && number === counters.history && !canContinue(filling, bytes)) return 'cleared'
    before = bytes
    done.set(number, bytes)
    gathering.read('history', number, bytes)
    gathering.plan('history', missing)
  }
  gathering.plan('history', 0)
  return isNumberingSure || (await readCounter(reading)) === counter ? 'done' : 'moved'
}

/** Two pages without anything in them are not the same page. */
const isSame = (before: Uint8Array, bytes: Uint8Array): boolean =>
  bytes.subarray(0, -2).some(byte => byte !== 0) && bytes.every((byte, at) => byte === before[at])
