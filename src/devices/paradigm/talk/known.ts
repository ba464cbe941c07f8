/**
 * What earlier reads of the same pump have brought and need not be asked for again: whole pages by their numbers, which
 * never change. Sheet §2.3 and §5.
 *
 * A page that was being filled then is not among them, nor the one before it when a square bolus in it was still
 * running: its amount was written there later (§6.4). Numbers are trusted only as far as they can be: a pump whose memory
 * was cleared counts anew.
 */
import { Reader } from '#bytes/reader.ts'
import type { Download, Session } from '../../driver.ts'
import { isigPageCrcIsRight, pageCrcIsRight } from '../decode/crc16.ts'
import { familyOf } from '../decode/family.ts'
import { cutHistoryPage } from '../decode/historyPage.ts'
import { unfinishedSquares } from '../decode/unfinishedSquares.ts'
import { Opcode } from './commands.ts'
import { clockOf, modelOf } from './replies.ts'

type Pages = ReadonlyMap<number, Uint8Array>

interface Counters {
  readonly history: number | undefined
  readonly cgm: number | undefined
}

export interface Known {
  readonly history: Pages
  readonly glucose: Pages
  readonly isig: Pages
  /** The numbers of the newest pages in the latest read. */
  readonly counters: Counters
  /** The page that was being filled in the latest read, as it was then. */
  readonly filling: Uint8Array | undefined
}

export const nothingKnown: Known = {
  history: new Map(),
  glucose: new Map(),
  isig: new Map(),
  counters: { history: undefined, cgm: undefined },
  filling: undefined,
}

/** A memory of 36 pages filled by daily reads is spread over some months of them. */
const MAX_DOWNLOADS = 400
/** More than any memory keeps. */
const WINDOW_PAGES = 40

/** Looks through the earlier reads of the pump with this serial number, newest first. */
export async function collectKnown(session: Pick<Session, 'earlier'>, driver: string, serial: string): Promise<Known> {
  const history = new Map<number, Uint8Array>()
  const glucose = new Map<number, Uint8Array>()
  const isig = new Map<number, Uint8Array>()
  let latest: Counters | undefined
  let filling: Uint8Array | undefined
  let oldest = { history: Infinity, cgm: Infinity }
  let downloads = 0

  for await (const download of session.earlier({ kind: 'pump', serial })) {
    if (++downloads > MAX_DOWNLOADS) break
    const counters = countersOf(download)
    const isOurs = download.driver === driver && download.device.serial === serial
    if (!isOurs || (counters.history === undefined && counters.cgm === undefined)) continue
    // Before it the memory held something else under the same numbers.
    if ((counters.history ?? 0) > oldest.history || (counters.cgm ?? 0) > oldest.cgm) break
    oldest = { history: counters.history ?? oldest.history, cgm: counters.cgm ?? oldest.cgm }
    latest ??= counters
    if (latest === counters) filling = pageOf(download, 'history', counters.history)

    for (const { kind, index, bytes } of download.pages) {
      switch (kind) {
        case 'history':
          if (!isFull(index, counters.history, history) || !pageCrcIsRight(bytes)) break
          if (index === (counters.history ?? 0) - 1 && hasRunningBolus(bytes, download)) break
          history.set(index, bytes)
          break
        case 'glucose':
          if (isFull(index, counters.cgm, glucose) && pageCrcIsRight(bytes)) glucose.set(index, bytes)
          break
        case 'isig':
          if (isFull(index, counters.cgm, isig) && isigPageCrcIsRight(bytes)) isig.set(index, bytes)
          break
      }
    }
    if (isPast(latest.history, oldest.history) && isPast(latest.cgm, oldest.cgm)) break
  }
  return latest ? { history, glucose, isig, counters: latest, filling } : nothingKnown
}

/** The page was not the newest, and no later read has it. */
const isFull = (index: number, newest: number | undefined, known: Pages): boolean =>
  newest !== undefined && index < newest && !known.has(index)

/** Nothing older can still be in the memory. */
const isPast = (newest: number | undefined, then: number): boolean =>
  newest === undefined || newest - then > WINDOW_PAGES

const pageOf = ({ pages }: Download, kind: string, index: number | undefined): Uint8Array | undefined =>
  pages.find(page => page.kind === kind && page.index === index)?.bytes

/** The numbers of the newest pages when this was read. */
function countersOf(download: Download): Counters {
  const numberIn = (opcode: number): number | undefined => {
    const body = pageOf(download, 'reply', opcode)
    return body && body.length >= 4 ? new Reader(body).u32be() : undefined
  }
  return { history: numberIn(Opcode.HISTORY_COUNTER), cgm: numberIn(Opcode.CGM_COUNTER) }
}

/** Whether a bolus in this page may have gone on when it was read. */
function hasRunningBolus(bytes: Uint8Array, download: Download): boolean {
  const none = new Uint8Array(0)
  const family = familyOf(modelOf(pageOf(download, 'reply', Opcode.MODEL) ?? none))
  const clock = clockOf(pageOf(download, 'reply', Opcode.CLOCK) ?? none)
  return !family || unfinishedSquares(cutHistoryPage(bytes, 0, family).records, family, clock).size > 0
}

/**
 * Whether a page, as it is now, can have become of the one that was being filled. Not byte for byte: the amount of a
 * bolus that was still running is written into its record when it ends.
 */
export function canContinue(before: Uint8Array, now: Uint8Array): boolean {
  const used = before.subarray(0, before.subarray(0, -2).findLastIndex(byte => byte !== 0) + 1)
  let same = 0
  used.forEach((byte, at) => {
    if (byte === now[at]) same++
  })
  return same >= 0.8 * used.length
}
