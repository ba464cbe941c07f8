/**
 * Basal, stops, fills, alarms, notes and bookkeeping as rows of CareLink's current export.
 * Source: CareLink export sheet §6.
 */
import type {
  Alarm,
  BasalRate,
  DeviceEvent,
  Marker,
  Prime,
  Rewind,
  Setting,
  Suspend,
  TempBasal,
  TimeChange,
} from '#records/records.ts'
import { isoFromDeviceTime } from '#records/time.ts'
import { alarmText } from './alarms.ts'
import { EVENT_COLUMNS, SETTING_COLUMNS } from './bookkeeping.ts'
import { saysSomething } from './cells.ts'
import { eventMarker } from './eventMarkers.ts'
import { durationText, MAX_AMOUNT, numberText } from './numbers.ts'
import { suspendFrom } from './suspends.ts'
import { COLUMN_PLACES, isAmount, oneRow, type Written } from './writeRow.ts'

export function writeBasalRate({ deviceTime, rateUnitsPerHour, scheduleName }: BasalRate): Written | undefined {
  if (!isAmount(rateUnitsPerHour, MAX_AMOUNT.rateUnitsPerHour)) return undefined
  return oneRow(deviceTime, { 'basal rate': rateUnitsPerHour }, scheduleName !== undefined)
}

/**
 * How the pump rounds a percentage stands nowhere; our reader knows it of the model, as of a real export.
 * An end that names no amount goes back to the programme: 100 percent, for no time.
 */
export function writeTempBasal({ deviceTime, durationMs, percent, rateUnitsPerHour }: TempBasal): Written | undefined {
  const isEnd = durationMs === 0 && percent === undefined && rateUnitsPerHour === undefined
  const amount = isEnd ? 100 : (rateUnitsPerHour ?? percent)
  const isRate = rateUnitsPerHour !== undefined
  const duration = durationText(durationMs)
  if (duration === undefined || !isAmount(amount, isRate ? MAX_AMOUNT.rateUnitsPerHour : MAX_AMOUNT.percent)) {
    return undefined
  }
  const type = isRate ? 'Rate' : 'Percent'
  const cells = { 'temp basal amount': amount, 'temp basal type': type, 'temp basal duration': duration } as const
  return oneRow(deviceTime, cells)
}

/** CareLink's words of today. For "other" it has none that we know: a reader sees at least that delivery stopped. */
const WORD_OF_REASON: Readonly<Record<NonNullable<Suspend['reason']>, string>> = {
  manual: 'USER_SUSPEND',
  alarm: 'ALARM_SUSPEND',
  low: 'LOWSG_SUSPEND',
  beforeLow: 'PLGM_PREDICTED_LOW_SG',
  notSeated: 'NOTSEATED_SUSPEND',
  other: 'OTHER_SUSPEND',
}

export function writeSuspend({ deviceTime, suspended, reason, rawReason }: Suspend): Written {
  const own = /^[A-Z][A-Z0-9_]*$/.test(rawReason) ? suspendFrom(rawReason) : undefined
  const isOwn = own?.suspended === suspended && own.reason === reason
  const word = isOwn ? rawReason : suspended ? WORD_OF_REASON[reason ?? 'other'] : 'NORMAL_PUMPING'
  return oneRow(deviceTime, { suspend: word })
}

export const writePrime = ({ deviceTime, target, volumeUnits }: Prime): Written =>
  oneRow(deviceTime, {
    'prime type': target === 'tubing' ? 'Tubing Fill' : 'Cannula Fill',
    'prime volume delivered': volumeUnits,
  })

export const writeRewind = ({ deviceTime }: Rewind): Written => oneRow(deviceTime, { rewind: 'Rewind' })

export function writeAlarm(alarm: Alarm): Written | undefined {
  const text = alarmText(alarm)
  if (!saysSomething(text)) return undefined
  return oneRow(alarm.deviceTime, { [alarm.cleared ? 'user cleared alerts' : 'alert']: text })
}

/** Stands where the old clock was. */
export const writeTimeChange = ({ deviceTime, from, to }: TimeChange): Written =>
  oneRow(from ?? deviceTime, { 'new device time': isoFromDeviceTime(to).replaceAll('-', '/').replace('T', ' ') })

/** A note whose own words would be read as something else gets CareLink's word for it in front. */
export function writeMarker({ deviceTime, kind, text, durationMs }: Marker): Written | undefined {
  const lengths = durationMs === undefined ? [] : [`: ${numberText(durationMs / 60_000)} minutes`]
  const word = { exercise: 'Exercise', meal: 'Meal', other: 'Other' }[kind]
  const candidates = [text, ...lengths.map(length => `${word}${length}`), `${word}: ${text}`, word]
  const said = candidates.find(candidate => {
    const read = eventMarker(candidate.trim(), { deviceTime, identity: '', raw: { page: 0, offset: 0, length: 0 } })
    return saysSomething(candidate) && read.type === 'marker' && read.kind === kind && read.durationMs === durationMs
  })
  return oneRow(deviceTime, { 'event marker': said ?? word }, said === undefined)
}

/** Only what has a column: a change of the insulin's time of action. */
export function writeSetting({ deviceTime, name, change, values }: Setting): Written | undefined {
  const [column, key] = SETTING_COLUMNS.find(([of]) => of === name) ?? []
  const value = key === undefined ? undefined : values[key]
  const isOnly = Object.keys(values).length === 1
  if (!column || change !== 'changed' || !isOnly || value === undefined || !saysSomething(value)) return undefined
  return COLUMN_PLACES.has(column) ? oneRow(deviceTime, { [column]: value }) : undefined
}

/** Only what came from such an export: CareLink has no column for other devices' events. */
export function writeDeviceEvent({ deviceTime, name, text }: DeviceEvent): Written | undefined {
  if (!saysSomething(text)) return undefined
  if (name === 'Day marker') return oneRow(deviceTime, { 'event marker': text })
  const [column] = EVENT_COLUMNS.find(([, of]) => of === name) ?? []
  return column && oneRow(deviceTime, { [column]: text })
}
