/**
 * Glycaemia risk index (Klonoff 2023): one number from 0 to 100 out of the four shares outside the target range.
 * Source: metrics sheet §7.
 */

export interface RiskIndex {
  /** 0 to 30 and more, the x of the usual grid. */
  readonly hypoComponent: number
  /** 0 to 60 and more, the y of the usual grid. */
  readonly hyperComponent: number
  /** 0 to 100. */
  readonly gri: number
  readonly zone: 'A' | 'B' | 'C' | 'D' | 'E'
}

/** Time outside the target range in percent: below 54, 54 to 69, 181 to 250, above 250 mg/dL. */
export interface OutsideTarget {
  readonly veryLow: number
  readonly low: number
  readonly high: number
  readonly veryHigh: number
}

/** 1 % very low, 4 % low, 25 % high and 10 % very high give 48.6, zone C. */
export function riskIndex({ veryLow, low, high, veryHigh }: OutsideTarget): RiskIndex {
  const hypoComponent = veryLow + 0.8 * low
  const hyperComponent = veryHigh + 0.5 * high
  // From the shares, not the components: 0.8 * 3 has a last digit too many.
  const gri = Math.min(100, 3 * veryLow + 2.4 * low + 1.6 * veryHigh + 0.8 * high)
  return { hypoComponent, hyperComponent, gri, zone: zoneOf(gri) }
}

function zoneOf(gri: number): RiskIndex['zone'] {
  if (gri <= 20) return 'A'
  if (gri <= 40) return 'B'
  if (gri <= 60) return 'C'
  return gri <= 80 ? 'D' : 'E'
}
