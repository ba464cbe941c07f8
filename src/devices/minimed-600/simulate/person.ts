/**
 * Ninety days of a made-up person with a 640G: meals, boluses, sensors, set changes, a pump that stops before lows. The
 * curve follows a simple pattern, not a medical model. Everything is a function of seed and day, so the same words give
 * the same life. Knows nothing of bytes; `memory.ts` writes it down.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#records/time.ts'

/** Moments are device time, ms. */
export interface Meal {
  readonly at: number
  readonly carbsGrams: number
  readonly bolus: 'normal' | 'dual' | 'square'
  /** Enters its finger-stick into the calculator. */
  readonly isMeasured: boolean
  /** Looks at the proposal, goes back, and opens the calculator again. */
  readonly isSecondThought: boolean
}

export interface Day {
  readonly meals: readonly Meal[]
  /** Moves for an hour and a half under a temporary basal; cancels it early now and then. */
  readonly sport: { readonly at: number; readonly cancelledAt: number | undefined } | undefined
  readonly setChange: number | undefined
  readonly sensorChange: number | undefined
  readonly calibrations: readonly number[]
  readonly batteryChange: number | undefined
}

export interface Person {
  day(day: number): Day
  /** mg/dL, whole; may be below what a sensor can show. */
  glucoseMgdl(at: number): number
  /** 0 to 1, the same for the same words. */
  chance(day: number, salt: number): number
}

const SET_DAYS = 3
const SENSOR_DAYS = 6
const BATTERY_DAYS = 21

export function createPerson(seed: number): Person {
  const chance = (day: number, salt: number): number => hashed(seed, day, salt)
  const days = new Map<number, Day>()
  /** What was asked for: most values twice, once as what is to come. */
  const curve = new Map<number, number>()

  function plan(day: number): Day {
    const clock = (hour: number, spreadMinutes: number, salt: number): number =>
      day * DAY_MS + Math.round((hour * 60 + (chance(day, salt) - 0.5) * 2 * spreadMinutes) * 60) * 1000
    const meal = (hour: number, salt: number, grams: number): Meal => ({
      at: clock(hour, 40, salt),
      carbsGrams: grams + 5 * Math.round((chance(day, salt + 1) - 0.5) * 6),
      bolus: salt !== 30 || chance(day, 33) < 0.7 ? 'normal' : chance(day, 34) < 0.7 ? 'dual' : 'square',
      isMeasured: chance(day, salt + 5) < 0.6,
      isSecondThought: chance(day, salt + 6) < 0.05,
    })
    const meals = [meal(7.2, 10, 45), meal(12.6, 20, 60), meal(18.9, 30, 70)]
    if (chance(day, 40) < 0.4) meals.push(meal(15.6, 41, 20))
    const sportAt = clock(16.9, 20, 50)
    return {
      meals: meals.sort((a, b) => a.at - b.at),
      sport:
        chance(day, 51) < 0.3
          ? { at: sportAt, cancelledAt: chance(day, 52) < 0.3 ? sportAt + 50 * MINUTE_MS : undefined }
          : undefined,
      setChange: day % SET_DAYS === seed % SET_DAYS ? clock(20.6, 20, 60) : undefined,
      sensorChange: day % SENSOR_DAYS === seed % SENSOR_DAYS ? clock(9.6, 20, 61) : undefined,
      calibrations: [clock(7, 8, 62), clock(21.8, 20, 63)],
      batteryChange: day % BATTERY_DAYS === seed % BATTERY_DAYS ? clock(22.6, 10, 64) : undefined,
    }
  }

  const dayOf = (day: number): Day => {
    const known = days.get(day) ?? plan(day)
    days.set(day, known)
    return known
  }

  return {
    day: dayOf,
    chance,
    glucoseMgdl(at) {
      const known = curve.get(at)
      if (known !== undefined) return known
      const mgdl = glucoseAt(at)
      curve.set(at, mgdl)
      return mgdl
    },
  }

  function glucoseAt(at: number): number {
    const day = Math.floor(at / DAY_MS)
    const hour = (at - day * DAY_MS) / HOUR_MS
    let mgdl = 128 + 22 * Math.exp(-(((hour - 6.4) / 1.8) ** 2))
    mgdl += 30 * wander(seed + 1, at, 20 * HOUR_MS) + 18 * wander(seed + 2, at, 5 * HOUR_MS)
    mgdl += 5 * wander(seed + 3, at, 40 * MINUTE_MS)
    for (const each of [day - 1, day]) {
      for (const { at: eaten, carbsGrams } of dayOf(each).meals) {
        const minutes = (at - eaten) / MINUTE_MS
        mgdl += carbsGrams * (1.5 * wave(minutes, 70) - 1.1 * wave(minutes, 190))
      }
      const { sport } = dayOf(each)
      if (sport) mgdl -= 34 * wave((at - sport.at) / MINUTE_MS, 80)
      // Some nights run low.
      if (hashed(seed, each, 70) < 0.25) mgdl -= 60 * wave((at - each * DAY_MS) / MINUTE_MS - 60, 100)
    }
    return Math.round(Math.max(30, mgdl))
  }
}

/** Rises to 1 at `peak` minutes and falls away. */
function wave(minutes: number, peak: number): number {
  if (minutes <= 0 || minutes > 12 * peak) return 0
  const share = minutes / peak
  return (share * Math.exp(1 - share)) ** 3
}

/** Smooth noise between -1 and 1 that passes a new value each `span`. */
function wander(seed: number, at: number, span: number): number {
  const step = Math.floor(at / span)
  const share = at / span - step
  const smooth = share * share * (3 - 2 * share)
  const [before, after] = [hashed(seed, step, 1), hashed(seed, step + 1, 1)]
  return 2 * (before + (after - before) * smooth) - 1
}

/** 0 to 1 out of three whole numbers. */
function hashed(a: number, b: number, c: number): number {
  let x = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)) >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return ((x ^ (x >>> 16)) >>> 0) / 0x1_0000_0000
}
