/** Target ranges of one's own: checks and conversion. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rangeSets } from '#records/preferences.ts'
import { type LimitName, limitTexts, plausibleMgdl, readLimits } from '#ui/state/rangeLimits.ts'

const typed = { veryLow: '54', low: '70', high: '180', veryHigh: '250' }

describe('limits of one’s own', () => {
  test('typed in mg/dL give the consensus limits in mmol/L', () => {
    expect(readLimits(typed, 'mg/dL')).toEqual({
      ok: true,
      ranges: {
        id: 'custom',
        mgdl: { veryLow: 54, low: 70, high: 180, veryHigh: 250 },
        mmol: { veryLow: 3, low: 3.9, high: 10, veryHigh: 13.9 },
      },
    })
  })

  test('typed in mmol/L, with a decimal comma, give the same limits in mg/dL', () => {
    expect(readLimits({ veryLow: '3,0', low: '3,9', high: '10', veryHigh: '13,9' }, 'mmol/L')).toEqual(
      readLimits(typed, 'mg/dL'),
    )
  })

  test('that are no numbers are named', () => {
    expect(readLimits({ ...typed, low: '', high: 'many' }, 'mg/dL')).toEqual({
      ok: false,
      problems: { low: 'not-a-number', high: 'not-a-number' },
    })
    expect(readLimits({ ...typed, low: '-70' }, 'mg/dL')).toEqual({ ok: false, problems: { low: 'not-a-number' } })
  })

  test('that nobody can mean are refused, such as mmol/L typed as mg/dL', () => {
    expect(readLimits({ ...typed, low: '3.9' }, 'mg/dL')).toEqual({ ok: false, problems: { low: 'implausible' } })
    expect(readLimits({ ...typed, veryHigh: '2500' }, 'mg/dL')).toEqual({
      ok: false,
      problems: { veryHigh: 'implausible' },
    })
  })

  test('must rise, also where two become one in the other unit', () => {
    expect(readLimits({ ...typed, veryLow: '75' }, 'mg/dL')).toEqual({ ok: false, problems: { low: 'order' } })
    // 70 and 71 mg/dL are both 3.9 mmol/L.
    expect(readLimits({ ...typed, veryLow: '70', low: '71' }, 'mg/dL')).toEqual({
      ok: false,
      problems: { low: 'order' },
    })
  })

  test('a class that a set does not have is offered with the standard’s limit', () => {
    expect(limitTexts(rangeSets.older, 'mg/dL')).toEqual({ veryLow: '54', low: '70', high: '180', veryHigh: '250' })
    expect(limitTexts(rangeSets.pregnancy, 'mmol/L')).toEqual({
      veryLow: '3.0',
      low: '3.5',
      high: '7.8',
      veryHigh: '13.9',
    })
  })

  test('whatever is accepted rises in both units and comes back as it was typed', () => {
    const limit = (name: LimitName) => {
      const [min, max] = plausibleMgdl[name]
      return fc.integer({ min, max })
    }
    const all = fc.record({
      veryLow: limit('veryLow'),
      low: limit('low'),
      high: limit('high'),
      veryHigh: limit('veryHigh'),
    })
    fc.assert(
      fc.property(all, numbers => {
        const texts = {
          veryLow: String(numbers.veryLow),
          low: String(numbers.low),
          high: String(numbers.high),
          veryHigh: String(numbers.veryHigh),
        }
        const read = readLimits(texts, 'mg/dL')
        if (!read.ok) return
        for (const limits of [read.ranges.mgdl, read.ranges.mmol]) {
          expect(limits.veryLow < limits.low && limits.low < limits.high && limits.high < limits.veryHigh).toBe(true)
        }
        expect(limitTexts(read.ranges, 'mg/dL')).toEqual(texts)
      }),
    )
  })
})
