/**
 * What the events of boluses and of the bolus calculator say, each by itself; `factsBolus.ts` joins them. Amounts are
 * kept in the pump's own ten-thousandths of a unit where they are compared. Source: minimed-600 sheet §11.2, §11.3.
 */
import type { Wizard } from '#records/records.ts'
import { EventType } from './eventTypes.ts'
import { base, type HistoryEvent, i32, u16, u32, u8, unitsAt } from './events.ts'
import { glucoseOf, glucoseUnitsOf, isExchanges, ratioOf } from './units.ts'

/** What is read here. */
export const insulinTypes: ReadonlySet<number> = new Set([
  EventType.NORMAL_BOLUS_PROGRAMMED,
  EventType.SQUARE_BOLUS_PROGRAMMED,
  EventType.DUAL_BOLUS_PROGRAMMED,
  EventType.NORMAL_BOLUS_DELIVERED,
  EventType.SQUARE_BOLUS_DELIVERED,
  EventType.DUAL_BOLUS_PART_DELIVERED,
  EventType.BOLUS_CANCELED,
  EventType.BOLUS_WIZARD_ESTIMATE,
  EventType.MEAL_WIZARD_ESTIMATE,
])

export type BolusKind = 'normal' | 'square' | 'dual'

/** 15, 16, 17: about to be given. */
export interface ProgrammedBolus {
  readonly event: HistoryEvent
  readonly kind: BolusKind
  readonly source: number
  readonly number: number
  /** Both parts, ten-thousandths. */
  readonly total: number
}

/** DC, DD, DE: given; of a dual bolus one part. */
export interface DeliveredBolus extends ProgrammedBolus {
  readonly preset: number
  readonly part: 'normal' | 'extended'
  /** U. */
  readonly programmedUnits: number
  readonly deliveredUnits: number
  /** How long the extended part ran. */
  readonly minutes?: number
}

/** 27. */
export interface CancelledBolus {
  readonly event: HistoryEvent
  readonly number: number
  readonly by: string
}

/** 3D, 3E. */
export interface WizardScreen {
  readonly event: HistoryEvent
  readonly record: Wizard
  /** What the person agreed to, ten-thousandths. */
  readonly finalAmount: number
}

const kindsOfProgrammed: Readonly<Record<number, BolusKind>> = {
  [EventType.NORMAL_BOLUS_PROGRAMMED]: 'normal',
  [EventType.SQUARE_BOLUS_PROGRAMMED]: 'square',
  [EventType.DUAL_BOLUS_PROGRAMMED]: 'dual',
}

/** B source, C number, E programmed (dual: E normal, 12 square). `undefined` for another type. */
export function readProgrammed(event: HistoryEvent): ProgrammedBolus | undefined {
  const kind = kindsOfProgrammed[event.type]
  if (!kind) return undefined
  const total = u32(event, 0x0e) + (kind === 'dual' ? u32(event, 0x12) : 0)
  return { event, kind, source: u8(event, 0x0b), number: u8(event, 0x0c), total }
}

const MAX_UNITS = 100

/** As for the programmed types, with D preset; `undefined` for another type, a reason for what cannot be. */
export function readDelivered(event: HistoryEvent): DeliveredBolus | string | undefined {
  const bolus = deliveredPart(event)
  if (typeof bolus !== 'object') return bolus
  const isPossible = bolus.programmedUnits <= MAX_UNITS && bolus.deliveredUnits <= MAX_UNITS
  return isPossible ? bolus : `an impossible bolus: ${bolus.deliveredUnits} U of ${bolus.programmedUnits} U`
}

function deliveredPart(event: HistoryEvent): DeliveredBolus | string | undefined {
  const common = () => ({
    event,
    source: u8(event, 0x0b),
    number: u8(event, 0x0c),
    preset: u8(event, 0x0d),
    programmedUnits: unitsAt(event, 0x0e),
  })
  switch (event.type) {
    // 12 delivered.
    case EventType.NORMAL_BOLUS_DELIVERED: {
      const amounts = { total: u32(event, 0x0e), deliveredUnits: unitsAt(event, 0x12) }
      return { ...common(), ...amounts, kind: 'normal', part: 'normal' }
    }
    // 12 delivered, 16 u16 programmed minutes, 18 u16 delivered minutes.
    case EventType.SQUARE_BOLUS_DELIVERED: {
      const amounts = { total: u32(event, 0x0e), deliveredUnits: unitsAt(event, 0x12) }
      return { ...common(), ...amounts, kind: 'square', part: 'extended', minutes: u16(event, 0x18) }
    }
    // 12 square programmed, 16 delivered of this part, 1A part (1 normal, 2 square), 1D u16 delivered minutes.
    case EventType.DUAL_BOLUS_PART_DELIVERED: {
      const part = u8(event, 0x1a)
      if (part !== 1 && part !== 2) return `an unknown part of a dual bolus: ${part}`
      const total = u32(event, 0x0e) + u32(event, 0x12)
      const amounts = { total, deliveredUnits: unitsAt(event, 0x16) }
      if (part === 1) return { ...common(), ...amounts, kind: 'dual', part: 'normal' }
      const programmedUnits = unitsAt(event, 0x12)
      return {
        ...common(),
        ...amounts,
        programmedUnits,
        kind: 'dual',
        part: 'extended',
        minutes: u16(event, 0x1d),
      }
    }
    default:
      return undefined
  }
}

/** 27: B 0 the pump, 1 the person (the two real ones: with a suspend before low, with a suspend by hand); C number. */
export function readCancelled(event: HistoryEvent): CancelledBolus | undefined {
  if (event.type !== EventType.BOLUS_CANCELED) return undefined
  const code = u8(event, 0x0b)
  const by = code === 0 ? 'the pump' : code === 1 ? 'the person' : `code ${code}`
  return { event, number: u8(event, 0x0c), by }
}

/** A screen of the calculator; `undefined` for another type, a reason for units that nobody knows. */
export function readWizard(event: HistoryEvent): WizardScreen | string | undefined {
  if (event.type === EventType.BOLUS_WIZARD_ESTIMATE) return readBolusWizard(event)
  if (event.type === EventType.MEAL_WIZARD_ESTIMATE) return readMealWizard(event)
  return undefined
}

/**
 * 3D.
 *
 * | offset | size | is                                                                             |
 * | B      | 1    | glucose unit: 0 mg/dL, 1 mmol/L                                                |
 * | C      | 1    | carbohydrate unit: 0 g, 1 exchanges                                            |
 * | D      | 2    | BG; 0 = none                                                                   |
 * | F      | 2    | carbohydrate (exchanges: tenths)                                               |
 * | 11     | 2    | sensitivity                                                                    |
 * | 13     | 4    | ratio                                                                          |
 * | 17, 19 | 2, 2 | target low, high                                                               |
 * | 1B     | 4    | correction, signed                                                             |
 * | 1F     | 4    | food                                                                           |
 * | 23     | 4    | active insulin                                                                 |
 * | 27     | 4    | what is taken off for active insulin                                           |
 * | 2B     | 4    | estimate = max(0, food + correction - taken off)                               |
 * | 2F     | 1    | step                                                                           |
 * | 30     | 1    | bit 0: changed by the person                                                   |
 * | 31     | 4    | what the person agreed to                                                      |
 */
function readBolusWizard(event: HistoryEvent): WizardScreen | string {
  const units = glucoseUnitsOf(u8(event, 0x0b))
  if (!units || u8(event, 0x0c) > 1) return 'a screen of the bolus calculator in unknown units'
  const exchanges = isExchanges(u8(event, 0x0c))
  const glucose = u16(event, 0x0d)
  const carbs = u16(event, 0x0f)
  const record: Wizard = {
    type: 'wizard',
    ...base(event),
    ...(exchanges ? { carbsExchanges: carbs / 10 } : { carbsGrams: carbs }),
    ...(glucose > 0 && { glucose: { value: glucoseOf(glucose, units), units } }),
    carbRatio: ratioOf(u32(event, 0x13), exchanges),
    carbRatioUnits: exchanges ? 'U/exchange' : 'g/U',
    sensitivity: glucoseOf(u16(event, 0x11), units),
    targetLow: glucoseOf(u16(event, 0x17), units),
    targetHigh: glucoseOf(u16(event, 0x19), units),
    settingsUnits: units,
    recommendedCarbUnits: unitsAt(event, 0x1f),
    recommendedCorrectionUnits: i32(event, 0x1b) / 10_000,
    recommendedNetUnits: unitsAt(event, 0x2b),
    insulinOnBoardUnits: unitsAt(event, 0x23),
  }
  return checkedScreen({ event, record, finalAmount: u32(event, 0x31) })
}

/**
 * 3E, the calculator in auto mode: B bit 0 glucose unit, bit 1 carbohydrate unit, C u16 BG, E u16 carbohydrate, 10 i32
 * correction, 14 u32 food, 18 u32 estimate, 1C u32 ratio. 670G: source code alone.
 */
function readMealWizard(event: HistoryEvent): WizardScreen | string {
  const units = (u8(event, 0x0b) & 1) === 0 ? 'mg/dL' : 'mmol/L'
  const exchanges = (u8(event, 0x0b) & 2) !== 0
  const glucose = u16(event, 0x0c)
  const carbs = u16(event, 0x0e)
  const record: Wizard = {
    type: 'wizard',
    ...base(event),
    ...(exchanges ? { carbsExchanges: carbs / 10 } : { carbsGrams: carbs }),
    ...(glucose > 0 && { glucose: { value: glucoseOf(glucose, units), units } }),
    carbRatio: ratioOf(u32(event, 0x1c), exchanges),
    carbRatioUnits: exchanges ? 'U/exchange' : 'g/U',
    recommendedCarbUnits: unitsAt(event, 0x14),
    recommendedCorrectionUnits: i32(event, 0x10) / 10_000,
    recommendedNetUnits: unitsAt(event, 0x18),
    annotations: ['wizard/target-automated'],
  }
  return checkedScreen({ event, record, finalAmount: u32(event, 0x18) })
}

/** No meal has more. */
const MAX_CARBS = 1000

function checkedScreen(screen: WizardScreen): WizardScreen | string {
  const { carbsGrams = 0, carbsExchanges = 0 } = screen.record
  const carbs = carbsGrams + carbsExchanges
  return carbs <= MAX_CARBS ? screen : `an impossible amount of carbohydrate: ${carbs}`
}
