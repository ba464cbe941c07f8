/**
 * Records keep their ids whichever pages a read brings: of every part of a captured pump's memory, down to single pages,
 * each record is one that the whole memory gives, too. Else an incremental read would give insulin a second time.
 */
import { describe, expect, it } from 'vitest'
import { decode } from '#devices/paradigm/decode/decode.ts'
import type { Download } from '#devices/driver.ts'
import type { TherapyRecord } from '#records/records.ts'
import { faultsOfAccount } from '../../reading.ts'
import { capturedDownload, capturedNames, folder } from './captured.ts'

/** The replies and those history pages (0 the oldest) that are asked for. */
function partOf(download: Download, wanted: (place: number, count: number) => boolean): Download {
  const history = download.pages.filter(({ kind }) => kind === 'history').sort((a, b) => a.index - b.index)
  const rest = download.pages.filter(({ kind }) => kind === 'reply')
  return { ...download, pages: [...rest, ...history.filter((_, place) => wanted(place, history.length))] }
}

/** What the ids are hashes of (`#records/identity.ts`), equal ones told apart by their number, as the store does. */
function idsOf({ records }: { readonly records: readonly TherapyRecord[] }): string[] {
  const seen = new Map<string, number>()
  return records.map(({ type, deviceTime, identity }) => {
    const said = `${type} ${deviceTime} ${identity}`
    const ordinal = seen.get(said) ?? 0
    seen.set(said, ordinal + 1)
    return `${said} ${ordinal}`
  })
}

const countOf = (download: Download) => download.pages.filter(({ kind }) => kind === 'history').length

describe.skipIf(!folder)('ids of records (skipped without the captures)', () => {
  describe.each(capturedNames)('%s', name => {
    const whole = () => partOf(capturedDownload(name), () => true)

    it('are those of the whole memory in every part of it, and every byte is accounted for', () => {
      const download = whole()
      const ids = new Set(idsOf(decode(download)))
      const count = countOf(download)
      const parts = Array.from({ length: count }, (_, i) => [
        partOf(download, place => place === i),
        partOf(download, place => place >= i),
        partOf(download, place => place <= i),
        partOf(download, place => place !== i),
      ]).flat()
      for (const part of parts) {
        const decoded = decode(part)
        const stranger = idsOf(decoded).findIndex(id => !ids.has(id))
        expect(stranger < 0 ? undefined : decoded.records[stranger]).toBeUndefined()
        expect(faultsOfAccount(part, decoded)).toEqual([])
      }
    })

    it('are all there again when the parts of two reads that overlap by a page are put together', () => {
      const download = whole()
      const all = new Set(idsOf(decode(download)))
      const count = countOf(download)
      for (let i = 1; i < count; i++) {
        const later = decode(partOf(download, place => place >= i - 1))
        const together = new Set(idsOf(later))
        // The earlier read ended with page i, when that page was the newest.
        const earlier = partOf(download, place => place <= i)
        for (const id of idsOf(decode(earlier))) together.add(id)
        const lost = [...all].filter(id => !together.has(id))
        expect(lostOf(lost)).toEqual([])
      }
    })

    it('do not depend on the order of the pages, and pages read twice change nothing', () => {
      const download = whole()
      const ids = idsOf(decode(download)).toSorted()
      const history = download.pages.filter(({ kind }) => kind === 'history')
      const backwards = { ...download, pages: download.pages.toReversed() }
      expect(idsOf(decode(backwards)).toSorted()).toEqual(ids)
      const twice = { ...download, pages: [...download.pages, ...history] }
      expect(idsOf(decode(twice)).toSorted()).toEqual(ids)
      // The pump began a new page during the read: each comes once more, counted from that one.
      const shifted = history.map(page => ({ ...page, index: page.index - 1 }))
      const moved = { ...download, pages: [...download.pages, ...shifted] }
      expect(idsOf(decode(moved)).toSorted()).toEqual(ids)
      expect(faultsOfAccount(moved, decode(moved))).toEqual([])
    })
  })
})

/**
 * What is lost. Rates of a small pump's programme that an earlier read could not know yet are not; nor is the second of
 * two records that are equal to the byte: after each loss of power a pump writes the same alarms of the same date.
 */
const lostOf = (ids: readonly string[]): readonly string[] =>
  ids.filter(id => !id.includes(' programme ') && id.endsWith(' 0'))
