/** What stands beside the counts of changed and interrupted boluses and of temporary rates. */
import type { TempBasalSummary } from '#reports/models.ts'
import type { Format } from '../texts/format.ts'
import { bolusTexts } from '../texts/reports/boluses.ts'
import { hoursText, rounded } from './amounts.ts'

const t = bolusTexts

export interface BolusWords {
  /** By how much, and of how many boluses. */
  changed(meanUnits: number | undefined, compared: number): string
  watched(count: number): string
  /** How long and how much in all, as far as it is known of every rate. */
  temps(temps: TempBasalSummary): string
}

export function bolusWords(format: Format): BolusWords {
  return {
    changed: (meanUnits, compared) =>
      t.changed(meanUnits === undefined ? undefined : rounded(meanUnits, 2, format), compared),
    watched: t.watched,
    temps: ({ count, meanMinutes, withLength, netUnits, withNet }) =>
      [
        meanMinutes !== undefined && withLength === count ? t.temps.meanOf(hoursText(meanMinutes)) : '',
        netUnits !== undefined && withNet === count ? t.temps.netOf(signedUnits(netUnits, 1, format)) : '',
      ]
        .filter(Boolean)
        .join('; '),
  }
}

/** "+1.3", "−0.5", "0.0". */
export function signedUnits(units: number, places: number, format: Format): string {
  const text = rounded(units, places, format)
  return units > 0 && /[1-9]/.test(text) ? `+${text}` : text
}
