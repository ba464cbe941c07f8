/**
 * The made-up person behind the sample export: meals, boluses, exercise, sensor and set changes, and a glucose curve
 * that follows from them. Everything is a function of the seed and the day, so that any day can be written without the
 * days before it. No medical model: shapes that look like real curves.
 */
import { DAY_MS, type DeviceDay, HOUR_MS, MINUTE_MS } from '#records/time.ts'

/** Moments are device time, ms. */
export interface Meal {
  readonly at: number
  readonly carbsGrams: number
  /** Height of the rise and of the dip that too much insulin leaves, mg/dL. */
  readonly riseMgdl: number
  readonly dipMgdl: number
  /** Minutes to the top. */
  readonly peakMinutes: number
  /** A fat meal: part of the bolus is given over two hours. */
  readonly isSlow: boolean
}

export interface Span {
  readonly from: number
  readonly to: number
}

export interface Life {
  meals(day: DeviceDay): readonly Meal[]
  /** Moments at which the person corrects a high value. */
  corrections(day: DeviceDay): readonly number[]
  exercise(day: DeviceDay): Span | undefined
  /** When the pump stops before a low value at night. */
  nightLow(day: DeviceDay): Span | undefined
  /** A new sensor warms up in this span; every seventh day. */
  warmUp(day: DeviceDay): Span | undefined
  /** A new infusion set; every third day. */
  setChange(day: DeviceDay): number | undefined
  /** mg/dL, whole, 40 to 400. */
  glucoseMgdl(at: number): number
  /** 0 to 1, the same for the same words. */
  chance(day: DeviceDay, salt: number): number
}

/** What a correction takes away, as a share of what is above 120. */
const CORRECTION_SHARE = 0.55
const SENSOR_DAYS = 7
const SET_DAYS = 3

/** What one day does to the curve, before corrections. */
interface Plan {
  readonly meals: readonly Meal[]
  readonly exercise: Span | undefined
  readonly nightLow: Span | undefined
  readonly dawnMgdl: number
}

export function createLife(seed: number): Life {
  const chance = (day: DeviceDay, salt: number): number => hashed(seed, day, salt)
  /** About normal, -2 to 2. */
  const swing = (day: DeviceDay, salt: number): number =>
    (chance(day, salt) + chance(day, salt + 1000) + chance(day, salt + 2000) - 1.5) * 1.4
  const clock = (day: DeviceDay, hour: number, swingMinutes: number, salt: number): number =>
    day * DAY_MS + Math.round((hour * 60 + swing(day, salt) * swingMinutes) * 60) * 1000

  const plan = remembered((day: DeviceDay): Plan => {
    const meal = (salt: number, hour: number, spreadMinutes: number, grams: number, spreadGrams: number): Meal => {
      const error = swing(day, salt + 3)
      const carbsGrams = Math.max(8, Math.round((grams + swing(day, salt + 2) * spreadGrams) / 5) * 5)
      const isSlow = salt === 30 && chance(day, 34) < 0.16
      return {
        at: clock(day, hour, spreadMinutes, salt + 1),
        carbsGrams,
        riseMgdl: Math.min(170, Math.max(12, carbsGrams * (1.8 + 0.95 * error))),
        dipMgdl: Math.max(0, -error - 0.1) * 85,
        peakMinutes: (isSlow ? 120 : 72) + 14 * swing(day, salt + 5),
        isSlow,
      }
    }
    const meals = [meal(10, 7.2, 35, 45, 12), meal(20, 12.6, 40, 60, 18), meal(30, 18.9, 50, 70, 20)]
    if (chance(day, 40) < 0.45) meals.push(meal(40, chance(day, 41) < 0.6 ? 15.8 : 21.8, 40, 20, 6))
    const trains = clock(day, 17, 25, 61)
    const sinks = clock(day, 2.8, 50, 71)
    return {
      meals: meals.sort((a, b) => a.at - b.at),
      exercise: chance(day, 60) < 0.3 ? { from: trains, to: trains + 90 * MINUTE_MS } : undefined,
      nightLow:
        chance(day, 70) < 0.22
          ? { from: sinks, to: sinks + Math.round(45 + 20 * chance(day, 72)) * MINUTE_MS }
          : undefined,
      dawnMgdl: 20 + 12 * swing(day, 51),
    }
  })

  /** The curve without corrections: slow and quick wandering, dawn, meals, exercise, night. */
  function uncorrected(at: number): number {
    const day = Math.floor(at / DAY_MS)
    const hour = (at - day * DAY_MS) / HOUR_MS
    let mgdl = 139 + plan(day).dawnMgdl * Math.exp(-(((hour - 6.4) / 1.7) ** 2))
    mgdl += 36 * wander(seed + 1, at, 22 * HOUR_MS) + 24 * wander(seed + 2, at, 6 * HOUR_MS)
    mgdl += 9 * wander(seed + 3, at, 80 * MINUTE_MS) + 3.2 * wander(seed + 4, at, 17 * MINUTE_MS)
    for (const { meals, exercise, nightLow } of [plan(day - 1), plan(day)]) {
      for (const meal of meals) {
        const minutes = (at - meal.at) / MINUTE_MS
        mgdl += meal.riseMgdl * wave(minutes, meal.peakMinutes) - meal.dipMgdl * wave(minutes, 190)
      }
      if (exercise) mgdl -= 38 * wave((at - exercise.from) / MINUTE_MS, 70)
      if (nightLow) mgdl -= 62 * Math.exp(-(((at - nightLow.from - 25 * MINUTE_MS) / (55 * MINUTE_MS)) ** 2))
    }
    return mgdl
  }

  const corrections = remembered((day: DeviceDay): readonly { readonly at: number; readonly mgdl: number }[] => {
    const { meals } = plan(day)
    return meals
      .map(meal => meal.at + Math.round((150 + 25 * chance(day, 80)) * 60) * 1000)
      .map(at => ({ at, mgdl: uncorrected(at) }))
      .filter(({ at, mgdl }) => mgdl > 195 && Math.floor(at / DAY_MS) === day)
      .filter(({ at }) => meals.every(meal => Math.abs(meal.at - at) >= HOUR_MS))
  })

  return {
    meals: day => plan(day).meals,
    corrections: day => corrections(day).map(({ at }) => at),
    exercise: day => plan(day).exercise,
    nightLow: day => plan(day).nightLow,
    chance,
    warmUp(day) {
      if (day % SENSOR_DAYS !== seed % SENSOR_DAYS) return undefined
      const from = clock(day, 9.7, 40, 90)
      return { from, to: from + 2 * HOUR_MS }
    },
    setChange(day) {
      return day % SET_DAYS === seed % SET_DAYS ? clock(day, 20.6, 30, 95) : undefined
    },
    glucoseMgdl(at) {
      const day = Math.floor(at / DAY_MS)
      let mgdl = uncorrected(at)
      for (const corrected of [...corrections(day - 1), ...corrections(day)]) {
        const share = wave((at - corrected.at) / MINUTE_MS, 105)
        mgdl -= CORRECTION_SHARE * (corrected.mgdl - 120) * share
      }
      // A falling value is felt and treated: lows are shallower than the shapes would have them.
      if (mgdl < 72) mgdl = 72 - (72 - mgdl) * 0.55
      return Math.max(40, Math.min(400, Math.round(mgdl)))
    },
  }
}

/** Up to 1 at `peak` minutes and slowly back; 0 before. */
function wave(minutes: number, peak: number): number {
  if (minutes <= 0 || minutes > 9 * peak) return 0
  const part = minutes / peak
  return part ** 2 * Math.exp(2 * (1 - part))
}

/** Smooth wandering between -1 and 1 with a new direction every `step`. */
function wander(seed: number, at: number, step: number): number {
  const from = Math.floor(at / step)
  const part = at / step - from
  const eased = part * part * part * (part * (part * 6 - 15) + 10)
  const a = hashed(seed, from, 7)
  const b = hashed(seed, from + 1, 7)
  return 2 * (a + (b - a) * eased) - 1
}

/** 0 to 1 from three whole numbers, evenly spread. */
function hashed(a: number, b: number, c: number): number {
  let hash = (Math.imul(a | 0, 0x9e3779b1) ^ Math.imul(b | 0, 0x85ebca6b) ^ Math.imul(c | 0, 0xc2b2ae35)) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad)
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

/** Keeps the results of the last few days. */
function remembered<T>(of: (day: DeviceDay) => T): (day: DeviceDay) => T {
  const known = new Map<DeviceDay, T>()
  return day => {
    const found = known.get(day)
    if (found !== undefined) return found
    const fresh = of(day)
    if (known.size > 8) known.clear()
    known.set(day, fresh)
    return fresh
  }
}
