/**
 * The pump's settings as it answered when asked, each answer one record of how things stood. Pure. Offsets are the
 * sheet's less one: pages begin with the command. Source: minimed-600 sheet §9.3 to §9.5.
 */
import { crc16ccitt } from '#bytes/checksum.ts'
import { hexFromBytes } from '#bytes/hex.ts'
import type { RawRef, Setting } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { Answer } from '../talk/message.ts'
import { readStatus } from './status.ts'
import { halfHourText, patternName } from './units.ts'

type Values = Record<string, string>

const answers: ReadonlyMap<number, readonly [name: string, read: (view: DataView) => Values | string]> = new Map<
  number,
  [string, (view: DataView) => Values | string]
>([
  [Answer.BASAL_PATTERN, ['CurrentBasalProfile', readPattern]],
  [Answer.CARB_RATIOS, ['CurrentCarbRatio', checked(readCarbRatios)]],
  [Answer.SENSITIVITIES, ['CurrentInsulinSensitivity', checked(readSensitivities)]],
  [Answer.TARGETS, ['CurrentBGTargetRange', checked(readTargets)]],
  [Answer.BASIC_PARAMETERS, ['CurrentPumpSetup', readBasic]],
  [Answer.STATUS, ['CurrentPumpStatus', readStatus]],
])

/** The record of an answer that came at `deviceTime`, or why there is none. */
export function readAnswer(bytes: Uint8Array, deviceTime: DeviceTime, raw: RawRef): Setting | string {
  if (bytes.length < 2) return 'an answer that ends in its number'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const number = view.getUint16(0)
  const [name, read] = answers.get(number) ?? []
  if (name === undefined || !read) return `an answer whose layout is not known: ${number.toString(16)}`
  const values = withinBytes(view, read)
  if (typeof values === 'string') return values
  return { type: 'setting', deviceTime, identity: hexFromBytes(bytes), raw, name, change: 'current', values }
}

function withinBytes(view: DataView, read: (view: DataView) => Values | string): Values | string {
  try {
    return read(view)
  } catch (error) {
    // A DataView throws it when asked for more than it holds.
    if (error instanceof RangeError) return 'an answer shorter than its kind'
    throw error
  }
}

/** The wizard's answers: 2 CRC of all from 4 on, 4 count. */
function checked(read: (view: DataView, count: number) => Values) {
  return (view: DataView): Values | string => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + 4, view.byteLength - 4)
    if (crc16ccitt(bytes) !== view.getUint16(2)) return 'an answer with a wrong checksum'
    return read(view, view.getUint8(4))
  }
}

/** From 5, 9 bytes each: u32 grams per unit in tenths, u32 units per exchange in thousandths, start. One is 0 in all. */
function readCarbRatios(view: DataView, count: number): Values {
  const rows = Array.from({ length: count }, (_, i) => {
    const at = 5 + 9 * i
    return { grams: view.getUint32(at), exchange: view.getUint32(at + 4), start: view.getUint8(at + 8) }
  })
  const inGrams = rows.some(({ grams }) => grams > 0)
  const text = (grams: number, exchange: number) => (inGrams ? `${grams / 10} g/U` : `${exchange / 1000} U/exchange`)
  return Object.fromEntries(rows.map(({ grams, exchange, start }) => [halfHourText(start), text(grams, exchange)]))
}

/** From 5, 5 bytes each: u16 mg/dL, u16 tenths of mmol/L, start. Both as the pump tells them. */
function readSensitivities(view: DataView, count: number): Values {
  const values: Values = {}
  for (let i = 0; i < count; i++) {
    const at = 5 + 5 * i
    values[halfHourText(view.getUint8(at + 4))] = `${view.getUint16(at)} mg/dL, ${view.getUint16(at + 2) / 10} mmol/L`
  }
  return values
}

/** From 5, 9 bytes each: high mg/dL, high tenths of mmol/L, low mg/dL, low tenths of mmol/L, start. */
function readTargets(view: DataView, count: number): Values {
  const values: Values = {}
  for (let i = 0; i < count; i++) {
    const at = 5 + 9 * i
    const mgdl = `${view.getUint16(at + 4)} to ${view.getUint16(at)} mg/dL`
    const mmol = `${view.getUint16(at + 6) / 10} to ${view.getUint16(at + 2) / 10} mmol/L`
    values[halfHourText(view.getUint8(at + 8))] = `${mgdl}, ${mmol}`
  }
  return values
}

/** 2 pattern, 3 count, from 4: u32 rate, start. No rates: the pattern is empty. */
function readPattern(view: DataView): Values {
  const values: Values = { pattern: patternName(view.getUint8(2)) }
  const count = view.getUint8(3)
  for (let i = 0; i < count; i++) {
    const at = 4 + 5 * i
    values[halfHourText(view.getUint8(at + 4))] = `${view.getUint32(at) / 10_000} U/h`
  }
  return values
}

/** Source code alone; the type of temporary basal (at 29) is known to be unreliable and left out. */
function readBasic(view: DataView): Values {
  const onOff = (at: number) => (view.getUint8(at) === 0 ? 'off' : 'on')
  return {
    'extended bolus': onOff(5),
    'max bolus': `${view.getUint32(13) / 10_000} U`,
    'max basal': `${view.getUint32(17) / 10_000} U/h`,
    'insulin action': `${view.getUint16(23)} min`,
    'bolus wizard': onOff(36),
  }
}
