/** Sentences of the report of the distribution. */
import type { RangeName } from '#reports/models.ts'
import { reportTexts } from '../reports.ts'

const { many } = reportTexts

export const distributionTexts = {
  title: 'Distribution',
  text: 'How often each value comes, each hour of each day in colours, and the published numbers of variability and risk.',
  sources: { sensor: 'Sensor', meter: 'Meter' },
  source: 'Values of',
  histogram: {
    title: (source: string) => `How often each ${source.toLowerCase()} value comes`,
    axis: (unit: string, width: string) => `Share of values, % per ${width} ${unit}`,
    cumulativeAxis: 'Up to this value, %',
    summary: (
      count: number,
      source: string,
      [least, greatest]: readonly [string, string],
      most: string,
      percent: string,
    ) =>
      `${many(count, `${source.toLowerCase()} value`, `${source.toLowerCase()} values`)} from ${least} to ${greatest}, most often ${most} (${percent} %).`,
    keys: 'Left and right arrow keys step from bar to bar, T shows the table.',
    hint: 'Point at a bar to read it.',
    bin: (from: string, to: string, unit: string) => `${from}–${to} ${unit}`,
    stop: (bin: string, share: string, count: number, upTo: string) =>
      `${bin}: ${share} %, ${many(count, 'value', 'values')} · up to here ${upTo} %`,
    tableName: 'Share of each step',
    columns: { bin: 'From – to', count: 'Values', share: '%', cumulative: 'Up to here %', ranges: 'Range' },
  },
  hours: {
    title: 'Each hour of each day',
    text: (unit: string) => `Mean of each hour, ${unit}. Blank: no value.`,
    choose: 'Choose a day to open it.',
    tableName: 'Mean of each hour of each day',
    day: 'Day',
    /** Before a number, so that not the colour alone says it. */
    marks: { veryLow: '▼', low: '▽', target: '', high: '△', veryHigh: '▲' } satisfies Record<RangeName, string>,
    legend: 'Shapes: ▼ very low, ▽ low, △ high, ▲ very high; without one in range.',
    newest: (shown: number, all: number) => `The newest ${shown} of ${all} days.`,
    more: (days: number) => `Show ${many(days, 'older day', 'older days')} too`,
  },
  indices: {
    title: 'Variability and risk',
    /** The same for everybody (metrics sheet §7). */
    limits: { 'mg/dL': '70–180 mg/dL', 'mmol/L': '3.9–10.0 mmol/L' },
    standsOn: (count: number, days: number, from: 'sensor' | 'meter') =>
      `From ${many(count, `${from} value`, `${from} values`)} on ${many(days, 'day', 'days')}.`,
    needsDay: 'Needs a day of sensor values.',
    needsTwoDays: 'Needs values at the same times of two days that follow each other.',
    needsSwing: 'No rise or fall of more than one standard deviation was found.',
    needsMeter: 'Needs 30 values.',
    needsMeterDays: 'Needs three values a day on 14 days.',
    short: 'Usually judged on 14 days with the sensor active 70 % of the time.',
    names: {
      gri: 'Glycaemia risk index (GRI)',
      mage: 'MAGE',
      modd: 'MODD',
      conga1: 'CONGA, 1 hour',
      conga4: 'CONGA, 4 hours',
      lbgi: 'Low blood glucose index (LBGI)',
      hbgi: 'High blood glucose index (HBGI)',
      adrr: 'Average daily risk range (ADRR)',
      jIndex: 'J-index',
    },
    explained: {
      gri: (zone: string, hypo: string, hyper: string, limits: string) =>
        `Zone ${zone} of A (best) to E; part of lows ${hypo} %, of highs ${hyper} %. 0 to 100, from the time outside ${limits}.`,
      mage: 'Mean height of the large rises and falls.',
      modd: 'Mean difference to the same time on the day before.',
      conga1: 'Spread of the changes within an hour.',
      conga4: 'Spread of the changes within four hours.',
      lbgi: 'Risk of lows: below 1.1 minimal, to 2.5 low, to 5 moderate, above high.',
      hbgi: 'Risk of highs: below 4.5 low, to 9 moderate, above high.',
      adrr: 'Worst low and worst high of each day together: below 20 low, to 40 moderate, above high.',
      jIndex: 'Mean and spread in one number, from mg/dL: 10 to 20 is usual without diabetes.',
    },
  },
  nothing: 'No glucose values in these days.',
} as const
