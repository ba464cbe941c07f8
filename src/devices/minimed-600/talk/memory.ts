/**
 * What earlier reads of this pump are good for: the last good channel, what is covered, and what is carried over from
 * a read that broke off.
 */
import type { Download, Page } from '../../driver.ts'
import { PageKind, readSlicePage, rtcOf } from './slices.ts'

export interface Memory {
  /** Newest first; only the small pages. */
  readonly earlier: readonly Download[]
  /** History and slices of the last read, when it broke off. */
  readonly carried: readonly Page[]
}

/** More reads than matter: a year of weekly ones, while the pump holds 90 days. */
const MAX_READS = 100
const smallKinds: readonly string[] = [PageKind.time, PageKind.slice, 'channel']
const historyKinds: readonly string[] = [PageKind.pump, PageKind.sensor, PageKind.slice]

/** Goes through what was read before, keeping no more of it than is needed. */
export async function gather(downloads: AsyncIterable<Download> | readonly Download[]): Promise<Memory> {
  const earlier: Download[] = []
  let carried: readonly Page[] = []
  for await (const download of downloads) {
    if (earlier.length === 0 && !download.complete) {
      carried = download.pages.filter(({ kind }) => historyKinds.includes(kind))
    }
    earlier.push({ ...download, pages: download.pages.filter(({ kind }) => smallKinds.includes(kind)) })
    if (earlier.length >= MAX_READS) break
  }
  return { earlier, carried }
}

/** The channel on which the pump was found last. */
export const lastChannel = ({ earlier }: Memory): number | undefined =>
  earlier.flatMap(({ pages }) => pages.filter(({ kind }) => kind === 'channel'))[0]?.index

/**
 * What is carried over into a read at `nowRtc`: nothing of a pump whose counter has begun anew since, and no slice that
 * claims what that read could not know.
 */
export function carriedOver({ earlier, carried }: Memory, nowRtc: number): readonly Page[] {
  const rtc = rtcOf(earlier[0])
  if (rtc === undefined || rtc > nowRtc) return []
  return carried.filter(
    ({ kind, bytes }) => kind !== PageKind.slice || (readSlicePage(bytes)?.toRtc ?? Infinity) <= rtc,
  )
}
