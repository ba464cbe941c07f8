/**
 * Makes panels: nights and meals of a period laid over one another. Means are of the sensor's values; of the meter's only
 * where no sensor was worn in all the period. Source: reports sheet §1.2 (4, 10), metrics sheet §5.1.
 */
import type { Preferences, TimeSpan } from '#records/preferences.ts'
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import {
  alignedCurve,
  alignedTraces,
  meanOfEvents,
  meterMean,
  stretchesAround,
  type Window,
  windowMean,
} from '#stats/mealWindows.ts'
import { rangeSharesOf } from '#stats/ranges.ts'
import { DAY_MINUTES, minutesOf, minutesUntil } from '#stats/timeSpans.ts'
import type { Material } from './days.ts'
import { type EatenMeal, windowOf } from './mealEvents.ts'
import { amountsBehind, behindPanel, type PanelMeans, stretchAt } from './panelEvidence.ts'
import type { MealGroupName, MealPanel, NightName, NightPanel, Panel, RatioInUse } from './panelsModel.ts'

/** More traces are a grey mass; means and curves are of all. */
const DRAWN_TRACES = 90
const SLOT_MINUTES = 15
/** The first and the last hour of a night. */
const EDGE_MINUTES = 60
/** What is drawn around a meal, at the least. */
const BEFORE_SHOWN = 60
const AFTER_SHOWN = 240

type PanelMaterial = Pick<
  Material,
  'firstDay' | 'lastDay' | 'days' | 'sensor' | 'sensorClasses' | 'meter' | 'meterClasses'
>

/** A meal panel of the meals of one group. */
export function mealPanel(
  material: PanelMaterial,
  name: MealGroupName,
  meals: readonly EatenMeal[],
  preferences: Pick<Preferences, 'meals'>,
): MealPanel {
  const { beforeMinutes, afterFromMinutes, afterToMinutes } = windowOf(name, preferences.meals)
  const events = meals.map(({ event }) => event)
  const frame = {
    shown: {
      fromMinute: -upToSlot(Math.max(beforeMinutes, BEFORE_SHOWN)),
      toMinute: upToSlot(Math.max(afterToMinutes, AFTER_SHOWN)),
    },
    before: { fromMinute: -beforeMinutes, toMinute: 0 },
    after: { fromMinute: afterFromMinutes, toMinute: afterToMinutes },
  }
  const moments = events.map(({ at }) => at)
  return {
    name,
    ...panelOf(material, moments, frame, {
      before: meals.map(({ before, event }) => ({ of: before, mean: event.beforeMgdl })),
      after: meals.map(({ after, event }) => ({ of: after, mean: event.afterMgdl })),
    }),
    carbsGrams: meanOfEvents(events.map(event => event.carbsGrams)),
    carbsExchanges: meanOfEvents(events.map(event => event.carbsExchanges)),
    foodUnits: meanOfEvents(events.map(event => event.foodUnits)),
    correctionUnits: meanOfEvents(events.map(event => event.correctionUnits)),
    deliveredUnits: meanOfEvents(events.map(event => event.deliveredUnits)),
    ratios: ratiosOf(meals),
    amountsBehind: amountsBehind(meals),
  }
}

/** From bedtime to waking up, or the night; of the nights that touch the days looked at and have glucose values. */
export function nightPanel(
  material: PanelMaterial,
  name: NightName,
  { overnight, bedtime, wakeUp }: Pick<Preferences, 'overnight' | 'bedtime' | 'wakeUp'>,
): NightPanel {
  const start = name === 'overnight' ? overnight : bedtime
  const frame = name === 'overnight' ? nightFrame(overnight) : bedtimeFrame(bedtime, wakeUp)
  const means = material.sensor.time.length > 0 ? windowMean : meterMean
  const series = material.sensor.time.length > 0 ? material.sensor : material.meter
  const moments = nightsOf(material, start.fromMinute, frame.shown.toMinute).filter(
    moment => stretchesAround(series, [moment], frame.shown).length > 0,
  )
  const meansIn = (window: Window) =>
    moments.map(moment => {
      const of = stretchAt(moment, window)
      return { of, mean: means(series, of.from, of.to) }
    })
  const both = { before: meansIn(frame.before), after: meansIn(frame.after) }
  return { name, startMinute: start.fromMinute, ...panelOf(material, moments, frame, both) }
}

type Frame = Pick<Panel, 'shown' | 'before' | 'after'>

function panelOf(
  material: PanelMaterial,
  moments: readonly number[],
  frame: Frame,
  { before, after }: PanelMeans,
): Panel {
  const from = material.sensor.time.length > 0 ? 'sensor' : 'meter'
  const [series, classes] =
    from === 'sensor' ? [material.sensor, material.sensorClasses] : [material.meter, material.meterClasses]
  const drawn = moments.slice(-DRAWN_TRACES)
  const stretches = stretchesAround(series, moments, frame.shown)
  return {
    period: { firstDay: material.firstDay, lastDay: material.lastDay },
    events: moments.length,
    from,
    ...frame,
    meanBefore: meanOfEvents(before.map(({ mean }) => mean)),
    meanAfter: meanOfEvents(after.map(({ mean }) => mean)),
    meanChange: meanOfEvents(after.map(({ mean = Number.NaN }, i) => mean - (before[i]?.mean ?? Number.NaN))),
    curve: alignedCurve(material.sensor, moments, frame.shown, SLOT_MINUTES),
    traces: alignedTraces(material.sensor, drawn, frame.shown),
    points: alignedTraces(material.meter, drawn, frame.shown),
    ...(stretches.length > 0 ? { ranges: rangeSharesOf(series, classes, stretches) } : {}),
    values: stretches.reduce((sum, [start, end]) => sum + end - start, 0),
    behind: behindPanel(
      series,
      { before, after },
      moments.map(moment => stretchAt(moment, frame.shown)),
    ),
  }
}

function nightFrame(overnight: TimeSpan): Frame {
  const length = minutesOf(overnight)
  const edge = Math.min(EDGE_MINUTES, length)
  return {
    shown: { fromMinute: 0, toMinute: upToSlot(length) },
    before: { fromMinute: 0, toMinute: edge },
    after: { fromMinute: length - edge, toMinute: length },
  }
}

function bedtimeFrame(bedtime: TimeSpan, wakeUp: TimeSpan): Frame {
  const wakes = minutesUntil(bedtime.fromMinute, wakeUp.fromMinute)
  const wakeEnd = wakes + minutesOf(wakeUp)
  return {
    shown: { fromMinute: 0, toMinute: upToSlot(wakeEnd) },
    before: { fromMinute: 0, toMinute: minutesOf(bedtime) },
    after: { fromMinute: wakes, toMinute: wakeEnd },
  }
}

/** Their beginnings, ascending; one that goes over midnight belongs to both days. */
function nightsOf({ days }: PanelMaterial, fromMinute: number, lengthMinutes: number): number[] {
  const overMidnight = fromMinute + lengthMinutes > DAY_MINUTES
  const begin = new Set<number>()
  for (const day of days) {
    if (overMidnight) begin.add(day - 1)
    begin.add(day)
  }
  return [...begin].map(day => day * DAY_MS + fromMinute * MINUTE_MS)
}

function ratiosOf(meals: readonly EatenMeal[]): readonly RatioInUse[] {
  const counts = new Map<string, RatioInUse>()
  for (const { ratios } of meals) {
    // Of a meal in two entries the same ratio counts once.
    for (const [key, ratio] of new Map(ratios.map(each => [`${each.ratio} ${each.units}`, each]))) {
      counts.set(key, { ...ratio, meals: (counts.get(key)?.meals ?? 0) + 1 })
    }
  }
  return [...counts.values()].sort((a, b) => b.meals - a.meals || a.ratio - b.ratio)
}

const upToSlot = (minutes: number): number => Math.ceil(minutes / SLOT_MINUTES) * SLOT_MINUTES
