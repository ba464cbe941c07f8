/** How the reports round and write. Rules: metrics sheet §1.3 and §2.1. */
import { describe, expect, test } from 'vitest'
import { rangeSets } from '#records/preferences.ts'
import {
  doseText,
  hasRange,
  highestText,
  hoursText,
  limitsText,
  lowestText,
  measuredText,
  rangesFromTop,
  rateText,
  rounded,
  sharesText,
  shareText,
  wholePercent,
} from '#ui/reports/amounts.ts'
import { sharesOf } from '../../helpers/reportFixtures.ts'
import { formatOf, preferencesWith } from './reportFormat.ts'

const format = formatOf(preferencesWith())

describe('shares', () => {
  const shares = sharesOf({ veryLow: 0, low: 3, target: 72, high: 20, veryHigh: 5 }, 1000)

  test('are whole percents as the model gives them', () => {
    expect(shareText(shares.target, format)).toBe('72 %')
  })

  test('that are there but round to nothing say so', () => {
    expect(shareText({ count: 4, fraction: 0.004, percent: 0, minutesPerDay: 5.76 }, format)).toBe('< 1 %')
    expect(shareText(shares.veryLow, format)).toBe('0 %')
  })

  test('of several classes are the sums of the whole percents', () => {
    expect(sharesText(shares, ['high', 'veryHigh'], format)).toBe('25 %')
  })

  test('round half to even', () => {
    expect(wholePercent(0.485)).toBe(48)
    expect(wholePercent(0.495)).toBe(50)
  })
})

describe('amounts', () => {
  test('of time are hours and minutes', () => {
    expect(hoursText(43.2)).toBe('43 min')
    expect(hoursText(60)).toBe('1 h 00 min')
    expect(hoursText(0.36)).toBe('< 1 min')
    expect(hoursText(0)).toBe('0 min')
    expect(hoursText(1022.4)).toBe('17 h 02 min')
  })

  test('of insulin have one decimal on the face and two in tables, half to even', () => {
    expect(rounded(41.25, 1, format)).toBe('41.2')
    expect(rounded(41.35, 1, format)).toBe('41.4')
    expect(rounded(17.3, 2, format)).toBe('17.30')
  })

  test('of one bolus are as delivered: one to three decimals', () => {
    expect([4, 4.2, 1.25, 0.025, 1.525].map(units => doseText(units, format))).toEqual([
      '4.0',
      '4.2',
      '1.25',
      '0.025',
      '1.525',
    ])
  })

  test('of a rate have three decimals', () => {
    expect(rateText(0.85, format)).toBe('0.850')
  })
})

describe('the limits of the classes', () => {
  test.each([
    ['mg/dL', ['>250', '181–250', '70–180', '54–69', '<54']],
    ['mmol/L', ['>13.9', '10.1–13.9', '3.9–10.0', '3.0–3.8', '<3.0']],
  ] as const)('in %s are those of the sheet', (units, texts) => {
    expect(rangesFromTop.map(name => limitsText(name, rangeSets.standard, units))).toEqual(texts)
  })

  test('close up where a set has no class beside them', () => {
    expect(hasRange('veryLow', rangeSets.older)).toBe(false)
    expect(limitsText('low', rangeSets.older, 'mg/dL')).toBe('<70')
    expect(hasRange('veryHigh', rangeSets.pregnancy)).toBe(false)
    expect(limitsText('high', rangeSets.pregnancy, 'mmol/L')).toBe('>7.8')
  })
})

describe('what was measured as a word', () => {
  /** Of LO a number stands for what is below the meter's range: 19 for 20 and less. */
  const some = { minMgdl: 19, minIsLo: true, maxMgdl: 150 } as const
  const onlyLow = { minMgdl: 19, minIsLo: true, maxMgdl: 19 } as const
  const onlyHigh = { minMgdl: 601, maxMgdl: 601, maxIsHi: true } as const

  test('is the word at the end that it is', () => {
    expect([lowestText(some, format), highestText(some, format)]).toEqual(['LO', '150'])
  })

  test('is the word at both ends where there is nothing else', () => {
    expect([lowestText(onlyLow, format), highestText(onlyLow, format)]).toEqual(['LO', 'LO'])
    expect([lowestText(onlyHigh, format), highestText(onlyHigh, format)]).toEqual(['HI', 'HI'])
  })

  test('is the word in a percentile and in a mean of nothing else, and no word in a mean of several', () => {
    expect(measuredText(19, some, format)).toBe('LO')
    expect(measuredText((19 + 19 + 19) / 3, onlyLow, format)).toBe('LO')
    expect(measuredText(84.5, some, format)).toBe('84')
  })
})
