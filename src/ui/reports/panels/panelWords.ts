/** Words for the numbers of panels: differences with their sign, the ratios in use. */
import type { DeviceTime } from '#records/time.ts'
import { MINUTE_MS } from '#records/time.ts'
import type { RatioInUse } from '#reports/panelsModel.ts'
import type { Format } from '../../texts/format.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { rounded } from '../amounts.ts'

const t = panelTexts
/** More ratios than this are told as "and others" by their count only. */
const NAMED_RATIOS = 3

/** "+32", "−1.8", "0": rounded as glucose is. */
export function signedGlucose(mgdl: number, format: Format): string {
  const text = format.glucose(Math.abs(mgdl))
  if (Number(text) === 0) return text
  return `${mgdl < 0 ? '−' : '+'}${text}`
}

/** The most used ratio with its unit, the others in the note; `undefined` when the calculator told none. */
export function ratiosText(ratios: readonly RatioInUse[], meals: number, format: Format) {
  const [most, ...others] = ratios
  if (!most) return undefined
  const text = ({ ratio }: RatioInUse) => rounded(ratio, placesOf(ratio), format)
  const named = others
    .slice(0, NAMED_RATIOS - 1)
    .map(each => t.ratioMore(`${text(each)} ${t.ratioUnits[each.units]}`, each.meals))
  return {
    value: text(most),
    unit: t.ratioUnits[most.units],
    note: t.parts([t.ratioNote(most.meals, meals), ...named]),
  }
}

/** As many decimals as the pump shows: ratios have none or one, of exchanges up to three. */
const placesOf = (ratio: number): number =>
  [0, 1, 2].find(places => Math.abs(ratio - Number(ratio.toFixed(places))) < 1e-6) ?? 3

/** A minute of some day as a time that can be formatted. */
export const timeAt = (minute: number): DeviceTime => (minute * MINUTE_MS) as DeviceTime // Of day 0, or the next.
