/**
 * The patterns of a period's lows and highs, for every report that shows them. Source: reports sheet §6, last paragraph.
 */
import type { GlucoseSeries } from '#records/series.ts'
import { DAY_MS } from '#records/time.ts'
import { findEpisodes } from '#stats/episodes.ts'
import { uniformGrid } from '#stats/grid.ts'
import { findPatterns, type Pattern, withSeverity } from '#stats/patterns.ts'

export interface GlucosePatterns {
  /** With sensor values: what the rule's share is taken of. */
  readonly daysWithData: number
  readonly hypo: readonly Pattern[]
  readonly hyper: readonly Pattern[]
}

/** Of the episodes of level 1 and worse. */
export function glucosePatterns(sensor: GlucoseSeries): GlucosePatterns {
  const grid = uniformGrid(sensor)
  const daysWithData = daysIn(sensor)
  const hypo = withSeverity(findEpisodes(grid, 'hypoLevel1'), findEpisodes(grid, 'hypoLevel2'))
  const hyper = withSeverity(findEpisodes(grid, 'hyperLevel1'), findEpisodes(grid, 'hyperLevel2'))
  return { daysWithData, hypo: findPatterns(hypo, daysWithData), hyper: findPatterns(hyper, daysWithData) }
}

function daysIn({ time }: GlucoseSeries): number {
  let days = 0
  let end = Number.NEGATIVE_INFINITY
  for (let i = 0; i < time.length; i++) {
    const at = time[i] ?? 0
    if (at < end) continue
    days++
    end = (Math.floor(at / DAY_MS) + 1) * DAY_MS
  }
  return days
}
