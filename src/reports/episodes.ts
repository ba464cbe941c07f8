/**
 * Episodes and patterns: every low and high of a period with what happened around it, at which hours they begin, and at
 * which they begin again and again. Source: reports sheet §1.2 (8) and §6, metrics sheet §9.
 */
import type { TimeSpan } from '#records/preferences.ts'
import { HOUR_MS, MINUTE_MS, timeOfDayMs, type DeviceTime } from '#records/time.ts'
import { contextOf, type ContextMaterial, contextRecords, type EpisodeSide } from '#stats/episodeContext.ts'
import { type Episode, findEpisodes, summariseEpisodes } from '#stats/episodes.ts'
import { type Grid, uniformGrid } from '#stats/grid.ts'
import { indexAt } from '#stats/slices.ts'
import { type Material, periodModel, prepare } from './days.ts'
import {
  type EpisodeHours,
  type EpisodesModel,
  type ListedEpisode,
  LONGEST_PICTURE_MS,
  pictureOf,
} from './episodesModel.ts'
import { glucosePatterns } from './glucosePatterns.ts'
import type { ReportInput } from './models.ts'
import { startOf } from './wizards.ts'

/** Makes the list of `input.period`; without a sensor it is empty. */
export function episodesReport(input: ReportInput): EpisodesModel {
  const material = prepare(input)
  const { sensor } = material
  const grid = uniformGrid(sensor)
  const patterns = glucosePatterns(sensor)
  const around: ContextMaterial = {
    sensor,
    // A bolus before midnight may belong to a low after it, whichever days are looked at.
    ...contextRecords(material.log),
    suspends: material.basal.filter(({ delivery }) => delivery === 'suspended'),
    delivery: material.basal,
  }
  const { overnight } = input.preferences
  const [hypo, hyper] = [listed('hypo', grid, around, overnight), listed('hyper', grid, around, overnight)]
  const episodes = [...hypo, ...hyper].sort((a, b) => b.startMs - a.startMs)
  return {
    ...periodModel(input, material),
    sensorValues: sensor.time.length,
    daysWithData: patterns.daysWithData,
    ...(sensor.time.length > 0 ? { summary: summariseEpisodes(sensor) } : {}),
    episodes,
    hours: { hypo: hoursOf(hypo), hyper: hoursOf(hyper) },
    patterns,
    trace: traceAround(sensor, episodes),
    boluses: inPictures(around.boluses, episodes, startOf),
    carbs: inPictures(around.carbs, episodes, ({ deviceTime }) => deviceTime),
  }
}

function listed(side: EpisodeSide, grid: Grid, around: ContextMaterial, overnight: TimeSpan): ListedEpisode[] {
  const stepMs = grid.stepMinutes * MINUTE_MS
  const severe = findEpisodes(grid, side === 'hypo' ? 'hypoLevel2' : 'hyperLevel2')
  const extended = side === 'hypo' ? findEpisodes(grid, 'hypoExtended') : []
  const holdsSevere = holding(severe)
  const holdsExtended = holding(extended)
  return findEpisodes(grid, side === 'hypo' ? 'hypoLevel1' : 'hyperLevel1').map(episode => ({
    side,
    startMs: episode.startMs,
    minutes: episode.minutes,
    level: holdsSevere(episode) ? 2 : 1,
    isExtended: holdsExtended(episode),
    // A moment of the grid is one of the device's clock.
    isOvernight: isWithin(timeOfDayMs(episode.startMs as DeviceTime) / MINUTE_MS, overnight),
    ...contextOf(episode, side, stepMs, around),
  }))
}

/** Whether one of `inner` begins in an episode. */
function holding(inner: readonly Episode[]): (outer: Episode) => boolean {
  const starts = inner.map(({ startMs }) => startMs)
  return ({ startMs, minutes }) => (starts[indexAt(starts, startMs)] ?? Infinity) < startMs + minutes * MINUTE_MS
}

const isWithin = (minute: number, { fromMinute, toMinute }: TimeSpan): boolean =>
  fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute

function hoursOf(episodes: readonly ListedEpisode[]): EpisodeHours {
  const hours = { all: new Uint32Array(24), severe: new Uint32Array(24) }
  for (const { startMs, level } of episodes) {
    const hour = Math.floor(timeOfDayMs(startMs as DeviceTime) / HOUR_MS)
    hours.all[hour] = (hours.all[hour] ?? 0) + 1
    if (level === 2) hours.severe[hour] = (hours.severe[hour] ?? 0) + 1
  }
  return hours
}

/** The values that some picture needs, each once. `episodes` newest first. */
function traceAround(
  { time, mgdl, flags }: Material['sensor'],
  episodes: readonly ListedEpisode[],
): EpisodesModel['trace'] {
  const rows: number[] = []
  let next = 0
  for (const episode of episodes.toReversed()) {
    const { from, to } = pictureOf(episode)
    next = Math.max(next, indexAt(time, from))
    for (; next < time.length && (time[next] ?? 0) <= to; next++) rows.push(next)
  }
  return {
    time: Float64Array.from(rows, row => time[row] ?? 0),
    mgdl: Float64Array.from(rows, row => mgdl[row] ?? 0),
    flags: Uint8Array.from(rows, row => flags[row] ?? 0),
  }
}

/** Those that begin within some picture, each once. `records` ascending, `episodes` newest first. */
function inPictures<T>(
  records: readonly T[],
  episodes: readonly ListedEpisode[],
  at: (record: T) => number,
): readonly T[] {
  const pictures = episodes.toReversed().map(pictureOf)
  let first = 0
  return records.filter(record => {
    const time = at(record)
    // Pictures may overlap, and the earlier one may be the longer one.
    while ((pictures[first]?.from ?? Infinity) + LONGEST_PICTURE_MS < time) first++
    for (let i = first; (pictures[i]?.from ?? Infinity) <= time; i++) {
      if (time <= (pictures[i]?.to ?? 0)) return true
    }
    return false
  })
}
