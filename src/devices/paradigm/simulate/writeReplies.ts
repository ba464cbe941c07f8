/**
 * What a simulated pump answers about its settings and its state: bodies of replies, the mirror image of
 * `../decode/settings.ts`. Source: paradigm sheet §4, §4.1 to §4.4.
 */
import { Writer } from '#bytes/writer.ts'
import { deviceDayOf, type DeviceTime } from '#records/time.ts'
import { MGDL_PER_MMOL } from '#records/units.ts'
import { type Family, PRIME_STEPS_PER_UNIT, RATE_STEPS_PER_UNIT } from '../decode/family.ts'
import { halfHourOf, segmentAt } from './delivery.ts'
import type { Life } from './life.ts'
import type { Person } from './people.ts'
import { clockBody } from './pump.ts'
import { type Programme, rateSteps } from './writeRecords.ts'

/** Bodies by opcode, without padding. */
export function repliesOf(
  person: Person,
  life: Life,
  family: Family,
  now: DeviceTime,
): ReadonlyMap<number, Uint8Array> {
  const isMmol = person.units === 'mmol/L'
  const steps = (mgdl: number) => Math.round(isMmol ? (10 * mgdl) / MGDL_PER_MMOL : mgdl)
  const units = isMmol ? 2 : 1
  const [low, high] = person.targetMgdl
  return new Map([
    [0x72, Uint8Array.of(0, 0, 0x80)],
    [0x73, reservoir(life.reservoirUnits, family)],
    [0x74, new Writer().text(person.firmware).text(' \x0b\x0b').done()],
    [0x76, new Writer().text('-'.repeat(18)).done()],
    [0x79, totals(life, family, now)],
    [0x83, Uint8Array.of(3)],
    [0x86, Uint8Array.of(0)],
    [0x87, Uint8Array.of(1)],
    [0x88, Uint8Array.of(1)],
    [0x89, Uint8Array.of(units)],
    [0x8a, ratios(person.gramsPerUnit, family)],
    [0x8b, Uint8Array.of(units, 0, steps(person.sensitivityMgdl))],
    [0x8e, new Uint8Array(16).fill(0xff)],
    [0x8f, Uint8Array.of(0, 20)],
    [0x90, Uint8Array.of(0)],
    [0x92, profile(life.programme)],
    [0x93, noProfile],
    [0x94, noProfile],
    [0x95, new Writer().text((person.meter ?? '------').padEnd(18, '-')).done()],
    [0x97, Uint8Array.of(0)],
    [0x98, tempBasal(life, now)],
    [0x9c, new Writer().u16be(4600).done()],
    [0x9f, Uint8Array.of(units, 0, steps(low), steps(high))],
    [0xc0, settings(person, family)],
    [0xc1, clockBody(now)],
    [0xc3, Uint8Array.of(2, 7)],
    [0xc5, Uint8Array.of(0)],
    [0xc6, new Uint8Array(16).fill(0xff)],
    ...(family.isLarge ? [] : ([[0x99, sensorSettings]] as const)),
  ])
}

const reservoir = (left: number, { isLarge }: Family): Uint8Array => {
  const units = Math.max(0, left)
  return isLarge
    ? new Writer().u16be(0).u16be(rateSteps(units)).done()
    : new Writer().u16be(Math.round(units * PRIME_STEPS_PER_UNIT)).done()
}

/** Today and yesterday. */
function totals({ days }: Life, { isLarge }: Family, now: DeviceTime): Uint8Array {
  const today = deviceDayOf(now)
  const writer = new Writer()
  for (const day of [today, today - 1]) {
    const { basalUnits = 0, bolusUnits = 0 } = days.get(day) ?? {}
    const units = basalUnits + bolusUnits
    if (isLarge) writer.u32be(Math.round(units * RATE_STEPS_PER_UNIT))
    else writer.u16be(Math.round(units * PRIME_STEPS_PER_UNIT))
  }
  return writer.done()
}

/** One ratio all day: whole g/U in small pumps, tenths in large ones behind the number of slots. */
const ratios = (gramsPerUnit: number, { isLarge }: Family): Uint8Array =>
  isLarge
    ? new Writer()
        .u8(1)
        .u8(1)
        .u8(0)
        .u16be(Math.round(gramsPerUnit * 10))
        .done()
    : Uint8Array.of(1, 0, Math.round(gramsPerUnit))

function profile(programme: Programme): Uint8Array {
  const writer = new Writer()
  for (const { at, rateUnitsPerHour } of programme) writer.u16le(rateSteps(rateUnitsPerHour)).u8(at)
  return writer.done()
}
const noProfile = Uint8Array.of(0, 0, 0x3f)

/** Percent, its percentage, the scheduled rate, and the minutes that are left. */
function tempBasal({ temp, programme }: Life, now: DeviceTime): Uint8Array {
  const rate = segmentAt(programme, halfHourOf(now))?.segment.rateUnitsPerHour ?? 0
  return new Writer()
    .u8(1)
    .u8(temp?.percent ?? 100)
    .u16be(rateSteps(rate))
    .u16be(temp?.minutesLeft ?? 0)
    .done()
}

/** C0 (§4.1): large pumps have their largest bolus in two bytes, and what follows one byte later up to the time format. */
function settings(person: Person, { isLarge }: Family): Uint8Array {
  const maxBolus = Math.round(person.maxBolusUnits * PRIME_STEPS_PER_UNIT)
  const writer = new Writer().u8(0).u8(2).u8(1).u8(5).u8(1)
  if (isLarge) writer.u16be(maxBolus).u16be(rateSteps(person.maxBasalUnitsPerHour))
  else writer.u8(maxBolus).u16be(rateSteps(person.maxBasalUnitsPerHour)).u8(0)
  // U100, patterns off, standard, remote off, block off, temporary rates in percent, 100.
  writer.u8(0).u8(0).u8(0).u8(0).u8(0).u8(1).u8(100)
  writer
    .u8(person.meter === undefined ? 0 : 1)
    .u8(person.actionHours)
    .u8(0)
    .u8(20)
    .u8(0)
  if (isLarge) writer.u8(100).u8(0).u8(0)
  return writer.done()
}

/** 99 (§4.4): on, high 250 and low 70 with their snoozes, calibration reminder, a transmitter. */
const sensorSettings = Uint8Array.of(
  ...[1, 1, 0, 250, 0, 60, 1, 0, 70, 0, 20, 0, 0, 40, 0, 30],
  ...[1, 0, 60, 0x20, 0x88, 0x6e, 1, 0, 30],
)
