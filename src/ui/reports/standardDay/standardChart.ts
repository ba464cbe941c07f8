/**
 * The standard day as a chart: box plots of glucose, the shares of the ranges, and by the hour carbs, bolus and basal.
 * Source: reports sheet §1.2 (15, 16), §5.1, §5.2.
 */
import type { Preferences } from '#records/preferences.ts'
import { HOUR_MS } from '#records/time.ts'
import { type RangeName, rangeNames } from '#reports/models.ts'
import type { Distribution, HourOfTherapy, StandardDayModel, StandardGlucose } from '#reports/standardDayModel.ts'
import type { Box, ChartSpec, Dot, Lane, Line, Stop, Tick, Tone } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { standardDayTexts } from '../../texts/reports/standardDay.ts'
import { isWord, measuredText, rounded, sharesText } from '../amounts.ts'
import { type AmountScale, amountScale, amountTicks, type GlucoseScale, glucoseScale, hourLabel } from '../axes.ts'
import { placeIn } from '../panels/panelChart.ts'
import type { LegendEntry } from '../Legend.tsx'
import { spokenByTime, spokenGlucose, withUnit } from '../spoken.ts'
import { hourText } from './standardWords.ts'

export interface StandardDrawing {
  readonly model: StandardDayModel
  readonly by: 'hours' | 'periods'
  readonly of: 'sensor' | 'meter'
  readonly preferences: Preferences
  readonly format: Format
}

const BOX = 0.3
const TAILS = 0.16
const BAR = 0.38
const AMOUNTS: readonly AmountScale[] = [0.5, 1, 2, 4, 10, 20, 40, 100, 200].map(top => ({ top, tick: top / 2 }))
const t = standardDayTexts

export function standardChart(drawing: StandardDrawing): ChartSpec {
  const { model, by, preferences } = drawing
  const columns = columnsOf(drawing)
  const therapy = by === 'hours' ? therapyLanes(model.therapy) : []
  const [xMin, xMax] = edges(by, columns.length)
  const withGlucose = columns.some(({ glucose }) => glucose !== undefined)
  return {
    xMin,
    xMax,
    xTicks: by === 'hours' ? hourTicks(preferences) : periodTicks(drawing),
    xLines: by === 'hours',
    lanes: [...(withGlucose ? [glucoseLane(drawing, columns), rangesLane(columns)] : []), ...therapy],
  }
}

/** The whole of the values, and between which columns their mean goes, in one spoken sentence. */
export function standardSummary(drawing: StandardDrawing): string {
  const { model, of, by, format } = drawing
  const all = model[of]?.all
  if (!all) return reportTexts.figures.noGlucose
  const columns = columnsOf(drawing)
  const mean = (mgdl: number, column: number) => {
    const glucose = columns[column]?.glucose
    return withUnit(glucose ? measuredText(mgdl, glucose, format) : format.glucose(mgdl), format)
  }
  return reportTexts.spoken.sentence([
    ...spokenGlucose(of, all, format),
    ...spokenByTime(
      t.spokenMean[by],
      columns.map(({ glucose }) => glucose?.meanMgdl ?? Number.NaN),
      mean,
      column => columns[column]?.name ?? '',
    ),
  ])
}

/** One stop for each column, also an empty one. */
export function standardStops(drawing: StandardDrawing): readonly Stop[] {
  const { model, by, format } = drawing
  return columnsOf(drawing).map(({ x, name, glucose }, i) => ({
    x,
    text: t.stop(name, [
      ...(glucose ? glucoseWords(glucose, format) : []),
      ...(by === 'hours' ? therapyWords(model.therapy?.[i], format) : []),
    ]),
  }))
}

/** Only the marks that are drawn: few values have no box. */
export function standardLegend(drawing: StandardDrawing): readonly LegendEntry[] {
  const { of, by, model } = drawing
  const columns = columnsOf(drawing)
  const has = (test: (glucose: Distribution) => unknown, entry: LegendEntry) =>
    columns.some(({ glucose }) => glucose && test(glucose) !== undefined) ? [entry] : []
  return [
    ...has(({ medianMgdl }) => medianMgdl, { shape: 'area', tone: 'profileMedian', text: t.legend.median }),
    ...has(({ quartilesMgdl }) => quartilesMgdl, { shape: 'area', tone: 'profileInner', text: t.legend.box }),
    ...has(({ tailsMgdl }) => tailsMgdl, { shape: 'area', tone: 'profileOuter', text: t.legend.tails }),
    ...(of === 'meter' && by === 'hours' && model.points.length > 0
      ? ([{ shape: 'diamond', tone: 'ink', text: t.legend.meter }] as const)
      : []),
  ]
}

interface Column {
  readonly x: number
  readonly name: string
  readonly glucose?: Distribution | undefined
}

function columnsOf({ model, by, of, format }: StandardDrawing): readonly Column[] {
  const glucose: StandardGlucose | undefined = model[of]
  if (by === 'periods') {
    return (glucose?.periods ?? []).map((period, x) => ({
      x,
      name: t.periodNames[period.name],
      glucose: period.glucose,
    }))
  }
  return Array.from({ length: 24 }, (_, hour) => ({
    x: hour + 0.5,
    name: hourText(hour, format),
    glucose: glucose?.hours[hour],
  }))
}

/** Below each part, and the meal's name once below before and after. */
const periodTicks = ({ model, of }: StandardDrawing): readonly Tick[] =>
  (model[of]?.periods ?? []).flatMap(({ name }, x) => {
    const meal = t.mealTicks[name]
    return [{ value: x, label: t.periodTicks[name] }, ...(meal ? [{ value: x + 0.5, label: meal }] : [])]
  })

const hourTicks = ({ clock }: Preferences): readonly Tick[] =>
  Array.from({ length: 9 }, (_, i) => ({ value: i * 3, label: hourLabel(i * 3, clock) }))

function glucoseLane({ model, by, of, preferences }: StandardDrawing, columns: readonly Column[]): Lane {
  const scale = glucoseScale(preferences)
  const place = placeIn(scale)
  const found = columns.flatMap(({ x, glucose }) => (glucose ? [{ x, glucose }] : []))
  return {
    id: 'glucose',
    title: t.lanes.glucose(preferences.glucoseUnits),
    weight: 3,
    min: scale.min,
    max: scale.max,
    ticks: scale.ticks,
    boxes: [bandOf(scale, edges(by, columns.length)), ...found.flatMap(({ x, glucose }) => boxPlot(x, glucose, place))],
    lines: found.flatMap(({ x, glucose }) => [whisker(x, glucose, place), ...medianLine(x, glucose, place)]),
    dots: of === 'meter' && by === 'hours' ? pointsOf(model, place) : [],
  }
}

const bandOf = ({ low, high }: GlucoseScale, [x0, x1]: readonly [number, number]): Box => ({
  x0,
  x1,
  y0: low,
  y1: high,
  tone: 'band',
})

/** Columns of hours lie between the hours, those of parts have room at both ends. */
const edges = (by: StandardDrawing['by'], columns: number): readonly [number, number] =>
  by === 'hours' ? [0, 24] : [-0.6, columns - 0.4]

function boxPlot(x: number, { quartilesMgdl, tailsMgdl }: Distribution, place: (mgdl: number) => number): Box[] {
  const box = (half: number, [low, high]: readonly [number, number], tone: Tone): Box => ({
    x0: x - half,
    x1: x + half,
    y0: place(low),
    y1: place(high),
    tone,
  })
  return [
    ...(tailsMgdl ? [box(TAILS, tailsMgdl, 'profileOuter')] : []),
    ...(quartilesMgdl ? [box(BOX, quartilesMgdl, 'profileInner')] : []),
  ]
}

const whisker = (x: number, { minMgdl, maxMgdl }: Distribution, place: (mgdl: number) => number): Line => ({
  x: [x, x],
  y: [place(minMgdl), place(maxMgdl)],
  tone: 'neutral',
  widthPx: 1,
})

const medianLine = (x: number, { medianMgdl }: Distribution, place: (mgdl: number) => number): Line[] =>
  medianMgdl === undefined
    ? []
    : [{ x: [x - BOX, x + BOX], y: [place(medianMgdl), place(medianMgdl)], tone: 'profileMedian', widthPx: 3 }]

const pointsOf = ({ points }: StandardDayModel, place: (mgdl: number) => number): readonly Dot[] =>
  points.map(({ ms, mgdl }) => ({ x: ms / HOUR_MS, y: place(mgdl), tone: 'ink', shape: 'diamond', radius: 4 }))

function rangesLane(columns: readonly Column[]): Lane {
  return {
    id: 'ranges',
    title: t.lanes.ranges,
    weight: 1.2,
    min: 0,
    max: 130,
    ticks: [0, 50, 100].map(value => ({ value, label: String(value) })),
    boxes: columns.flatMap(({ x, glucose }): Box[] => {
      if (!glucose) return []
      let y0 = 0
      return rangeNames.flatMap((name: RangeName): Box[] => {
        const percent = glucose.ranges[name].fraction * 100
        if (percent === 0) return []
        const box = { x0: x - BAR, x1: x + BAR, y0, y1: y0 + percent, tone: name }
        y0 += percent
        return [box]
      })
    }),
  }
}

function therapyLanes(therapy: readonly HourOfTherapy[] | undefined): readonly Lane[] {
  if (!therapy) return []
  const lane = (id: string, title: string, tone: Tone, of: (hour: HourOfTherapy) => number | undefined): Lane[] => {
    const most = Math.max(...therapy.map(hour => of(hour) ?? 0))
    if (most <= 0) return []
    const scale = amountScale(most, AMOUNTS)
    const half = tone === 'basal' ? 0.5 : BAR
    return [
      {
        id,
        title,
        weight: 0.8,
        min: 0,
        // The lane's title stands above its bars.
        max: scale.top * 1.3,
        ticks: amountTicks(scale),
        boxes: therapy.flatMap((hour, i) => {
          const amount = of(hour) ?? 0
          return amount > 0 ? [{ x0: i + 0.5 - half, x1: i + 0.5 + half, y0: 0, y1: amount, tone }] : []
        }),
      },
    ]
  }
  return [
    ...lane('carbs', t.lanes.carbs, 'carbs', hour => hour.carbsGrams),
    ...lane('exchanges', t.lanes.exchanges, 'carbs', hour => hour.carbsExchanges),
    ...lane('bolus', t.lanes.bolus, 'bolus', hour => hour.bolusUnits),
    ...lane('basal', t.lanes.basal, 'basal', hour => hour.basalUnitsPerHour),
  ]
}

function glucoseWords(glucose: Distribution, format: Format): readonly string[] {
  const { ranges, count, meanMgdl, medianMgdl } = glucose
  const mean = measuredText(meanMgdl, glucose, format)
  return [
    t.mean(isWord(mean) ? mean : `${mean} ${format.glucoseUnit()}`),
    ...(medianMgdl === undefined ? [] : [t.median(measuredText(medianMgdl, glucose, format))]),
    t.low(sharesText(ranges, ['veryLow', 'low'], format)),
    t.inRange(sharesText(ranges, ['target'], format)),
    t.high(sharesText(ranges, ['high', 'veryHigh'], format)),
    t.values(count),
  ]
}

function therapyWords(hour: HourOfTherapy | undefined, format: Format): readonly string[] {
  if (!hour) return []
  const { carbsGrams, carbsExchanges, bolusUnits, basalUnitsPerHour } = hour
  return [
    ...(carbsGrams > 0 ? [t.carbs(rounded(carbsGrams, 1, format))] : []),
    ...(carbsExchanges > 0 ? [t.exchanges(rounded(carbsExchanges, 1, format))] : []),
    ...(bolusUnits > 0 ? [t.bolus(rounded(bolusUnits, 2, format))] : []),
    ...(basalUnitsPerHour === undefined ? [] : [t.basal(rounded(basalUnitsPerHour, 3, format))]),
  ]
}
