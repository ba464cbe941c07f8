/**
 * What the basal programme's events say: rates, temporary rates, suspends, the closed loop taking over. One event, one
 * record. Source: minimed-600 sheet §11.4.
 */
import type { AutoMode, BasalRate, Setting, Suspend, TempBasal } from '#records/records.ts'
import { MINUTE_MS } from '#records/time.ts'
import { base, type HistoryEvent, u16, u8, unitsAt } from './events.ts'
import { patternName } from './units.ts'

/** More is not what it seems: pumps of this series give 35 U/h at most. */
const MAX_UNITS_PER_HOUR = 100
const MAX_PERCENT = 1000
const DAY_MINUTES = 24 * 60

/** 1D: B pattern, C segment, D rate. The programme's own rate, also while a temporary one or a suspend overlays it. */
export function readBasalRate(event: HistoryEvent): BasalRate | string {
  const rateUnitsPerHour = unitsAt(event, 0x0d)
  if (rateUnitsPerHour > MAX_UNITS_PER_HOUR) return `an impossible basal rate: ${rateUnitsPerHour} U/h`
  return { type: 'basalRate', ...base(event), rateUnitsPerHour, scheduleName: patternName(u8(event, 0x0b)) }
}

/** 1B: C type (0 U/h, 1 percent), D rate, 11 percent, 12 u16 minutes. */
export function readTempBasal(event: HistoryEvent): TempBasal | string {
  const type = u8(event, 0x0c)
  const minutes = u16(event, 0x12)
  const rateUnitsPerHour = unitsAt(event, 0x0d)
  const percent = u8(event, 0x11)
  if (type > 1) return `a temporary basal of an unknown type: ${type}`
  const isPossible = minutes <= DAY_MINUTES && rateUnitsPerHour <= MAX_UNITS_PER_HOUR && percent <= MAX_PERCENT
  if (!isPossible) return `an impossible temporary basal: ${rateUnitsPerHour} U/h, ${percent} %, ${minutes} min`
  const amount = type === 0 ? { rateUnitsPerHour } : { percent }
  return { type: 'tempBasal', ...base(event), durationMs: minutes * MINUTE_MS, ...amount }
}

/**
 * 22: the temporary rate ended, by itself or because somebody cancelled it. By itself it ends with a minute of the
 * clock and so up to a minute before its time (10 of 10 real ones), which is why both are told.
 */
export const readTempBasalEnd = (event: HistoryEvent): TempBasal => ({
  type: 'tempBasal',
  ...base(event),
  durationMs: 0,
})

/** 1C: B old, C new pattern. */
export function readPatternChange(event: HistoryEvent): Setting {
  const [from, to] = [u8(event, 0x0b), u8(event, 0x0c)]
  const values = { from: patternName(from), to: patternName(to) }
  return { type: 'setting', ...base(event), name: 'ChangeActiveBasalProfilePattern', change: 'changed', values }
}

const stopReasons: Readonly<Record<number, readonly [NonNullable<Suspend['reason']>, string]>> = {
  1: ['alarm', 'alarm'],
  2: ['manual', 'by the person'],
  3: ['other', 'auto suspend'],
  4: ['low', 'low glucose'],
  5: ['other', 'set change'],
  10: ['beforeLow', 'predicted low glucose'],
}

/** 1E: B reason. */
export function readSuspend(event: HistoryEvent): Suspend {
  const code = u8(event, 0x0b)
  const [reason, rawReason] = stopReasons[code] ?? ['other', `reason ${code}`]
  return { type: 'suspend', ...base(event), suspended: true, reason, rawReason }
}

const restartReasons: Readonly<Record<number, string>> = {
  1: 'by the person',
  2: 'the person cleared an alarm',
  3: 'by the person, during a suspend for low glucose',
  4: 'after the longest time of a suspend for low glucose',
  5: 'glucose has risen',
  6: 'suspending for low glucose was switched off',
}

/** 1F: B reason. */
export function readResume(event: HistoryEvent): Suspend {
  const code = u8(event, 0x0b)
  return { type: 'suspend', ...base(event), suspended: false, rawReason: restartReasons[code] ?? `reason ${code}` }
}

const transitions: Readonly<Record<number, string>> = {
  0: 'after calibration',
  1: 'by the person',
  2: 'alarm',
  3: 'safe basal timed out',
  4: 'glucose high for long',
}

/** DF: B 1 into auto mode, 0 out; C reason. 670G: source code alone. */
export function readAutoMode(event: HistoryEvent): AutoMode | string {
  const active = u8(event, 0x0b)
  const code = u8(event, 0x0c)
  if (active > 1) return `auto mode in an unknown state: ${active}`
  return { type: 'autoMode', ...base(event), active: active === 1, reason: transitions[code] ?? `reason ${code}` }
}
