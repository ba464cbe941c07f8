/** Real history of real pumps, event by event and record by record, against what is known of it. */
import { cfb } from '@noble/ciphers/aes.js'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { crc16ccitt } from '#bytes/checksum.ts'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { readGroup } from '#devices/minimed-600/decode/blocks.ts'
import { cutEvents, hexAt, type HistoryEvent, i32, u32, u8 } from '#devices/minimed-600/decode/events.ts'
import type { Page } from '#devices/driver.ts'
import { dateFromDeviceTime, type DeviceTime, isoFromDeviceTime } from '#records/time.ts'
import { deriveBasal } from '#stats/basal.ts'
import { type DayInsulin, insulinByDay } from '#stats/insulin.ts'
import { captures } from '../../../helpers/captures.ts'
import { faultsOfAccount } from '../../reading.ts'
import { decodePages, downloadOf, ofType, page } from './pages.ts'

const folder = captures('minimed-600')
const text = (name: string): string => (folder ? readFileSync(`${folder}/${name}`, 'utf8') : '')
const lines = (name: string): readonly string[] =>
  text(name)
    .split('\n')
    .filter(line => line.trim() !== '')
const groupsOf = (name: string, kind: string): Page[] => lines(name).map((hex, i) => page(kind, hex, i))
/** Rows of a table without its head. */
const table = (name: string): readonly string[] => lines(name).slice(1)

const pumpPages = groupsOf('history-pump-640g-20171221.hex', 'history-pump')
const sensorPages = groupsOf('history-sensor-20170923.hex', 'history-sensor')

interface Placed {
  readonly block: number
  readonly event: HistoryEvent
}

function eventsOf(pages: readonly Page[]): Placed[] {
  return pages.flatMap(({ bytes }) =>
    readGroup(bytes).blocks.flatMap(block =>
      cutEvents(block.bytes, { page: 0, offset: 0, length: 1 }).events.map(event => ({ block: block.index, event })),
    ),
  )
}

/** A row as in the capture's table: block, type, size, source, local time, data. */
const rowOf = ({ block, event }: Placed): string =>
  [
    block,
    hexAt(event, 0, 1),
    event.size,
    u8(event, 1) & 0x7f,
    isoFromDeviceTime(event.time),
    hexAt(event, 11, event.size - 11),
  ].join('\t')

function summaryOf(pages: readonly Page[]) {
  const groups = pages.map(({ bytes }) => readGroup(bytes))
  const events = eventsOf(pages).map(({ event }) => event)
  const counts: Record<string, number> = {}
  for (const event of events) {
    const key = `${hexAt(event, 0, 1)}/${event.size}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  const [first, last] = [events[0], events.at(-1)].map(event => event && isoFromDeviceTime(event.time))
  const blocks = groups.flatMap(group => group.blocks)
  return {
    segments: groups.length,
    blocks: blocks.length,
    events: events.length,
    counts,
    first,
    last,
    blockLengths: blocks.map(({ bytes }) => bytes.length),
  }
}

describe.skipIf(!folder)('real history of pumps of the 600 series (needs the captures beside the checkout)', () => {
  it('holds in the pump’s history the events of its summary and its table', () => {
    const summary = JSON.parse(text('history-pump-640g-20171221.summary.json'))
    expect(summaryOf(pumpPages)).toEqual(summary)
    expect(eventsOf(pumpPages).map(rowOf)).toEqual(table('history-pump-640g-20171221.events.tsv').map(trimmedTail))
  })

  it('holds in the sensor’s history the events of its summary and the readings of its table', () => {
    const { blockLengths, ...counted } = summaryOf(sensorPages)
    const summary = JSON.parse(text('history-sensor-20170923.summary.json'))
    const { blockLengths: known = blockLengths, ...rest } = summary
    expect({ ...counted, blockLengths }).toEqual({ ...rest, blockLengths: known })
    const readings = ofType(decodePages(...sensorPages), 'cbg').map(cbg =>
      [isoFromDeviceTime(cbg.deviceTime), cbg.value, cbg.isigNa, cbg.backfilled ? 1 : 0].join('\t'),
    )
    const told = table('history-sensor-20170923.readings.tsv').map(row => {
      const [time, sg, isig, , , status, reading] = row.split('\t')
      expect(status).toBe('0')
      return [time, Number(sg), Number(isig), Number(reading) & 1].join('\t')
    })
    expect(readings).toEqual(told)
  })

  it('leaves nothing of both without account, and skips nothing', () => {
    for (const pages of [pumpPages, sensorPages]) {
      const decoded = decodePages(...pages)
      expect(decoded.skipped).toEqual([])
      expect(faultsOfAccount(downloadOf(pages), decoded)).toEqual([])
    }
  })

  it('decodes a real encrypted transfer to its 17 events', () => {
    const { key, iv, frames, unmerged, block, events } = JSON.parse(text('encrypted-transfer-real.json'))
    const clear = frames.map(({ frame, clear }: { frame: string; clear: string }) => {
      const bytes = bytesFromHex(frame)
      // In the radio's answer: length of the encrypted part at 17 hex, then it.
      const encrypted = bytes.subarray(0x18, 0x18 + (bytes[0x17] ?? 0))
      const message = cfb(bytesFromHex(key), bytesFromHex(iv)).decrypt(encrypted)
      expect(hexFromBytes(message)).toBe(clear)
      return message
    })
    const payload = clear
      .toSorted((a: Uint8Array, b: Uint8Array) => (a[4] ?? 0) - (b[4] ?? 0))
      .map((message: Uint8Array) => hexFromBytes(message.subarray(5, -2)))
      .join('')
    expect(payload).toBe(unmerged)
    const pages = [page('history-pump', payload)]
    expect(readGroup(bytesFromHex(payload)).blocks.map(({ bytes }) => bytes.length)).toEqual([562])
    expect(hexFromBytes(readGroup(bytesFromHex(payload)).blocks[0]?.bytes ?? new Uint8Array(0))).toBe(
      block.slice(0, 1124),
    )
    expect(
      eventsOf(pages).map(({ event }) => ({
        type: hexAt(event, 0, 1),
        size: event.size,
        time: isoFromDeviceTime(event.time),
        data: hexAt(event, 11, event.size - 11),
      })),
    ).toEqual(events)
    const decoded = decodePages(...pages)
    expect(counts(decoded.records)).toEqual({
      dailyTotal: 1,
      setting: 1,
      basalRate: 2,
      smbg: 3,
      bolus: 3,
      wizard: 1,
    })
    expect(ofType(decoded, 'wizard')).toMatchObject([
      {
        // 32: 50 g; 3f: 6.3 mmol/L; 82: 13 g/U; 32: 5 mmol/L; 956a: 3.825 U.
        carbsGrams: 50,
        sensitivity: 6.3,
        carbRatio: 13,
        targetLow: 5,
        targetHigh: 5,
        settingsUnits: 'mmol/L',
        recommendedCarbUnits: 3.825,
        recommendedCorrectionUnits: 0,
        recommendedNetUnits: 3.825,
        insulinOnBoardUnits: 0,
        delivered: true,
      },
    ])
  })

  it('gives of a transfer with cut lines the blocks before the first bad line', () => {
    expect(rawPrefixes().map(prefix => readGroup(prefix).blocks.length)).toEqual([4, 6, 10, 11, 0, 6, 10, 2])
    for (const prefix of rawPrefixes()) {
      const pages: Page[] = [{ kind: 'history-pump', index: 0, bytes: prefix }]
      const decoded = decodePages(...pages)
      expect(decoded.skipped.length).toBeGreaterThan(0)
      expect(faultsOfAccount(downloadOf(pages), decoded)).toEqual([])
    }
  })

  it('knows every event of them: none stays hex', () => {
    const all = [...allPumpPages(), ...sensorPages].flatMap(one => decodePages(one).records)
    const hexes = all.filter(record => record.type === 'deviceEvent' && /\(0x[0-9A-F]{2}\)$/.test(record.name))
    expect(hexes).toEqual([])
  })

  it('finds the calculator’s rule true on every real screen', () => {
    const screens = allPumpPages()
      .flatMap(one => eventsOf([one]))
      .filter(({ event }) => u8(event, 0) === 0x3d)
    expect(screens.length).toBe(21 + 207 + 1)
    for (const { event } of screens) {
      const [correction, food, takenOff] = [i32(event, 0x1b), u32(event, 0x1f), u32(event, 0x27)]
      const [estimate, final] = [u32(event, 0x2b), u32(event, 0x31)]
      expect(estimate).toBe(Math.max(0, food + correction - takenOff))
      if ((u8(event, 0x30) & 1) === 0) expect(final).toBe(estimate)
    }
  })

  it('tells of every real screen whether a bolus followed, but for screens without insulin', () => {
    const told = allPumpPages().flatMap(one => ofType(decodePages(one), 'wizard').map(({ delivered }) => delivered))
    expect(told.filter(delivered => delivered === true).length).toBeGreaterThan(190)
    // One screen in the 640G's two days: opened again four seconds later, with less carbohydrate.
    expect(ofType(decodePages(...pumpPages), 'wizard').filter(({ delivered }) => delivered === false)).toMatchObject([
      { deviceTime: Date.UTC(2017, 11, 21, 12, 7, 29), carbsExchanges: 2, glucose: { value: 189 } },
    ])
  })

  it('joins every real bolus with its programming', () => {
    const boluses = allPumpPages().flatMap(one => ofType(decodePages(one), 'bolus'))
    expect(boluses.length).toBe(20 + 225 + 3)
    // Cut at the page's beginning: delivered there, programmed on a page that is not here.
    expect(boluses.filter(({ startTime }) => startTime === undefined)).toEqual([])
    const interrupted = boluses.filter(({ cancelledBy }) => cancelledBy !== undefined)
    expect(interrupted).toMatchObject([
      { subType: 'dual', extendedUnits: 3.025, programmedExtendedUnits: 3.85, cancelledBy: 'the pump' },
      { subType: 'dual', extendedUnits: 2.575, programmedExtendedUnits: 3.85, cancelledBy: 'the person' },
    ])
  })

  it('agrees with the pump’s own total on every whole day, basal and bolus each', () => {
    const compared: string[] = []
    const begunBefore: string[] = []
    for (const one of allPumpPages()) {
      const decoded = decodePages(one)
      const totals = new Map(ofType(decoded, 'dailyTotal').map(total => [total.deviceTime / 86_400_000, total]))
      for (const { day, basalUnits, bolusUnits } of daysOf(decoded)) {
        const total = totals.get(day)
        // Without a total the day has not ended on this page.
        if (!total) continue
        const date = dateFromDeviceTime(total.deviceTime)
        if (basalUnits === undefined) {
          begunBefore.push(date)
          continue
        }
        compared.push(date)
        expect(bolusUnits, date).toBeCloseTo(total.bolusUnits ?? Number.NaN, 6)
        // The pump gives basal in steps of 0.025 U; two may fall to either side of midnight.
        expect(Math.abs(basalUnits - (total.basalUnits ?? Number.NaN)), date).toBeLessThan(0.05)
      }
    }
    expect(compared).toEqual([
      '2017-12-20',
      '2016-03-21',
      '2016-03-22',
      '2016-03-23',
      '2016-03-27',
      '2016-03-30',
      '2016-04-24',
      '2016-04-25',
      '2016-04-26',
      '2016-04-27',
      '2016-04-28',
      '2016-05-01',
    ])
    // Not compared: only the later part of these days is on the page, the first of each.
    expect(begunBefore).toEqual(['2017-12-19', '2016-03-16', '2016-03-20', '2016-03-26', '2016-03-29', '2016-04-23'])
  })
})

const trimmedTail = (row: string): string => (row.split('\t').length === 6 ? row : `${row}\t`)

function counts(records: readonly { readonly type: string }[]): Record<string, number> {
  const result: Record<string, number> = {}
  for (const { type } of records) result[type] = (result[type] ?? 0) + 1
  return result
}

/** The dump of a 90-day read, transfer by transfer, up to the first line that was cut. */
function rawPrefixes(): Uint8Array[] {
  const prefixes: { hex: string; next: number | undefined }[] = []
  for (const line of lines('raw-multipacket-90day-part1.txt')) {
    const bytes = line.length % 2 === 0 ? bytesFromHex(line) : new Uint8Array(0)
    const isWhole =
      bytes.length > 7 && crc16ccitt(bytes.subarray(0, -2)) === (bytes.at(-2) ?? 0) * 256 + (bytes.at(-1) ?? 0)
    const number = (bytes[3] ?? 0) * 256 + (bytes[4] ?? 0)
    const data = hexFromBytes(bytes.subarray(5, -2))
    if (isWhole && number === 0 && data.startsWith('030e')) prefixes.push({ hex: data, next: 1 })
    else {
      const last = prefixes.at(-1)
      if (!last) continue
      if (isWhole && last.next === number) {
        last.hex += data
        last.next = number + 1
      } else last.next = undefined
    }
  }
  return prefixes.map(({ hex }) => bytesFromHex(hex))
}

function allPumpPages(): readonly Page[] {
  const { unmerged } = JSON.parse(text('encrypted-transfer-real.json'))
  const raw = rawPrefixes().map((bytes, index) => ({ kind: 'history-pump', index, bytes }))
  return [...pumpPages, ...raw, page('history-pump', unmerged)]
}

function daysOf({ records }: ReturnType<typeof decodePages>): readonly DayInsulin[] {
  const sorted = records
    .map(record => ({ ...record, sourceKey: 'pump:read' }))
    .sort((a, b) => a.deviceTime - b.deviceTime)
  const logged = sorted.filter(({ type }) => type !== 'dailyTotal')
  const [first, last] = [logged[0], logged.at(-1)]
  if (!first || !last) return []
  const segments = deriveBasal(sorted, first.deviceTime, last.deviceTime)
  const dayOf = (time: DeviceTime) => Math.floor(time / 86_400_000)
  return insulinByDay(sorted, segments, dayOf(first.deviceTime), dayOf(last.deviceTime)).filter(
    day => day !== undefined,
  )
}
