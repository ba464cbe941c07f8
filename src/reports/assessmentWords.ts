/**
 * What the first sentences of Assessment & Progress may say. A difference is named only where it means something:
 *
 * - Time in range has moved from 5 points on (each 5 % more in range is clinically beneficial, Battelino 2019), time
 *   below range from 1 point on (a quarter of an hour a day). Less is "about the same".
 * - The difference is that of the whole percentages shown, so that the sentence and the table agree.
 * - Two periods are compared when the sensor was worn for 70 % of each (the consensus share); a meter's values when
 *   there are 30 in each. Otherwise the sentence says why there is no comparison.
 *
 * Source: metrics sheet §2.2 and §5.1, reports sheet §4 (one plain sentence at the top).
 */
import { roundHalfEven } from '#records/units.ts'
import type { RangeShares } from '#stats/ranges.ts'
import { type AssessmentHeadline, type AssessmentSide, LEAST_METER_VALUES, type Movement } from './assessmentModel.ts'

const IN_RANGE_POINTS = 5
const BELOW_POINTS = 1
const SENSOR_WEAR = 0.7

/** `undefined` when the period has no glucose value. */
export function headlineOf(now: AssessmentSide, before: AssessmentSide | undefined): AssessmentHeadline | undefined {
  const of = now.sensor ? 'sensor' : 'meter'
  const shares = sharesOf(now, of)
  if (!shares) return undefined
  const earlier = before && sharesOf(before, of)
  const notCompared =
    !before || !earlier
      ? 'nothing-before'
      : !isEnough(now, of)
        ? 'too-few-now'
        : isEnough(before, of)
          ? undefined
          : 'too-few-before'
  const compared = notCompared ? undefined : earlier
  return {
    of,
    inRange: movement(shares.target.percent, compared?.target.percent, IN_RANGE_POINTS),
    below: {
      ...movement(belowOf(shares), compared && belowOf(compared), BELOW_POINTS),
      ...(of === 'sensor' ? { minutesPerDay: shares.low.minutesPerDay + shares.veryLow.minutesPerDay } : {}),
    },
    ...(notCompared ? { notCompared } : {}),
  }
}

const sharesOf = (side: AssessmentSide, of: 'sensor' | 'meter'): RangeShares | undefined => side[of]?.ranges

const belowOf = ({ low, veryLow }: RangeShares): number => low.percent + veryLow.percent

function isEnough({ sensorWear, meter }: AssessmentSide, of: 'sensor' | 'meter'): boolean {
  return of === 'sensor' ? sensorWear >= SENSOR_WEAR : (meter?.count ?? 0) >= LEAST_METER_VALUES
}

function movement(percent: number, before: number | undefined, threshold: number): Movement {
  if (before === undefined) return { percent }
  const points = roundHalfEven(percent - before)
  const course = Math.abs(points) < threshold ? 'same' : points > 0 ? 'up' : 'down'
  return { percent, before, course }
}
