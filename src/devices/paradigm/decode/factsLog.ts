/**
 * Puts the history pages of a download into the order in which the pump wrote them. A run is a stretch of the log of
 * which nothing is missing: joins and conclusions never reach across its ends. Source: paradigm sheet §2.3, §6.1, §8.1.
 *
 * Nothing is trusted: pages may come in any order, twice, cut short or damaged.
 */
import type { Skipped } from '#records/records.ts'
import type { Page } from '../../driver.ts'
import { PAGE_BYTES, PAGE_CONTENT_BYTES, pageCrcIsRight } from './crc16.ts'
import type { Family } from './family.ts'
import { cutHistoryPage, type HistoryRecord } from './historyPage.ts'

/** Records in the order in which they were written. */
export interface Run {
  readonly records: readonly HistoryRecord[]
  /** Ends with the newest record that the pump has. */
  readonly isNewest: boolean
}

export interface HistoryLog {
  /** Oldest first. */
  readonly runs: readonly Run[]
  readonly skipped: Skipped[]
}

interface Numbered {
  readonly at: number
  readonly index: number
  readonly bytes: Uint8Array
  /** Bytes in front of the zeros that fill the rest. */
  readonly used: number
}

/** Cuts all pages of the kind `history`. `newestIndex`: of the page being filled, where the pump told. */
export function readLog(pages: readonly Page[], family: Family, newestIndex: number | undefined): HistoryLog {
  const skipped: Skipped[] = []
  const skip = (at: number, bytes: Uint8Array, reason: string) => {
    if (bytes.length > 0) skipped.push({ page: at, offset: 0, length: bytes.length, reason })
  }
  const skipCopy = (at: number) =>
    skipped.push({ page: at, offset: 0, length: PAGE_BYTES, reason: 'read twice', holdsNothing: true })
  const good: Numbered[] = []
  let highest = newestIndex ?? Number.NEGATIVE_INFINITY
  pages.forEach(({ kind, index, bytes }, at) => {
    if (kind !== 'history') return
    if (newestIndex === undefined && index > highest) highest = index
    if (bytes.length !== PAGE_BYTES) skip(at, bytes, `a history page of ${bytes.length} bytes`)
    else if (!pageCrcIsRight(bytes)) skip(at, bytes, 'a history page with a wrong checksum')
    else good.push({ at, index, bytes, used: usedBytes(bytes) })
  })
  const runs: Run[] = []
  let records: HistoryRecord[] = []
  let before: Numbered | undefined
  const endRun = (isNewest: boolean) => {
    if (records.length > 0) runs.push({ records, isNewest })
    records = []
  }
  for (const page of withoutCopies(good, skip, skipCopy)) {
    if (before && page.index !== before.index + 1) endRun(false)
    before = page
    const { bytes, at } = page
    const cut = cutHistoryPage(bytes, at, family)
    let next = 0
    for (const { offset, length, reason } of cut.unknown) {
      for (let record = cut.records[next]; record && record.offset < offset; record = cut.records[++next]) {
        records.push(record)
      }
      skipped.push({ page: at, offset, length, reason })
      endRun(false)
    }
    for (; next < cut.records.length; next++) {
      const record = cut.records[next]
      if (record) records.push(record)
    }
    for (const { offset, length } of cut.fillers) {
      skipped.push({ page: at, offset, length, reason: 'not written yet', holdsNothing: true })
    }
    skipped.push({
      page: at,
      offset: PAGE_CONTENT_BYTES,
      length: PAGE_BYTES - PAGE_CONTENT_BYTES,
      reason: "the page's checksum",
      holdsNothing: true,
    })
  }
  endRun(before?.index === highest)
  return { runs, skipped }
}

/**
 * Ascending by number, each part of the log once: a page that was read twice, perhaps under two numbers because the pump
 * began a new one meanwhile, would give every bolus twice. Of two states of one page the one that holds more counts.
 */
function withoutCopies(
  pages: Numbered[],
  skip: (at: number, bytes: Uint8Array, reason: string) => void,
  skipCopy: (at: number) => void,
): Numbered[] {
  const ordered = pages.sort((a, b) => b.used - a.used || b.index - a.index || a.at - b.at)
  const kept: Numbered[] = []
  const byStart = new Map<string, Numbered[]>()
  const byIndex = new Set<number>()
  for (const page of ordered) {
    if (page.used > 0) {
      const start = String.fromCharCode(...page.bytes.subarray(0, Math.min(page.used, START_BYTES)))
      const alike = byStart.get(start) ?? []
      if (alike.some(other => isPartOf(page, other))) {
        skipCopy(page.at)
        continue
      }
      alike.push(page)
      byStart.set(start, alike)
    }
    if (byIndex.has(page.index)) {
      skip(page.at, page.bytes, 'another history page with the same number')
      continue
    }
    byIndex.add(page.index)
    kept.push(page)
  }
  return kept.sort((a, b) => a.index - b.index)
}

/** The shortest record with a time: other pages do not begin like this one. */
const START_BYTES = 7
/** The delivered amount of a square bolus is rewritten in place when it ends. */
const REWRITTEN_BYTES = 2

function isPartOf(page: Numbered, longer: Numbered): boolean {
  let differences = 0
  for (let i = 0; i < page.used; i++) {
    if (page.bytes[i] !== longer.bytes[i] && ++differences > REWRITTEN_BYTES) return false
  }
  return true
}

function usedBytes(bytes: Uint8Array): number {
  let used = PAGE_CONTENT_BYTES
  while (used > 0 && bytes[used - 1] === 0) used--
  return used
}
