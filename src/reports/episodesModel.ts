/** What Episodes and patterns shows: each low and high with what happened around it, and when they begin. */
import type { Bolus, Food, Wizard } from '#records/records.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { HOUR_MS, MINUTE_MS } from '#records/time.ts'
import type { EpisodeContext, EpisodeSide } from '#stats/episodeContext.ts'
import type { EpisodeSummaries } from '#stats/episodes.ts'
import type { GlucosePatterns } from './glucosePatterns.ts'
import type { PeriodModel } from './models.ts'

export type { EpisodeContext, EpisodeSide } from '#stats/episodeContext.ts'

/** A picture begins so early that it has every bolus that the list tells of. */
const BEFORE_MS = 3 * HOUR_MS
const LONGEST_AFTER_MS = 12 * HOUR_MS
export const LONGEST_PICTURE_MS = BEFORE_MS + LONGEST_AFTER_MS

/** What a picture shows of an episode: six hours; longer ones until an hour after their end, half a day at most. */
export function pictureOf({ startMs, minutes }: Pick<ListedEpisode, 'startMs' | 'minutes'>): {
  readonly from: number
  readonly to: number
} {
  const afterMs = Math.min(Math.max(3 * HOUR_MS, minutes * MINUTE_MS + HOUR_MS), LONGEST_AFTER_MS)
  return { from: startMs - BEFORE_MS, to: startMs + afterMs }
}

/** One of level 1 or worse: level 2 lies within it. */
export interface ListedEpisode extends EpisodeContext {
  readonly side: EpisodeSide
  /** Device wall clock, ms. */
  readonly startMs: number
  readonly minutes: number
  /** 2: very low, or very high, for 15 minutes. */
  readonly level: 1 | 2
  /** A low of more than two hours on end. */
  readonly isExtended: boolean
  /** It began in the night that the person chose. */
  readonly isOvernight: boolean
}

/** How many begin in each hour of the day; a severe one counts in `all` too. */
export interface EpisodeHours {
  readonly all: Uint32Array<ArrayBuffer>
  readonly severe: Uint32Array<ArrayBuffer>
}

export interface EpisodesModel extends PeriodModel {
  readonly sensorValues: number
  readonly daysWithData: number
  /** Absent without sensor values. */
  readonly summary?: EpisodeSummaries
  /** Newest first. */
  readonly episodes: readonly ListedEpisode[]
  readonly hours: Readonly<Record<EpisodeSide, EpisodeHours>>
  readonly patterns: GlucosePatterns
  /** The sensor's values around all the episodes, ascending, for the small pictures. */
  readonly trace: Pick<GlucoseSeries, 'time' | 'mgdl' | 'flags'>
  /** Boluses and carbohydrate entries in any of the pictures, ascending. */
  readonly boluses: readonly Bolus[]
  readonly carbs: readonly (Wizard | Food)[]
}
