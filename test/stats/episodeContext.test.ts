/** What happened around an episode, from a trace and a log made by hand. */
import { expect, it } from 'vitest'
import { MINUTE_MS } from '#records/time.ts'
import { contextOf, contextRecords } from '#stats/episodeContext.ts'
import { findEpisodes } from '#stats/episodes.ts'
import { uniformGrid } from '#stats/grid.ts'
import { type Reading, seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, logged } from '../helpers/pumpLog.ts'

const start = wall('2024-03-01T10:00')
/** Values every five minutes from ten o'clock. */
const trace = (values: readonly number[], units: 'mg/dL' | 'mmol/L' = 'mg/dL'): Reading[] =>
  values.map((value, i) => ({ at: start + i * 5 * MINUTE_MS, value, units }))
const minute = (minutes: number) => start + minutes * MINUTE_MS

/** 100 for half an hour, low from 10:30 to 10:55 with 48 at 10:40, then up to 185 at 11:20. */
const values = [100, 95, 90, 85, 80, 75, 65, 55, 48, 52, 66, 75, 80, 85, 100, 130, 185, 190, 150]
const sensor = seriesOf(trace(values))
const grid = uniformGrid(sensor)
const [low] = findEpisodes(grid, 'hypoLevel1')
const nothing = { boluses: [], carbs: [], suspends: [], delivery: [] }
const of = (more: Partial<typeof nothing> | object = {}) => {
  if (!low) throw new Error('no episode')
  return contextOf(low, 'hypo', 5 * MINUTE_MS, { sensor, ...nothing, ...more })
}

it('gives the lowest value as measured, and the first high value within two hours', () => {
  expect(low).toMatchObject({ startMs: minute(30), minutes: 25 })
  expect(of()).toEqual({ extremeMgdl: 48, extremeAt: minute(40), isOutOfRange: false, reboundAt: minute(80) })
})

it('says LO where the sensor did', () => {
  const readings: Reading[] = trace(values).map(reading =>
    reading.value === 48 ? { ...reading, value: 50, outOfRange: 'low' } : reading,
  )
  const flagged = seriesOf(readings)
  const flags = flagged.flags.map((flag, i) => (readings[i]?.outOfRange ? flag | 2 : flag))
  if (!low) throw new Error('no episode')
  const context = contextOf(low, 'hypo', 5 * MINUTE_MS, { sensor: { ...flagged, flags }, ...nothing })
  expect(context).toMatchObject({ extremeMgdl: 49, isOutOfRange: true })
})

it('adds the boluses of three hours before it, not those after', () => {
  const { boluses } = contextRecords(
    [
      bolus(minute(-151), 9),
      bolus(minute(-149), 2),
      bolus(minute(20), 1.5),
      bolus(minute(35), 4),
      logged(minute(10), { type: 'bolus', subType: 'normal', normalUnits: 0, programmedNormalUnits: 3 }),
    ].toSorted((a, b) => a.deviceTime - b.deviceTime),
  )
  expect(of({ boluses }).bolus).toEqual({ units: 3.5, count: 2, lastAt: minute(20) })
})

it('counts a dual bolus of two records once', () => {
  const { boluses } = contextRecords([
    logged(minute(0), { type: 'bolus', subType: 'dual', normalUnits: 2 }),
    logged(minute(2), { type: 'bolus', subType: 'dual', extendedUnits: 1, durationMs: 3_600_000 }),
  ])
  expect(of({ boluses }).bolus).toEqual({ units: 3, count: 1, lastAt: minute(2) })
})

it('gives the time without delivery inside it, and nothing where delivery is not known', () => {
  const delivery = [{ from: minute(0), to: minute(120) }]
  const suspends = [{ from: minute(20), to: minute(42) }]
  expect(of({ delivery, suspends }).suspendedMinutes).toBe(12)
  expect(of({ delivery }).suspendedMinutes).toBe(0)
  expect(of({ suspends })).not.toHaveProperty('suspendedMinutes')
})

it('sees carbs within half an hour of its beginning, each once', () => {
  const { carbs } = contextRecords([
    logged(minute(25), { type: 'food', carbsGrams: 40 }),
    logged(minute(33), { type: 'wizard', carbsGrams: 15 }),
    logged(minute(34), { type: 'food', carbsGrams: 15 }),
    logged(minute(50), { type: 'wizard', carbsGrams: 9, delivered: false }),
    logged(minute(60), { type: 'food', carbsExchanges: 1 }),
    logged(minute(61), { type: 'food', carbsGrams: 20 }),
  ])
  expect(of({ carbs }).carbs).toEqual({ grams: 15, exchanges: 1 })
})

it('compares in the unit that the device stored', () => {
  // 10.0 mmol/L is 180.2 mg/dL and not high; 10.1 is.
  const mmol = seriesOf(trace([5, 3.8, 3.7, 3.6, 5, 5, 5, 10, 10.1], 'mmol/L'))
  const [episode] = findEpisodes(uniformGrid(mmol), 'hypoLevel1')
  if (!episode) throw new Error('no episode')
  expect(contextOf(episode, 'hypo', 5 * MINUTE_MS, { sensor: mmol, ...nothing }).reboundAt).toBe(minute(40))
})

it('tells a low after a high', () => {
  const fall = seriesOf(trace([170, 190, 200, 210, 190, 150, 120, 90, 69, 80]))
  const [episode] = findEpisodes(uniformGrid(fall), 'hyperLevel1')
  if (!episode) throw new Error('no episode')
  const context = contextOf(episode, 'hyper', 5 * MINUTE_MS, { sensor: fall, ...nothing })
  expect(context).toEqual({ extremeMgdl: 210, extremeAt: minute(15), isOutOfRange: false, reboundAt: minute(40) })
})
