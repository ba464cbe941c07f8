/**
 * Bytes that broke on the way. Whatever they are, decoding ends, accounts for every byte, and takes nothing out of a
 * block whose checksum is wrong. The whole run of 1,000,000 blocks: MINIMED_600_DAMAGE=1000000.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc16ccitt } from '#bytes/checksum.ts'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { Writer } from '#bytes/writer.ts'
import { readGroup } from '#devices/minimed-600/decode/blocks.ts'
import { decode } from '#devices/minimed-600/decode/decode.ts'
import { EventType } from '#devices/minimed-600/decode/eventTypes.ts'
import { createMemory } from '#devices/minimed-600/simulate/memory.ts'
import { packBlocks } from '#devices/minimed-600/simulate/writeEvents.ts'
import type { Decoded, Download, Page } from '#devices/driver.ts'
import type { DeviceTime } from '#records/time.ts'
import { captures } from '../../../helpers/captures.ts'
import { faultsOfAccount } from '../../reading.ts'
import { block, decodePages, downloadOf, historyPage, ofType, PUMP, SENSOR } from './pages.ts'

const ROUNDS = Number(process.env['MINIMED_600_DAMAGE'] ?? 5_000)
const SLOWEST_MS = 1_000

/** Numbers from 0 to 2^32, the same every time. */
function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return (Math.imul(state ^ (state >>> 13), 0x297a2d39) ^ (state >>> 16)) >>> 0
  }
}

/** Used parts of sound blocks: simulated ones, one that has every type, and real ones where they are at hand. */
function soundBlocks(): readonly Uint8Array[] {
  const { memory } = createMemory({
    seed: 3,
    days: 4,
    now: Date.UTC(2026, 2, 14, 8, 5) as DeviceTime,
    serial: 'NG7654321H',
    mac: new Uint8Array(8),
    modelNumber: 'MMT-1712',
    meterSerial: 'BG1234563B',
  })
  const simulated = [...memory.blocks[PUMP], ...memory.blocks[SENSOR]].map(({ bytes }) => usedPart(bytes))
  const folder = captures('minimed-600')
  const names = folder ? ['history-pump-640g-20171221.hex', 'history-sensor-20170923.hex'] : []
  const real = names.flatMap(name =>
    readFileSync(`${folder}/${name}`, 'utf8')
      .trim()
      .split('\n')
      .flatMap(line => readGroup(bytesFromHex(line)).blocks.map(({ bytes }) => bytes)),
  )
  return [...everyType(), ...simulated, ...real]
}

const usedPart = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, (bytes[0x7fc] ?? 0) * 256 + (bytes[0x7fd] ?? 0))

/** One event of each type with data of 120 bytes, all ones or counting up. */
function everyType(): readonly Uint8Array[] {
  const types = Object.values(EventType)
  const blocks: Uint8Array[] = []
  for (let first = 0; first < types.length; first += 15) {
    const writer = new Writer()
    types.slice(first, first + 15).forEach((type, i) => {
      const data = Uint8Array.from({ length: 120 }, (_, at) => (i % 2 === 0 ? 1 : at))
      writer
        .u8(type)
        .u8(0)
        .u8(131)
        .u32be(0x80b65ca6 + first + i)
        .u32be(0xa11607da)
        .bytes(data)
    })
    blocks.push(writer.done())
  }
  return blocks
}

/** Groups as they come: real ones, packed with matches, where they are at hand. */
function packedGroups(): readonly Uint8Array[] {
  const [first = new Uint8Array(0), second = first] = soundBlocks()
  const simulated = new Writer()
    .u16be(0x030e)
    .bytes(packBlocks(PUMP, [block(first), block(second)]))
    .done()
  const folder = captures('minimed-600')
  if (!folder) return [simulated]
  const { unmerged } = JSON.parse(readFileSync(`${folder}/encrypted-transfer-real.json`, 'utf8'))
  const lines = readFileSync(`${folder}/history-pump-640g-20171221.hex`, 'utf8').trim().split('\n')
  return [simulated, bytesFromHex(unmerged), ...lines.map(bytesFromHex)]
}

/** One to eight bytes are other ones; now and then a stretch is gone or doubled. */
function damaged(sound: Uint8Array, chance: () => number): Uint8Array {
  const bytes = sound.slice()
  for (let i = 0; i <= chance() % 8; i++) bytes[chance() % bytes.length] = chance() & 0xff
  if (chance() % 16 > 0) return bytes
  const at = chance() % bytes.length
  const length = chance() % 40
  bytes.copyWithin(at, at + length)
  return bytes
}

const pageOf = (data: Uint8Array, isPump: boolean): Page => {
  const bytes = new Writer()
    .u16be(0x030e)
    .u8(isPump ? PUMP : SENSOR)
    .u32be(data.length)
    .u32be(data.length)
    .u8(0)
  return { kind: isPump ? 'history-pump' : 'history-sensor', index: 0, bytes: bytes.bytes(data).done() }
}

/** How long decoding takes. A busy computer may stop us in the middle, so what was slow once is tried again. */
function timed(download: Download): { readonly decoded: Decoded; readonly tookMs: number } {
  let tookMs = Number.POSITIVE_INFINITY
  for (let attempt = 1; ; attempt++) {
    const started = performance.now()
    const decoded = decode(download)
    tookMs = Math.min(tookMs, performance.now() - started)
    if (tookMs < SLOWEST_MS || attempt === 3) return { decoded, tookMs }
  }
}

describe('damaged history', () => {
  it(`gives nothing wrong and never hangs, ${ROUNDS} blocks`, { timeout: 20_000 + ROUNDS * 2 }, () => {
    const chance = createChance(600)
    const sound = soundBlocks()
    let slowest = 0
    for (let round = 0; round < ROUNDS; round++) {
      const original = sound[chance() % sound.length] ?? new Uint8Array(0)
      const bytes = damaged(original, chance)
      // Half of them with the right checksum again: then the events themselves have to be believed or refused.
      const isResealed = round % 2 === 0
      const data = isResealed ? block(bytes) : block(original)
      if (!isResealed) data.set(bytes)
      const page = pageOf(data, round % 4 < 2)
      const download = downloadOf([page])
      const { decoded, tookMs } = timed(download)
      slowest = Math.max(slowest, tookMs)
      // One change of 65,536 has the old checksum by chance; nobody can tell it from a sound block.
      const isRight = isResealed || crc16ccitt(bytes) === crc16ccitt(original)
      if (!isRight) {
        expect(decoded.records).toEqual([])
        expect(decoded.skipped).toEqual([
          { page: 0, offset: 0, length: page.bytes.length, reason: 'a block of history with a wrong checksum' },
        ])
      } else if (round % 50 === 0) expect(faultsOfAccount(download, decoded)).toEqual([])
      for (const record of decoded.records) if (!Number.isFinite(record.deviceTime)) throw new Error('no time')
    }
    expect(slowest).toBeLessThan(SLOWEST_MS)
  })

  it('takes packed groups with other bytes in them, and believes no block whose checksum is wrong', {
    timeout: 20_000 + ROUNDS,
  }, () => {
    const chance = createChance(602)
    const groups = packedGroups()
    const rounds = Math.max(500, ROUNDS / 20)
    let byChance = 0
    for (let round = 0; round < rounds; round++) {
      const original = groups[chance() % groups.length] ?? new Uint8Array(0)
      const bytes = original.slice()
      for (let i = 0; i <= chance() % 4; i++) bytes[chance() % bytes.length] = chance() & 0xff
      const page: Page = { kind: 'history-pump', index: 0, bytes }
      const download = downloadOf([page])
      const { decoded, tookMs } = timed(download)
      expect(tookMs).toBeLessThan(SLOWEST_MS)
      expect(faultsOfAccount(download, decoded)).toEqual([])
      const sound = new Set(readGroup(original).blocks.map(block => hexFromBytes(block.bytes)))
      byChance += readGroup(bytes).blocks.filter(block => !sound.has(hexFromBytes(block.bytes))).length
    }
    // One broken block of 65,536 has the right checksum by chance; up to eleven of a group break.
    expect(byChance).toBeLessThanOrEqual(Math.ceil((rounds * 11) / 65_536))
  })

  it('gives no impossible amount, whatever stands in a block with a right checksum', () => {
    const chance = createChance(601)
    const sound = soundBlocks()
    for (let round = 0; round < 2_000; round++) {
      const bytes = damaged(sound[chance() % sound.length] ?? new Uint8Array(0), chance)
      const decoded = decodePages(pageOf(block(bytes), true))
      for (const record of decoded.records) {
        if (record.type === 'bolus') {
          const units = (record.normalUnits ?? 0) + (record.extendedUnits ?? 0)
          expect(units).toBeLessThanOrEqual(record.subType === 'injection' ? 250 : 100)
        } else if (record.type === 'basalRate') expect(record.rateUnitsPerHour).toBeLessThanOrEqual(100)
        else if (record.type === 'cbg') expect(record.value >= 40 && record.value <= 400).toBe(true)
        else if (record.type === 'smbg') expect(record.value > 0 && record.value <= 1000).toBe(true)
        else if (record.type === 'dailyTotal') expect(record.totalUnits).toBeLessThanOrEqual(2400)
      }
    }
  })

  it('takes any bytes as a page of any kind', () => {
    const kinds = [
      'history-pump',
      'history-sensor',
      'time',
      'status',
      'setting',
      'pattern',
      'identity',
      'slice',
      'channel',
      '?',
    ]
    const answers = ['030e', '0407', '013c', '0123', '012c', '012f', '0132', '0139', '']
    const anyPage = fc
      .tuple(fc.constantFrom(...kinds), fc.constantFrom(...answers), fc.uint8Array({ maxLength: 300 }))
      .map(([kind, head, rest]): Page => ({ kind, index: 0, bytes: bytesFromHex(head + hexFromBytes(rest)) }))
    fc.assert(
      fc.property(fc.array(anyPage, { maxLength: 4 }), pages => {
        const time: Page = { kind: 'time', index: 0, bytes: bytesFromHex('0407018673c960a115f667') }
        const download = downloadOf([time, ...pages])
        expect(faultsOfAccount(download, decode(download))).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  it('keeps the blocks before the place where a packed group breaks', () => {
    const rate = '1d001180b65ca6a11607da010100002710'
    const whole = historyPage([[rate], [rate.replace('80b65ca6', '80b66ca6')]])
    const cut = { ...whole, bytes: whole.bytes.subarray(0, 12 + 2048 + 100) }
    const decoded = decodePages(cut)
    expect(ofType(decoded, 'basalRate').length).toBe(1)
    expect(decoded.skipped.map(({ reason }) => reason)).toEqual([
      'history with another length than it announces',
      'packed history that gives more or less than it announces',
    ])
  })

  it('ends soon on a group made to last', () => {
    // 16 blocks full of the shortest events, all of one second.
    const events = '2c000b80b65ca6a11607da'.repeat(185)
    const pages = Array.from({ length: 4 }, () => historyPage(Array.from({ length: 16 }, () => [events])))
    const { decoded, tookMs } = timed(downloadOf(pages))
    // Each block has the same 185 events: they are there 185 times, not 64 × 185 times.
    expect(decoded.records.length).toBe(185)
    expect(tookMs).toBeLessThan(SLOWEST_MS)
  })
})
