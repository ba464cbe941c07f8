/**
 * When the sample's pump runs in SmartGuard: its last days, but for a few exits of different reasons and a day in manual
 * mode. How an exit stands in a file follows from real exports: the alerts that led to it, "SMARTGUARD EXIT" where it
 * was not the person, the programme's rate at the next minute; the loop starts again after the glucose check that
 * it asked for. Source: CareLink export sheet §6.
 */
import { DAY_MS, type DeviceDay, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import type { Life, Span } from './sampleLife.ts'
import { type Add, addAlert, addFingerstick, type InUnits, scheduledRate } from './sampleTherapy.ts'

/** How many days before the end of the export the loop is started, at midnight. */
export const SMART_GUARD_DAYS = 21

/** Without a sensor, or without an answer, the loop goes on for so long with a low constant rate. */
const SAFE_BASAL_MS = 215 * MINUTE_MS
/** The sensor gives no values for so long before the pump says so. */
const SILENT_MS = 25 * MINUTE_MS
/** How long before the loop starts again the pump asks for a value, and the person measures. */
const ASKED_MS = 12 * MINUTE_MS
const MEASURED_MS = 8 * MINUTE_MS

/** The loop is off in this span. */
interface Pause extends Span {
  readonly isByPerson: boolean
  readonly alerts: readonly { readonly at: number; readonly name: string }[]
  /** Nobody hears the alerts before the pump asks for a value. */
  readonly isAtNight?: true
  /** No sensor values, beside the warm-up. */
  readonly lost?: Span
}

export interface SmartGuard {
  /** Does the loop give insulin at any time of this day? */
  has(day: DeviceDay): boolean
  isOn(at: number): boolean
  /** In these days: has the pump no sensor value now? */
  isBlind(at: number): boolean
  /** The sensor reports an error in the place of a value. */
  hasSensorError(at: number): boolean
  readonly pauses: readonly Pause[]
}

const within = (at: number, span: Span | undefined): boolean => span !== undefined && at >= span.from && at < span.to

export function createSmartGuard(life: Life, lastDay: DeviceDay): SmartGuard {
  const firstDay = lastDay - SMART_GUARD_DAYS + 1
  const pauses = pausesOf(life, firstDay)
  const isSmart = (day: DeviceDay): boolean => day >= firstDay && day <= lastDay
  const hasSensorError = (at: number): boolean => pauses.some(({ lost }) => within(at, lost))
  return {
    has: day => isSmart(day) && !pauses.some(({ from, to }) => from <= day * DAY_MS && to >= (day + 1) * DAY_MS),
    isOn: at => isSmart(Math.floor(at / DAY_MS)) && !pauses.some(pause => within(at, pause)),
    isBlind(at) {
      const day = Math.floor(at / DAY_MS)
      return isSmart(day) && (hasSensorError(at) || within(at, life.warmUp(day)))
    },
    hasSensorError,
    pauses,
  }
}

function pausesOf(life: Life, firstDay: DeviceDay): Pause[] {
  const days = Array.from({ length: SMART_GUARD_DAYS }, (_, i) => firstDay + i)
  const updating = firstDay + 4
  const change = days.slice(7, 14).find(day => life.warmUp(day))
  const manual = firstDay + 15
  const taken = new Set([firstDay, updating, change, manual - 1, manual, manual + 1])
  const pauses = [sensorUpdating(updating * DAY_MS), switchedOff(manual)]
  const warmUp = change === undefined ? undefined : life.warmUp(change)
  if (warmUp) pauses.push(sensorChange(warmUp))
  // The night with the highest values is the one in which the loop gave all it may.
  const nights = days.filter(day => !taken.has(day) && !life.nightLow(day))
  const highest = nights.sort((a, b) => nightMgdl(life, b) - nightMgdl(life, a))[0]
  if (highest !== undefined) pauses.push(maximumDelivery(highest * DAY_MS))
  return pauses
}

/** Sum of a few values around midnight, to compare nights by. */
const nightMgdl = (life: Life, day: DeviceDay): number =>
  [-1, 0, 1, 2].reduce((sum, hour) => sum + life.glucoseMgdl(day * DAY_MS + hour * HOUR_MS), 0)

/** The sensor finds its values doubtful in the afternoon, and itself again an hour later. */
function sensorUpdating(midnight: number): Pause {
  const warned = midnight + 14 * HOUR_MS + 12 * MINUTE_MS + 20_000
  const from = warned + HOUR_MS
  return {
    from,
    to: from + 35 * MINUTE_MS,
    isByPerson: false,
    alerts: [0, 30, 45].map(minutes => ({ at: warned + minutes * MINUTE_MS, name: 'SENSOR UPDATING ALERT' })),
    lost: { from: warned - SILENT_MS, to: from + 20 * MINUTE_MS },
  }
}

/** A sensor ends early; with the warm-up of the new one that is too long for the loop. */
function sensorChange(warmUp: Span): Pause {
  const from = warmUp.to - 5 * MINUTE_MS
  const warned = from - SAFE_BASAL_MS
  return {
    from,
    to: warmUp.to + 15 * MINUTE_MS,
    isByPerson: false,
    alerts: [{ at: warned, name: 'SENSOR UPDATING ALERT' }],
    lost: { from: warned - SILENT_MS, to: warmUp.from },
  }
}

/** Hours at the highest rate, and nobody hears the pump ask for a glucose check. */
function maximumDelivery(midnight: number): Pause {
  const warned = midnight + 2 * HOUR_MS + 25 * MINUTE_MS + 17_000
  const from = warned + SAFE_BASAL_MS
  return {
    from,
    to: from + 45 * MINUTE_MS,
    isByPerson: false,
    alerts: ['SMARTGUARD MAXIMUM DELIVERY TIMEOUT', 'SMARTGUARD BG REQUIRED'].map(name => ({ at: warned, name })),
    isAtNight: true,
  }
}

/** The person switches it off at bedtime and on again in the morning after the next day. */
const switchedOff = (day: DeviceDay): Pause => ({
  from: day * DAY_MS - 39 * MINUTE_MS,
  to: (day + 1) * DAY_MS + 9 * HOUR_MS + 10 * MINUTE_MS,
  isByPerson: true,
  alerts: [],
})

/** The rows of all exits, and of what brought the loop back. */
export function pauseRows(life: Life, { pauses }: SmartGuard, add: Add, inUnits: InUnits): void {
  for (const { from, to, isByPerson, alerts, isAtNight } of pauses) {
    const asked = to - ASKED_MS
    const answerMs = (at: number): number => (isAtNight ? asked + 60_000 - at : 25_000)
    for (const { at, name } of alerts) addAlert(add, at, name, answerMs(at))
    if (!isByPerson) addAlert(add, from, 'SMARTGUARD EXIT', answerMs(from))
    const changed = isByPerson ? from : (Math.floor(from / MINUTE_MS) + 1) * MINUTE_MS
    add(changed, { 'Basal Rate': scheduledRate(changed) })
    addAlert(add, asked, 'SMARTGUARD BG REQUIRED', 70_000)
    const measured = to - MEASURED_MS
    const error = Math.round(16 * life.chance(Math.floor(measured / DAY_MS), 303) - 8)
    addFingerstick(add, measured, inUnits(life.glucoseMgdl(measured) + error), true)
  }
}
