/**
 * The sensor's log: glucose pages with their ISIG pages become sensor values, calibrations and sensor states.
 * Pure; takes any bytes. Together, records and skipped cover every byte of every glucose and ISIG page.
 * Source: paradigm sheet §7.
 */
import type { RawRef, Skipped, TherapyRecord } from '#records/records.ts'
import type { Page } from '../../driver.ts'
import { type CgmEvent, CgmOpcode, type CutCgmPage, cutCgmPage } from './cgmEvents.ts'
import { recordOfCgmEvent } from './cgmRecords.ts'
import { timesOf } from './cgmTimes.ts'
import { ISIG_CONTENT_BYTES, ISIG_PAGE_BYTES, isigPageCrcIsRight, PAGE_CONTENT_BYTES, pageCrcIsRight } from './crc16.ts'
import type { Family } from './family.ts'

/** A page that counts: of each number the one that holds most. */
interface KeptPage {
  /** Index into the download's pages. */
  readonly page: number
  readonly index: number
  readonly bytes: Uint8Array
}

interface GlucosePage extends KeptPage {
  readonly cut: CutCgmPage
  readonly isig: KeptPage | undefined
}

/**
 * The records of all glucose and ISIG pages among a download's pages, in the pump's order, and what gave none.
 * A clock change is one of the pump's history too: the caller keeps one of the two.
 */
export function readCgm(
  pages: readonly Page[],
  family: Family,
): { records: readonly TherapyRecord[]; skipped: readonly Skipped[] } {
  const skipped: Skipped[] = []
  const isigByIndex = new Map(keptOf(pages, 'isig', isigPageCrcIsRight, skipped).map(page => [page.index, page]))
  const glucose = keptOf(pages, 'glucose', pageCrcIsRight, skipped).map(
    (page): GlucosePage => ({ ...page, cut: cutCgmPage(page.bytes), isig: isigByIndex.get(page.index) }),
  )
  const records: TherapyRecord[] = []
  /** A clock change is two events: the old time, then the new one. */
  let oldClock: Placed | undefined
  for (const block of blocksOf(glucose)) {
    const newestFirst = block.toReversed().flatMap(page => page.cut.events.map(event => ({ page, event })))
    const times = timesOf(newestFirst.map(({ event }) => event))
    oldClock = undefined
    for (let i = newestFirst.length - 1; i >= 0; i--) {
      const placed = newestFirst[i]
      if (placed === undefined) continue
      const { event, page } = placed
      const raw = refOf(placed)
      const word = isigWord(page, event)
      if (isArgument(event, word)) {
        skipped.push({ ...raw, reason: 'not a sensor value: its ISIG word says that it belongs to another event' })
        continue
      }
      // The new time stands right behind the old one.
      const old = oldClock
      if (event.kind !== 'still') oldClock = undefined
      const isClock = event.opcode === CgmOpcode.CLOCK
      if (old && event.kind !== 'still' && (!isClock || event.subType === OLD_TIME)) {
        skipped.push({ ...refOf(old), reason: UNPAIRED_CLOCK })
      }
      if (isClock && event.subType === OLD_TIME) {
        oldClock = placed
        continue
      }
      const oldTime = isClock && old ? { time: old.event.time, bytes: bytesOf(old) } : undefined
      const result = recordOfCgmEvent(event, { raw, time: times[i], bytes: bytesOf(placed), word, family, oldTime })
      if (typeof result === 'string') {
        skipped.push({ ...raw, reason: result })
        if (isClock && old) skipped.push({ ...refOf(old), reason: UNPAIRED_CLOCK })
      } else if ('holdsNothing' in result) {
        skipped.push({ ...raw, reason: result.holdsNothing, holdsNothing: true })
      } else {
        const supporting = [...(isClock && old ? [refOf(old)] : []), ...supportingOf(placed, word)]
        records.push(supporting.length > 0 ? { ...result, supporting } : result)
      }
    }
    if (oldClock) skipped.push({ ...refOf(oldClock), reason: UNPAIRED_CLOCK })
  }
  skipped.push(...restOf([...glucose, ...isigByIndex.values()], records, skipped))
  return { records, skipped: joined(skipped) }
}

interface Placed {
  readonly page: GlucosePage
  readonly event: CgmEvent
}

/** The type of a clock change's first event. */
const OLD_TIME = 1
const UNPAIRED_CLOCK = 'the old time of a clock change without its new time'

const refOf = ({ page, event }: Placed): RawRef => ({ page: page.page, offset: event.offset, length: event.length })

const bytesOf = ({ page, event }: Placed): Uint8Array => page.bytes.subarray(event.offset, event.offset + event.length)

/** The word of the ISIG page under the event's opcode; `undefined` without such a page or where it ends earlier. */
function isigWord({ isig }: GlucosePage, { offset, length }: CgmEvent): number | undefined {
  if (!isig) return undefined
  const at = 2 * (offset + length - 1)
  const word = (isig.bytes[at] ?? 0) | ((isig.bytes[at + 1] ?? 0) << 8)
  return word === 0 ? undefined : word
}

/** The pump writes this word under all bytes of an event but its opcode (and under fillers). */
const ARGUMENT_WORD = 0x22

/** A current of 0.34 nA is none: behind an unknown event its arguments would otherwise read as values. */
const isArgument = ({ opcode }: CgmEvent, word: number | undefined): boolean =>
  opcode >= CgmOpcode.LOWEST_GLUCOSE && word === ARGUMENT_WORD

/** The ISIG words under the event. */
function supportingOf({ page, event }: Placed, word: number | undefined): RawRef[] {
  if (!page.isig || word === undefined) return []
  return [{ page: page.isig.page, offset: 2 * event.offset, length: 2 * event.length }]
}

/** Pages of one kind with a right checksum, one for each number, oldest first. */
function keptOf(
  pages: readonly Page[],
  kind: 'glucose' | 'isig',
  crcIsRight: (bytes: Uint8Array) => boolean,
  skipped: Skipped[],
): KeptPage[] {
  const fullest = new Map<number, KeptPage>()
  pages.forEach(({ kind: kindOfPage, index, bytes }, page) => {
    if (kindOfPage !== kind || bytes.length === 0) return
    const whole = { page, offset: 0, length: bytes.length }
    if (!crcIsRight(bytes)) {
      skipped.push({ ...whole, reason: 'a page of the sensor with a wrong checksum' })
      return
    }
    const known = fullest.get(index)
    const found = { page, index, bytes }
    if (!known) {
      fullest.set(index, found)
      return
    }
    const [fuller, other] = writtenOf(known.bytes) >= writtenOf(bytes) ? [known, found] : [found, known]
    fullest.set(index, fuller)
    const ref = { page: other.page, offset: 0, length: other.bytes.length }
    if (isEarlierState(other.bytes, fuller.bytes)) {
      skipped.push({ ...ref, reason: 'an earlier state of a page of the sensor', holdsNothing: true })
    } else {
      skipped.push({ ...ref, reason: 'another page of the sensor has the same number and holds more' })
    }
  })
  return [...fullest.values()].sort((a, b) => a.index - b.index)
}

/** Bytes before the checksum up to the last that is not zero, without the mark of the end (01, as a byte or a word). */
function writtenOf(bytes: Uint8Array): number {
  let end = bytes.length === ISIG_PAGE_BYTES ? ISIG_CONTENT_BYTES : PAGE_CONTENT_BYTES
  while (end > 0 && bytes[end - 1] === 0) end--
  return end > 0 && bytes[end - 1] === CgmOpcode.DATA_END ? end - 1 : end
}

/** Whether a page only went on from its earlier state. */
function isEarlierState(earlier: Uint8Array, later: Uint8Array): boolean {
  const end = writtenOf(earlier)
  for (let i = 0; i < end; i++) if (earlier[i] !== later[i]) return false
  return true
}

/** Runs of pages whose numbers follow each other, oldest first. */
function blocksOf(pages: readonly GlucosePage[]): GlucosePage[][] {
  const blocks: GlucosePage[][] = []
  for (const page of pages) {
    const block = blocks.at(-1)
    if (block && block.at(-1)?.index === page.index - 1) block.push(page)
    else blocks.push([page])
  }
  return blocks
}

/** What of the pages neither records nor `skipped` name: the unwritten rest, checksums, words under other events. */
function restOf(pages: readonly KeptPage[], records: readonly TherapyRecord[], skipped: readonly Skipped[]): Skipped[] {
  const named = new Map(pages.map(({ page, bytes }) => [page, new Uint8Array(bytes.length)]))
  const name = ({ page, offset, length }: RawRef): void => {
    named.get(page)?.fill(1, offset, offset + length)
  }
  for (const { raw, supporting } of records) for (const ref of [raw, ...(supporting ?? [])]) name(ref)
  for (const ref of skipped) name(ref)
  const rest: Skipped[] = []
  for (const [page, marks] of named) {
    for (let at = 0; at < marks.length; ) {
      const isNamed = marks[at] === 1
      const offset = at
      while (at < marks.length && (marks[at] === 1) === isNamed) at++
      if (isNamed) continue
      const reason = 'unwritten bytes, checksum, or words of the sensor without a value'
      rest.push({ page, offset, length: at - offset, reason, holdsNothing: true })
    }
  }
  return rest
}

/** Neighbours with the same reason as one. */
function joined(skipped: readonly Skipped[]): Skipped[] {
  const inOrder = [...skipped].sort((a, b) => a.page - b.page || a.offset - b.offset)
  const result: Skipped[] = []
  for (const part of inOrder) {
    const last = result.at(-1)
    const touches = last && last.page === part.page && last.offset + last.length === part.offset
    if (last && touches && last.reason === part.reason && last.holdsNothing === part.holdsNothing) {
      result[result.length - 1] = { ...last, length: last.length + part.length }
    } else result.push(part)
  }
  return result
}
