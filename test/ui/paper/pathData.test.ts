/** SVG path data as outlines: commands, short forms, arcs, transformations. */
import { describe, expect, test } from 'vitest'
import { outlineOfEllipse, outlineOfPath, outlineOfRect, transformed } from '#ui/paper/pathData.ts'

describe('path data', () => {
  test('becomes absolute lines, with the short forms of SVG spelled out', () => {
    expect(outlineOfPath('M10 20h5v-5l-2,1z')).toEqual([
      ['M', 10, 20],
      ['L', 15, 20],
      ['L', 15, 15],
      ['L', 13, 16],
      ['Z'],
    ])
  })

  test('goes on with lines after a move, and at the start of the shape after its end', () => {
    expect(outlineOfPath('m1 1 2 0 0 2zl1 1')).toEqual([['M', 1, 1], ['L', 3, 1], ['L', 3, 3], ['Z'], ['L', 2, 2]])
  })

  test('reads numbers that stand without a space between them', () => {
    expect(outlineOfPath('M.5.25L-1-2e1')).toEqual([
      ['M', 0.5, 0.25],
      ['L', -1, -20],
    ])
  })

  test('mirrors the control point of a smooth curve', () => {
    expect(outlineOfPath('M0 0C0 1 2 1 3 0S6 -1 6 0')).toEqual([
      ['M', 0, 0],
      ['C', 0, 1, 2, 1, 3, 0],
      ['C', 4, -1, 6, -1, 6, 0],
    ])
  })

  test('makes a quadratic curve cubic without moving it', () => {
    const [, curve] = outlineOfPath('M0 0Q3 3 6 0')
    expect(curve).toEqual(['C', 2, 2, 4, 2, 6, 0])
  })

  test('keeps what stands before a fault, as browsers do', () => {
    expect(outlineOfPath('M1 2L3 x')).toEqual([['M', 1, 2]])
  })

  test('draws the arcs of a dot as a circle', () => {
    const outline = outlineOfPath('M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z')
    const curves = outline.filter(([letter]) => letter === 'C')
    expect(curves).toHaveLength(4)
    for (const [, x1, y1, x2, y2, x, y] of curves as unknown as readonly (readonly number[])[]) {
      expect(Math.hypot(Number(x), Number(y))).toBeCloseTo(1, 6)
      // Control points of a good quarter lie at √(1 + 0.5523²).
      expect(Math.hypot(Number(x1), Number(y1))).toBeCloseTo(1.1423, 3)
      expect(Math.hypot(Number(x2), Number(y2))).toBeCloseTo(1.1423, 3)
    }
    expect(outline.at(-2)?.slice(-2)).toEqual([-1, 0])
  })

  test('makes an arc that is too small for its ends just as large as it must be', () => {
    const outline = outlineOfPath('M0 0A1 1 0 0 1 10 0')
    const tops = outline.map(segment => Number(segment.at(-1)))
    expect(Math.min(...tops.filter(Number.isFinite))).toBeCloseTo(-5, 6)
  })
})

test('a rectangle rounds its corners by at most half its sides', () => {
  const sharp = outlineOfRect(0, 0, 10, 4)
  expect(sharp).toHaveLength(5)
  const round = outlineOfRect(0, 0, 10, 4, 9)
  expect(round.filter(([letter]) => letter === 'C')).toHaveLength(4)
  expect(round[0]).toEqual(['M', 5, 0])
})

test('an ellipse touches its four ends', () => {
  const ends = outlineOfEllipse(10, 20, 3, 2).flatMap(segment => (segment[0] === 'C' ? [segment.slice(-2)] : []))
  expect(ends).toEqual([
    [13, 20],
    [10, 22],
    [7, 20],
    [10, 18],
  ])
})

test('a transformation turns, stretches and moves all points', () => {
  expect(transformed(outlineOfPath('M1 0L0 1z'), [0, 2, -3, 0, 10, 20])).toEqual([['M', 10, 22], ['L', 7, 20], ['Z']])
})
