/** Where the numbers of carb marks stand in a strip of the Weekly review. Widths by the module: 7.5 units a character, 2 beside a dot. */
import { describe, expect, test } from 'vitest'
import { carbLabels } from '../../../src/ui/reports/weekly/carbLabels.ts'

const mark = (x: number, text = '45') => ({ x, radius: 4, text })

describe('the number of a carb mark', () => {
  test('stands to the right of its dot', () => {
    expect(carbLabels([mark(100)], 600)).toEqual([{ x: 106, anchor: 'start' }])
  })

  test('gives way to the left where the next dot is near', () => {
    // 106 + 15 = 121 is beyond 118 - 4; on the left 79 to 94 are free. The second has room on its right.
    expect(carbLabels([mark(100), mark(118)], 600)).toEqual([
      { x: 94, anchor: 'end' },
      { x: 124, anchor: 'start' },
    ])
  })

  test('is left away between two near dots', () => {
    // Of the middle one neither side is free: 112 to 127 has the third dot, 85 to 100 the first.
    expect(carbLabels([mark(90), mark(106), mark(122)], 600)).toEqual([
      { x: 84, anchor: 'end' },
      undefined,
      { x: 128, anchor: 'start' },
    ])
  })

  test('does not leave the strip', () => {
    expect(carbLabels([mark(595)], 600)).toEqual([{ x: 589, anchor: 'end' }])
    expect(carbLabels([mark(3), mark(12)], 600)).toEqual([undefined, { x: 18, anchor: 'start' }])
  })

  test('does not run into the number before it', () => {
    // The first number reaches to 121, the second dot is at 126, its own to the left would begin at 105.
    expect(carbLabels([mark(100), mark(126, '120'), mark(140)], 600)[1]).toBeUndefined()
  })
})
