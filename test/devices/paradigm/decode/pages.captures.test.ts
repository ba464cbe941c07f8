/**
 * Real history pages cut whole: those of the captured pumps, with the counts that their readme gives, and the published
 * pages of ecc1, record by record against their JSON. Skipped where the captures do not lie beside the checkout.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { pageCrcIsRight } from '#devices/paradigm/decode/crc16.ts'
import { type CutPage, cutHistoryPage, type HistoryRecord } from '#devices/paradigm/decode/historyPage.ts'
import { deviceTimeFromIso, isoFromDeviceTime } from '#records/time.ts'
import { family } from './builtPages.ts'
import { folder } from './captured.ts'

const isRecordOf =
  (opcode: number) =>
  (record: HistoryRecord): boolean =>
    record.opcode === opcode

describe.skipIf(!folder)('history pages of captured pumps (without the captures: skipped)', () => {
  for (const [name, model, pages, unique, boluses] of [
    // The counts are the readme's; of the Veo it names none for all pages.
    ['522-contour-next-link', '522', 32, 2679, 510],
    ['723-stick', '723', 36, 2556, 633],
    ['515', '515', 8, 441, 35],
    ['554-mgdl-pages', '554', 18, 1284, 212],
    ['554-veo', '554', 8, undefined, 6],
  ] as const) {
    it(`cut completely: ${name}`, () => {
      const cuts = cutAll(name, model)
      expect(cuts).toHaveLength(pages)
      expect(cuts.flatMap(({ unknown }) => unknown)).toEqual([])
      const records = withoutCopies(cuts)
      if (unique !== undefined) expect(records).toHaveLength(unique)
      expect(records.filter(isRecordOf(0x01))).toHaveLength(boluses)
      for (const { opcode, time } of records) expect(time !== undefined || opcode === 0x5c).toBe(true)
    })
  }

  it('derail on page 4 of the 554 when cut as those of a 523, which has a shorter 50', () => {
    const derailed = cutAll('554-mgdl-pages', '523').flatMap(({ unknown }, page) => (unknown.length > 0 ? [page] : []))
    expect(derailed).toEqual([4])
  })

  it('lose no record behind the one that derails', () => {
    const asItIs = cutAll('554-mgdl-pages', '554')[4]?.records ?? []
    const derailed = cutAll('554-mgdl-pages', '523')[4]?.records ?? []
    expect(derailed.map(({ offset }) => offset)).toEqual(asItIs.map(({ offset }) => offset))
  })
})

/** Pages with a right checksum, oldest first. */
function cutAll(name: string, model: string): readonly CutPage[] {
  return readdirSync(`${folder}/${name}`)
    .filter(file => /^history-\d+\.bin$/.test(file))
    .sort()
    .map(file => new Uint8Array(readFileSync(`${folder}/${name}/${file}`)))
    .filter(bytes => pageCrcIsRight(bytes))
    .map((bytes, page) => cutHistoryPage(bytes, page, family(model)))
}

/** Records with a time that are the same byte by byte are one; those without (5C) belong to the one before. */
function withoutCopies(cuts: readonly CutPage[]): readonly HistoryRecord[] {
  const seen = new Set<string>()
  return cuts
    .flatMap(({ records }) => records)
    .filter(({ bytes, time }) => {
      const hex = hexFromBytes(bytes)
      if (time !== undefined && seen.has(hex)) return false
      seen.add(hex)
      return true
    })
}

interface Ecc1Record {
  readonly Type: string
  readonly Time?: string
  /** Base64 of the record. */
  readonly Data: string
}

/** Files of one page each: hex text, and what it holds, newest first. */
const ECC1_PAGES = [
  ['model-512-1', '512'],
  ['model-522', '522'],
  ['model-523-1', '523'],
  ['ps2-522-2', '522'],
  ['ps2-523-3', '523'],
  ['ps2-523-5', '523'],
  ['ps2-551-1', '551'],
  ['ps2-551-3', '551'],
  ['ps2-554-1', '554'],
  ['ps2-554-3', '554'],
  ['ps2-554-5', '554'],
] as const

describe.skipIf(!folder)('the published pages of ecc1 (without the captures: skipped)', () => {
  const json = (name: string): readonly Ecc1Record[] =>
    // The captures' readme names the fields.
    JSON.parse(readFileSync(`${folder}/ecc1-testdata/${name}.json`, 'utf8')) as readonly Ecc1Record[]

  for (const [name, model] of ECC1_PAGES) {
    it(`hold the records of their JSON in its order: ${name}`, () => {
      const text = readFileSync(`${folder}/ecc1-testdata/${name}.data`, 'utf8')
      const bytes = bytesFromHex(text)
      const { records, unknown } = cutHistoryPage(bytes, 0, family(model))
      expect(unknown).toEqual([])
      const told = json(name)
      expect(records.toReversed().map(({ bytes: data }) => hexFromBytes(data))).toEqual(told.map(hexOfData))
      expect(records.toReversed().map(timeText)).toEqual(told.map(timeTold))
    })
  }

  it('and its single records have the same lengths and times', () => {
    for (const [name, model] of [
      ['records-522', '522'],
      ['records-523', '523'],
      ['records-554', '554'],
      ['pump-records-522', '522'],
    ] as const) {
      for (const told of json(name)) {
        const page = new Uint8Array(1024)
        page.set(bytesFromHex(hexOfData(told)))
        const { records, unknown } = cutHistoryPage(page, 0, family(model))
        expect(unknown).toEqual([])
        expect(records.map(({ bytes }) => hexFromBytes(bytes))).toEqual([hexOfData(told)])
        expect(records.map(timeText)).toEqual([timeTold(told)])
      }
    }
  })
})

const hexOfData = ({ Data }: Ecc1Record): string => Buffer.from(Data, 'base64').toString('hex')

const timeText = ({ time }: HistoryRecord): string | undefined =>
  time === undefined ? undefined : isoFromDeviceTime(time)

/** The wall time, its offset from UTC left aside: the pump has none. Records without a time have Go's zero time. */
function timeTold({ Time }: Ecc1Record): string | undefined {
  const wall = Time?.slice(0, 19)
  if (wall === undefined || wall.startsWith('0001-')) return undefined
  const time = deviceTimeFromIso(wall)
  return time === undefined ? undefined : isoFromDeviceTime(time)
}
