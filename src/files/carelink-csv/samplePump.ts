/**
 * The pump's rows of one day of the sample export: basal rates, boluses with their calculator, set changes, alerts,
 * finger-sticks; what the loop gives comes from `sampleDoses.ts`. Source: CareLink export sheet §6.
 */
import { DAY_MS, type DeviceDay, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { type Delivery, loopDeliveries } from './sampleDoses.ts'
import type { Life, Span } from './sampleLife.ts'
import { pauseRows, type SmartGuard } from './sampleSmartGuard.ts'
import {
  activeUnits,
  type Add,
  addAlert,
  addFingerstick,
  BASAL,
  GRAMS_PER_UNIT,
  type InUnits,
  MGDL_PER_UNIT,
  type SampleRow,
  scheduledRate,
  step,
  TARGET,
} from './sampleTherapy.ts'

const EXERCISE_PERCENT = 60
/** The pump gives 1.5 U a minute. */
const MS_PER_UNIT = 40_000
const ALERT_HIGH = 250
const ALERT_LOW = 70
/** How long delivery stands still for a new set. */
const SET_CHANGE_MS = 150_000
/** The loop's dose follows the sensor's value. */
const DOSE_AFTER_MS = 5000

export interface PumpDay {
  readonly life: Life
  readonly smartGuard: SmartGuard
  readonly day: DeviceDay
  /** When in every five minutes the sensor's value comes. */
  readonly sensorMs: number
  readonly inUnits: InUnits
}

/** The pump's rows of a day, in no order; rows of one second as they happened. */
export function pumpRows(pumpDay: PumpDay): SampleRow[] {
  const { life, smartGuard, day, inUnits } = pumpDay
  const rows: SampleRow[] = []
  const add: Add = (at, cells) => {
    if (Math.floor(at / DAY_MS) === day) rows.push({ at, cells })
  }
  basalRows(pumpDay, add)
  insulinRows(pumpDay, add)
  setChangeRows(life, day, add)
  alertRows(pumpDay, add)
  pauseRows(life, smartGuard, add, inUnits)
  if (life.chance(day, 300) < 0.5) {
    const at = day * DAY_MS + Math.round((11 + 8 * life.chance(day, 301)) * 3600) * 1000
    addFingerstick(add, at, inUnits(life.glucoseMgdl(at) + Math.round(16 * life.chance(day, 302) - 8)))
  }
  return rows
}

/**
 * The rate in force is written at each block, at both ends of a temporary rate, and after each stop. In SmartGuard the
 * blocks are written all the same, and there is neither a temporary rate nor a stop before a low value.
 */
function basalRows({ life, smartGuard, day }: PumpDay, add: Add): void {
  const manual = (span: Span | undefined) => (span && smartGuard.isOn(span.from) ? undefined : span)
  const training = manual(life.exercise(day))
  const low = manual(life.nightLow(day))
  const within = (at: number, span: Span | undefined) => span !== undefined && at >= span.from && at < span.to
  const rateInForce = (at: number): number => {
    const share = within(at, training) ? EXERCISE_PERCENT / 100 : 1
    return Math.round(scheduledRate(at) * share * 10_000) / 10_000
  }
  for (const [hour] of BASAL) {
    const at = day * DAY_MS + hour * HOUR_MS
    if (!within(at, low)) add(at, { 'Basal Rate': rateInForce(at) })
  }
  if (training) {
    add(training.from, {
      'Temp Basal Amount': EXERCISE_PERCENT,
      'Temp Basal Type': 'Percent',
      'Temp Basal Duration': '01:30:00',
    })
    add(training.from, { 'Basal Rate': rateInForce(training.from) })
    add(training.to, { 'Basal Rate': rateInForce(training.to) })
  }
  if (low) {
    add(low.from, { 'Basal Rate': 0, Suspend: 'PLGM_PREDICTED_LOW_SG' })
    add(low.from + 2000, { Alert: 'SUSPEND BEFORE LOW ALARM, QUIET: tone and vibration' })
    add(low.to, { Suspend: 'NORMAL_PUMPING' })
    add(low.to, { 'Basal Rate': rateInForce(low.to) })
    add(low.to + 2000, { Alert: 'BASAL DELIVERY RESUMED ALERT, QUIET: tone and vibration' })
  }
}

/** All that the pump numbers. Numbers wrap at 256; between two days they jump, so that no day needs the one before. */
function insulinRows(pumpDay: PumpDay, add: Add): void {
  const { life, smartGuard, day, sensorMs } = pumpDay
  const boluses = bolusRows(pumpDay, add)
  if (!smartGuard.has(day)) {
    // Sixteen a day are enough.
    boluses.forEach(({ write }, i) => write((day * 16 + i) % 256))
    return
  }
  const change = life.setChange(day)
  const stop = change === undefined ? undefined : { from: change, to: change + SET_CHANGE_MS }
  const firstAt = day * DAY_MS + sensorMs + DOSE_AFTER_MS
  const ofLoop = loopDeliveries(life, smartGuard, firstAt, boluses, stop, add)
  // One for each five minutes and a few more.
  const numbered = [...boluses, ...ofLoop].sort((a, b) => a.at - b.at)
  numbered.forEach(({ write }, i) => write((day * 300 + i) % 256))
}

/** Meals and corrections: the calculator's rows, the programmed row, the delivered row at the end. */
function bolusRows({ life, smartGuard, day, inUnits }: PumpDay, add: Add): Delivery[] {
  const asks = [
    ...life.meals(day).map(meal => ({ at: meal.at, carbsGrams: meal.carbsGrams, isSlow: meal.isSlow })),
    // In SmartGuard the loop corrects.
    ...life
      .corrections(day)
      .filter(at => !smartGuard.isOn(at))
      .map(at => ({ at, carbsGrams: 0, isSlow: false })),
  ].sort((a, b) => a.at - b.at)
  const given: Delivery[] = []
  for (const { at, carbsGrams, isSlow } of asks) {
    const isManual = !smartGuard.isOn(at)
    const mgdl = life.glucoseMgdl(at)
    const seen = smartGuard.isBlind(at) ? {} : { 'BWZ BG/SG Input': inUnits(mgdl) }
    const active = step(activeUnits(given, at))
    const above = isManual && mgdl > TARGET.high ? mgdl - TARGET.high : Math.min(0, mgdl - TARGET.low)
    const correction = smartGuard.isBlind(at) ? 0 : step(above / MGDL_PER_UNIT)
    const food = step(carbsGrams / GRAMS_PER_UNIT)
    const units = Math.max(0, step(food + (correction > 0 ? Math.max(0, correction - active) : correction)))
    const settings = {
      'BWZ Target High BG': inUnits(TARGET.high),
      'BWZ Target Low BG': inUnits(TARGET.low),
      'BWZ Insulin Sensitivity': inUnits(MGDL_PER_UNIT),
      'BWZ Active Insulin': active,
    }
    add(at, {
      'BWZ Estimate': units,
      'BWZ Carb Ratio': GRAMS_PER_UNIT,
      'BWZ Carb Input': carbsGrams,
      'BWZ Correction Estimate': correction,
      'BWZ Food Estimate': food,
      'BWZ Status': units > 0 ? 'Delivered' : 'Not Delivered',
      ...seen,
      // The screen in SmartGuard shows nothing of what the loop works with.
      ...(isManual ? settings : {}),
    })
    if (isManual) {
      add(at, {
        'BWZ Unabsorbed Insulin Total': active,
        'Final Bolus Estimate': units,
        'Scroll Step Size': 'STEP_0_POINT_025',
      })
    }
    const extended = isSlow && isManual ? step(units * 0.4) : 0
    const write = (bolusNumber: number): void => partRows(add, at, units, extended, bolusNumber, isManual)
    given.push({ at, units, write: units > 0 ? write : () => {} })
  }
  return given
}

/** A bolus: what was programmed at `at`, what was delivered at its end; the square part of a dual bolus likewise. */
function partRows(add: Add, at: number, units: number, extended: number, bolusNumber: number, isManual: boolean): void {
  const about = {
    'Bolus Number': bolusNumber,
    'Bolus Source': isManual ? 'BOLUS_WIZARD' : 'CLOSED_LOOP_BG_CORRECTION_AND_FOOD_BOLUS',
  }
  const normal = step(units - extended)
  const part = {
    ...about,
    'Bolus Type': extended > 0 ? 'Dual (normal part)' : 'Normal',
    'Bolus Volume Selected': normal,
  }
  const end = at + Math.ceil((normal * MS_PER_UNIT) / 1000) * 1000
  add(at, part)
  if (extended > 0) {
    const square = {
      ...about,
      'Bolus Type': 'Dual (square part)',
      'Bolus Volume Selected': extended,
      'Bolus Duration': '02:00:00',
    }
    add(at, square)
    add(end + 2 * HOUR_MS, { ...square, 'Bolus Volume Delivered': extended })
  }
  add(end, { ...part, 'Bolus Volume Delivered': normal })
}

function setChangeRows(life: Life, day: DeviceDay, add: Add): void {
  const at = life.setChange(day)
  if (at === undefined) return
  const reservoir = 150 + Math.round(60 * life.chance(day, 200))
  const end = at + SET_CHANGE_MS
  add(at, { 'Basal Rate': 0, Suspend: 'NOTSEATED_SUSPEND' })
  add(at + 18_000, { 'Basal Rate': 0, Rewind: 'Rewind' })
  const after = { 'Estimated Reservoir Volume after Fill': reservoir }
  add(at + 95_000, {
    'Prime Type': 'Tubing Fill',
    'Prime Volume Delivered': Math.round(835 + 300 * life.chance(day, 201)) / 100,
    ...after,
  })
  add(end, { 'Prime Type': 'Cannula Fill', 'Prime Volume Delivered': 0.7, ...after })
  add(end, { Suspend: 'NORMAL_PUMPING' })
  add(end, { 'Basal Rate': scheduledRate(end) })
}

/** A limit that is crossed calls once, and the person answers. */
function alertRows({ life, smartGuard, day }: PumpDay, add: Add): void {
  let before = life.glucoseMgdl(day * DAY_MS - 5 * MINUTE_MS)
  for (let slot = 0; slot < 288; slot++) {
    const at = day * DAY_MS + slot * 5 * MINUTE_MS + 3 * MINUTE_MS
    const mgdl = life.glucoseMgdl(at)
    const answerMs = 4000 + Math.round(60 * life.chance(day, 400 + slot)) * 1000
    const isSeen = !smartGuard.isBlind(at)
    if (isSeen && mgdl > ALERT_HIGH && before <= ALERT_HIGH) addAlert(add, at, 'ALERT ON HIGH', answerMs)
    if (isSeen && mgdl < ALERT_LOW && before >= ALERT_LOW) addAlert(add, at, 'ALERT ON LOW', answerMs)
    before = mgdl
  }
  const warmUp = life.warmUp(day)
  if (!warmUp) return
  addAlert(add, warmUp.from, 'CHANGE SENSOR', 9000)
  addAlert(add, warmUp.from + 8 * MINUTE_MS, 'SENSOR CONNECTED', 3000)
}
