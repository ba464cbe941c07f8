/**
 * Which stretches of history are still to be asked for: everything the pump holds, newest first, in slices of at most
 * seven days, without what earlier reads have brought whole. Pure; times are seconds of the pump's own counter (RTC).
 * Source: minimed-600 sheet §9.8, §20.
 *
 * A page of kind `slice`, written by this driver, says what a read has brought whole:
 *
 * | offset | size | is                                                                 |
 * | 0      | 1    | data type: 02 pump, 03 sensor                                       |
 * | 1      | 4    | from RTC, u32be                                                    |
 * | 5      | 4    | to RTC, u32be                                                      |
 */
import { Reader } from '#bytes/reader.ts'
import { Writer } from '#bytes/writer.ts'
import type { Download } from '../../driver.ts'
import { HistoryType } from './message.ts'
import type { Stretch } from './transfer.ts'

const DAY = 86_400
export const SLICE_SECONDS = 7 * DAY
/** The pump "does not like" to be asked for more than it holds (sheet §9.8). */
const HELD_SECONDS = 90 * DAY - 3600
/** The counter begins at 80000000. */
const FIRST_RTC = 0x80000001
/** The newest day of the read before is asked for again: it may have been written to since. */
const OPEN_SECONDS = DAY
const PAGE_BYTES = 9
/** The kinds of the pages that this file and decoding share. */
export const PageKind = { slice: 'slice', time: 'time', pump: 'history-pump', sensor: 'history-sensor' } as const

/** The page that says: this stretch is here whole. */
export const slicePage = ({ type, fromRtc, toRtc }: Stretch): Uint8Array =>
  new Writer().u8(type).u32be(fromRtc).u32be(toRtc).done()

/** Reads a slice page of any origin. */
export function readSlicePage(bytes: Uint8Array): Stretch | undefined {
  if (bytes.length < PAGE_BYTES) return undefined
  const reader = new Reader(bytes)
  const first = reader.u8()
  const type = Object.values(HistoryType).find(known => known === first)
  const [fromRtc, toRtc] = [reader.u32be(), reader.u32be()]
  return type !== undefined && fromRtc < toRtc ? { type, fromRtc, toRtc } : undefined
}

/** The oldest moment that may be asked for. */
export const oldestRtc = (nowRtc: number): number => Math.max(nowRtc - HELD_SECONDS, Math.min(FIRST_RTC, nowRtc - 1))

/**
 * What earlier downloads, newest first, have brought whole. A download whose clock was ahead of a later one's is from
 * before the pump lost its counter; it and all older ones say nothing about this one.
 */
export function coveredBy(earlier: readonly Download[], nowRtc: number): readonly Stretch[] {
  const covered: Stretch[] = []
  let laterRtc = nowRtc
  for (const download of earlier) {
    const rtc = rtcOf(download)
    if (rtc === undefined) continue
    if (rtc > laterRtc) break
    laterRtc = rtc
    for (const { kind, bytes } of download.pages) {
      const stretch = kind === PageKind.slice ? readSlicePage(bytes) : undefined
      if (!stretch || stretch.toRtc > rtc) continue
      covered.push({ ...stretch, toRtc: Math.min(stretch.toRtc, rtc - OPEN_SECONDS) })
    }
  }
  return covered.filter(({ fromRtc, toRtc }) => fromRtc < toRtc)
}

/** When a download was made, by its time page: the answer 0407, command first. */
export function rtcOf(download: Pick<Download, 'pages'> | undefined): number | undefined {
  const page = download?.pages.find(({ kind }) => kind === PageKind.time)?.bytes
  return page && page.length >= 7 ? new Reader(page.subarray(3)).u32be() : undefined
}

/**
 * The slices to ask for, newest first. Borders stand at whole multiples of seven days before `nowRtc`; what is
 * covered is cut out.
 */
export function missingSlices(
  type: HistoryType,
  fromRtc: number,
  nowRtc: number,
  covered: readonly Stretch[],
): readonly Stretch[] {
  const slices: Stretch[] = []
  for (const gap of gapsIn(
    fromRtc,
    nowRtc,
    covered.filter(stretch => stretch.type === type),
  )) {
    for (let to = gap.toRtc; to > gap.fromRtc; to -= SLICE_SECONDS) {
      slices.push({ type, fromRtc: Math.max(gap.fromRtc, to - SLICE_SECONDS), toRtc: to })
    }
  }
  return slices
}

/** What of a range is not covered, newest first. */
function gapsIn(
  fromRtc: number,
  toRtc: number,
  covered: readonly Pick<Stretch, 'fromRtc' | 'toRtc'>[],
): readonly Pick<Stretch, 'fromRtc' | 'toRtc'>[] {
  const gaps: Pick<Stretch, 'fromRtc' | 'toRtc'>[] = []
  let end = toRtc
  for (const stretch of [...covered].sort((a, b) => b.toRtc - a.toRtc)) {
    if (stretch.toRtc < end && end > fromRtc) gaps.push({ fromRtc: Math.max(fromRtc, stretch.toRtc), toRtc: end })
    end = Math.min(end, stretch.fromRtc)
  }
  if (end > fromRtc) gaps.push({ fromRtc, toRtc: end })
  return gaps
}
