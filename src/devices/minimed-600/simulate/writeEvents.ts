/**
 * Writes history as a pump does: events, blocks of 2048 bytes with their CRC, groups packed for the way. The mirror
 * image of `decode/blocks.ts` and `decode/events.ts`, at the offsets of the sheet. For simulated pumps and tests.
 * Source: minimed-600 sheet §10, §11.
 */
import { crc16ccitt } from '#bytes/checksum.ts'
import { Writer } from '#bytes/writer.ts'
import { BLOCK_BYTES, USED_AT } from '../decode/blocks.ts'
import { EventType } from '../decode/eventTypes.ts'
import { packLiterals } from '../decode/lzo.ts'
import type { HistoryBlock } from './pump.ts'

/** When: the counter, and what makes wall clock of it (signed seconds). */
export interface Moment {
  readonly rtc: number
  readonly offset: number
}

export interface WrittenEvent extends Moment {
  readonly bytes: Uint8Array
}

const HEADER_BYTES = 11
/** Real blocks hold up to 2044 bytes of events. */
const MAX_USED = USED_AT

/** One event of any type around its data. */
export function writeEvent(type: number, at: Moment, data: Uint8Array, source = 0): WrittenEvent {
  const writer = new Writer()
    .u8(type)
    .u8(source)
    .u8(HEADER_BYTES + data.length)
  return { ...at, bytes: writer.u32be(at.rtc).i32be(at.offset).bytes(data).done() }
}

/** Insulin as the pump keeps it: whole ten-thousandths of a unit. */
export type TenThousandths = number

const data = () => new Writer()
const event = (type: number, at: Moment, writer: Writer = data(), source = 0) =>
  writeEvent(type, at, writer.done(), source)

/** Text back to front in a field of fixed length. */
const reversed = (text: string, length: number, filler: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i < text.length ? text.charCodeAt(text.length - 1 - i) : filler))

export const write = {
  startOfDay: (at: Moment) => event(EventType.START_OF_DAY, at),
  endOfDay: (at: Moment) => event(EventType.END_OF_DAY, at),
  rewind: (at: Moment) => event(EventType.REWIND, at),
  batteryRemoved: (at: Moment) => event(EventType.BATTERY_REMOVED, at),
  batteryInserted: (at: Moment) => event(EventType.BATTERY_INSERTED, at),
  newSensor: (at: Moment) => event(EventType.GLUCOSE_SENSOR_CHANGE, at),

  /** `at` is the old time. */
  timeChange: (at: Moment, to: Moment) =>
    event(EventType.USER_TIME_DATE_CHANGE, at, data().u32be(to.rtc).i32be(to.offset)),

  basalRate: (at: Moment, pattern: number, segment: number, rate: TenThousandths) =>
    event(EventType.BASAL_SEGMENT_START, at, data().u8(pattern).u8(segment).u32be(rate)),
  tempBasal: (at: Moment, percent: number, minutes: number) =>
    event(EventType.TEMP_BASAL_PROGRAMMED, at, data().u8(0).u8(1).u32be(0).u8(percent).u16be(minutes)),
  tempBasalEnd: (at: Moment, percent: number, minutes: number, actualMinutes: number) =>
    event(
      EventType.TEMP_BASAL_COMPLETE,
      at,
      data()
        .u8(0)
        .u8(1)
        .u32be(0)
        .u8(percent)
        .u16be(minutes)
        .u8(actualMinutes < minutes ? 1 : 0)
        .u16be(actualMinutes),
    ),
  suspend: (at: Moment, reason: number) => event(EventType.INSULIN_DELIVERY_STOPPED, at, data().u8(reason)),
  resume: (at: Moment, reason: number) => event(EventType.INSULIN_DELIVERY_RESTARTED, at, data().u8(reason)),

  wizard(at: Moment, screen: Screen): WrittenEvent {
    const { bg, carbs, sensitivity, ratio, low, high } = screen
    const amounts = data().i32be(screen.correction).u32be(screen.food).u32be(screen.active).u32be(screen.takenOff)
    const writer = data().u8(0).u8(0).u16be(bg).u16be(carbs).u16be(sensitivity).u32be(ratio).u16be(low).u16be(high)
    const isChanged = screen.final !== screen.estimate
    writer.bytes(amounts.done()).u32be(screen.estimate).u8(0)
    return event(EventType.BOLUS_WIZARD_ESTIMATE, at, writer.u8(isChanged ? 1 : 0).u32be(screen.final))
  },
  normalProgrammed: (at: Moment, { source, number, units, active }: Bolus) =>
    event(EventType.NORMAL_BOLUS_PROGRAMMED, at, data().u8(source).u8(number).u8(0).u32be(units).u32be(active)),
  normalDelivered: (at: Moment, { source, number, units, active }: Bolus, delivered: TenThousandths) =>
    event(
      EventType.NORMAL_BOLUS_DELIVERED,
      at,
      data().u8(source).u8(number).u8(0).u32be(units).u32be(delivered).u32be(active),
    ),
  dualProgrammed: (at: Moment, { source, number, units, active }: Bolus, square: TenThousandths, minutes: number) =>
    event(
      EventType.DUAL_BOLUS_PROGRAMMED,
      at,
      data().u8(source).u8(number).u8(0).u32be(units).u32be(square).u16be(minutes).u32be(active),
    ),
  /** `part` 1 normal, 2 square. */
  dualDelivered: (at: Moment, { source, number, units, active }: Bolus, minutes: number, part: DualPart) =>
    event(
      EventType.DUAL_BOLUS_PART_DELIVERED,
      at,
      data()
        .u8(source)
        .u8(number)
        .u8(0)
        .u32be(units)
        .u32be(part.square)
        .u32be(part.delivered)
        .u8(part.part)
        .u16be(minutes)
        .u16be(part.minutes)
        .u32be(active),
    ),
  squareProgrammed: (at: Moment, { source, number, units, active }: Bolus, minutes: number) =>
    event(
      EventType.SQUARE_BOLUS_PROGRAMMED,
      at,
      data().u8(source).u8(number).u8(0).u32be(units).u16be(minutes).u32be(active),
    ),
  squareDelivered: (at: Moment, { source, number, units, active }: Bolus, minutes: number, run: Run) =>
    event(
      EventType.SQUARE_BOLUS_DELIVERED,
      at,
      data()
        .u8(source)
        .u8(number)
        .u8(0)
        .u32be(units)
        .u32be(run.delivered)
        .u16be(minutes)
        .u16be(run.minutes)
        .u32be(active),
    ),
  /** `by` 0 the pump, 1 the person. */
  bolusCancelled: (at: Moment, number: number, by: number) =>
    event(EventType.BOLUS_CANCELED, at, data().u8(by).u8(number).u8(2)),

  /** `flags` bit 1 sent to the sensor; `meter` empty for what was typed in. */
  fingerstick: (at: Moment, mgdl: number, flags: number, meter: string) =>
    event(
      EventType.BG_READING,
      at,
      data()
        .u8(flags)
        .u16be(mgdl)
        .u8(meter === '' ? 2 : 1)
        .bytes(reversed(meter, 10, 0x20)),
      meter === '' ? 0 : 1,
    ),
  calibrated: (at: Moment, factorHundredths: number, mgdl: number) =>
    event(EventType.CALIBRATION_COMPLETE, at, data().u16be(factorHundredths).u16be(mgdl), 2),
  calibrationRejected: (at: Moment, reason: number) =>
    event(EventType.SENSOR_CALIBRATION_REJECTED, at, data().u8(reason), 2),
  /** The newest first, five minutes apart. */
  sensorGlucose(at: Moment, readings: readonly Reading[]): WrittenEvent {
    const writer = data().u8(5).u8(readings.length).u16be(0)
    for (const { stored, isig, isLate } of readings) {
      writer
        .u8((stored >> 8) & 3)
        .u8(stored & 0xff)
        .u16be(isig)
        .u8(0xd5)
        .u16be(0)
        .u8(0)
        .u8(isLate ? 1 : 0)
    }
    return event(EventType.SENSOR_GLUCOSE_READINGS_EXTENDED, at, writer, 2)
  },
  /** The controller of suspending before low, every five minutes. */
  controllerState: (at: Moment, predicted: number, current: number) =>
    event(
      EventType.PLGM_CONTROLLER_STATE,
      at,
      data().u8(0x66).u8(3).u16be(predicted).u16be(current).u16be(0).u32be(0x3c290000).u8(5),
    ),

  /** `flags` bit 2: in the pump's list of alarms. `detail` up to ten bytes. */
  alarm: (at: Moment, number: number, mode: number, flags: number, detail: readonly number[] = []) =>
    event(
      EventType.ALARM_NOTIFICATION,
      at,
      data()
        .u16be(number)
        .u16be(0x0405)
        .u16be(0x0224)
        .u8(mode)
        .u8(flags)
        .bytes(Uint8Array.from({ length: 10 }, (_, i) => detail[i] ?? 0)),
    ),
  alarmCleared: (at: Moment, number: number) => event(EventType.ALARM_CLEARED, at, data().u16be(number).u16be(0)),
  /** `kind` 0 tubing, 1 cannula. */
  fill: (at: Moment, kind: number, units: TenThousandths, left: TenThousandths) =>
    event(EventType.CANNULA_FILL_DELIVERED, at, data().u8(kind).u32be(units).u32be(left)),
  lowReservoir: (at: Moment, left: TenThousandths) =>
    event(EventType.LOW_RESERVOIR, at, data().u8(0).u8(14).u8(30).u32be(left)),
  linkedDevices(at: Moment, devices: readonly LinkedDevice[]): WrittenEvent {
    const writer = data().u8(devices.length)
    devices.forEach(({ serial, model }, index) => {
      writer
        .u8(index)
        .bytes(reversed(serial, 10, 0))
        .fill(8)
        .bytes(reversed(model, 8, 0))
        .u8(2)
        .u8(9)
        .u8(0x44)
    })
    return event(EventType.SOURCE_ID_CONFIGURATION, at, writer)
  },

  /** `at` is the end of the day, `from` its beginning. */
  dailyTotals(at: Moment, from: Moment, day: DayFigures): WrittenEvent {
    const total = day.basal + day.bolus
    const percent = (part: number) => (total > 0 ? Math.round((100 * part) / total) : 0)
    const writer = data()
      .u32be(from.rtc)
      .i32be(from.offset)
      .u16be(day.minutes)
      .fill(0x1a - 0x0a)
    writer.u32be(total).u32be(day.basal).u8(percent(day.basal)).u32be(day.bolus).u8(percent(day.bolus))
    return event(
      EventType.DAILY_TOTALS,
      at,
      writer
        .u8(0)
        .u16be(day.carbs)
        .fill(97 - 0x2b),
    )
  },
} as const

/** A screen of the calculator, mg/dL and grams; ratio in tenths of g/U. */
export interface Screen {
  readonly bg: number
  readonly carbs: number
  readonly sensitivity: number
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly correction: TenThousandths
  readonly food: TenThousandths
  readonly active: TenThousandths
  readonly takenOff: TenThousandths
  readonly estimate: TenThousandths
  readonly final: TenThousandths
}

export interface Bolus {
  readonly source: number
  /** 0 to 255. */
  readonly number: number
  /** Programmed; of a dual bolus the normal part. */
  readonly units: TenThousandths
  readonly active: TenThousandths
}

/** What came of a square part. */
export interface Run {
  readonly delivered: TenThousandths
  readonly minutes: number
}

export interface DualPart extends Run {
  readonly part: 1 | 2
  readonly square: TenThousandths
}

export interface Reading {
  /** mg/dL, or a state from 300 hex on. */
  readonly stored: number
  /** Hundredths of nA. */
  readonly isig: number
  readonly isLate?: boolean
}

export interface LinkedDevice {
  readonly serial: string
  readonly model: string
}

export interface DayFigures {
  readonly minutes: number
  readonly basal: TenThousandths
  readonly bolus: TenThousandths
  readonly carbs: number
}

/** Fills blocks in the order given; no event crosses a border. */
export function blocksOf(events: readonly WrittenEvent[]): readonly HistoryBlock[] {
  const blocks: HistoryBlock[] = []
  let group: WrittenEvent[] = []
  let used = 0
  const close = () => {
    const rtcs = group.map(({ rtc }) => rtc)
    if (rtcs.length > 0) {
      const bytes = writeBlock(group.map(({ bytes }) => bytes))
      blocks.push({ fromRtc: Math.min(...rtcs), toRtc: Math.max(...rtcs), bytes })
    }
    group = []
    used = 0
  }
  for (const written of events) {
    if (used + written.bytes.length > MAX_USED) close()
    group.push(written)
    used += written.bytes.length
  }
  close()
  return blocks
}

/** A block around these events; they must fit. */
export function writeBlock(events: readonly Uint8Array[]): Uint8Array {
  const writer = new Writer()
  for (const bytes of events) writer.bytes(bytes)
  const used = writer.done()
  return writer
    .fill(USED_AT - used.length, 0xff)
    .u16be(used.length)
    .u16be(crc16ccitt(used))
    .done()
}

/** Parameters of a 030E that brings these blocks. */
export function packBlocks(type: number, blocks: readonly Uint8Array[]): Uint8Array {
  const plain = new Writer()
  for (const block of blocks) plain.bytes(block)
  const packed = packLiterals(plain.done())
  const head = new Writer()
    .u8(type)
    .u32be(packed.length)
    .u32be(blocks.length * BLOCK_BYTES)
  return head.u8(1).bytes(packed).done()
}
