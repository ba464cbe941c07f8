/**
 * A simulated glucose sensor and what the pump logs of it: readings every five minutes, warm-up, calibrations, lost
 * signals. Part of `life.ts`. Source: paradigm sheet §7.
 */
import { type DeviceTime, HOUR_MS, MINUTE_MS, shifted } from '#records/time.ts'
import { CgmOpcode, TimestampType } from '../decode/cgmEvents.ts'
import { familyOf } from '../decode/family.ts'
import type { Person } from './people.ts'
import { type SensorEvent, sensorEventAt } from './writePages.ts'

export interface Sensor {
  readonly events: readonly SensorEvent[]
  /** Five minutes have passed: what the sensor measures, mg/dL; `undefined` when it does not. */
  step(time: DeviceTime, mgdl: number): number | undefined
  /** A new one is put in. */
  start(): void
  lose(until: DeviceTime): void
  calibrate(time: DeviceTime, mgdl: number, isFromMeter: boolean): void
  setClock(from: DeviceTime, to: DeviceTime): void
}

const WARM_UP_MS = 2 * HOUR_MS
/** A second calibration counts only after some hours. */
const CALIBRATION_PAUSE_MS = 5 * HOUR_MS
const Status = { off: 0, on: 1, lost: 2 } as const
const Sync = { new: 1, old: 2 } as const
const State = { meterNow: 0, waiting: 1 } as const
/** mg/dL of one nA, in thousandths: what a calibration gives. */
const USUAL_FACTOR = 4.6

export function createSensor(person: Person, random: () => number): Sensor {
  const events: SensorEvent[] = []
  const hasOdd = familyOf(person.model)?.isLarge ?? false
  let startedAt: DeviceTime | undefined
  let calibratedAt: DeviceTime | undefined
  let lostUntil: DeviceTime | undefined
  /** What the next reading brings: readings come on their own five minutes. */
  let losingUntil: DeviceTime | undefined
  let isNew = false
  let lastAt: DeviceTime | undefined
  let drift = 0
  let factor = USUAL_FACTOR
  /** The first reading behind a gap gets a timestamp, so that those after it have a time before the page ends. */
  let needsTimestamp = false

  const put = (event: SensorEvent) => events.push(event)
  function relative(time: DeviceTime, bytes: readonly number[], word: number): void {
    put({ bytes: Uint8Array.from(bytes), word, relativeAt: time })
    lastAt = time
    if (!needsTimestamp) return
    needsTimestamp = false
    put(sensorEventAt(CgmOpcode.TIMESTAMP, time, { type: TimestampType.LAST_RF }))
  }
  /** Nothing is counted across what follows. */
  function gap(): void {
    if (lastAt !== undefined) put(sensorEventAt(CgmOpcode.TIMESTAMP, lastAt, { type: TimestampType.GAP }))
    needsTimestamp = true
  }

  function begin(time: DeviceTime): void {
    if (startedAt !== undefined && lostUntil === undefined) {
      relative(time, [1, CgmOpcode.ERROR], 0)
      gap()
    }
    if (startedAt !== undefined) put(sensorEventAt(CgmOpcode.STATUS, time, { type: Status.off }))
    put(sensorEventAt(CgmOpcode.STATUS, time, { type: Status.on }))
    put(sensorEventAt(CgmOpcode.SYNC, shifted(time, 3 * MINUTE_MS), { type: Sync.new }))
    needsTimestamp = true
    startedAt = time
    calibratedAt = undefined
    lostUntil = undefined
    losingUntil = undefined
  }

  return {
    events,
    step(time, mgdl) {
      if (isNew) {
        isNew = false
        begin(time)
        return undefined
      }
      if (startedAt === undefined) return undefined
      if (losingUntil !== undefined && lostUntil === undefined) {
        relative(time, [CgmOpcode.WEAK_SIGNAL], 0)
        gap()
        put(sensorEventAt(CgmOpcode.STATUS, shifted(time, MINUTE_MS), { type: Status.lost }))
        lostUntil = losingUntil
        losingUntil = undefined
        return undefined
      }
      if (lostUntil !== undefined) {
        if (time < lostUntil) return undefined
        lostUntil = undefined
        put(sensorEventAt(CgmOpcode.SYNC, time, { type: Sync.old }))
      }
      drift = 0.98 * drift + (random() - 0.5) * 1.6
      const measured = mgdl + drift
      const current = Math.round((measured / factor) * 100)
      if (time - startedAt < WARM_UP_MS || calibratedAt === undefined) {
        const state = time - startedAt < WARM_UP_MS ? State.waiting : State.meterNow
        relative(time, [state, CgmOpcode.CALIBRATION_STATE], current)
        return undefined
      }
      if (measured < 40) {
        relative(time, [CgmOpcode.BELOW_40], current & ~1)
        return 39
      }
      if (measured > 400) {
        relative(time, [0, CgmOpcode.ABOVE_400], current & ~1)
        return 401
      }
      const value = Math.round(measured)
      const steps = Math.floor(value / 2)
      // The ISIG word's lowest bit is the glucose's in large pumps; small ones measure in steps of two.
      relative(time, [steps], hasOdd ? (current & ~1) | (value & 1) : current)
      return hasOdd ? value : 2 * steps
    },
    start() {
      isNew = true
    },
    lose(until) {
      if (startedAt !== undefined) losingUntil = until
    },
    calibrate(time, mgdl, isFromMeter) {
      if (startedAt === undefined || lostUntil !== undefined || time - startedAt < WARM_UP_MS) return
      if (calibratedAt !== undefined && time - calibratedAt < CALIBRATION_PAUSE_MS) return
      calibratedAt = time
      drift *= 0.3
      factor = USUAL_FACTOR * (0.95 + random() * 0.1)
      const thousandths = Math.round(factor * 1000)
      const high = sensorEventAt(CgmOpcode.CALIBRATION_BG, time, {
        type: (mgdl >> 8) & 1,
        body: [mgdl & 0xff],
        yearBit: isFromMeter ? 1 : 0,
      })
      put(high)
      put(sensorEventAt(CgmOpcode.CALIBRATION_FACTOR, time, { body: [thousandths >> 8, thousandths & 0xff] }))
    },
    setClock(from, to) {
      if (startedAt === undefined) return
      gap()
      put(sensorEventAt(CgmOpcode.CLOCK, from, { type: 1 }))
      put(sensorEventAt(CgmOpcode.CLOCK, to, { type: 0 }))
    },
  }
}
