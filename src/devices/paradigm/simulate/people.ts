/**
 * The people whose pumps "Try it without a device" and tests read: how they are set and what they do in a day. Plain
 * data; `life.ts` lets them live it. Made up.
 */
import type { GlucoseUnits } from '#records/units.ts'
import type { Programme } from './writeRecords.ts'

export interface Meal {
  /** Minute of the day, give or take `spread`. */
  readonly minute: number
  readonly spread: number
  /** 0: only a finger-stick, and a correction when it is high. */
  readonly grams: number
  /** How long it takes to raise glucose. */
  readonly minutes: number
  /** How often it happens, 0 to 1. */
  readonly chance: number
  /** With the calculator, or by hand without it. */
  readonly bolus: 'wizard' | 'manual'
  /** On every so many-th day a part of it over time. */
  readonly extended?: { readonly every: number; readonly kind: 'dual' | 'square'; readonly halfHours: number }
}

/** What happens on every so many-th day. */
export type Habit = { readonly every: number; readonly on: number; readonly minute: number } & (
  | { readonly does: 'fills' | 'battery' | 'clogs' | 'corrects the clock' | 'changes the programme' | 'new sensor' }
  | { readonly does: 'pauses' | 'loses the sensor'; readonly minutes: number }
  | { readonly does: 'exercises'; readonly percent: number; readonly halfHours: number }
)

export interface Person {
  readonly id: string
  readonly model: '522' | '723' | '554'
  readonly serial: string
  readonly firmware: string
  readonly units: GlucoseUnits
  /** In turn: each change of the programme takes the next. */
  readonly programmes: readonly [Programme, ...Programme[]]
  readonly gramsPerUnit: number
  readonly sensitivityMgdl: number
  readonly targetMgdl: readonly [low: number, high: number]
  readonly actionHours: number
  readonly maxBolusUnits: number
  readonly maxBasalUnitsPerHour: number
  readonly reservoirUnits: number
  /** Number of a meter that sends its values to the pump; typed in when absent. */
  readonly meter?: string
  /** The pump stops by itself below this. */
  readonly lowSuspendMgdl?: number
  readonly meals: readonly Meal[]
  readonly habits: readonly Habit[]
}

const halfHour = (hour: number, minute = 0): number => 2 * hour + minute / 30

const programme = (...segments: readonly (readonly [hour: number, rateUnitsPerHour: number])[]): Programme =>
  segments.map(([hour, rateUnitsPerHour]) => ({ at: halfHour(hour), rateUnitsPerHour }))

const breakfast = { minute: 7 * 60 + 15, spread: 25, grams: 45, minutes: 150, chance: 0.95, bolus: 'wizard' } as const
const lunch = { minute: 12 * 60 + 35, spread: 30, grams: 60, minutes: 180, chance: 0.97, bolus: 'wizard' } as const
const snack = { minute: 15 * 60 + 50, spread: 30, grams: 20, minutes: 100, chance: 0.55, bolus: 'manual' } as const
const dinner = { minute: 19 * 60 + 5, spread: 35, grams: 70, minutes: 210, chance: 1, bolus: 'wizard' } as const
const bedtime = { minute: 22 * 60 + 25, spread: 20, grams: 0, minutes: 0, chance: 0.85, bolus: 'wizard' } as const

const habits = [
  { every: 3, on: 1, minute: 8 * 60 + 40, does: 'fills' },
  { every: 24, on: 5, minute: 18 * 60 + 2, does: 'battery' },
  { every: 31, on: 9, minute: 10 * 60 + 12, does: 'clogs' },
  { every: 5, on: 3, minute: 6 * 60 + 32, does: 'pauses', minutes: 18 },
  { every: 4, on: 2, minute: 16 * 60 + 40, does: 'exercises', percent: 60, halfHours: 3 },
  { every: 60, on: 41, minute: 14 * 60 + 31, does: 'corrects the clock' },
  { every: 45, on: 20, minute: 20 * 60 + 41, does: 'changes the programme' },
] as const satisfies readonly Habit[]

const sensorHabits = [
  { every: 6, on: 2, minute: 9 * 60 + 20, does: 'new sensor' },
  { every: 7, on: 5, minute: 13 * 60 + 25, does: 'loses the sensor', minutes: 40 },
] as const satisfies readonly Habit[]

export const people = {
  everyday: {
    id: 'everyday',
    model: '723',
    serial: '000023',
    firmware: 'VER 2.4A1.1',
    units: 'mg/dL',
    programmes: [
      programme([0, 0.75], [3, 0.95], [7, 0.875], [11, 0.7], [20, 0.825]),
      programme([0, 0.8], [3, 1.05], [7, 0.85], [11, 0.7], [20, 0.8]),
    ],
    gramsPerUnit: 9,
    sensitivityMgdl: 40,
    targetMgdl: [95, 125],
    actionHours: 4,
    maxBolusUnits: 15,
    maxBasalUnitsPerHour: 2,
    reservoirUnits: 140,
    meter: 'AED763',
    meals: [
      breakfast,
      lunch,
      snack,
      { ...dinner, extended: { every: 3, kind: 'dual', halfHours: 4 } },
      {
        ...snack,
        minute: 21 * 60 + 30,
        grams: 25,
        chance: 0.25,
        bolus: 'wizard',
        extended: { every: 2, kind: 'square', halfHours: 2 },
      },
      bedtime,
    ],
    habits: [...habits, ...sensorHabits],
  },
  older: {
    id: 'older',
    model: '522',
    serial: '000022',
    firmware: 'VER 2.4A1.1',
    units: 'mg/dL',
    programmes: [
      programme([0, 0.8], [4, 1.1], [8, 0.95], [14, 0.9], [21, 0.85]),
      programme([0, 0.85], [4, 1.15], [8, 0.95], [17, 0.9]),
    ],
    gramsPerUnit: 13,
    sensitivityMgdl: 45,
    targetMgdl: [106, 125],
    actionHours: 4,
    maxBolusUnits: 10,
    maxBasalUnitsPerHour: 2,
    reservoirUnits: 130,
    meals: [breakfast, { ...lunch, extended: { every: 5, kind: 'square', halfHours: 2 } }, snack, dinner, bedtime],
    habits: [...habits, ...sensorHabits],
  },
  lowSuspend: {
    id: 'lowSuspend',
    model: '554',
    serial: '000054',
    firmware: 'VER 2.6A1.1',
    units: 'mmol/L',
    programmes: [
      programme([0, 0.55], [3, 0.725], [6, 0.65], [10, 0.5], [18, 0.6]),
      programme([0, 0.6], [3, 0.75], [6, 0.65], [10, 0.5], [18, 0.6]),
    ],
    gramsPerUnit: 11,
    sensitivityMgdl: 54,
    targetMgdl: [90, 117],
    actionHours: 3,
    maxBolusUnits: 12,
    maxBasalUnitsPerHour: 2,
    reservoirUnits: 120,
    meter: 'A1B2C3',
    lowSuspendMgdl: 60,
    meals: [
      breakfast,
      lunch,
      { ...snack, bolus: 'wizard' },
      { ...dinner, extended: { every: 4, kind: 'dual', halfHours: 3 } },
      bedtime,
    ],
    habits: [...habits, ...sensorHabits],
  },
} as const satisfies Readonly<Record<string, Person>>
