/**
 * Lets a simulated person live day after day and keeps what the pump would have logged: history records, sensor events,
 * and beside them, in plain sums, what was really given (`days`), for tests to compare with. The same days come out the
 * same whenever they are asked for. Bytes are `write*.ts`'s business.
 */
import {
  type DeviceDay,
  deviceDayOf,
  type DeviceTime,
  HOUR_MS,
  MINUTE_MS,
  shifted,
  startOfDeviceDay,
  timeOfDayMs,
} from '#records/time.ts'
import { MGDL_PER_MMOL } from '#records/units.ts'
import { seededNumbers } from '../../shared/seededNumbers.ts'
import { type Family, familyOf } from '../decode/family.ts'
import { createBody, STEP_MINUTES } from './body.ts'
import { type Dose, estimateOf, listedDoses, onBoardUnits, tenth, withDose } from './calculator.ts'
import { createDelivery, type DeliveryChange, segmentAt } from './delivery.ts'
import type { Habit, Meal, Person } from './people.ts'
import { createSensor } from './sensor.ts'
import type { SensorEvent } from './writePages.ts'
import {
  Actor,
  alarmRecord,
  BolusType,
  bolusRecord,
  clockRecords,
  dayRecords,
  estimateRecord,
  exerciseRecord,
  glucoseRecords,
  primeRecord,
  type Programme,
  programmeRecords,
  rateSteps,
  sensorAlarmRecord,
  simpleRecord,
  tempBasalRecords,
  unabsorbedRecord,
} from './writeRecords.ts'

/** What a day really brought. */
export interface LivedDay {
  readonly basalUnits: number
  readonly bolusUnits: number
  readonly carbsGrams: number
  readonly boluses: number
  readonly glucoseReadings: number
}

export interface Life {
  /** History records, oldest first. */
  readonly records: readonly Uint8Array[]
  /** Oldest first; empty for a person without a sensor. */
  readonly sensor: readonly SensorEvent[]
  /** The day that has begun is among them, as far as it has come. */
  readonly days: ReadonlyMap<DeviceDay, LivedDay>
  readonly programme: Programme
  readonly reservoirUnits: number
  /** A temporary rate that runs. */
  readonly temp: { readonly percent: number; readonly minutesLeft: number } | undefined
}

/** Sums of the day that runs. */
interface Sums {
  food: number
  correction: number
  manual: number
  carbs: number
  boluses: number
  glucose: number[]
}

const noSums = (): Sums => ({ food: 0, correction: 0, manual: 0, carbs: 0, boluses: 0, glucose: [] })

const MS_PER_BOLUS_UNIT = 40_000
const LOW_SUSPEND_MS = 2 * HOUR_MS
const LOW_RESERVOIR_UNITS = 20
const SHORTLY = 3000

/** Lives from the start of `from` until `now`. */
export function live(person: Person, from: DeviceDay, now: DeviceTime): Life {
  const family = familyOrThrow(person.model)
  const isMmol = person.units === 'mmol/L'
  let random = seededNumbers(from)
  const body = createBody(
    {
      sensitivityMgdl: person.sensitivityMgdl,
      gramsPerUnit: person.gramsPerUnit,
      needUnitsPerHour: at => (segmentAt(person.programmes[0], at)?.segment.rateUnitsPerHour ?? 0) * needToday,
    },
    () => random(),
  )
  const records: Uint8Array[] = []
  const days = new Map<DeviceDay, LivedDay>()
  const agenda: { readonly at: DeviceTime; readonly run: () => void }[] = []
  let time = startOfDeviceDay(from)
  let needToday = 1
  let sums = noSums()
  const delivery = createDelivery(person.programmes[0], person.reservoirUnits, family, time)
  let programmesUsed = 1
  let doses: readonly Dose[] = []
  let isReservoirLow = false
  let treatedAt = time
  let alarmedAt = time
  let lowSuspendedAt = time
  const sensor = createSensor(person, () => random())

  /** Runs at that time, after what was planned for the same moment before. */
  function plan(at: DeviceTime, run: () => void): void {
    // Most of it is planned in order: looked for from the end.
    agenda.splice(agenda.findLastIndex(other => other.at <= at) + 1, 0, { at, run })
  }
  const later = (ms: number, run: () => void) => plan(shifted(time, ms), run)
  const log = (...written: readonly Uint8Array[]) => records.push(...written)
  /** Glucose as the pump counts it. */
  const steps = (mgdl: number) => Math.round(isMmol ? (10 * mgdl) / MGDL_PER_MMOL : mgdl)

  /** Changes what flows from now on; where insulin flows, large pumps then write its rate. */
  function change(what?: DeliveryChange): void {
    delivery.change(time, what)
    log(...delivery.rateRecords(time))
  }

  function midnight(): void {
    change()
    const yesterday = shifted(time, -1)
    if (deviceDayOf(yesterday) >= from) endDay(yesterday, true)
    planDay(deviceDayOf(time))
    plan(startOfDeviceDay(deviceDayOf(time) + 1), midnight)
  }

  function endDay(at: DeviceTime, isOver: boolean): void {
    const { food, correction, manual, carbs, boluses, glucose } = sums
    const basalUnits = delivery.takeBasal()
    const parts = { food: rateSteps(food), correction: rateSteps(correction), manual: rateSteps(manual) }
    const written = { time: at, basalSteps: rateSteps(basalUnits), boluses: parts, carbsGrams: carbs, glucose }
    if (isOver) log(...dayRecords(written, family))
    const bolusUnits = food + correction + manual
    days.set(deviceDayOf(at), { basalUnits, bolusUnits, carbsGrams: carbs, boluses, glucoseReadings: glucose.length })
    sums = noSums()
  }

  /** Half hours at which one of the programmes has a new rate. */
  const boundaries = new Set(person.programmes.flatMap(each => each.slice(1).map(({ at }) => at)))

  function planDay(day: DeviceDay): void {
    random = seededNumbers(day * 7 + person.model.charCodeAt(1))
    needToday = 0.92 + random() * 0.2
    const at = (minute: number) => shifted(startOfDeviceDay(day), Math.round(minute * 60) * 1000)
    for (const half of boundaries) plan(at(30 * half), () => segmentBegins(half))
    for (const meal of person.meals) {
      const minute = meal.minute + (random() * 2 - 1) * meal.spread
      if (random() < meal.chance) plan(at(minute), () => eat(meal, day))
    }
    for (const habit of person.habits) if (day % habit.every === habit.on) plan(at(habit.minute), () => follow(habit))
  }

  function segmentBegins(half: number): void {
    if (segmentAt(delivery.programme(), half)?.segment.at === half) change()
  }

  function tick(): void {
    later(STEP_MINUTES * MINUTE_MS, tick)
    body.step(timeOfDayMs(time) / MINUTE_MS, delivery.rateUnitsPerHour())
    delivery.change(time)
    const measured = sensor.step(time, body.glucose())
    if (body.glucose() < 66 && time - treatedAt > 25 * MINUTE_MS && random() < 0.5) {
      treatedAt = time
      body.eat(15, 40)
    }
    if (delivery.reservoirUnits() < LOW_RESERVOIR_UNITS && !isReservoirLow) {
      isReservoirLow = true
      log(simpleRecord(0x34, 10 * LOW_RESERVOIR_UNITS, time))
    }
    if (measured === undefined) return
    const isLow = measured < 68
    if ((isLow || measured > 250) && time - alarmedAt > 90 * MINUTE_MS) {
      alarmedAt = time
      log(sensorAlarmRecord(time, isLow ? 102 : 101, steps(measured)))
    }
    const limit = person.lowSuspendMgdl ?? 0
    if (measured < limit && !delivery.isStopped() && time - lowSuspendedAt > 4 * HOUR_MS) suspendForLow(measured)
  }

  // What the person does.

  /** A finger-stick; its value in mg/dL. */
  function measure(): number {
    const mgdl = Math.round(Math.max(35, Math.min(480, body.glucose() * (0.94 + random() * 0.12))))
    log(...glucoseRecords(time, steps(mgdl), { isMmol, meter: person.meter }))
    sums.glucose.push(steps(mgdl))
    sensor.calibrate(time, mgdl, person.meter !== undefined)
    return mgdl
  }

  function eat(meal: Meal, day: DeviceDay): void {
    const isOnlyMeasured = meal.grams === 0
    const guess = 5 * Math.round((meal.grams * (0.75 + random() * 0.5)) / 5)
    if (!isOnlyMeasured) body.eat(meal.grams * (0.8 + random() * 0.4), meal.minutes)
    if (delivery.isStopped()) return
    if (meal.bolus === 'manual') {
      give({ food: 0, correction: 0, manual: tenth(guess / person.gramsPerUnit) })
      return
    }
    const mgdl = isOnlyMeasured || random() < 0.85 ? measure() : undefined
    if (isOnlyMeasured && (mgdl ?? 0) < person.targetMgdl[1] + 40) return
    const { extended } = meal
    const isExtended = extended !== undefined && day % extended.every === 0
    later(50_000 + Math.round(random() * 40) * 1000, () => calculate(guess, mgdl, isExtended ? extended : undefined))
  }

  function calculate(carbsGrams: number, mgdl: number | undefined, extended: Meal['extended']): void {
    if (delivery.isStopped()) return
    const [low, high] = person.targetMgdl
    const onBoard = onBoardUnits(doses, time, person.actionHours)
    const estimate = estimateOf(person, carbsGrams, mgdl, onBoard)
    const entry = {
      ...{ time, isMmol, glucose: mgdl === undefined ? 0 : steps(mgdl), carbsGrams, ...estimate },
      ...{ gramsPerUnit: person.gramsPerUnit, sensitivity: steps(person.sensitivityMgdl) },
      ...{ targetLow: steps(low), targetHigh: steps(high) },
      // Large pumps show none here when no glucose was entered.
      onBoardUnits: mgdl === undefined && family.isLarge ? 0 : onBoard,
    }
    log(estimateRecord(entry, family))
    sums.carbs += carbsGrams
    const listed = listedDoses(doses, time)
    if (listed.length > 0) log(unabsorbedRecord(listed, person.actionHours))
    const units = Math.min(estimate.estimateUnits, person.maxBolusUnits)
    const food = Math.min(estimate.foodUnits, units)
    give({ food, correction: tenth(units - food), manual: 0 }, extended)
  }

  /** A bolus, of which `extended` says how much comes over time. */
  function give(parts: Pick<Sums, 'food' | 'correction' | 'manual'>, extended?: Meal['extended']): void {
    const whole = tenth(parts.food + parts.correction + parts.manual)
    if (whole <= 0) return
    const isDual = extended?.kind === 'dual'
    const over = extended ? (isDual ? tenth(whole / 2) : whole) : 0
    const atOnce = tenth(whole - over)
    const isCut = !extended && random() < 0.02
    const delivered = isCut ? tenth(atOnce / 2) : atOnce
    const shared = {
      onBoardUnits: onBoardUnits(doses, time, person.actionHours),
      actor: person.meter !== undefined && random() < 0.3 ? Actor.meter : Actor.pump,
    }
    if (extended && over > 0) {
      const begins = shifted(time, isDual ? Math.round((atOnce * MS_PER_BOLUS_UNIT) / 1000) * 1000 : 0)
      const type = isDual ? BolusType.dualSquare : BolusType.square
      const { halfHours } = extended
      const part = { ...shared, time: begins, type, programmedUnits: over, deliveredUnits: over, halfHours }
      // Large pumps write it when it begins, before the part at once; small ones when it has ended.
      if (family.isLarge) log(bolusRecord(part, family))
      else later(begins - time + halfHours * 30 * MINUTE_MS, () => log(bolusRecord(part, family)))
      body.inject(over, 30 * halfHours)
    }
    if (atOnce > 0) {
      const type = isDual ? BolusType.dualNormal : BolusType.normal
      log(bolusRecord({ ...shared, time, type, programmedUnits: atOnce, deliveredUnits: delivered }, family))
      body.inject(delivered)
    }
    let left = tenth(over + delivered)
    const take = (part: number) => {
      const taken = Math.min(part, left)
      left = tenth(left - taken)
      return taken
    }
    sums.food += take(parts.food)
    sums.correction += take(parts.correction)
    sums.manual += take(parts.manual)
    sums.boluses++
    delivery.takeFromReservoir(over + delivered)
    doses = withDose(doses, { time, units: tenth(over + delivered) })
  }

  function follow(habit: Habit): void {
    if (delivery.isStopped()) {
      later(3 * HOUR_MS, () => follow(habit))
      return
    }
    switch (habit.does) {
      case 'fills':
        log(simpleRecord(0x21, 0, time))
        delivery.change(time, { stop: 'fill' })
        later(40_000, () => log(primeRecord(time, 0, 9.6)))
        later(60_000, () => {
          log(primeRecord(time, 0.5, 0.5))
          isReservoirLow = false
          change({ goOn: 'fill', filledUnits: person.reservoirUnits })
        })
        return
      case 'battery':
        log(simpleRecord(0x19, 0, time))
        later(2 * MINUTE_MS, () => log(simpleRecord(0x1a, 0, time)))
        later(2 * MINUTE_MS + 40_000, () => log(simpleRecord(0x1a, 1, time)))
        return
      case 'clogs':
        log(alarmRecord(time, 4))
        delivery.change(time, { stop: 'alarm' })
        later(4 * MINUTE_MS, () => {
          log(simpleRecord(0x0c, 4, time))
          change({ goOn: 'alarm' })
        })
        return
      case 'pauses':
        log(simpleRecord(0x1e, family.isLarge ? 0x01 : 0, time))
        delivery.change(time, { stop: 'pause' })
        later(habit.minutes * MINUTE_MS, () => {
          log(simpleRecord(0x1f, family.isLarge ? 0x20 : 0, time))
          change({ goOn: 'pause' })
        })
        return
      case 'exercises': {
        const { percent, halfHours } = habit
        log(...tempBasalRecords(time, percent, halfHours), exerciseRecord(time))
        const until = shifted(time, halfHours * 30 * MINUTE_MS)
        delivery.change(time, { temp: { percent, until } })
        plan(until, () => change({ temp: 'none' }))
        return
      }
      case 'corrects the clock': {
        // Two minutes that the person's day never had: nothing flows in them.
        const to = shifted(time, 2 * MINUTE_MS)
        delivery.change(time)
        log(...clockRecords(time, to))
        sensor.setClock(time, to)
        delivery.skipTo(to)
        time = to
        return
      }
      case 'changes the programme': {
        const before = delivery.programme()
        const next = person.programmes[programmesUsed++ % person.programmes.length] ?? before
        log(...programmeRecords(time, before, next))
        change({ programme: next })
        return
      }
      case 'new sensor':
        sensor.start()
        return
      case 'loses the sensor':
        sensor.lose(shifted(time, habit.minutes * MINUTE_MS))
        return
    }
  }

  /** As a real one does when nobody answers: stops, says so again, and goes on by itself after two hours. */
  function suspendForLow(mgdl: number): void {
    lowSuspendedAt = time
    log(alarmRecord(time, 103), sensorAlarmRecord(time, 102, steps(mgdl)), simpleRecord(0x1e, 0x02, time))
    delivery.change(time, { stop: 'low' })
    const isAnswered = random() < 0.5
    later(2 * MINUTE_MS + SHORTLY, () => log(simpleRecord(0x1e, 0x44, time)))
    later(4 * MINUTE_MS + SHORTLY, () => log(simpleRecord(0x1e, 0x85, time)))
    later(isAnswered ? 35 * MINUTE_MS : LOW_SUSPEND_MS, () => {
      log(simpleRecord(0x1f, 0xa6, time))
      change({ goOn: 'low' })
      log(simpleRecord(0x1f, 0xc0, shifted(time, 1000)))
    })
  }

  plan(time, midnight)
  plan(time, tick)
  for (let next = agenda.shift(); next && next.at <= now; next = agenda.shift()) {
    // What was planned into the two minutes that a set clock skipped happens right behind them.
    time = next.at > time ? next.at : time
    next.run()
  }
  delivery.change(now)
  endDay(now, false)
  const temp = delivery.temp()
  return {
    records,
    sensor: sensor.events,
    days,
    programme: delivery.programme(),
    reservoirUnits: delivery.reservoirUnits(),
    temp: temp && { percent: temp.percent, minutesLeft: Math.ceil((temp.until - now) / MINUTE_MS) },
  }
}

function familyOrThrow(model: string): Family {
  const family = familyOf(model)
  if (!family) throw new RangeError(`No Paradigm pump ${model}`)
  return family
}
