/**
 * The bolus calculator's screen (5B, on 512 pumps 2F) and the list of active boluses behind it (5C, on 512 pumps 30).
 * Source: paradigm sheet §6.4, formulas proven there on 1,345 records.
 */
import type { Wizard } from '#records/records.ts'
import type { GlucoseUnits } from '#records/units.ts'
import { type Family, RATE_STEPS_PER_UNIT } from './family.ts'
import type { HistoryRecord } from './historyPage.ts'
import { baseOf, be16, byteOf, type Draft, type Timed } from './therapy.ts'

/** Where the body begins, behind opcode, head and time. */
const BODY = 7
/** Exchanges are counted in tenths, their ratio in tenths (small pumps) or thousandths of a unit. */
const EXCHANGE_STEPS = 10

/**
 * One screen. Amounts that the person did not enter are absent: no glucose, no carbohydrate. b: byte of the body.
 *
 * | field                    | small           | large                          |
 * | glucose units, 1 mg/dL   | b1, bits 6–7    | same                           |
 * | carb units, 1 grams      | b1, bits 4–5    | same                           |
 * | glucose                  | b1 bits 0–1, head | same                         |
 * | carbs                    | b1 bit 2, b0    | same                           |
 * | carb ratio               | b2              | b2 bits 0–2, b3                |
 * | sensitivity              | b3              | b4, bits 6–7 of the hour's byte |
 * | target low, high         | b4, b12         | b5, b14                        |
 * | correction, signed       | b7 bits 4–7, b5 | b9 bits 3–7, b6                |
 * | food                     | b6              | b9 bit 0, b7, b8               |
 * | insulin on board         | b9              | b10, b11                       |
 * | estimate                 | b11             | b1 bit 3, b12, b13             |
 */
export function readWizard(record: Timed, { isLarge, bolusStepsPerUnit }: Family): Draft<Wizard> | string {
  const { bytes, opcode } = record
  const b = (at: number): number => byteOf(bytes, BODY + at)
  const units = GLUCOSE_UNITS[b(1) >> 6]
  const inExchanges = ((b(1) >> 4) & 3) === 2
  if (units === undefined) return 'a calculator entry in an unknown unit of glucose'
  const perUnit = units === 'mmol/L' ? 10 : 1
  const wizard: Draft<Wizard> = { type: 'wizard', ...baseOf(record), settingsUnits: units }
  const carbs = b(0) | ((b(1) & 4) << 6)
  if (inExchanges) wizard.carbsExchanges = carbs / EXCHANGE_STEPS
  else wizard.carbsGrams = carbs
  const glucose = ((b(1) & 3) << 8) | byteOf(bytes, 1)
  if (glucose > 0) wizard.glucose = { value: glucose / perUnit, units }
  wizard.carbRatioUnits = inExchanges ? 'U/exchange' : 'g/U'
  wizard.recommendedCarbUnits = (isLarge ? ((b(9) & 1) << 16) | be16(bytes, BODY + 7) : b(6)) / bolusStepsPerUnit
  if (isLarge) {
    wizard.carbRatio = (((b(2) & 7) << 8) | b(3)) / (inExchanges ? 1000 : 10)
    wizard.sensitivity = (b(4) | ((byteOf(bytes, 4) >> 6) << 8)) / perUnit
    wizard.targetLow = b(5) / perUnit
    wizard.targetHigh = b(14) / perUnit
    wizard.recommendedCorrectionUnits = signed(((b(9) >> 3) << 8) | b(6), 13) / bolusStepsPerUnit
    wizard.insulinOnBoardUnits = be16(bytes, BODY + 10) / bolusStepsPerUnit
    wizard.recommendedNetUnits = ((((b(1) >> 3) & 1) << 16) | be16(bytes, BODY + 12)) / bolusStepsPerUnit
  } else {
    wizard.carbRatio = inExchanges ? b(2) / EXCHANGE_STEPS : b(2)
    wizard.sensitivity = b(3) / perUnit
    wizard.targetLow = b(4) / perUnit
    // 512 pumps have one target and no byte for a second.
    wizard.targetHigh = (opcode === 0x2f ? b(4) : b(12)) / perUnit
    wizard.recommendedCorrectionUnits = signed(((b(7) & 0xf0) << 4) | b(5), 12) / bolusStepsPerUnit
    wizard.insulinOnBoardUnits = b(9) / bolusStepsPerUnit
    wizard.recommendedNetUnits = b(11) / bolusStepsPerUnit
  }
  return wizard
}

/** By the two bits that name them. */
export const GLUCOSE_UNITS: readonly (GlucoseUnits | undefined)[] = [undefined, 'mg/dL', 'mmol/L']

/** A two's complement number of so many bits. */
const signed = (value: number, bits: number): number => (value >= 1 << (bits - 1) ? value - (1 << bits) : value)

/** One bolus that still acts. */
export interface Unabsorbed {
  readonly units: number
  readonly ageMinutes: number
  /** Length of the insulin's action; 0 where the pump does not say. */
  readonly actionHours: number
}

/** The active boluses of a list, newest first. Three bytes each: amount in 1/40 U, age, and the high bits of both. */
export function readUnabsorbed({ bytes }: Pick<HistoryRecord, 'bytes'>): Unabsorbed[] {
  const list: Unabsorbed[] = []
  for (let at = 2; at + 3 <= bytes.length; at += 3) {
    const bits = byteOf(bytes, at + 2)
    list.push({
      units: (((bits & 3) << 8) | byteOf(bytes, at)) / RATE_STEPS_PER_UNIT,
      ageMinutes: byteOf(bytes, at + 1) + ((bits & 0x30) << 4),
      actionHours: (bits & 0x0c) + (bits >> 6),
    })
  }
  return list
}
