/**
 * Insulin on board over a day, from its boluses and those before it: a line between the pump's own numbers. Basal and
 * injections of insulin nobody named are not in it, as they are not in the pump's. Source: metrics sheet §11 (Walsh is
 * the nearest to what Medtronic's pumps do).
 */
import type { Bolus, TherapyRecord } from '#records/records.ts'
import { DAY_MS, type DeviceDay, HOUR_MS, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { evenDoses, walshCurve } from '#stats/insulinOnBoard.ts'
import type { OnBoard, OnBoardCurve, Stored } from './models.ts'
import { startOf } from './wizards.ts'

const STEP_MS = 5 * MINUTE_MS
const STEPS = DAY_MS / STEP_MS + 1
/** What pumps can be set to. */
const CHOICES = [2, 3, 4, 5, 6, 7, 8]
const LONGEST_MS = 8 * HOUR_MS

interface Dose {
  readonly at: number
  readonly units: number
}

/**
 * The day's insulin on board. `records` ascending, without copies, from the day before on; `knownMinutes` is the pump's
 * active insulin time, where it is known. `undefined` when no bolus could still act on the day and no number is told.
 */
export function onBoardOf(
  records: readonly Stored<TherapyRecord>[],
  day: DeviceDay,
  knownMinutes: number | undefined,
): OnBoard | undefined {
  const midnight = startOfDeviceDay(day)
  const doses = records
    .flatMap(record => (record.type === 'bolus' ? dosesOf(record) : []))
    .filter(({ at }) => at > midnight - LONGEST_MS && at < midnight + DAY_MS)
  const told = records.flatMap(record =>
    record.type === 'wizard' && record.insulinOnBoardUnits !== undefined && record.deviceTime >= midnight
      ? [{ at: record.deviceTime, units: record.insulinOnBoardUnits }]
      : [],
  )
  if (doses.length === 0 && told.length === 0) return undefined
  const minutes = knownMinutes === undefined ? CHOICES.map(hours => hours * 60) : [knownMinutes]
  return {
    ...(knownMinutes === undefined ? {} : { knownMinutes }),
    curves: minutes.map(actionMinutes => curveOf(doses, midnight, actionMinutes)),
    told: told.filter(({ at }) => at < midnight + DAY_MS),
  }
}

function curveOf(doses: readonly Dose[], midnight: number, actionMinutes: number): OnBoardCurve {
  const curve = walshCurve(actionMinutes)
  const units = new Float64Array(STEPS)
  for (const dose of doses) {
    const first = Math.max(0, Math.ceil((dose.at - midnight) / STEP_MS))
    const last = Math.min(STEPS - 1, Math.floor((dose.at - midnight + actionMinutes * MINUTE_MS) / STEP_MS))
    for (let i = first; i <= last; i++) {
      units[i] = (units[i] ?? 0) + dose.units * curve((midnight + i * STEP_MS - dose.at) / MINUTE_MS)
    }
  }
  return { actionMinutes, units }
}

/** A normal part is given at once, an extended one in pieces of five minutes, each at its middle. */
function dosesOf(bolus: Bolus): readonly Dose[] {
  if (bolus.subType === 'injection') return []
  const start = startOf(bolus)
  const normal = bolus.normalUnits === undefined ? [] : [{ at: start, units: bolus.normalUnits }]
  const extended = bolus.extendedUnits ?? 0
  if (extended <= 0) return normal
  return [...normal, ...evenDoses(start, start + (bolus.durationMs ?? 0), extended)]
}
