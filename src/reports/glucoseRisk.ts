/**
 * The glycaemia risk index of a sensor's values. It is defined on the consensus limits, whatever target range a person
 * has chosen. Source: metrics sheet §7.
 */
import { rangeSets } from '#records/preferences.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { classify, rangeShares } from '#stats/ranges.ts'
import { type RiskIndex, riskIndex } from '#stats/risk.ts'
import { sensorUse } from '#stats/summary.ts'

/** Of a day of values at least. */
export function sensorRisk(sensor: GlucoseSeries): RiskIndex | undefined {
  // Used for one whole day in all.
  if (sensorUse(sensor, 1) < 1) return undefined
  const shares = rangeShares(sensor, classify(sensor, rangeSets.standard), 0, sensor.time.length)
  const percent = (name: 'veryLow' | 'low' | 'high' | 'veryHigh') => shares[name].fraction * 100
  return riskIndex({
    veryLow: percent('veryLow'),
    low: percent('low'),
    high: percent('high'),
    veryHigh: percent('veryHigh'),
  })
}
