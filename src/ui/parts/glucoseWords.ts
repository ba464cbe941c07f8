/**
 * Glucose values inside a device's own words, such as "90 to 120 mg/dL" of a setting, in the person's unit. The words
 * around them stay. A value that is told in both units is shown as the device tells it in the person's own, so that
 * nothing is rounded twice. Source: metrics sheet §1.1 (conversion and rounding).
 */
import { glucoseText, type GlucoseUnits, mgdlFrom, mmolFromMgdl, roundHalfEven } from '#records/units.ts'
import type { Format } from '../texts/format.ts'

const NUMBERS = '-?\\d+(?:\\.\\d+)?(?: to -?\\d+(?:\\.\\d+)?)?'
const UNIT = 'mg\\/dL|mmol\\/L'
/** One value or a range with its unit, perhaps the same in the other unit, perhaps as a change each minute. */
const TOLD = new RegExp(`(?<![\\d.])(${NUMBERS}) (${UNIT})(?:, (${NUMBERS}) (${UNIT}))?( a minute)?`, 'g')

/** "5.0 to 6.7 mmol/L" of "90 to 120 mg/dL, 5 to 6.7 mmol/L"; text without glucose values as it is. */
export function inGlucoseUnit(text: string, format: Pick<Format, 'glucoseUnit'>): string {
  const wanted = unitOf(format.glucoseUnit())
  return text.replace(
    TOLD,
    (whole: string, first: string, firstUnit: string, ...more: readonly (string | undefined)[]) => {
      const [second = '', secondUnit = '', minute = ''] = [more[0], more[1], more[2]]
      if (firstUnit === secondUnit) return whole
      const [numbers, unit] = secondUnit === wanted ? [second, wanted] : [first, unitOf(firstUnit)]
      const shown = numbers
        .split(' to ')
        .map(number => (minute ? rateText : valueText)(number, unit, wanted))
        .join(' to ')
      return `${shown} ${wanted}${minute}`
    },
  )
}

const unitOf = (unit: string): GlucoseUnits => (unit === 'mmol/L' ? 'mmol/L' : 'mg/dL')

/** What is told in the wanted unit keeps all its digits; mmol/L has one decimal at least. */
function valueText(number: string, unit: GlucoseUnits, wanted: GlucoseUnits): string {
  if (unit !== wanted) return glucoseText(mgdlFrom(Number(number), unit), wanted)
  return wanted === 'mmol/L' && !number.includes('.') ? `${number}.0` : number
}

/** Changes each minute are small: hundredths of mmol/L, tenths of mg/dL. */
function rateText(number: string, unit: GlucoseUnits, wanted: GlucoseUnits): string {
  if (unit === wanted) return number
  const mgdl = mgdlFrom(Number(number), unit)
  return wanted === 'mmol/L' ? roundHalfEven(mmolFromMgdl(mgdl), 2).toFixed(2) : roundHalfEven(mgdl, 1).toFixed(1)
}
