/**
 * What a pump of the 600 series said: pages to records. Pure; never throws, whatever the bytes.
 * Source: minimed-600 sheet §9 to §13.
 *
 * A page of history is packed as a whole, and what an event says may lean on any byte before it: the page is the
 * smallest thing that a record can point at. What is common to the pages, by their kind, stands in `talk/slices.ts`.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import type { RawRef, Skipped, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { Decoded, Download, Page } from '../../driver.ts'
import { HistoryType } from '../talk/message.ts'
import { PageKind, readSlicePage } from '../talk/slices.ts'
import { readGroup } from './blocks.ts'
import { cutEvents } from './events.ts'
import { factsOf } from './facts.ts'
import { type LogBlock, logsOf, type Span } from './log.ts'
import { readAnswer } from './settings.ts'
import { localTime } from './time.ts'

/** Raised when the same bytes give other records than before. */
export const DECODER_VERSION = 1

export function decode(download: Download): Decoded {
  const records: TherapyRecord[] = []
  const skipped: Skipped[] = []
  const blocks: Record<HistoryType, LogBlock[]> = { [HistoryType.pump]: [], [HistoryType.sensor]: [] }
  const covered: Record<HistoryType, Span[]> = { [HistoryType.pump]: [], [HistoryType.sensor]: [] }
  const readAt = readTime(download)

  download.pages.forEach((page, index) => {
    if (page.bytes.length === 0) return
    const raw = { page: index, offset: 0, length: page.bytes.length }
    const skip = (reason: string) => skipped.push({ ...raw, reason })
    switch (page.kind) {
      case PageKind.pump:
      case PageKind.sensor:
        readHistory(page, raw, blocks, skip)
        break
      case PageKind.slice: {
        const slice = readSlicePage(page.bytes)
        if (slice) covered[slice.type].push({ from: slice.fromRtc, to: slice.toRtc })
        break
      }
      case 'status':
      case 'setting':
      case 'pattern': {
        const setting =
          readAt === undefined ? 'a setting without the time of the read' : readAnswer(page.bytes, readAt, raw)
        if (typeof setting === 'string') skip(setting)
        else records.push(setting)
        break
      }
      default:
        break
    }
  })
  for (const type of [HistoryType.pump, HistoryType.sensor]) {
    for (const log of logsOf(blocks[type], covered[type])) factsOf(log, records, skipped)
  }
  return { device: download.device, records, skipped: [...skipped, ...unmentioned(download, records, skipped)] }
}

function readHistory(
  { bytes }: Page,
  raw: RawRef,
  blocks: Record<HistoryType, LogBlock[]>,
  skip: (reason: string) => void,
): void {
  const group = readGroup(bytes)
  for (const problem of group.problems) skip(problem)
  if (group.dataType === undefined) return
  let expected = -1
  for (const block of group.blocks) {
    const { events, rest } = cutEvents(block.bytes, raw)
    if (rest > 0) skip('a block of history with an event of an impossible length')
    blocks[group.dataType].push({ events, followsOn: block.index === expected })
    // Behind what could not be cut, something is missing.
    expected = rest > 0 ? -1 : block.index + 1
  }
}

/** The pump's clock when it was asked, of the answer 0407: 3 RTC, 7 OFFSET, the command first. */
function readTime({ pages, clock }: Download): DeviceTime | undefined {
  const bytes = pages.find(({ kind }) => kind === PageKind.time)?.bytes
  if (!bytes || bytes.length < 11 || hexFromBytes(bytes.subarray(0, 2)) !== '0407') return clock?.device
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return localTime(view.getUint32(3), view.getInt32(7))
}

/** Accounts for pages that no record and no word points at. */
function unmentioned(
  { pages }: Download,
  records: readonly TherapyRecord[],
  skipped: readonly Skipped[],
): readonly Skipped[] {
  const mentioned = new Set<number>()
  for (const { raw, supporting = [] } of records) {
    mentioned.add(raw.page)
    for (const { page } of supporting) mentioned.add(page)
  }
  for (const { page } of skipped) mentioned.add(page)
  return pages.flatMap(({ kind, bytes }, page): readonly Skipped[] => {
    if (mentioned.has(page) || bytes.length === 0) return []
    const reason = reasons[kind]
    const place = { page, offset: 0, length: bytes.length }
    return [
      reason === undefined
        ? { ...place, reason: `a page of an unknown kind: ${kind}` }
        : { ...place, reason, holdsNothing: true },
    ]
  })
}

const reasons: Readonly<Record<string, string>> = {
  [PageKind.time]: 'tells the pump’s clock',
  identity: 'tells which pump it is',
  channel: 'tells how the pump was found',
  [PageKind.slice]: 'tells which stretch of history was read',
  [PageKind.pump]: 'holds nothing that is not told by other pages or is no record',
  [PageKind.sensor]: 'holds nothing that is not told by other pages or is no record',
}
