/**
 * Episodes of low and high glucose as the consensus defines them: at least 15 minutes beyond the limit, ended by at
 * least 15 minutes back. The limits are the consensus ones, whatever target range a person has chosen, each in the unit
 * in which the device stored the value. Source: metrics sheet §9 (Danne 2017, Battelino 2019 and 2023).
 */
import type { GlucoseSeries } from '#records/series.ts'
import { MINUTE_MS } from '#records/time.ts'
import { mgdlFrom } from '#records/units.ts'
import { type Grid, type GridRun, uniformGrid } from './grid.ts'

export type EpisodeKind = 'hypoLevel1' | 'hypoLevel2' | 'hypoExtended' | 'hyperLevel1' | 'hyperLevel2'
export type EpisodeSummaries = Readonly<
  Record<EpisodeKind, { readonly count: number; readonly perDay: number; readonly meanMinutes: number }>
>

export interface Episode {
  /** Device wall clock, ms, of its first point on the grid. */
  readonly startMs: number
  readonly minutes: number
  /** Mean over it, short recoveries included. */
  readonly meanMgdl: number
}

interface Rule {
  readonly side: 'below' | 'above'
  /** In mg/dL, for values in mg/dL and for values in mmol/L. */
  readonly limits: readonly [number, number]
  /** Consecutive points that start an episode, at this many minutes a step. */
  readonly startPoints: (stepMinutes: number) => number
}

const quarterHour = (stepMinutes: number) => Math.ceil(15 / stepMinutes)
/** More than two hours. */
const overTwoHours = (stepMinutes: number) => Math.floor(120 / stepMinutes) + 1
const limit = (mgdl: number, mmol: number): [number, number] => [mgdl, mgdlFrom(mmol, 'mmol/L')]

const rules: Readonly<Record<EpisodeKind, Rule>> = {
  hypoLevel1: { side: 'below', limits: limit(70, 3.9), startPoints: quarterHour },
  hypoLevel2: { side: 'below', limits: limit(54, 3), startPoints: quarterHour },
  hypoExtended: { side: 'below', limits: limit(70, 3.9), startPoints: overTwoHours },
  hyperLevel1: { side: 'above', limits: limit(180, 10), startPoints: quarterHour },
  hyperLevel2: { side: 'above', limits: limit(250, 13.9), startPoints: quarterHour },
}

/** Number, number a day of recorded time, and mean length of each kind; zeros when there is none. */
export function summariseEpisodes(series: GlucoseSeries): EpisodeSummaries {
  const grid = uniformGrid(series)
  const days = (grid.points * grid.stepMinutes) / 1440
  const summary = (kind: EpisodeKind) => {
    const episodes = findEpisodes(grid, kind)
    const minutes = episodes.reduce((sum, episode) => sum + episode.minutes, 0)
    const count = episodes.length
    return { count, perDay: days > 0 ? count / days : 0, meanMinutes: count > 0 ? minutes / count : 0 }
  }
  return {
    hypoLevel1: summary('hypoLevel1'),
    hypoLevel2: summary('hypoLevel2'),
    hypoExtended: summary('hypoExtended'),
    hyperLevel1: summary('hyperLevel1'),
    hyperLevel2: summary('hyperLevel2'),
  }
}

/** All episodes of a kind, oldest first. */
export function findEpisodes(grid: Grid, kind: EpisodeKind): Episode[] {
  const rule = rules[kind]
  const startPoints = rule.startPoints(grid.stepMinutes)
  const endPoints = quarterHour(grid.stepMinutes)
  return grid.runs.flatMap(run => episodesOfRun(run, rule, startPoints, endPoints, grid.stepMinutes))
}

/** Those of `outer` in which none of `inner` begins, such as level 1 without level 2. */
export function withoutInner(outer: readonly Episode[], inner: readonly Episode[]): Episode[] {
  return outer.filter(({ startMs, minutes }) => {
    const endMs = startMs + minutes * MINUTE_MS
    return !inner.some(other => other.startMs >= startMs && other.startMs < endMs)
  })
}

function episodesOfRun(
  run: GridRun,
  rule: Rule,
  startPoints: number,
  endPoints: number,
  stepMinutes: number,
): Episode[] {
  const episodes: Episode[] = []
  const isBeyond = (i: number): boolean => {
    const border = rule.limits[run.isMmol[i] ? 1 : 0]
    const mgdl = run.mgdl[i] ?? 0
    return rule.side === 'below' ? mgdl < border : mgdl > border
  }
  const close = (start: number, end: number) => {
    let sum = 0
    for (let i = start; i < end; i++) sum += run.mgdl[i] ?? 0
    episodes.push({
      startMs: run.startMs + start * stepMinutes * MINUTE_MS,
      minutes: (end - start) * stepMinutes,
      meanMgdl: sum / (end - start),
    })
  }
  let start = -1
  let beyond = 0
  let back = 0
  for (let i = 0; i < run.mgdl.length; i++) {
    if (isBeyond(i)) {
      beyond++
      back = 0
      if (start < 0 && beyond === startPoints) start = i - startPoints + 1
      continue
    }
    beyond = 0
    back++
    if (start >= 0 && back === endPoints) {
      close(start, i - endPoints + 1)
      start = -1
    }
  }
  // The run may end in a recovery too short to end the episode: the episode then lasts to the run's end.
  if (start >= 0) close(start, run.mgdl.length)
  return episodes
}
