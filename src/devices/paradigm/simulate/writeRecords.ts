/**
 * History records as a Paradigm pump writes them: what happened to bytes, the mirror image of `../decode`. Source:
 * paradigm sheet §6.2 to §6.8, and its vectors. Insulin in units, glucose in the pump's own steps: mg/dL, or tenths of
 * mmol/L.
 */
import { Writer } from '#bytes/writer.ts'
import type { DeviceTime } from '#records/time.ts'
import { type Family, PRIME_STEPS_PER_UNIT, RATE_STEPS_PER_UNIT } from '../decode/family.ts'

/** Bits that share a byte with hour, day and year (§6.2). */
export interface Spare {
  readonly hour?: number
  readonly day?: number
  readonly year?: number
}

/** D of most records: who did it. */
export const Actor = { pump: 0, meter: 3, sensor: 5 } as const

/** H of a bolus (§6.4). */
export const BolusType = { normal: 1, square: 3, dualNormal: 4, dualSquare: 5 } as const
export type BolusType = (typeof BolusType)[keyof typeof BolusType]

/** A segment of a basal profile. */
export interface Segment {
  /** Half hours since midnight. */
  readonly at: number
  readonly rateUnitsPerHour: number
}
export type Programme = readonly Segment[]

/** Second, minute, hour, day, year, the month's four bits in front of the first two. */
function date5(time: DeviceTime, { hour = 0, day = 0, year = 0 }: Spare = {}): Uint8Array {
  const at = new Date(time)
  const month = at.getUTCMonth() + 1
  return Uint8Array.of(
    at.getUTCSeconds() | ((month >> 2) << 6),
    at.getUTCMinutes() | ((month & 3) << 6),
    at.getUTCHours() | (hour << 5),
    at.getUTCDate() | (day << 5),
    (at.getUTCFullYear() - 2000) | (year << 7),
  )
}

/** Day, month and year in two bytes, as daily totals have them. */
function date2(time: DeviceTime): Uint8Array {
  const at = new Date(time)
  const month = at.getUTCMonth() + 1
  return Uint8Array.of(at.getUTCDate() | ((month >> 1) << 5), (at.getUTCFullYear() - 2000) | ((month & 1) << 7))
}

/** 1/40 U, in which rates and totals are counted. */
export const rateSteps = (units: number): number => Math.round(units * RATE_STEPS_PER_UNIT)
const tenths = (units: number): number => Math.round(units * PRIME_STEPS_PER_UNIT)

/** The records without more than one byte in front of their date. */
export const simpleRecord = (opcode: number, head: number, time: DeviceTime, spare: Spare = {}): Uint8Array =>
  new Writer().u8(opcode).u8(head).bytes(date5(time, spare)).done()

export interface WrittenBolus {
  readonly time: DeviceTime
  readonly type: BolusType
  readonly programmedUnits: number
  readonly deliveredUnits: number
  readonly halfHours?: number
  /** What was still at work; large families only. */
  readonly onBoardUnits: number
  readonly actor?: number
}

/** 01. */
export function bolusRecord(bolus: WrittenBolus, { isLarge, bolusStepsPerUnit }: Family): Uint8Array {
  const { time, type, halfHours = 0, actor = Actor.pump } = bolus
  const [programmed = 0, delivered = 0, onBoard = 0] = [
    bolus.programmedUnits,
    bolus.deliveredUnits,
    bolus.onBoardUnits,
  ].map(units => Math.round(units * bolusStepsPerUnit))
  const writer = new Writer().u8(0x01)
  if (isLarge) writer.u16be(programmed).u16be(delivered).u16be(onBoard)
  else writer.u8(programmed).u8(delivered)
  return writer
    .u8(halfHours)
    .bytes(date5(time, { hour: type, day: actor }))
    .done()
}

/** What the calculator's screen showed. Glucose in the pump's steps, 0 for none. */
export interface WrittenEstimate {
  readonly time: DeviceTime
  readonly isMmol: boolean
  readonly glucose: number
  readonly carbsGrams: number
  readonly gramsPerUnit: number
  readonly sensitivity: number
  readonly targetLow: number
  readonly targetHigh: number
  readonly foodUnits: number
  /** Negative below the target. */
  readonly correctionUnits: number
  readonly onBoardUnits: number
  readonly estimateUnits: number
}

/** 5B. */
export function estimateRecord(estimate: WrittenEstimate, { isLarge, bolusStepsPerUnit }: Family): Uint8Array {
  const { time, isMmol, glucose, carbsGrams, sensitivity, targetLow, targetHigh } = estimate
  const steps = (units: number) => Math.round(units * bolusStepsPerUnit)
  const correction = steps(estimate.correctionUnits)
  const units = ((isMmol ? 2 : 1) << 6) | (1 << 4) | ((carbsGrams >> 8) << 2) | (glucose >> 8)
  const writer = new Writer()
    .u8(0x5b)
    .u8(glucose & 0xff)
    .bytes(date5(time))
    .u8(carbsGrams & 0xff)
    .u8(units)
  if (isLarge) {
    return writer
      .u16be(Math.round(estimate.gramsPerUnit * 10))
      .u8(sensitivity)
      .u8(targetLow)
      .u8(correction & 0xff)
      .u16be(steps(estimate.foodUnits))
      .u8(((correction >> 8) & 0x1f) << 3)
      .u16be(steps(estimate.onBoardUnits))
      .u16be(steps(estimate.estimateUnits))
      .u8(targetHigh)
      .done()
  }
  return writer
    .u8(Math.round(estimate.gramsPerUnit))
    .u8(sensitivity)
    .u8(targetLow)
    .u8(correction & 0xff)
    .u8(steps(estimate.foodUnits))
    .u8(((correction >> 8) & 0x0f) << 4)
    .u8(0)
    .u8(steps(estimate.onBoardUnits))
    .u8(0)
    .u8(steps(estimate.estimateUnits))
    .u8(targetHigh)
    .done()
}

/** 5C: the boluses still at work, newest first, up to 17 hours old. */
export function unabsorbedRecord(
  boluses: readonly { readonly units: number; readonly ageMinutes: number }[],
  actionHours: number,
): Uint8Array {
  const writer = new Writer().u8(0x5c).u8(2 + 3 * boluses.length)
  const curve = (actionHours & 0x0c) | ((actionHours & 3) << 6)
  for (const { units, ageMinutes } of boluses) {
    const amount = rateSteps(units)
    const high = curve | (amount >> 8) | ((ageMinutes >> 8) << 4)
    writer
      .u8(amount & 0xff)
      .u8(ageMinutes & 0xff)
      .u8(high)
  }
  return writer.done()
}

/** 33 and 16: a temporary rate in percent; duration 0 ends the running one. */
export const tempBasalRecords = (time: DeviceTime, percent: number, halfHours: number): readonly Uint8Array[] => [
  new Writer().u8(0x33).u8(percent).bytes(date5(time)).u8(0x08).done(),
  simpleRecord(0x16, halfHours, time),
]

/** 7B: the programme's rate from here on; large families only. */
export const basalRecord = (time: DeviceTime, segment: number, { at, rateUnitsPerHour }: Segment): Uint8Array =>
  new Writer().u8(0x7b).u8(segment).bytes(date5(time)).u8(at).u16le(rateSteps(rateUnitsPerHour)).done()

/** 08 and 09: the standard profile before and after a change. */
export const programmeRecords = (time: DeviceTime, before: Programme, after: Programme): readonly Uint8Array[] =>
  (
    [
      [0x08, before],
      [0x09, after],
    ] as const
  ).map(([opcode, programme]) => {
    const writer = new Writer().u8(opcode).u8(programme.length).bytes(date5(time))
    for (const { at, rateUnitsPerHour } of programme) writer.u8(at).u16le(rateSteps(rateUnitsPerHour))
    return writer.fill(152 - writer.length).done()
  })

/** 03: 0 programmed for the tubing, else the cannula. */
export const primeRecord = (time: DeviceTime, programmedUnits: number, deliveredUnits: number): Uint8Array =>
  new Writer().u8(0x03).u16be(tenths(programmedUnits)).u16be(tenths(deliveredUnits)).bytes(date5(time)).done()

/** 06: of the codes seen, the line and module that real pumps name. */
export function alarmRecord(time: DeviceTime, code: 4 | 103): Uint8Array {
  const { line, hour, day } = code === 4 ? { line: 0x0bfc, hour: 2, day: 2 } : { line: 0x0155, hour: 5, day: 4 }
  return new Writer().u8(0x06).u8(code).u16be(line).bytes(date5(time, { hour, day })).done()
}

/** 0B: what the sensor measured, in the pump's steps. */
export const sensorAlarmRecord = (time: DeviceTime, code: number, glucose: number): Uint8Array =>
  new Writer()
    .u8(0x0b)
    .u8(code)
    .u8(glucose & 0xff)
    .bytes(date5(time, { hour: 2, day: Actor.sensor, year: glucose >> 8 }))
    .done()

/** 0A, and 3F behind it when a meter has sent the value: `meter` is its number, 6 hex digits. */
export function glucoseRecords(
  time: DeviceTime,
  glucose: number,
  { isMmol, meter }: { readonly isMmol: boolean; readonly meter: string | undefined },
): readonly Uint8Array[] {
  const day = meter === undefined ? Actor.pump : Actor.meter
  const hour = (isMmol ? 2 : 1) | ((glucose >> 9) << 2)
  const entered = simpleRecord(0x0a, glucose & 0xff, time, { hour, day, year: (glucose >> 8) & 1 })
  if (meter === undefined) return [entered]
  const sent = new Writer().bytes(simpleRecord(0x3f, glucose >> 3, time, { hour: glucose & 7, day }))
  for (let at = 0; at < 6; at += 2) sent.u8(Number.parseInt(meter.slice(at, at + 2), 16))
  return [entered, sent.done()]
}

/** 41: exercise. */
export const exerciseRecord = (time: DeviceTime): Uint8Array => Uint8Array.of(...simpleRecord(0x41, 0, time), 0)

/** 17 and 18: what the clock showed, and what it was set to. */
export const clockRecords = (from: DeviceTime, to: DeviceTime): readonly Uint8Array[] => [
  simpleRecord(0x17, 0, from),
  simpleRecord(0x18, 0, to),
]

/** A day as the pump sums it up. Insulin in 1/40 U. */
export interface WrittenDay {
  /** Any time of that day. */
  readonly time: DeviceTime
  readonly basalSteps: number
  readonly boluses: { readonly food: number; readonly correction: number; readonly manual: number }
  readonly carbsGrams: number
  /** Finger-sticks, in the pump's steps. */
  readonly glucose: readonly number[]
}

/** 07, and 6D or 6E behind it. */
export function dayRecords(day: WrittenDay, { isLarge }: Family): readonly Uint8Array[] {
  const { basalSteps, glucose } = day
  const { food, correction, manual } = day.boluses
  const bolusSteps = food + correction + manual
  const total = basalSteps + bolusSteps
  const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((100 * part) / whole))
  const head = new Writer().u8(0x07).u16be(0).u16be(total).bytes(date2(day.time))
  if (isLarge) head.fill(3)

  const lowest = Math.min(...glucose, 0xffff) % 0xffff
  const highest = Math.max(...glucose, 0)
  const mean = glucose.length === 0 ? 0 : Math.round(glucose.reduce((sum, each) => sum + each, 0) / glucose.length)
  const detail = new Writer()
    .u8(isLarge ? 0x6e : 0x6d)
    .bytes(date2(day.time))
    .u8(glucose.length)
    .u8((highest >> 8) << 4)
    .u8(mean & 0xff)
    .u8(lowest & 0xff)
    .u8(highest & 0xff)
    .u8(glucose.length)
    .fill(2)
    .u16be(total)
    .u16be(basalSteps)
    .u8(percent(basalSteps, total))
    .u16be(bolusSteps)
    .u8(percent(bolusSteps, total))
    .u16be(day.carbsGrams)
  // In large pumps the parts of the boluses stand side by side, in small ones each with its share (§6.5).
  if (isLarge) detail.u16be(food).u16be(correction).fill(2).u16be(manual)
  else {
    const parts: readonly (readonly [number, number])[] = [
      [food + correction, bolusSteps],
      [food, bolusSteps],
      [correction, bolusSteps],
    ]
    for (const [part, whole] of parts) detail.u16be(part).u8(percent(part, whole))
  }
  return [head.done(), detail.fill((isLarge ? 52 : 44) - detail.length).done()]
}
