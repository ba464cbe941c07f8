/** Which records stand behind a measure of the whole period. */
import { DAY_MS } from '#records/time.ts'
import type { TrendMeasure, TrendsModel } from '#reports/trendsModel.ts'
import type { EvidenceOf } from '../../parts/Evidence.tsx'
import { type Behind, behind } from '../behind.ts'

const behindMeasure: Readonly<Record<TrendMeasure, Behind>> = {
  readings: behind.sensor,
  mean: behind.sensor,
  sd: behind.sensor,
  cv: behind.sensor,
  below: behind.below,
  target: behind.target,
  above: behind.above,
  meterReadings: behind.meter,
  meterMean: behind.meter,
  total: behind.insulin,
  basal: behind.basal,
  automaticUnits: behind.algorithmUnits,
  bolus: behind.bolusUnits,
  bolusPercent: behind.insulin,
  boluses: behind.boluses,
  carbs: behind.carbsGrams,
  exchanges: behind.carbsExchanges,
  automatic: behind.modes,
  suspended: behind.suspends,
  rewinds: behind.rewinds,
  tubingFills: behind.tubingFills,
  cannulaFills: behind.cannulaFills,
  alarms: behind.alarms,
}

/** Of the days on which the measure is known: only they count in its sum and its mean. */
export function trendEvidence({ period, days }: Pick<TrendsModel, 'period' | 'days'>, name: TrendMeasure): EvidenceOf {
  const known = days.spans.filter((_, row) => !Number.isNaN(days.columns[name][row] ?? Number.NaN))
  const within = known.map(({ firstDay, lastDay }) => ({ from: firstDay * DAY_MS, to: (lastDay + 1) * DAY_MS }))
  const isWhole = known.length === period.lastDay - period.firstDay + 1
  return { ...behindMeasure[name], period, ...(isWhole ? {} : { within }) }
}
