/**
 * The first two days of a pump that is new: all that a simulated read can be broken at in every place without taking for
 * ever. Its counter began two days ago, so there is one slice of each history.
 */
import { Writer } from '#bytes/writer.ts'
import { HOUR_MS } from '#records/time.ts'
import { type HistoryType as Type, HistoryType } from '../talk/message.ts'
import { answersOf, type MemoryOptions } from './memory.ts'
import type { PumpMemory } from './pump.ts'
import { packRuns } from './packRuns.ts'
import { blocksOf, type Moment, write, type WrittenEvent } from './writeEvents.ts'

const FIRST_RTC = 0x80000000
const SECONDS_TO_2000 = 946_684_800
const HOUR = 3600
const LIFE_SECONDS = 48 * HOUR
const RATE = 8_000
/** Nearly three hours, five minutes apart. */
const SENSOR_VALUES = 33

/** Its memory; `now` is the present on its clock. */
export function shortMemory(options: Omit<MemoryOptions, 'seed' | 'days'>): PumpMemory {
  const { now, meterSerial } = options
  const rtc = FIRST_RTC + LIFE_SECONDS
  const offset = Math.floor(now / 1000) - SECONDS_TO_2000 - rtc
  const at = (hoursAgo: number): Moment => ({ rtc: Math.round(rtc - hoursAgo * HOUR), offset })
  const bolus = { source: 1, number: 1, units: 45_000, active: 0 }
  const screen = {
    ...{ bg: 162, carbs: 40, sensitivity: 45, ratio: 100, low: 90, high: 120 },
    ...{ correction: 5_000, food: 40_000, active: 0, takenOff: 0, estimate: 45_000, final: 45_000 },
  }
  const pump: readonly WrittenEvent[] = [
    write.basalRate(at(30), 1, 1, RATE),
    write.fingerstick(at(26.1), 162, 0, meterSerial),
    write.wizard(at(26), screen),
    write.normalProgrammed(at(26), bolus),
    write.normalDelivered(at(25.95), bolus, bolus.units),
    write.tempBasal(at(20), 50, 60),
    write.tempBasalEnd(at(19), 50, 60, 60),
    write.suspend(at(12), 2),
    write.resume(at(11.5), 1),
    write.fingerstick(at(8), 118, 0, meterSerial),
    write.alarm(at(5), 104, 0, 6),
    write.alarmCleared(at(4.9), 104),
    write.batteryInserted(at(4.8)),
    write.basalRate(at(3), 1, 2, RATE),
  ]
  const sensor = Array.from({ length: SENSOR_VALUES }, (_, i) =>
    write.sensorGlucose(at((SENSOR_VALUES - i) / 12), [{ stored: 110 + 2 * i, isig: 2_500 }]),
  )
  const blocks: Readonly<Record<Type, PumpMemory['blocks'][Type]>> = {
    [HistoryType.pump]: blocksOf(pump),
    [HistoryType.sensor]: blocksOf(sensor),
  }
  const end = {
    at: { rtc, offset },
    reservoir: 1_500_000,
    rate: RATE,
    active: 0,
    lastBolus: { at: now - 26 * HOUR_MS, units: bolus.units, number: bolus.number },
    sensor: { at: at(1 / 12), stored: 110 + 2 * (SENSOR_VALUES - 1) },
    isSuspended: false,
  }
  return { rtc, offset, blocks, pack, ...answersOf({ end, books: [] }, options) }
}

/** Parameters of 030E; packed, so that there are few packets. */
function pack(type: Type, blocks: readonly Uint8Array[]): Uint8Array {
  const plain = new Writer()
  for (const block of blocks) plain.bytes(block)
  const packed = packRuns(plain.done())
  return new Writer().u8(type).u32be(packed.length).u32be(plain.length).u8(1).bytes(packed).done()
}
