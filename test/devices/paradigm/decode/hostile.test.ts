/**
 * Any bytes at all: no throw, no hang, every byte accounted for. Pages of captured and made-up pumps with bytes changed
 * and their checksum made right again, so that the damage reaches the decoder.
 *
 * A slice runs here; `PARADIGM_MUTATIONS=1000000` runs as many pages as it says.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc16ccitt } from '#bytes/checksum.ts'
import { bytesFromHex } from '#bytes/hex.ts'
import { decode } from '#devices/paradigm/decode/decode.ts'
import { pageCrcIsRight } from '#devices/paradigm/decode/crc16.ts'
import type { Download, Page } from '#devices/driver.ts'
import { faultsOfAccount } from '../../reading.ts'
import { capturedDownload, capturedNames, folder } from './captured.ts'

const PAGES = Number(process.env['PARADIGM_MUTATIONS'] ?? 4000)
const SLOWEST_MS = 20
/** Pages decoded at once: neighbours are joined. */
const TOGETHER = 4

const MODELS = ['512', '515', '522', '723', '551', '554'] as const

const modelReply = (model: string): Page => {
  const bytes = new Uint8Array(64)
  bytes.set([3, ...Buffer.from(model, 'latin1')])
  return { kind: 'reply', index: 0x8d, bytes }
}

const downloadOf = (pages: readonly Page[]): Download => ({
  driver: 'paradigm',
  modelId: 'paradigm',
  device: { kind: 'pump', manufacturer: 'Medtronic', model: 'MiniMed Paradigm', serial: '123456' },
  pages,
  complete: true,
})

/** Small, quick, the same every time. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}

function sealed(bytes: Uint8Array): Uint8Array {
  const crc = crc16ccitt(bytes.subarray(0, 1022))
  bytes[1022] = crc >> 8
  bytes[1023] = crc & 0xff
  return bytes
}

/** A page with a few bytes changed, moved, doubled or filled with noise. */
function mutated(page: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = Uint8Array.from(page)
  const kind = random(8)
  for (let i = 1 + random(kind === 0 ? 200 : 8); i > 0; i--) bytes[random(1022)] = random(256)
  if (kind === 1) bytes.copyWithin(random(1022), random(1022), 1022)
  if (kind === 2) bytes.fill(random(256), random(1022), 1022)
  // Opcodes with long or told lengths, where they hurt most.
  if (kind === 3)
    for (let i = random(60); i > 0; i--) bytes[random(1022)] = [0x5c, 0x30, 0x55, 0x07, 0x01, 0x5b][random(6)] ?? 0
  return sealed(bytes)
}

/** A page full of one record. */
function pageOf(hex: string): Uint8Array {
  const record = bytesFromHex(hex)
  const bytes = new Uint8Array(1024)
  for (let at = 0; at + record.length <= 1022; at += record.length) bytes.set(record, at)
  return sealed(bytes)
}

/** Stand in where the captures are absent. */
const MADE_UP = [
  '5B5C7A5717070D3D500D2D6AFD2EF00000002B7D',
  '01323200765D45070D',
  '2100130C121C0D',
  '07000005E8478D',
].map(pageOf)

describe('hostile pages', () => {
  it(`${PAGES} mutated pages: no throw, every byte accounted for, none slower than ${SLOWEST_MS} ms`, {
    timeout: 7_200_000,
  }, () => {
    const sources = folder
      ? capturedNames.map(name => {
          const { pages } = capturedDownload(name)
          const history = pages.filter(({ kind, bytes }) => kind === 'history' && pageCrcIsRight(bytes))
          const replies = pages.filter(({ kind, index }) => kind === 'reply' && index !== 0x9d)
          return { replies, history: history.map(({ bytes }) => bytes) }
        })
      : MODELS.map(model => ({ replies: [modelReply(model)], history: MADE_UP }))
    const random = randomFrom(20_151_124)
    let slowestMs = 0
    let records = 0
    for (let done = 0; done < PAGES; done += TOGETHER) {
      const { replies, history } = sources[random(sources.length)] ?? { replies: [], history: MADE_UP }
      const start = random(history.length)
      const model = random(10) === 0 ? [modelReply(MODELS[random(MODELS.length)] ?? '522')] : []
      const pages = Array.from({ length: TOGETHER }, (_, i): Page => {
        const bytes = mutated(history[(start + i) % history.length] ?? new Uint8Array(1024), random)
        return { kind: 'history', index: 100 - i, bytes }
      })
      const download = downloadOf([...replies, ...model, ...pages])
      const began = performance.now()
      const decoded = decode(download)
      const tookMs = (performance.now() - began) / TOGETHER
      // A pause of the machine is not ours: what was slow is tried again, the quickest try counts.
      slowestMs = Math.max(slowestMs, tookMs < SLOWEST_MS / 2 ? tookMs : timeOf(download) / TOGETHER)
      records += decoded.records.length
      if (done % 400 === 0) expect(faultsOfAccount(download, decoded)).toEqual([])
    }
    process.stdout.write(`${PAGES} mutated pages: ${records} records, slowest page ${slowestMs.toFixed(2)} ms\n`)
    expect(slowestMs).toBeLessThan(SLOWEST_MS)
  })

  it.each([
    ['daily totals without end', ['07000005E8478D'], '522'],
    ['patterns switched without end', ['1401765D45070D'], '522'],
    ['calculator entries without a bolus', ['5B5C7A5717070D3D500D2D6AFD2EF00000002B7D'], '522'],
    ['alarms answered without end', ['06040BFF166F515C0D', '0C040775111C0D'], '522'],
    ['finger-sticks sent and typed again', ['0A937647287B0F', '3F127647687B0FAED763', '0A937647281B0F'], '723'],
    ['square boluses', ['0100BC00BC000001714A6D790F'], '723'],
  ])('36 pages full of %s take no page more than the others', (_, hex, model) => {
    const days = (bytes: Uint8Array, page: number) => {
      // Each record a little later than the one before; daily totals by a day.
      for (let at = 0, i = 0; bytes[at] === 0x07; at += 7, i++) bytes.set([1 + (i % 28), 0x80 | (page + 1)], at + 5)
      return sealed(bytes)
    }
    const pages = Array.from({ length: 36 }, (_, i): Page => {
      const bytes = days(pageOf(hex.join('')), i)
      // Pages that begin alike would count as one read twice.
      bytes[1] = 1 + i
      return { kind: 'history', index: i, bytes: sealed(bytes) }
    })
    const profile = Array.from({ length: 48 }, (_, i) => [0x20 + (i % 2), 0, i]).flat()
    const replies = [0x92, 0x93, 0x94].map((index): Page => {
      const bytes = new Uint8Array(192)
      bytes.set(profile)
      return { kind: 'reply', index, bytes }
    })
    const download = downloadOf([
      modelReply(model),
      ...replies,
      { kind: 'reply', index: 0xc0, bytes: new Uint8Array(64) },
      ...pages,
    ])
    expect(timeOf(download) / pages.length).toBeLessThan(SLOWEST_MS)
  })

  it('any pages of any kinds, numbers and lengths are accounted for', () => {
    const page = fc.record({
      kind: fc.constantFrom('history', 'reply', 'glucose', 'isig', 'other'),
      index: fc.oneof(fc.integer({ min: -2, max: 3 }), fc.constantFrom(0x8d, 0x9d, 0x70, 0x92, 0xc0, Number.NaN)),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 70 }),
        fc.uint8Array({ minLength: 1024, maxLength: 1024 }).map(bytes => sealed(Uint8Array.from(bytes))),
        fc.constantFrom(...MADE_UP),
        fc.uint8Array({ minLength: 64, maxLength: 192 }),
      ),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS),
        fc.boolean(),
        fc.array(page, { maxLength: 6 }),
        (model, isNamed, pages) => {
          const download = downloadOf(isNamed ? [modelReply(model), ...pages] : pages)
          expect(faultsOfAccount(download, decode(download))).toEqual([])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('without the reply that names the model nothing is read and everything is named', () => {
    const download = downloadOf([{ kind: 'history', index: 5, bytes: MADE_UP[1] ?? new Uint8Array(0) }])
    const { records, skipped } = decode(download)
    expect(records).toEqual([])
    expect(skipped).toMatchObject([{ page: 0, offset: 0, length: 1024, reason: expect.stringContaining('model') }])
  })

  it('a page whose checksum is wrong gives no record', () => {
    const damaged = Uint8Array.from(MADE_UP[1] ?? [])
    damaged[3] = 0x11
    const { records, skipped } = decode(downloadOf([modelReply('522'), { kind: 'history', index: 5, bytes: damaged }]))
    expect(records.filter(({ type }) => type === 'bolus')).toEqual([])
    expect(skipped.some(({ reason }) => reason === 'a history page with a wrong checksum')).toBe(true)
  })
})

function timeOf(download: Download): number {
  const tries = Array.from({ length: 5 }, () => {
    const began = performance.now()
    decode(download)
    return performance.now() - began
  })
  return Math.min(...tries)
}
