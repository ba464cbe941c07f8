/** One measure over the days: a dot for each day, and the seven-day mean as a line; x is the day's index. */
import type { Preferences } from '#records/preferences.ts'
import { mmolFromMgdl } from '#records/units.ts'
import type { TrendMeasure, TrendsModel } from '#reports/trendsModel.ts'
import type { ChartSpec, Stop, Tick } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { trendsTexts as t } from '../../texts/reports/trends.ts'
import { daysAxis } from '../daysChart.ts'
import { glucoseMeasures, minuteMeasures, readText, shareMeasures } from './measureText.ts'

export interface TrendsDrawing {
  readonly model: TrendsModel
  readonly measure: TrendMeasure
  readonly preferences: Preferences
  readonly format: Format
}

const TICKS = 5
const daysOf = ({ model }: TrendsDrawing) => model.days.spans.map(({ firstDay }) => ({ day: firstDay }))

export function trendsChart(drawing: TrendsDrawing): ChartSpec {
  const { model, measure, preferences } = drawing
  const drawn = (value: number) => drawnAs(measure, value, preferences)
  const values = model.days.columns[measure].map(drawn)
  const means = model.sevenDays[measure].map(drawn)
  const most = Math.max(0, ...values.filter(value => !Number.isNaN(value)))
  const step = stepFor(most)
  const top = Math.max(step, Math.ceil(most / step) * step)
  return {
    ...daysAxis({ days: daysOf(drawing), preferences }),
    lanes: [
      {
        id: measure,
        title: laneTitle(drawing),
        weight: 1,
        min: 0,
        // Room for the title above the highest dot.
        max: top * 1.15,
        ticks: ticksUpTo(top, step),
        lines: [{ x: Float64Array.from(means.keys()), y: means, tone: 'profileMedian', widthPx: 2.5 }],
        dots: [...values].flatMap((y, x) =>
          Number.isNaN(y) ? [] : [{ x, y, tone: 'bolus' as const, shape: 'dot' as const, radius: 3.5 }],
        ),
      },
    ],
  }
}

export function trendsStops({ model, measure, format }: TrendsDrawing): readonly Stop[] {
  return model.days.spans.map(({ firstDay }, x) => {
    const mean = model.sevenDays[measure][x] ?? Number.NaN
    return {
      x,
      text: reportTexts.days.stop(format.dayExact(firstDay), [
        t.value(t.names[measure].long, readText(measure, model.days.columns[measure][x] ?? Number.NaN, format, true)),
        ...(Number.isNaN(mean) ? [] : [t.sevenDays(readText(measure, mean, format, false))]),
      ]),
    }
  })
}

/** In the unit of the axis: the person's glucose unit, percent, hours. */
function drawnAs(measure: TrendMeasure, value: number, { glucoseUnits }: Preferences): number {
  if (glucoseMeasures.has(measure)) return glucoseUnits === 'mg/dL' ? value : mmolFromMgdl(value)
  if (shareMeasures.has(measure)) return value * 100
  return minuteMeasures.has(measure) ? value / 60 : value
}

function laneTitle({ measure, format }: TrendsDrawing): string {
  return minuteMeasures.has(measure) ? `${t.names[measure].long}, h` : columnName(measure, format)
}

/** "Mean glucose, mg/dL": with the unit that its numbers have in a table, where they have one and do not say it. */
export function columnName(measure: TrendMeasure, format: Format): string {
  const { long, unit } = t.names[measure]
  const shown = glucoseMeasures.has(measure) ? format.glucoseUnit() : unit
  return shown === '' ? long : `${long}, ${shown}`
}

/** 1, 2 or 5 times a power of ten, so that at most five steps reach the top. */
function stepFor(most: number): number {
  if (most <= 0) return 1
  const rough = most / TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 5, 10].find(size => rough <= size * power) ?? 10) * power
}

const ticksUpTo = (top: number, step: number): readonly Tick[] =>
  Array.from({ length: Math.round(top / step) + 1 }, (_, i) => {
    const places = step < 1 ? Math.ceil(-Math.log10(step)) : 0
    return { value: i * step, label: (i * step).toFixed(places) }
  })

export const hasMeasure = (model: TrendsModel, name: TrendMeasure): boolean =>
  model.days.columns[name].some(value => value > 0)
