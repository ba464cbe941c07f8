/** What is said of strips as a whole: their scale and what they show, the same wherever they stand. */
import type { Preferences } from '#records/preferences.ts'
import type { LaneScale } from '#reports/weeklyModel.ts'
import type { Format } from '../../texts/format.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { amountScale } from '../axes.ts'
import { basalScales, bolusScales } from '../therapyLanes.ts'
import type { StripScale } from './DayStrip.tsx'

const t = weeklyTexts

/** Round tops of the lanes. */
export const stripScale = ({ highestBolus, highestBasal }: LaneScale): StripScale => ({
  bolusTop: amountScale(highestBolus, bolusScales).top,
  basalTop: amountScale(highestBasal, basalScales).top,
})

/** One sentence; without a scale of strips of glucose alone. */
export function explainStrips(
  scale: StripScale | undefined,
  { ranges, glucoseUnits }: Pick<Preferences, 'ranges' | 'glucoseUnits'>,
  format: Format,
): string {
  const { low, high } = glucoseUnits === 'mg/dL' ? ranges.mgdl : ranges.mmol
  const text = (value: number) => value.toFixed(glucoseUnits === 'mg/dL' ? 0 : 1)
  return t.explained(
    glucoseUnits,
    text(low),
    text(high),
    scale ? t.therapyLanes(format.number(scale.bolusTop), format.number(scale.basalTop)) : '',
  )
}
