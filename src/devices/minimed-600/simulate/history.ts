/**
 * Writes a made-up person's life down as a 640G would, event by event in the order of time, and keeps its own books: the
 * amounts that it says it gave are summed here, apart from anything that reads them. Pure.
 * Source: minimed-600 sheet §11; how often a pump writes what is as in the captures.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { type Counts, createBooks, type DayBook, noCounts } from './books.ts'
import { createBoluses, stepped } from './boluses.ts'
import { createPerson, type Meal, type Person } from './person.ts'
import { createPumpClock } from './pumpClock.ts'
import { type Moment, type TenThousandths, write, type WrittenEvent } from './writeEvents.ts'

export interface History {
  readonly pump: readonly WrittenEvent[]
  readonly sensor: readonly WrittenEvent[]
  readonly books: readonly DayBook[]
  readonly counts: Readonly<Counts>
  /** How things stand at the end. */
  readonly end: {
    readonly at: Moment
    readonly reservoir: TenThousandths
    readonly rate: TenThousandths
    readonly active: TenThousandths
    readonly lastBolus: { readonly at: number; readonly units: TenThousandths; readonly number: number }
    readonly sensor: { readonly at: Moment; readonly stored: number }
    readonly isSuspended: boolean
  }
}

export interface HistoryOptions {
  readonly seed: number
  readonly days: number
  /** The pump's wall clock at the end, ms. */
  readonly now: number
  readonly serial: string
  readonly meterSerial: string
}

/** U/h by half hour of the day, ten-thousandths: what the pump's pattern 1 says. */
export const programme: readonly (readonly [halfHour: number, rate: TenThousandths])[] = [
  [0, 7_000],
  [6, 8_500],
  [10, 11_000],
  [16, 9_250],
  [36, 8_000],
  [44, 7_500],
]
export const wizardSettings = { ratio: 100, sensitivity: 45, low: 90, high: 120, actionMinutes: 240 } as const

const SECOND_MS = 1000
const TICK_MS = 5 * MINUTE_MS
const STEP_UNITS: TenThousandths = 250
const FULL_RESERVOIR: TenThousandths = 1_800_000
const LOW_RESERVOIR: TenThousandths = 200_000
const WARM_UP_MS = 2 * HOUR_MS
const LONGEST_SUSPEND_MS = 2 * HOUR_MS
const SUSPEND_BELOW = 84
const RESUME_ABOVE = 96
const WARM_UP = 0x301
const BELOW_RANGE = 0x309

export function writeHistory({ seed, days, now, serial, meterSerial }: HistoryOptions): History {
  const person = createPerson(seed)
  const last = Math.floor(now / SECOND_MS) * SECOND_MS
  const first = (Math.floor(last / DAY_MS) - days + 1) * DAY_MS
  const clock = createPumpClock(first, last)
  const { changeAt, moment, lived, plan } = clock

  const pump: WrittenEvent[] = []
  const sensor: WrittenEvent[] = []
  const { books, book } = createBooks(first, last, changeAt)
  const counts = noCounts()
  const state = {
    at: first,
    rate: 0,
    temp: undefined as { readonly at: number; readonly percent: number; readonly to: number } | undefined,
    suspendedAt: undefined as number | undefined,
    reservoir: FULL_RESERVOIR,
    isLowTold: false,
    sensorFrom: first - DAY_MS,
    highAt: Number.NEGATIVE_INFINITY,
    late: undefined as { readonly stored: number; readonly isig: number } | undefined,
    lastBolus: { at: first, units: 0, number: 0 },
    lastSensor: { at: moment(first), stored: 0 },
    measured: [] as { readonly at: number; readonly mgdl: number }[],
  }

  const boluses = createBoluses({
    clock,
    pump,
    actionMinutes: wizardSettings.actionMinutes,
    onDelivered(bolus) {
      book(bolus.at).bolus += bolus.units
      state.reservoir -= bolus.units
      state.lastBolus = bolus
      counts.boluses++
    },
  })

  /** Gives basal until `to`. Amounts stay fractions here; totals are rounded when they are written. */
  function run(to: number): void {
    const seconds = (to - state.at) / SECOND_MS
    const today = book(state.at)
    if (seconds > 0 && lived(state.at) === state.at) {
      if (state.suspendedAt !== undefined) today.suspendedSeconds += seconds
      const percent = state.suspendedAt !== undefined ? 0 : (state.temp?.percent ?? 100)
      const amount = (state.rate * percent * seconds) / 100 / 3600
      today.basal += amount
      state.reservoir -= amount
    }
    state.at = Math.max(state.at, to)
  }

  function alarm(
    at: number,
    number: number,
    mode: number,
    clearedAfterMs: number,
    detail: readonly number[] = [],
  ): void {
    pump.push(write.alarm(moment(at), number, mode, 0x0e, detail))
    counts.alarms++
    plan(at + clearedAfterMs, () => pump.push(write.alarmCleared(moment(at + clearedAfterMs), number)))
  }

  function eat(meal: Meal): void {
    const { at, carbsGrams } = meal
    // Nobody boluses while the pump is stopped; the meal is covered once it runs again.
    if (state.suspendedAt !== undefined) {
      plan(at + 20 * MINUTE_MS, () => eat({ ...meal, at: at + 20 * MINUTE_MS }))
      return
    }
    const bg = meal.isMeasured ? fingerstick(at - 90 * SECOND_MS, person.glucoseMgdl(at), false) : 0
    const { ratio, sensitivity, low, high } = wizardSettings
    const food = stepped((carbsGrams * 100_000) / ratio)
    const beyond = bg > high ? bg - high : bg > 0 && bg < low ? bg - low : 0
    const correction = stepped((beyond * 10_000) / sensitivity)
    const takenOff = Math.min(boluses.active(at), Math.max(0, correction))
    const estimate = Math.max(0, food + correction - takenOff)
    const final = person.chance(Math.floor(at / DAY_MS), 90) < 0.1 ? estimate + 2 * STEP_UNITS : estimate
    const screen = {
      bg,
      carbs: carbsGrams,
      sensitivity,
      ratio,
      low,
      high,
      correction,
      food,
      active: boluses.active(at),
      takenOff,
    }
    if (meal.isSecondThought) {
      const before = { ...screen, carbs: carbsGrams + 10, food: food + 10_000, estimate: estimate + 10_000 }
      pump.push(write.wizard(moment(at - 40 * SECOND_MS), { ...before, final: estimate + 10_000 }))
      counts.wizards++
    }
    pump.push(write.wizard(moment(at), { ...screen, estimate, final }))
    counts.wizards++
    book(at).carbs += carbsGrams
    if (final > 0) boluses.give(at + SECOND_MS, final, meal.bolus)
  }

  /** Gives the value: two in a short time are never the same, so that they are two. */
  function fingerstick(at: number, measured: number, isCalibration: boolean): number {
    const when = moment(at)
    state.measured = state.measured.filter(one => at - one.at < HOUR_MS)
    let mgdl = measured
    while (state.measured.some(one => one.mgdl === mgdl)) mgdl++
    state.measured.push({ at, mgdl })
    pump.push(write.fingerstick(when, mgdl, 0, meterSerial))
    counts.fingersticks++
    if (!isCalibration) return mgdl
    pump.push(write.fingerstick(when, mgdl, 2, meterSerial))
    counts.calibrations++
    plan(at + 10 * MINUTE_MS, () => pump.push(write.calibrated(moment(at + 10 * MINUTE_MS), 430, mgdl)))
    return mgdl
  }

  function stop(at: number, reason: number): void {
    run(at)
    boluses.stop(at)
    pump.push(write.suspend(moment(at), reason))
    counts.suspends++
    state.suspendedAt = at
  }

  function resume(at: number, reason: number): void {
    run(at)
    pump.push(write.resume(moment(at), reason))
    state.suspendedAt = undefined
  }

  function changeSet(at: number): void {
    if (state.suspendedAt !== undefined) {
      plan(at + 30 * MINUTE_MS, () => changeSet(at + 30 * MINUTE_MS))
      return
    }
    stop(at, 5)
    pump.push(write.rewind(moment(at + 20 * SECOND_MS)))
    plan(at + 4 * MINUTE_MS, () => {
      const tubing: TenThousandths = 61_000
      state.reservoir = FULL_RESERVOIR - tubing
      state.isLowTold = false
      pump.push(write.fill(moment(at + 4 * MINUTE_MS), 0, tubing, Math.round(state.reservoir)))
    })
    plan(at + 5 * MINUTE_MS, () => {
      const cannula: TenThousandths = 3_000
      state.reservoir -= cannula
      pump.push(write.fill(moment(at + 5 * MINUTE_MS), 1, cannula, Math.round(state.reservoir)))
      counts.fills += 2
      resume(at + 5 * MINUTE_MS, 1)
    })
  }

  function beginTemp(at: number, cancelledAt: number | undefined): void {
    if (state.suspendedAt !== undefined) {
      plan(at + 20 * MINUTE_MS, () => beginTemp(at + 20 * MINUTE_MS, cancelledAt && cancelledAt + 20 * MINUTE_MS))
      return
    }
    const [percent, minutes] = [60, 90]
    run(at)
    pump.push(write.tempBasal(moment(at), percent, minutes))
    counts.tempBasals++
    // A temporary rate ends with a minute of the clock.
    const natural = Math.floor((at + minutes * MINUTE_MS) / MINUTE_MS) * MINUTE_MS
    const to = cancelledAt === undefined ? natural : cancelledAt
    state.temp = { at, percent, to }
    plan(to, () => {
      run(to)
      state.temp = undefined
      const actual = Math.round((to - at) / MINUTE_MS)
      pump.push(write.tempBasalEnd(moment(to), percent, minutes, cancelledAt === undefined ? minutes : actual))
    })
  }

  function midnight(at: number): void {
    run(at)
    const ended = books.at(-1)
    const now = moment(at)
    if (ended && at > first) {
      const from = moment(at - DAY_MS)
      const minutes = (now.rtc - from.rtc) / 60
      const day = { minutes, basal: Math.round(ended.basal), bolus: ended.bolus, carbs: ended.carbs }
      pump.push(write.dailyTotals(now, from, day))
    }
    pump.push(
      write.linkedDevices(now, [
        { serial, model: 'MMT-1712' },
        { serial: meterSerial, model: '' },
      ]),
    )
    pump.push(write.startOfDay(now), write.endOfDay(now))
    sensor.push(write.startOfDay(now), write.endOfDay(now))
  }

  function segment(at: number): void {
    run(at)
    const halfHour = Math.floor((at % DAY_MS) / (30 * MINUTE_MS))
    const index = programme.findLastIndex(([start]) => start <= halfHour)
    state.rate = programme[index]?.[1] ?? 0
    pump.push(write.basalRate(moment(at), 1, index + 1, state.rate))
  }

  /** The sensor's five minutes: value, controller, and what the pump makes of it. */
  function tick(at: number): void {
    const isWarm = at >= state.sensorFrom + WARM_UP_MS
    const mgdl = person.glucoseMgdl(at)
    const stored = !isWarm ? WARM_UP : mgdl < 40 ? BELOW_RANGE : Math.min(400, mgdl)
    const reading = { stored, isig: isWarm ? mgdl * 23 : 1_500 }
    // Now and then a value does not come through and follows with the next one.
    if (isWarm && !state.late && person.chance(Math.round(at / TICK_MS), 99) < 0.01) {
      state.late = reading
      return
    }
    const readings = state.late ? [reading, { ...state.late, isLate: true }] : [reading]
    state.late = undefined
    sensor.push(write.sensorGlucose(moment(at), readings))
    if (isWarm) counts.sensorValues += readings.length
    const predicted = person.glucoseMgdl(at + 30 * MINUTE_MS)
    pump.push(write.controllerState(moment(at), isWarm ? predicted : 0, isWarm ? mgdl : 0x301))
    state.lastSensor = { at: moment(at), stored }
    if (!isWarm) return
    if (state.suspendedAt === undefined && predicted < SUSPEND_BELOW && mgdl < 110) {
      const overnight = at % DAY_MS < 6 * HOUR_MS
      alarm(at, overnight ? 810 : 811, 2, 15 * MINUTE_MS, [4, 0, mgdl & 0xff])
      stop(at, 10)
    } else if (state.suspendedAt !== undefined && at - state.suspendedAt >= 30 * MINUTE_MS) {
      if (predicted > RESUME_ABOVE && mgdl > SUSPEND_BELOW) resume(at, 5)
      else if (at - state.suspendedAt >= LONGEST_SUSPEND_MS) {
        alarm(at, 808, 0, 10 * MINUTE_MS)
        resume(at, 4)
      }
    }
    if (mgdl > 230 && at - state.highAt > 3 * HOUR_MS) {
      state.highAt = at
      alarm(at, 816, 0, 4 * MINUTE_MS, [0, mgdl >> 8, mgdl & 0xff])
    }
    if (state.reservoir < LOW_RESERVOIR && !state.isLowTold) {
      state.isLowTold = true
      pump.push(write.lowReservoir(moment(at), Math.round(state.reservoir)))
      alarm(at, 105, 0, 6 * MINUTE_MS, [0, 3, 0x0d, 0x40])
    }
  }

  function planDay(day: number, today: ReturnType<Person['day']>): void {
    for (const meal of today.meals) plan(meal.at, () => eat(meal))
    if (today.sport) {
      const { at, cancelledAt } = today.sport
      plan(at, () => beginTemp(at, cancelledAt))
    }
    if (today.setChange !== undefined) {
      const at = today.setChange
      plan(at, () => changeSet(at))
    }
    if (today.sensorChange !== undefined) {
      const at = today.sensorChange
      plan(at, () => {
        pump.push(write.newSensor(moment(at)))
        state.sensorFrom = at
        plan(at + WARM_UP_MS, () => fingerstick(at + WARM_UP_MS, person.glucoseMgdl(at + WARM_UP_MS), true))
      })
    }
    for (const at of today.calibrations) plan(at, () => fingerstick(at, person.glucoseMgdl(at), true))
    if (today.batteryChange !== undefined) {
      const at = today.batteryChange
      plan(at, () => {
        alarm(at, 104, 0, 2 * MINUTE_MS)
        pump.push(write.batteryRemoved(moment(at + 60 * SECOND_MS)))
        pump.push(write.batteryInserted(moment(at + 75 * SECOND_MS)))
      })
    }
    for (const [halfHour] of programme) {
      const at = day * DAY_MS + halfHour * 30 * MINUTE_MS
      plan(at, () => segment(at))
    }
  }

  function beginDay(day: number): void {
    const at = day * DAY_MS
    midnight(at)
    planDay(day, person.day(day))
    // Sensor and clock are not the same to the second.
    for (let when = at + 101 * SECOND_MS; when < at + DAY_MS; when += TICK_MS) {
      if (lived(when) === when) plan(when, () => tick(when))
    }
    plan(at + DAY_MS, () => beginDay(day + 1))
  }
  plan(first, () => beginDay(first / DAY_MS))
  if (changeAt !== undefined) {
    plan(changeAt - 1, () => {
      run(changeAt)
      const old = { ...moment(changeAt - SECOND_MS) }
      const at = { rtc: old.rtc + 1, offset: old.offset }
      const to = { rtc: at.rtc, offset: at.offset + 3600 }
      pump.push(write.timeChange(at, to))
      state.at = changeAt + HOUR_MS
      plan(changeAt + HOUR_MS, () => segment(changeAt + HOUR_MS))
    })
  }

  clock.runUntil(last)
  run(last)
  return {
    // Some events are planned by one that comes before them and written at once; a pump writes in the order of time.
    pump: pump.filter(({ rtc }) => rtc <= moment(last).rtc).sort((a, b) => a.rtc - b.rtc),
    sensor,
    books,
    counts,
    end: {
      at: moment(last),
      reservoir: Math.round(state.reservoir),
      rate: state.rate,
      active: boluses.active(last),
      lastBolus: state.lastBolus,
      sensor: state.lastSensor,
      isSuspended: state.suspendedAt !== undefined,
    },
  }
}
