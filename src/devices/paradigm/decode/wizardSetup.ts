/**
 * The bolus wizard's set-up as history record 5A holds it: old half, new half, insulin action of both.
 * Source: paradigm sheet §6.8.
 */
import type { Family } from './family.ts'
import {
  carbUnitsOf,
  glucoseUnitsOf,
  ratioValues,
  readCarbRatios,
  readSensitivities,
  readTargets,
  sensitivityValues,
  targetValues,
} from './schedules.ts'
import { before, type Values } from './values.ts'

/**
 * Where a half has its parts: offsets in the half.
 *
 * | part          | small | large                    |
 * | units, counts | 0, 1  | 0, 1                     |
 * | ratios        | 2     | 2, three bytes each      |
 * | sensitivities | 18    | 28; 26 and 27 are unused |
 * | targets       | 34    | 44                       |
 */
const LAYOUTS = {
  small: { length: 58, ratios: 2, sensitivities: 18, targets: 34 },
  large: { length: 68, ratios: 2, sensitivities: 28, targets: 44 },
} as const

/** Insulin action that was never set. */
const UNSET_HOURS = 0x0f

/**
 * Values of both halves. The head's bits: 0 old set-up complete, 1 new one complete, 2 wizard on before, 3 on now. The
 * schedules of a set-up that was not complete are junk and left out.
 */
export function wizardSetup(head: number, body: Uint8Array, family: Family): Values {
  const { length } = LAYOUTS[family.isLarge ? 'large' : 'small']
  const hours = body[2 * length] ?? 0xff
  const half = (i: 0 | 1): Values =>
    halfValues(body.subarray(i * length, (i + 1) * length), family, {
      isComplete: ((head >> i) & 1) === 1,
      isOn: ((head >> (2 + i)) & 1) === 1,
      hours: (hours >> (4 * i)) & 0x0f,
    })
  return { ...before(half(0)), ...half(1) }
}

function halfValues(
  half: Uint8Array,
  { isLarge }: Family,
  { isComplete, isOn, hours }: { isComplete: boolean; isOn: boolean; hours: number },
): Values {
  const wizard = { Wizard: isOn ? 'on' : 'off' }
  if (!isComplete) return { ...wizard, 'Set-up': 'not complete' }
  const layout = LAYOUTS[isLarge ? 'large' : 'small']
  const [unitsByte = 0, counts = 0] = half
  const carbUnits = carbUnitsOf(unitsByte & 3)
  const glucoseUnits = glucoseUnitsOf((unitsByte >> 2) & 3)
  return {
    ...wizard,
    ...(hours !== UNSET_HOURS && { 'Active insulin time': `${hours} h` }),
    ...(carbUnits && {
      'Carb units': carbUnits,
      ...named(
        'Carb ratio',
        ratioValues(
          readCarbRatios(half.subarray(layout.ratios), { isLarge, units: carbUnits, slots: atMost8(unitsByte >> 4) }),
          carbUnits,
        ),
      ),
    }),
    ...(glucoseUnits && {
      'Glucose units': glucoseUnits,
      ...named(
        'Sensitivity',
        sensitivityValues(
          readSensitivities(half.subarray(layout.sensitivities), glucoseUnits, atMost8(counts & 0x0f)),
          glucoseUnits,
        ),
      ),
      ...named(
        'Target',
        targetValues(readTargets(half.subarray(layout.targets), glucoseUnits, atMost8(counts >> 4)), glucoseUnits),
      ),
    }),
  }
}

/** "Carb ratio 06:30". */
const named = (name: string, values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([time, text]) => [`${name} ${time}`, text]))

/** A half has room for eight of each. */
const atMost8 = (count: number): number => Math.min(count, 8)
