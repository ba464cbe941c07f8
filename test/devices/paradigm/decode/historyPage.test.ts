/** Cutting history pages: dates, checksums, lengths of every record, fillers, and what happens with what is not known. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { isigPageCrcIsRight, pageCrcIsRight } from '#devices/paradigm/decode/crc16.ts'
import { readDate2, readDate4, readDate5 } from '#devices/paradigm/decode/dates.ts'
import { familyOf } from '#devices/paradigm/decode/family.ts'
import { type CutPage, cutHistoryPage } from '#devices/paradigm/decode/historyPage.ts'
import { deviceTimeOf, isoFromDeviceTime } from '#records/time.ts'
import { family, isigPageOf, pageOf, plainCrc16, randomFrom, sealed } from './builtPages.ts'

const isoOf = (time: Parameters<typeof isoFromDeviceTime>[0] | undefined) =>
  time === undefined ? undefined : isoFromDeviceTime(time)

describe('families', () => {
  it('are the last two digits of the model', () => {
    for (const [model, number] of [
      ['512', 12],
      ['715', 15],
      ['522', 22],
      ['723', 23],
      ['551', 51],
      ['754', 54],
    ] as const) {
      expect(familyOf(model)?.number).toBe(number)
    }
  })

  it('are not guessed for models that are not known', () => {
    for (const model of ['', '508', '540', '640', '5222', '22', '523K']) expect(familyOf(model)).toBeUndefined()
  })
})

describe('times', () => {
  it('of five bytes are those of the sheet', () => {
    for (const [hex, iso] of [
      ['6FD7080106', '2006-07-01T08:23:47'],
      ['93D40E100C', '2012-11-16T14:20:19'],
      ['80CF30100C', '2012-11-16T16:15:00'],
    ] as const) {
      expect(isoOf(readDate5(bytesFromHex(hex), 0))).toBe(iso)
    }
  })

  it('of two bytes are the midnight of a day', () => {
    expect(isoOf(readDate2(bytesFromHex('478D'), 0))).toBe('2013-05-07T00:00:00')
    expect(isoOf(readDate2(bytesFromHex('5A8F'), 0))).toBe('2015-05-26T00:00:00')
  })

  it('that no clock shows are none', () => {
    // Second 60, minute 60, hour 24, day 0, month 0, 30 February.
    for (const hex of ['BCD40E100C', '93FC0E100C', '93D418100C', '93D40E000C', '13140E100C', '13940E1E0C']) {
      expect(readDate5(bytesFromHex(hex), 0)).toBeUndefined()
    }
    expect(readDate5(bytesFromHex('6FD70801'), 0)).toBeUndefined()
  })

  it('agree with the calendar for every combination of digits', () => {
    fc.assert(
      fc.property(
        fc.record({
          year: fc.integer({ min: 0, max: 127 }),
          month: fc.integer({ min: 0, max: 15 }),
          day: fc.integer({ min: 0, max: 31 }),
          hour: fc.integer({ min: 0, max: 31 }),
          minute: fc.integer({ min: 0, max: 63 }),
          second: fc.integer({ min: 0, max: 63 }),
          spare: fc.integer({ min: 0, max: 7 }),
        }),
        ({ year, month, day, hour, minute, second, spare }) => {
          const bytes = Uint8Array.of(
            ((month >> 2) << 6) | second,
            ((month & 3) << 6) | minute,
            (spare << 5) | hour,
            (spare << 5) | day,
            ((spare & 1) << 7) | year,
          )
          expect(readDate5(bytes, 0)).toBe(deviceTimeOf(2000 + year, month, day, hour, minute, second))
          const a = ((month >> 2) << 6) | hour
          const b = ((month & 3) << 6) | minute
          expect(readDate4(a, b, (spare << 5) | day, year)).toBe(deviceTimeOf(2000 + year, month, day, hour, minute))
        },
      ),
    )
  })
})

describe('checksums of pages', () => {
  it('are those of the sheet', () => {
    expect(plainCrc16(bytesFromHex('02060603'))).toBe(0x41cd)
    expect(plainCrc16(bytesFromHex('020900050D0203'))).toBe(0x71da)
  })

  it('are right on a whole page, wrong on any other length', () => {
    const page = pageOf('01323200765D45070D')
    expect(pageCrcIsRight(page)).toBe(true)
    expect(pageCrcIsRight(page.subarray(0, 1023))).toBe(false)
    expect(pageCrcIsRight(new Uint8Array(1024))).toBe(false)
    expect(pageCrcIsRight(new Uint8Array(0))).toBe(false)
    const isig = isigPageOf([0x22, 0x13be])
    expect(isigPageCrcIsRight(isig)).toBe(true)
    isig[2045] = 1
    expect(isigPageCrcIsRight(isig)).toBe(false)
  })

  it('find any change within 16 bits, wherever it is', () => {
    const page = pageOf('01323200765D45070D', '5C08324E04265804')
    for (let at = 0; at < 1023; at++) {
      const changed = page.slice()
      changed[at] = (changed[at] ?? 0) ^ ((at % 255) + 1)
      changed[at + 1] = (changed[at + 1] ?? 0) ^ (at % 256)
      expect(pageCrcIsRight(changed)).toBe(false)
    }
  })
})

/** Lengths once more, from the sheet's table §6.3: opcode, small, large, offset of the time; 0 where there is none. */
const SEVEN =
  '0A 0C 14 16 17 18 19 1A 1B 1C 1E 1F 20 21 22 23 24 25 27 2C 2D 31 32 34 35 37 3A 3B 43 44 51 52 57 5D 5E 5F 60 61 62 63 64 65 66 6A 6F 7C 7E 83'
const OTHERS: readonly (readonly [opcode: number, small: number, large: number, dateAt: number])[] = [
  [0x03, 10, 10, 5],
  [0x06, 9, 9, 4],
  [0x08, 152, 152, 2],
  [0x09, 152, 152, 2],
  [0x0b, 8, 8, 3],
  [0x26, 21, 21, 2],
  [0x29, 21, 21, 2],
  [0x36, 21, 21, 2],
  [0x3c, 21, 21, 2],
  [0x2e, 107, 0, 2],
  [0x2f, 19, 0, 2],
  [0x33, 8, 8, 2],
  [0x39, 10, 10, 2],
  [0x3f, 10, 10, 2],
  [0x40, 9, 9, 2],
  [0x41, 8, 8, 2],
  [0x42, 8, 8, 2],
  [0x53, 8, 8, 2],
  [0x4f, 39, 39, 2],
  [0x50, 37, 37, 2],
  [0x54, 0, 64, 2],
  [0x56, 0, 12, 2],
  [0x5a, 124, 144, 2],
  [0x5b, 20, 22, 2],
  [0x67, 9, 9, 2],
  [0x68, 9, 9, 2],
  [0x69, 9, 9, 2],
  [0x7b, 0, 10, 2],
  [0x7d, 0, 37, 2],
  [0x7f, 0, 8, 2],
  [0x81, 0, 12, 2],
  [0x82, 0, 12, 2],
]
const DATE = '765D45070D'

/** A record of this opcode with a right time and otherwise twos. */
function record(opcode: number, length: number, dateAt: number): string {
  const bytes = new Uint8Array(length).fill(2)
  bytes[0] = opcode
  bytes.set(bytesFromHex(DATE), dateAt)
  return hexFromBytes(bytes)
}

describe('lengths of records', () => {
  const follower = '21000343000105'

  for (const [model, isLarge] of [
    ['512', false],
    ['515', false],
    ['522', false],
    ['523', true],
    ['551', true],
    ['754', true],
  ] as const) {
    const cut = (hex: string): CutPage => cutHistoryPage(pageOf(hex, follower), 0, family(model))

    it(`are those of the sheet for the ${model}`, () => {
      const bolus = isLarge ? ([0x01, 0, 13, 8] as const) : ([0x01, 9, 0, 4] as const)
      const setup = model === '551' || model === '754' ? ([0x50, 0, 41, 2] as const) : ([0x50, 37, 37, 2] as const)
      const all = [
        ...SEVEN.split(' ').map(hex => [Number.parseInt(hex, 16), 7, 7, 2] as const),
        ...OTHERS.filter(([opcode]) => opcode !== 0x50),
        bolus,
      ]
      if (isLarge) all.push(setup)
      for (const [opcode, small, large, dateAt] of all) {
        const length = isLarge ? large : small
        if (length === 0) continue
        const { records, unknown } = cut(record(opcode, length, dateAt))
        expect(unknown).toEqual([])
        expect(records.map(({ bytes }) => bytes.length)).toEqual([length, 7])
        expect(isoOf(records[0]?.time)).toBe('2013-05-07T05:29:54')
        expect(records[0]).toMatchObject({ opcode, offset: 0, dateAt })
      }
    })

    it(`are told by the second byte in 30, 5C (and 55) for the ${model}`, () => {
      for (const opcode of ['30', '5C']) {
        expect(cut(`${opcode}08324E04265804`).records.map(({ bytes }) => bytes.length)).toEqual([8, 7])
        expect(cut(`${opcode}02`).records.map(({ bytes }) => bytes.length)).toEqual([2, 7])
        expect(cut(`${opcode}01`).unknown).toHaveLength(1)
      }
      const alerts = cut(`5511${DATE}${'02'.repeat(48)}`)
      expect(alerts.records.map(({ bytes }) => bytes.length)).toEqual(isLarge ? [55, 7] : [7])
    })

    it(`of daily totals and their details have two-byte days for the ${model}`, () => {
      const total = isLarge ? '07000005E8478D000000' : '07000005E8478D'
      const details = isLarge ? `6E478D${'02'.repeat(49)}` : `6D478D${'02'.repeat(41)}`
      const { records, unknown } = cut(`${total}${details}6C478D${'02'.repeat(35)}`)
      expect(unknown).toEqual([])
      expect(records.map(({ bytes }) => bytes.length)).toEqual(isLarge ? [10, 52, 38, 7] : [7, 44, 38, 7])
      for (const { time, dateAt, spare } of records.slice(0, 3)) {
        expect(isoOf(time)).toBe('2013-05-07T00:00:00')
        expect(dateAt).toBeUndefined()
        expect(spare).toEqual({ hour: 0, day: 0, year: 0 })
      }
    })
  }

  it('of another family are unknown opcodes', () => {
    for (const hex of [record(0x7b, 10, 2), record(0x54, 64, 2)]) {
      expect(cutHistoryPage(pageOf(hex), 0, family('522')).records).toEqual([])
    }
    expect(cutHistoryPage(pageOf(record(0x2f, 19, 2)), 0, family('523')).records).toEqual([])
  })
})

/** Every record of the sheet's vectors: model, bytes, time where the vector tells it. */
const VECTORS: readonly (readonly [model: string, hex: string, iso: string | undefined])[] = [
  ['522', '01323200765D45070D', '2013-05-07T05:29:54'],
  ['523', '0100840084000001676CAC7B0F', '2015-05-27T12:44:39'],
  ['523', '01008400840000005B6A8C7B0F', '2015-05-27T12:42:27'],
  ['523', '0100BC00BC000001714A6D790F', '2015-05-25T13:10:49'],
  ['522', '5B5C7A5717070D3D500D2D6AFD2EF00000002B7D', undefined],
  ['522', '5B60765D05070D00510D2D6A320000000000327D', undefined],
  ['522', '5BAB4A460F070D33500D2D6A0A2700000F00277D', undefined],
  ['523', '5B164A73167B0F00510078285A9C0000000000009C78', undefined],
  ['554', '5B36938113130B0F900064142D00003C00001C003C38', undefined],
  ['523', '0A937647287B0F', undefined],
  ['554', '0A40AFB252130B', undefined],
  ['523', '3F127647687B0FAED763', undefined],
  ['523', '336E614805020F08', undefined],
  ['523', '160A614805020F', undefined],
  ['554', '06040BFC806D4C490B', '2011-09-09T12:45:00'],
  ['554', '0C0491400D090B', undefined],
  ['523', '1E016F5907560F', undefined],
  ['523', '1F20695A07560F', undefined],
  ['522', '1E005D600F480D', undefined],
  ['523', '030000009D5B7A2D180F', undefined],
  ['554', '0300050005B09014010B', undefined],
  ['523', '07000006C25A8F000000', undefined],
  ['522', '07000005E8478D', undefined],
  ['523', '62016A6F15150F', undefined],
  ['554', '1400AFBB33130B', undefined],
  ['554', '1700B7B517040B', '2011-10-04T23:53:55'],
  ['554', '180080B517060B', '2011-10-06T23:53:00'],
  ['554', '2CF09B63131D0B', undefined],
  ['554', '310880AE12130B', undefined],
  ['554', '420CB7B212130B00', undefined],
  ['554', '400083B312130B1801', undefined],
  ['554', '5301A99A000F0B96', undefined],
  ['522', '5C08324E04265804', undefined],
  ['523', '5C081EF4442EFE45', undefined],
]

describe('cutting a page', () => {
  it('finds each record of the sheet’s vectors whole', () => {
    for (const [model, hex, iso] of VECTORS) {
      // Two of them: the second begins where the first ends.
      const { records, unknown } = cutHistoryPage(pageOf(hex, hex), 0, family(model))
      expect(unknown).toEqual([])
      expect(records.map(({ bytes }) => hexFromBytes(bytes).toUpperCase())).toEqual([hex, hex])
      if (iso !== undefined) expect(isoOf(records[0]?.time)).toBe(iso)
    }
  })

  const bolus = '01323200765D45070D'
  const rewind = '2100765D45070D'

  it('gives the spare bits beside the time', () => {
    const [suspend] = cutHistoryPage(pageOf('1E016F5907560F'), 0, family('723')).records
    expect(suspend?.spare).toEqual({ hour: 0, day: 2, year: 0 })
    const [square] = cutHistoryPage(pageOf('0100840084000001676CAC7B0F'), 0, family('723')).records
    expect(square?.spare).toEqual({ hour: 5, day: 3, year: 0 })
  })

  it('names zeros between records and behind them as fillers', () => {
    const { records, fillers } = cutHistoryPage(pageOf(bolus, '000000', rewind), 7, family('522'))
    expect(records.map(({ page, offset }) => [page, offset])).toEqual([
      [7, 0],
      [7, 12],
    ])
    expect(fillers).toEqual([
      { offset: 9, length: 3 },
      { offset: 19, length: 1003 },
    ])
  })

  it('goes on behind an unknown record and keeps it with the reason', () => {
    const { records, unknown } = cutHistoryPage(pageOf(bolus, 'EE1122334455', rewind, bolus), 0, family('522'))
    expect(records.map(({ opcode }) => opcode)).toEqual([0x01, 0x21, 0x01])
    expect(unknown).toEqual([{ offset: 9, length: 6, reason: 'a history record of an unknown kind (EE)' }])
  })

  it('does not go on at what looks like a record of another time', () => {
    // Behind the unknown opcode stands a rewind of 2010, then one of the right year.
    const { records, unknown } = cutHistoryPage(pageOf(bolus, 'EE', '2100765D45070A', rewind), 0, family('522'))
    expect(records.map(({ offset }) => offset)).toEqual([0, 17])
    expect(unknown).toMatchObject([{ offset: 9, length: 8 }])
  })

  it('does not accept a record with an impossible time', () => {
    const { records, unknown } = cutHistoryPage(pageOf(bolus, '2100765D45000D', rewind), 0, family('522'))
    expect(records.map(({ offset }) => offset)).toEqual([0, 16])
    expect(unknown).toEqual([{ offset: 9, length: 7, reason: 'a history record (21) with an impossible time' }])
  })

  it('does not accept a record that would reach into the checksum', () => {
    const page = pageOf(bolus)
    page.set(bytesFromHex('2100765D45070D').subarray(0, 5), 1017)
    const { records, unknown } = cutHistoryPage(sealed(page), 0, family('522'))
    expect(records).toHaveLength(1)
    expect(unknown).toEqual([
      { offset: 1017, length: 5, reason: 'a history record (21) that would reach beyond its page' },
    ])
  })

  it('names every byte exactly once, whatever the bytes', () => {
    const opcodes = fc.constantFrom(0x00, 0x01, 0x07, 0x08, 0x21, 0x30, 0x55, 0x5b, 0x5c, 0x6e, 0x7b, 0xff)
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 1100 }),
      fc.array(fc.oneof(opcodes, fc.nat(255)), { maxLength: 1100 }).map(list => Uint8Array.from(list)),
    )
    fc.assert(
      fc.property(bytes, fc.constantFrom('512', '522', '723', '554'), (page, model) => {
        expectCovered(cutHistoryPage(page, 0, family(model)), page)
      }),
    )
  })
})

/** A million when PARADIGM_MUTATIONS says so; a slice in the everyday run. */
const MUTATED_PAGES = Number(process.env['PARADIGM_MUTATIONS'] ?? 20_000)
const SLOWEST_MS = 20

describe('changed pages', () => {
  it(`${MUTATED_PAGES} of them neither throw nor hang nor take more than ${SLOWEST_MS} ms`, {
    timeout: 600_000,
  }, () => {
    const small = [bolusRun('522'), '07000005E8478D', `6D478D${'02'.repeat(41)}`, `5A0F${DATE}${'04'.repeat(117)}`]
    const large = [bolusRun('723'), '07000006C25A8F000000', `6E5A8F${'02'.repeat(49)}`, `5511${DATE}${'02'.repeat(48)}`]
    const bases = [
      { page: pageOf(...small), family: family('522') },
      { page: pageOf(...large), family: family('723') },
      { page: pageOf(...large), family: family('554') },
    ]
    const seed = 20_260_314
    const random = randomFrom(seed)
    const changed = new Uint8Array(1024)
    let slowestMs = 0
    let passed = 0
    for (let i = 0; i < MUTATED_PAGES; i++) {
      const base = bases[i % bases.length]
      if (!base) throw new Error('no base page')
      changed.set(base.page)
      for (let change = random(12); change >= 0; change--) changed[random(1024)] = random(256)
      const started = process.cpuUsage()
      const isAccepted = pageCrcIsRight(changed)
      const cut = cutHistoryPage(changed, 0, base.family)
      let ms = cpuMsSince(started)
      if (ms > SLOWEST_MS) ms = fastestOfThree(changed, base.family)
      slowestMs = Math.max(slowestMs, ms)
      const isChanged = changed.some((byte, at) => byte !== base.page[at])
      if (isAccepted && isChanged) passed++
      if (i % 100 === 0) expectCovered(cut, changed)
    }
    expect(slowestMs, `seed ${seed}`).toBeLessThan(SLOWEST_MS)
    // A checksum of 16 bits lets one random change in 65,536 pass; four times as many would be a wrong checksum.
    expect(passed, `seed ${seed}`).toBeLessThanOrEqual(3 + (4 * MUTATED_PAGES) / 65_536)
  })
})

/** About 60 boluses with their wizards. */
function bolusRun(model: '522' | '723'): string {
  const [bolus, wizard] =
    model === '522'
      ? ['01323200765D45070D', '5B60765D05070D00510D2D6A320000000000327D']
      : ['0100BC00BC000001714A6D790F', '5B164A73167B0F00510078285A9C0000000000009C78']
  return `${wizard}5C08324E04265804${bolus}`.repeat(17)
}

/** Processor time, ms: other processes on the same machine do not count. */
function cpuMsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

/** The first time may have compiled or collected garbage. */
function fastestOfThree(page: Uint8Array, ofFamily: ReturnType<typeof family>): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const started = process.cpuUsage()
      cutHistoryPage(page, 0, ofFamily)
      return cpuMsSince(started)
    }),
  )
}

function expectCovered({ records, fillers, unknown }: CutPage, page: Uint8Array): void {
  const parts = [...records.map(({ offset, bytes }) => ({ offset, length: bytes.length })), ...fillers, ...unknown]
  let at = 0
  for (const { offset, length } of parts.toSorted((a, b) => a.offset - b.offset)) {
    expect(offset).toBe(at)
    expect(length).toBeGreaterThan(0)
    at += length
  }
  expect(at).toBe(Math.min(page.length, 1022))
}
