/** Which records stand behind the numbers that several reports show, whatever the period. */
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import type { BolusKind, Period } from '#reports/models.ts'
import type { EvidenceOf } from '../parts/Evidence.tsx'

export type Behind = Omit<EvidenceOf, 'period'>

const kinds = {
  cbg: ['cbg'],
  smbg: ['smbg'],
  bolus: ['bolus'],
  basal: ['basal'],
  event: ['event'],
} as const

const basalTypes = ['basalRate', 'tempBasal', 'suspend', 'autoBasalDose', 'autoInsulinTotal', 'dailyTotal']

export const behind = {
  sensor: { kinds: kinds.cbg, types: ['cbg'] },
  below: { kinds: kinds.cbg, types: ['cbg'], range: ['veryLow', 'low'] },
  target: { kinds: kinds.cbg, types: ['cbg'], range: 'target' },
  above: { kinds: kinds.cbg, types: ['cbg'], range: ['high', 'veryHigh'] },
  meter: { kinds: kinds.smbg, types: ['smbg'] },
  calibrations: { kinds: kinds.smbg, types: ['calibration'] },
  alarms: { kinds: kinds.event, part: 'alarms' },
  lowAlerts: { kinds: kinds.event, part: 'lowAlerts' },
  highAlerts: { kinds: kinds.event, part: 'highAlerts' },
  insulin: { kinds: ['bolus', 'basal'], types: ['bolus', ...basalTypes] },
  bolusUnits: { kinds: kinds.bolus, part: 'bolusUnits' },
  boluses: { kinds: kinds.bolus, part: 'boluses' },
  tempBasals: { kinds: kinds.basal, part: 'tempBasals' },
  automaticBoluses: { kinds: kinds.bolus, part: 'automaticBoluses' },
  basal: { kinds: kinds.basal, types: basalTypes },
  algorithmUnits: { kinds: kinds.basal, types: ['autoBasalDose', 'autoInsulinTotal'] },
  carbs: { kinds: kinds.bolus, part: 'carbs' },
  carbsGrams: { kinds: kinds.bolus, part: 'carbsGrams' },
  carbsExchanges: { kinds: kinds.bolus, part: 'carbsExchanges' },
  modes: { kinds: kinds.basal, types: ['autoBasalDose', 'autoInsulinTotal', 'autoMode', 'basalRate'] },
  exits: { kinds: ['basal', 'event'], types: ['autoMode', 'alarm'] },
  changes: { kinds: kinds.event, types: ['rewind', 'prime'] },
  fills: { kinds: kinds.event, types: ['prime'] },
  rewinds: { kinds: kinds.event, types: ['rewind'] },
  tubingFills: { kinds: kinds.event, part: 'tubingFills' },
  cannulaFills: { kinds: kinds.event, part: 'cannulaFills' },
  sensorStates: { kinds: kinds.event, types: ['sensorState', 'alarm', 'deviceEvent'] },
  suspends: { kinds: ['basal', 'event'], types: ['suspend', 'rewind'] },
  settings: { kinds: kinds.event, types: ['setting'] },
} as const satisfies Readonly<Record<string, Behind>>

/** Behind the number of boluses of a kind. */
export const behindBoluses = (kind: BolusKind): Behind => ({ kinds: kinds.bolus, part: kind })

/** Behind a number of a slot of the day, such as its third half hour, on every day of a period. */
export function ofSlot(
  period: Period,
  slot: number,
  slotMinutes: number,
  of: Behind = behind.sensor,
): EvidenceOf & Required<Pick<EvidenceOf, 'within'>> {
  const { firstDay, lastDay } = period
  const within = Array.from({ length: lastDay - firstDay + 1 }, (_, i) => {
    const from = (firstDay + i) * DAY_MS + slot * slotMinutes * MINUTE_MS
    return { from, to: from + slotMinutes * MINUTE_MS }
  })
  return { ...of, period, within }
}
