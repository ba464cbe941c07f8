/**
 * Joins the events of one finger-stick: the pump writes the value down when it comes, again when it goes to the sensor,
 * and in auto mode once more at every step. Pure. Source: minimed-600 sheet §11.5.
 *
 * The first event of a value names the finger-stick; what repeats it within a quarter of an hour supports it. Whether an
 * event is a first one can only be said where the log before it is here, so what may be a repetition waits for a read
 * that shows it.
 */
import type { Calibration, RawRef, Smbg, TherapyRecord } from '#records/records.ts'
import { EventType } from './eventTypes.ts'
import { attempt, base, type HistoryEvent } from './events.ts'
import { calibrationOf, calibrationRejection, type FingerstickEvent, readFingerstick } from './eventsGlucose.ts'
import type { Found } from './facts.ts'
import type { Log } from './log.ts'

const REPEATED_WITHIN_S = 15 * 60
/** The one real rejection came 18 minutes after the value. */
const JUDGED_WITHIN_S = 30 * 60

interface Group {
  readonly value: number
  readonly members: FingerstickEvent[]
}

/** The records of all finger-sticks and calibrations, and what is said of events that have none, by event. */
export function joinFingersticks(log: Log): ReadonlyMap<HistoryEvent, Found> {
  const found = new Map<HistoryEvent, Found>()
  const groups: Group[] = []
  const recent = new Map<number, Group>()
  let judged: FingerstickEvent | undefined
  const rejections = new Map<FingerstickEvent, HistoryEvent>()
  for (const event of log.events) {
    if (event.type === EventType.CALIBRATION_COMPLETE) {
      judged = undefined
    } else if (event.type === EventType.SENSOR_CALIBRATION_REJECTED) {
      if (judged && event.rtc - judged.event.rtc <= JUDGED_WITHIN_S) rejections.set(judged, event)
      judged = undefined
    }
    const reading = attempt(event, readFingerstick)
    if (typeof reading === 'string') found.set(event, reading)
    if (typeof reading !== 'object') continue
    if (reading.says === 'calibrates') judged = reading
    const known = recent.get(reading.value)
    const last = known?.members.at(-1)
    if (known && last && event.rtc - last.event.rtc <= REPEATED_WITHIN_S) {
      known.members.push(reading)
      continue
    }
    const group: Group = { value: reading.value, members: [reading] }
    groups.push(group)
    recent.set(reading.value, group)
  }
  for (const group of groups) {
    for (const [member, records] of recordsOf(group, log, rejections)) found.set(member.event, records)
  }
  return found
}

function recordsOf(
  { value, members }: Group,
  log: Log,
  rejections: ReadonlyMap<FingerstickEvent, HistoryEvent>,
): ReadonlyMap<FingerstickEvent, Found> {
  const first = members.find(isCountable)
  return new Map(
    members.map(member => {
      const records: (TherapyRecord | string)[] = []
      if (member === first) records.push(isFirst(first, log) ? smbgOf(first, value, members) : MAY_BE_REPEATED)
      if (member.says === 'calibrates') records.push(calibrated(member, rejections.get(member)))
      if (!first && records.length === 0) records.push('says what became of a finger-stick that is not in this read')
      return [member, records]
    }),
  )
}

const MAY_BE_REPEATED =
  'a finger-stick that may be the same as one before; the quarter of an hour before it is not in this read'

/** In auto mode the value is told to be measured once; else it may have been typed in just for the sensor. */
const isCountable = ({ event, says }: FingerstickEvent): boolean =>
  says === 'measured' || (says === 'calibrates' && event.type === EventType.BG_READING)

/** What comes from a meter comes first; typed in again or passed to the sensor it may come later. */
const isFirst = ({ event: { rtc }, isLinked, says }: FingerstickEvent, log: Log): boolean =>
  (isLinked && says === 'measured') || log.isWhole(rtc - REPEATED_WITHIN_S, rtc)

function smbgOf(first: FingerstickEvent, value: number, members: readonly FingerstickEvent[]): Smbg {
  const others: RawRef[] = members.filter(member => member !== first).map(({ event }) => event.raw)
  const linked = members.find(({ isLinked }) => isLinked)
  const annotations = members.flatMap(({ annotation }) => annotation ?? [])
  return {
    type: 'smbg',
    ...base(first.event),
    value,
    units: 'mg/dL',
    subType: linked ? 'linked' : 'manual',
    ...(linked?.meterSerial !== undefined && { meterSerial: linked.meterSerial }),
    ...(members.some(({ rejected }) => rejected) && { rejected: true }),
    ...(annotations.length > 0 && { annotations }),
    ...(others.length > 0 && { supporting: others }),
  }
}

function calibrated(member: FingerstickEvent, rejection: HistoryEvent | undefined): Calibration {
  const calibration = calibrationOf(member)
  if (!rejection) return calibration
  return { ...calibration, rejectedReason: calibrationRejection(rejection), supporting: [rejection.raw] }
}
