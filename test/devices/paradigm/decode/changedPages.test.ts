/**
 * Pages that were changed on the way: their checksum is wrong, and nothing of them is accepted. What happens to any bytes
 * with a right checksum is in `hostile.test.ts` and `historyPage.test.ts`.
 */
import { describe, expect, it } from 'vitest'
import { bytesFromHex } from '#bytes/hex.ts'
import { decode } from '#devices/paradigm/decode/decode.ts'
import type { Download, Page } from '#devices/driver.ts'
import { pageOf, randomFrom, replyOf } from './builtPages.ts'

const SEED = 20_260_315

/** Ordinary records of a small and of a large pump: wizard, active insulin, bolus, suspend, temp basal, totals, alarms. */
const SMALL = [
  '5B60765D05070D00510D2D6A320000000000327D5C08324E0426580401323200765D45070D1E005D600F480D1F005D620F480D'.repeat(8),
  `0803765D05070D${'002000062600'.padEnd(290, '0')}0903765D05070D${'0028000C2C00'.padEnd(290, '0')}`,
  '33345801031A0D0016025801031A0D03000000009D5A2D070D2100765D25070D07000005E8478D',
].join('')
const LARGE = [
  '5B164A73167B0F00510078285A9C0000000000009C780100BC00BC000001714A6D790F0A937647287B0F3F127647687B0FAED763'.repeat(8),
  '7B04400010040F200B0033 6E614805020F08160A614805020F1E016F5907560F1F20695A07560F'.replace(' ', ''),
  '06040BFC806D4C490B0C0491400D090B030000009D5B7A2D180F07000006C25A8F000000',
].join('')
const BASES = [
  { model: '522', history: pageOf(SMALL) },
  { model: '723', history: pageOf(LARGE) },
  { model: '554', history: pageOf(LARGE) },
]
function downloadOf(model: string, pages: readonly Page[]): Download {
  return {
    driver: 'paradigm',
    modelId: `paradigm-${model}`,
    device: { kind: 'pump', manufacturer: 'Medtronic', model: `MiniMed Paradigm ${model}`, serial: '123456' },
    pages: [
      replyOf(0x70, '0F253907DF0508'),
      replyOf(0x8d, `03${[...model].map(digit => `3${digit}`).join('')}`),
      replyOf(0x92, '20000026000D2C001326001C000000'),
      ...pages,
    ],
    complete: true,
  }
}

describe('a page that was changed on the way', () => {
  it('gives no record at all', () => {
    const random = randomFrom(SEED)
    for (const { model, history } of BASES) {
      for (let i = 0; i < 300; i++) {
        const page = history.slice()
        // Within two bytes: found by the checksum for certain.
        const at = random(1023)
        page[at] = (page[at] ?? 0) ^ (1 + random(255))
        page[at + 1] = (page[at + 1] ?? 0) ^ random(256)
        const { records } = decode(downloadOf(model, [{ kind: 'history', index: 9, bytes: page }]))
        expect(records.filter(({ type }) => type !== 'setting')).toEqual([])
      }
    }
  })
})

it('the pages of this test are pages', () => {
  expect(bytesFromHex(SMALL).length).toBeLessThan(1022)
  expect(bytesFromHex(LARGE).length).toBeLessThan(1022)
  for (const { model, history } of BASES) {
    const { records, skipped } = decode(downloadOf(model, [{ kind: 'history', index: 9, bytes: history }]))
    expect(records.some(({ type }) => type === 'bolus')).toBe(true)
    expect(skipped.filter(({ reason }) => reason.includes('unknown kind'))).toEqual([])
  }
})
