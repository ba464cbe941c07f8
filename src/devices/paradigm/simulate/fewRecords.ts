/**
 * A pump that was used for two days: a memory so small that tests can disturb its conversation at every step. Settings
 * are those of the sheet's own pumps (§4). Pumps with months in their memory are in `memories.ts`.
 */
import { bytesFromHex } from '#bytes/hex.ts'
import { deviceDayOf, type DeviceTime, HOUR_MS, shifted, startOfDeviceDay } from '#records/time.ts'
import type { Family } from '../decode/family.ts'
import { settingsOf } from '../talk/commands.ts'
import type { PumpMemory } from './pump.ts'
import { historyPages } from './writePages.ts'
import {
  alarmRecord,
  basalRecord,
  bolusRecord,
  BolusType,
  glucoseRecords,
  primeRecord,
  tempBasalRecords,
} from './writeRecords.ts'

/** The two days end where the present stretch of so many days begins: a second read finds the same ones, not new ones. */
const STRETCH_DAYS = 7
const MORNING = 7

/** Everything but the serial number. */
export function fewRecords(model: string, family: Family, now: DeviceTime): Omit<PumpMemory, 'serial'> {
  const today = deviceDayOf(now)
  const end = today - (today % STRETCH_DAYS)
  const at = (daysBefore: number, hours: number) =>
    shifted(startOfDeviceDay(end - daysBefore), (MORNING + hours) * HOUR_MS)
  const bolus = (time: DeviceTime, units: number) =>
    bolusRecord(
      { time, type: BolusType.normal, programmedUnits: units, deliveredUnits: units, onBoardUnits: 0 },
      family,
    )
  const basal = (time: DeviceTime) => (family.isLarge ? [basalRecord(time, 1, { at: 0, rateUnitsPerHour: 0.8 })] : [])
  const older = [
    primeRecord(at(2, 0), 0, 12.3),
    ...basal(at(2, 1)),
    bolus(at(2, 2), 3.2),
    ...glucoseRecords(at(2, 3), 131, { isMmol: false, meter: undefined }),
  ]
  const newer = [
    ...glucoseRecords(at(1, 0), 208, { isMmol: false, meter: 'C0FFEE' }),
    bolus(at(1, 1), 1.5),
    ...tempBasalRecords(at(1, 2), 80, 2),
    alarmRecord(at(1, 4), 4),
  ]
  const pages = [...historyPages(older), ...historyPages(newer)].toReversed()
  return {
    model,
    clock: now,
    replies: repliesOf(family),
    history: pages,
    historyCounter: pages.length - 1,
  }
}

const texts: Readonly<Record<number, string>> = {
  0x74: '5645522032 2E3441312E31200B0B', // VER 2.4A1.1
  0x72: '000075', // 1.17 V
  0x87: '01',
  0x88: '01',
  0x89: '01',
  0x8b: '01002D', // 45 mg/dL
  0x9f: '01006A7D', // 106–125 mg/dL
  0x92: '200000 26000D 2C0013 26001C', // 0.8, 0.95, 1.1, 0.95
  0x93: '00003F', // empty
  0x94: '00003F',
  0x98: '000000200000', // none running
  0x8f: '0014', // 20 U
}
const smallTexts: Readonly<Record<number, string>> = {
  ...texts,
  0x73: '005E', // 9.4 U
  0x79: '00CB017A', // 20.3 and 37.8 U
  0x8a: '01000D', // 13 g/U
  0xc0: '000100010164005000000100000000640104001400',
}
const largeTexts: Readonly<Record<number, string>> = {
  ...texts,
  0x73: '000007BD', // 49.525 U
  0x79: '000004AB0000067E', // 29.875 and 41.55 U
  0x8a: '0100000082', // 13 g/U
  0xc0: '000201050100960050000000000001640103001400640000',
}

/** What such a pump is asked for. Where the sheet has no example, the answer is nothing but zeros. */
function repliesOf(family: Family): ReadonlyMap<number, Uint8Array> {
  const known = family.isLarge ? largeTexts : smallTexts
  return new Map(settingsOf(family).map(opcode => [opcode, bytesFromHex(known[opcode] ?? '')]))
}
