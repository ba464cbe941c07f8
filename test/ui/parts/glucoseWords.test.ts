/** Glucose values in a device's words in the person's unit. Expected worked out by hand with 18.01559 mg/dL a mmol/L. */
import { expect, it } from 'vitest'
import { inGlucoseUnit } from '#ui/parts/glucoseWords.ts'
import { formatOf, preferencesWith } from '../reports/reportFormat.ts'

const mgdl = formatOf(preferencesWith())
const mmol = formatOf(preferencesWith({ glucoseUnits: 'mmol/L' }))

it.each([
  // Told in both units: never converted, for 90 mg/dL is 5.0 and 119 would be 6.6.
  ['90 to 119 mg/dL, 5 to 6.7 mmol/L', '90 to 119 mg/dL', '5.0 to 6.7 mmol/L'],
  ['45 mg/dL, 2.5 mmol/L', '45 mg/dL', '2.5 mmol/L'],
  // 95 / 18.01559 = 5.273, 125 / 18.01559 = 6.938.
  ['95 to 125 mg/dL', '95 to 125 mg/dL', '5.3 to 6.9 mmol/L'],
  // 2.5 × 18.01559 = 45.04.
  ['2.5 mmol/L per U', '45 mg/dL per U', '2.5 mmol/L per U'],
  // 4 / 18.01559 = 0.222; 0.2 × 18.01559 = 3.603.
  ['4 mg/dL a minute', '4 mg/dL a minute', '0.22 mmol/L a minute'],
  ['0.2 mmol/L a minute', '3.6 mg/dL a minute', '0.2 mmol/L a minute'],
  // Several in one sentence: 72 / 18.01559 = 3.997, 54 / 18.01559 = 2.997.
  ['00:00: 72 mg/dL; 06:00: 54 mg/dL', '00:00: 72 mg/dL; 06:00: 54 mg/dL', '00:00: 4.0 mmol/L; 06:00: 3.0 mmol/L'],
  ['105 (mg/dL or tenths of mmol/L)', '105 (mg/dL or tenths of mmol/L)', '105 (mg/dL or tenths of mmol/L)'],
  ['mg/dL', 'mg/dL', 'mg/dL'],
  ['12 g/U', '12 g/U', '12 g/U'],
])('reads %s', (told, inMgdl, inMmol) => {
  expect(inGlucoseUnit(told, mgdl)).toBe(inMgdl)
  expect(inGlucoseUnit(told, mmol)).toBe(inMmol)
  // Words that are in the person's unit already stay.
  expect(inGlucoseUnit(inMmol, mmol)).toBe(inMmol)
})
