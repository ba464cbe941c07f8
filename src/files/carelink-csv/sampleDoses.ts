/**
 * The loop of the sample's pump: a dose every five minutes and corrections of its own, from the glucose that the sensor
 * shows. No pump's algorithm: amounts as real exports have them. As there, a dose of zero is not written, and a
 * correction takes the place of a dose. Source: CareLink export sheet §6, "Bolus Source".
 */
import { DAY_MS, type DeviceDay, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import type { Life, Span } from './sampleLife.ts'
import type { SmartGuard } from './sampleSmartGuard.ts'
import { activeUnits, type Add, MGDL_PER_UNIT, scheduledRate, step, TARGET } from './sampleTherapy.ts'

/** Insulin that the pump numbers: a bolus or a dose. Its rows wait for the number. */
export interface Delivery {
  readonly at: number
  readonly units: number
  readonly write: (bolusNumber: number) => void
}

const EVERY_MS = 5 * MINUTE_MS
const MIN_DOSE_UNITS = 0.025
const MAX_DOSE_UNITS = 0.125
const MIN_CORRECTION_UNITS = 0.15
const CORRECT_ABOVE_MGDL = 150
/** Share of what is missing that one correction gives. */
const CORRECTION_SHARE = 0.4
const EXERCISE_TARGET_MGDL = 150
/** Without a sensor value: share of the programme's rate. */
const BLIND_SHARE = 0.6

/** One day's doses and corrections; `boluses` are those of the person, `firstAt` the day's first dose. */
export function loopDeliveries(
  life: Life,
  smartGuard: SmartGuard,
  firstAt: number,
  boluses: readonly Delivery[],
  stop: Span | undefined,
  add: Add,
): Delivery[] {
  const day: DeviceDay = Math.floor(firstAt / DAY_MS)
  const deliveries: Delivery[] = []
  const given: { at: number; units: number }[] = [...boluses]
  const deliver = (at: number, units: number, source: string): void => {
    const cells = {
      'Bolus Type': 'Normal',
      'Bolus Volume Selected': units,
      'Bolus Volume Delivered': units,
      'Bolus Source': source,
    }
    deliveries.push({ at, units, write: bolusNumber => add(at, { ...cells, 'Bolus Number': bolusNumber }) })
  }
  /** Was the loop off or the pump stopped until now? After that real pumps mostly begin with a dose. */
  const isStarting = (at: number): boolean =>
    !smartGuard.isOn(at - EVERY_MS) || (stop !== undefined && stop.to <= at && stop.to > at - EVERY_MS)
  /** Less than the pump's smallest dose waits for the next. */
  let owed = 0
  for (let at = firstAt; at < (day + 1) * DAY_MS; at += EVERY_MS) {
    if (!smartGuard.isOn(at) || (stop && at >= stop.from && at <= stop.to)) {
      owed = 0
      continue
    }
    if (isStarting(at)) {
      deliver(at, MIN_DOSE_UNITS, 'CLOSED_LOOP_AUTO_BASAL')
      continue
    }
    const active = activeUnits(
      given.filter(bolus => bolus.at <= at),
      at,
    )
    const isBlind = smartGuard.isBlind(at)
    const glucose = glucoseSeen(life, day, at)
    const missing = glucose.above / MGDL_PER_UNIT - active
    const correction = Math.round(100 * CORRECTION_SHARE * missing) / 100
    const corrects = !isBlind && glucose.mgdl > CORRECT_ABOVE_MGDL && glucose.change > -8
    if (corrects && correction >= MIN_CORRECTION_UNITS) {
      given.push({ at, units: correction })
      deliver(at, correction, 'CLOSED_LOOP_AUTO_BOLUS')
      continue
    }
    const share = isBlind ? BLIND_SHARE : 1 + glucose.above / 110 + glucose.change / 30 - active / 6
    owed = Math.max(0, owed + (share * scheduledRate(at) * EVERY_MS) / HOUR_MS)
    const dose = step(Math.min(owed, MAX_DOSE_UNITS))
    owed = Math.min(owed - dose, MIN_DOSE_UNITS)
    if (dose > 0) deliver(at, dose, 'CLOSED_LOOP_AUTO_BASAL')
  }
  return deliveries
}

/** mg/dL: the value, how far it is above the target, and its change in a quarter of an hour. */
function glucoseSeen(life: Life, day: DeviceDay, at: number) {
  const mgdl = life.glucoseMgdl(at)
  const training = life.exercise(day)
  const trains = training !== undefined && at >= training.from - HOUR_MS && at < training.to
  return {
    mgdl,
    above: mgdl - (trains ? EXERCISE_TARGET_MGDL : TARGET.high),
    change: mgdl - life.glucoseMgdl(at - 15 * MINUTE_MS),
  }
}
