/**
 * MAGE of eight single days, against iglu's numbers and the scoring by hand of its authors (metrics sheet §7.2).
 * Tolerances as the captures' readme and the sheet say.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DAY_MS, deviceDayOf } from '#records/time.ts'
import { uniformGrid } from '#stats/grid.ts'
import { mage } from '#stats/mage.ts'
import { expectWithin } from '../helpers/close.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { folder, MAGE_TOLERANCE, readings } from '../helpers/publishedSubjects.ts'

interface Segment {
  readonly idx: number
  readonly subject: string
  readonly row_start: number
  readonly row_end: number
  readonly first: string
  readonly last: string
  readonly n: number
  /** By a person with a pencil, mg/dL. */
  readonly manual: number
  readonly gap: 0 | 1
  readonly short: 0 | 1
  readonly plus: number
  readonly minus: number
  readonly avg: number
  readonly service: number
  readonly max: number
  readonly rerun_avg: number
}

// Shape as told by the captures' readme.
const segments: readonly Segment[] = folder
  ? JSON.parse(readFileSync(join(folder, 'expected-mage-segments.json'), 'utf8')).segments
  : []
const rows = [...readings('iglu-jhu5.csv')].flatMap(([subject, list]) => list.map(row => ({ subject, ...row })))

describe.skipIf(!folder)('eight published days (need the captures beside the checkout)', () => {
  it('are eight', () => {
    expect(new Set(segments.map(({ idx }) => idx)).size).toBe(8)
  })

  describe.each(segments)('$subject from $first', segment => {
    const part = rows.slice(segment.row_start - 1, segment.row_end)
    const series = seriesOf(part)
    const found = mage(series)

    it('are the rows that are meant', () => {
      expect(part.length).toBe(segment.n)
      expect(new Set(part.map(({ subject }) => subject))).toEqual(new Set([segment.subject]))
      expect([part[0]?.at, part.at(-1)?.at]).toEqual([wall(segment.first), wall(segment.last)])
      expect(deviceDayOf(wall(segment.first))).toBe(deviceDayOf(wall(segment.last)))
      expect(uniformGrid(series).runs.length > 1).toBe(segment.gap === 1)
      expect((wall(segment.last) - wall(segment.first)) / DAY_MS < 0.5).toBe(segment.short === 1)
    })

    it('has the published MAGE', () => {
      for (const name of ['avg', 'service', 'max', 'plus', 'minus'] as const) {
        expectWithin(found[name], segment[name], MAGE_TOLERANCE, name)
      }
      expectWithin(found.avg, segment.rerun_avg, MAGE_TOLERANCE, 'avg, run again')
    })
  })

  it('is within 12 % of the scoring by hand, but for the short day: two thirds above it (sheet §7.2)', () => {
    for (const { row_start: start, row_end: end, short, manual } of segments) {
      const { avg } = mage(seriesOf(rows.slice(start - 1, end)))
      if (short === 1) expectWithin(avg, 1.67 * manual, 0.005 * manual, 'the short day')
      else expectWithin(avg, manual, 0.12 * manual, `rows ${start} to ${end}`)
    }
  })
})
