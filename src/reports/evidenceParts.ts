/**
 * Parts of a record type that a report counts by themselves: boluses given by hand, the carbs of the meals, alerts of
 * low glucose. Each is selected by the rule of the statistic that counts it.
 */
import type { Bolus, TherapyRecord } from '#records/records.ts'
import { deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import { eatenEntries } from '#stats/meals.ts'
import { sensorAlertOf } from '#stats/sensorAlerts.ts'
import { recordAt } from '#stats/slices.ts'
import { tempBasals } from '#stats/tempBasals.ts'
import { type BolusKind, bolusesOfKinds } from './bolusKinds.ts'
import type { Material } from './days.ts'
import type { Stored } from './models.ts'
import { isSecondPart } from './wizards.ts'

/**
 * `boluses`: without automatic ones, a dual bolus by its first part; `bolusUnits`: all with insulin. `carbs`, of
 * them `carbsGrams` and `carbsExchanges`: what was eaten. `alarms`: without those that only ended.
 */
export type EvidencePart =
  | 'boluses'
  | 'automaticBoluses'
  | 'bolusUnits'
  | 'carbs'
  | 'carbsGrams'
  | 'carbsExchanges'
  | 'tubingFills'
  | 'cannulaFills'
  | 'alarms'
  | 'lowAlerts'
  | 'highAlerts'
  | 'tempBasals'
  | BolusKind

type PartSource = Pick<Material, 'records' | 'log' | 'basal' | 'days' | 'firstDay'>
type Records = readonly Stored<TherapyRecord>[]

/** The records of a part that count in a report, ascending. */
export function partOf(material: PartSource, part: EvidencePart): Records {
  const { records } = material
  switch (part) {
    case 'boluses':
      return bolusesOf(records).filter(bolus => !isAutomatic(bolus) && !isSecondPart(bolus))
    case 'automaticBoluses':
      return bolusesOf(records).filter(bolus => isAutomatic(bolus) && !isSecondPart(bolus))
    case 'bolusUnits':
      return bolusesOf(records)
    case 'carbs':
      return eatenByDay(records)
    case 'carbsGrams':
    case 'carbsExchanges':
      return eatenByDay(records).filter(
        record => (record.type === 'wizard' || record.type === 'food') && (record[part] ?? 0) > 0,
      )
    case 'tubingFills':
    case 'cannulaFills': {
      const target = part === 'tubingFills' ? 'tubing' : 'cannula'
      return records.filter(record => record.type === 'prime' && record.target === target)
    }
    case 'alarms':
      return records.filter(record => record.type === 'alarm' && !record.cleared)
    case 'lowAlerts':
      return records.filter(record => sensorAlertOf(record) === 'low')
    case 'highAlerts':
      return records.filter(record => sensorAlertOf(record) === 'high')
    case 'tempBasals': {
      const starts = new Set(tempBasals(material.basal, material.log, material.days).map(({ at }) => at))
      return records.filter(({ type, deviceTime }) => type === 'tempBasal' && starts.has(deviceTime))
    }
    default:
      return bolusesOfKinds(material)
        .filter(({ kinds }) => kinds.has(part))
        .map(({ bolus }) => bolus)
  }
}

const bolusesOf = (records: Records): readonly Stored<Bolus>[] =>
  records
    .filter(record => record.type === 'bolus')
    .filter(({ normalUnits = 0, extendedUnits = 0 }) => normalUnits + extendedUnits > 0)

const isAutomatic = ({ context }: Bolus): boolean => context === 'automatic'

/** As the sums of days are made: a calculator's screen and food noted count once within their day. */
function eatenByDay(records: Records): Records {
  const entries = records.filter(record => record.type === 'wizard' || record.type === 'food')
  const eaten: Stored<TherapyRecord>[] = []
  for (let start = 0; start < entries.length; ) {
    const first = entries[start]
    const end = first ? recordAt(entries, startOfDeviceDay(deviceDayOf(first.deviceTime) + 1)) : entries.length
    const ofDay = entries.slice(start, end)
    const wizards = ofDay.filter(record => record.type === 'wizard')
    eaten.push(
      ...eatenEntries(
        wizards,
        ofDay.filter(record => record.type === 'food'),
      ),
    )
    start = end
  }
  return eaten
}
