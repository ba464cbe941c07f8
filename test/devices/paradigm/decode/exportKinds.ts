/**
 * The kinds of rows that CareLink's export has of a Paradigm pump's history, and how a row and a record say the same: each as
 * a line of text with all fields that both carry. Source: captures/paradigm/README, CareLink export sheet §4.
 */
import { readUnabsorbed } from '#devices/paradigm/decode/therapyWizard.ts'
import type { Download } from '#devices/driver.ts'
import type { RecordOf, RecordType, TherapyRecord } from '#records/records.ts'
import { DAY_MS, isoFromDeviceTime, shifted } from '#records/time.ts'
import type { ExportRow } from './exportRows.ts'

/** Everything that one export row or one record says, as text; equal texts are a match. */
export type Lines = readonly string[]

export interface Kind {
  readonly name: string
  readonly ours: (decoded: readonly TherapyRecord[], download: Download) => Lines
  readonly theirs: (rows: readonly ExportRow[]) => Lines
}

const REQUESTORS = {
  pump: 'pump',
  computer: 'rf_diagnostic',
  meter: 'paradigm link or b key',
  sensor: 'sensor',
} as const
const requestorOf = ({ actor }: TherapyRecord): string => (actor === undefined ? '' : REQUESTORS[actor])
export const at = (time: number): string => isoFromDeviceTime(shifted(0 as never, time))
/** Numbers as the export rounds them, without its tails of binary fractions. */
export const n = (value: number | string | undefined): string =>
  value === undefined || value === '' ? '' : String(Math.round(Number(value) * 1000) / 1000)
export const line = (time: number, ...parts: readonly (string | number | boolean | undefined)[]): string =>
  [at(time), ...parts.map(part => part ?? '')].join(' | ')

export const ofType = <T extends RecordType>(records: readonly TherapyRecord[], type: T): RecordOf<T>[] =>
  records.filter((record): record is RecordOf<T> => record.type === type)
const rowsOf = (rows: readonly ExportRow[], ...types: string[]): ExportRow[] =>
  rows.filter(({ type }) => types.includes(type))

export const midnight = (time: number): number => time - (time % DAY_MS)

/** The export carries mmol/L as mmol × 18.016. */
const EXPORT_FACTOR = 18.016
const mgdl = (value: number | undefined, units: string | undefined): string =>
  n(value === undefined || units === 'mg/dL' ? value : value * EXPORT_FACTOR)
/** Readings in whole mg/dL, whatever the pump shows. */
const wholeMgdl = (value: number, units: string): string => String(Math.round(Number(mgdl(value, units))))

const isStop = ({ rawReason }: RecordOf<'suspend'>): boolean => /^(user_suspend|normal_pumping)$/.test(rawReason)

export const KINDS: readonly Kind[] = [
  {
    name: 'bolus',
    ours: records =>
      ofType(records, 'bolus')
        .filter(({ subType }) => subType !== 'injection')
        .map(bolus => {
          const [given, set] =
            bolus.extendedUnits === undefined
              ? [bolus.normalUnits, bolus.programmedNormalUnits]
              : [bolus.extendedUnits, bolus.programmedExtendedUnits]
          const kind = bolus.extendedUnits === undefined ? 'BolusNormal' : 'BolusSquare'
          // A square bolus that was stopped is as long here as it lasted, there as it was set.
          const minutes = bolus.durationMs === undefined ? undefined : bolus.durationMs / 60_000
          return line(bolus.deviceTime, kind, bolus.subType === 'dual', n(given), n(set), n(minutes), bolus.rawSource)
        }),
    theirs: rows =>
      rowsOf(rows, 'BolusNormal', 'BolusSquare').map(({ time, type, values: v }) => {
        const share = Number(v['AMOUNT']) / (Number(v['PROGRAMMED_AMOUNT']) || 1)
        const minutes = v['DURATION'] === undefined ? undefined : (Number(v['DURATION']) / 60_000) * (share || 1)
        const isDual = v['IS_DUAL_COMPONENT'] === 'true'
        return line(time, type, isDual, n(v['AMOUNT']), n(v['PROGRAMMED_AMOUNT']), n(minutes), v['ACTION_REQUESTOR'])
      }),
  },
  {
    name: 'bolus calculator',
    ours: records =>
      ofType(records, 'wizard').map(wizard =>
        line(
          wizard.deviceTime,
          mgdl(wizard.glucose?.value ?? 0, wizard.glucose?.units),
          n(wizard.carbsGrams),
          n(wizard.carbRatio),
          mgdl(wizard.sensitivity, wizard.settingsUnits),
          mgdl(wizard.targetLow, wizard.settingsUnits),
          mgdl(wizard.targetHigh, wizard.settingsUnits),
          n(wizard.recommendedNetUnits),
          n(wizard.recommendedCorrectionUnits),
          n(wizard.recommendedCarbUnits),
          // Without glucose the export's row has none, ours the bolus's own: compared with the next kind.
          wizard.glucose && n(wizard.insulinOnBoardUnits),
          requestorOf(wizard),
        ),
      ),
    theirs: rows =>
      rowsOf(rows, 'BolusWizardBolusEstimate').map(({ time, values: v }) =>
        line(
          time,
          n(v['BG_INPUT']),
          n(v['CARB_INPUT']),
          n(v['CARB_RATIO']),
          n(v['INSULIN_SENSITIVITY']),
          n(v['BG_TARGET_LOW']),
          n(v['BG_TARGET_HIGH']),
          n(v['BOLUS_ESTIMATE']),
          n(v['CORRECTION_ESTIMATE']),
          n(v['FOOD_ESTIMATE']),
          Number(v['BG_INPUT']) > 0 ? n(v['UNABSORBED_INSULIN_TOTAL']) : undefined,
          v['ACTION_REQUESTOR'],
        ),
      ),
  },
  {
    name: 'active boluses',
    ours: (records, { pages }) =>
      ofType(records, 'wizard').flatMap(({ deviceTime, supporting = [] }) =>
        supporting
          .map(({ page, offset, length }) => pages[page]?.bytes.subarray(offset, offset + length) ?? new Uint8Array(0))
          .filter(bytes => bytes[0] === 0x5c)
          .flatMap(bytes => readUnabsorbed({ bytes }))
          .map(({ units, ageMinutes, actionHours }) => line(deviceTime, n(units), ageMinutes, actionHours * 60)),
      ),
    theirs: rows =>
      rowsOf(rows, 'UnabsorbedInsulin').map(({ time, values: v }) =>
        line(time, n(v['AMOUNT']), v['RECORD_AGE'], v['INSULIN_ACTION_CURVE']),
      ),
  },
  {
    name: 'finger-stick',
    ours: records =>
      ofType(records, 'smbg').map(({ deviceTime, value, units, ...smbg }) =>
        line(deviceTime, wholeMgdl(value, units), REQUESTORS[smbg.actor ?? 'pump']),
      ),
    theirs: rows =>
      rowsOf(rows, 'CalBGForPH').map(({ time, values: v }) => line(time, v['AMOUNT'], v['ACTION_REQUESTOR'])),
  },
  {
    name: 'sent by a meter',
    ours: records =>
      ofType(records, 'smbg')
        .filter(({ subType }) => subType === 'linked')
        .map(({ deviceTime, value, units, meterSerial }) => line(deviceTime, wholeMgdl(value, units), meterSerial)),
    theirs: rows =>
      rowsOf(rows, 'BGReceived').map(({ time, values: v }) => line(time, v['AMOUNT'], v['PARADIGM_LINK_ID'])),
  },
  {
    name: 'programmed rate',
    ours: records =>
      ofType(records, 'basalRate')
        .filter(({ annotations }) => !annotations?.includes('basal/from-programme'))
        .map(rate => line(rate.deviceTime, n(rate.rateUnitsPerHour), rate.scheduleName, requestorOf(rate))),
    theirs: rows =>
      rowsOf(rows, 'BasalProfileStart').map(({ time, values: v }) =>
        line(time, n(v['RATE']), v['PATTERN_NAME'], v['ACTION_REQUESTOR']),
      ),
  },
  {
    name: 'temporary rate',
    ours: records =>
      ofType(records, 'tempBasal')
        // The export has no row of an amount for one that only ends another.
        .map(temp =>
          line(temp.deviceTime, n(temp.rateUnitsPerHour), n(temp.percent), temp.durationMs, requestorOf(temp)),
        ),
    theirs: rows =>
      rowsOf(rows, 'ChangeTempBasal', 'ChangeTempBasalPercent').map(({ time, values: v }) =>
        line(time, n(v['RATE']), n(v['PERCENT_OF_RATE']), v['DURATION'], v['ACTION_REQUESTOR']),
      ),
  },
  {
    name: 'suspend',
    ours: records =>
      ofType(records, 'suspend')
        .filter(isStop)
        .map(stop => line(stop.deviceTime, stop.rawReason, requestorOf(stop))),
    theirs: rows =>
      rowsOf(rows, 'ChangeSuspendEnable').map(({ time, values: v }) => line(time, v['ENABLE'], v['ACTION_REQUESTOR'])),
  },
  {
    name: 'fill',
    ours: records =>
      ofType(records, 'prime').map(prime =>
        line(
          prime.deviceTime,
          n(prime.volumeUnits),
          prime.target === 'tubing' ? 'manual' : 'fixed',
          requestorOf(prime),
        ),
      ),
    theirs: rows =>
      rowsOf(rows, 'Prime').map(({ time, values: v }) =>
        line(time, n(v['AMOUNT']), v['PRIME_TYPE'], v['ACTION_REQUESTOR']),
      ),
  },
  {
    name: 'rewind',
    ours: records => ofType(records, 'rewind').map(rewind => line(rewind.deviceTime, requestorOf(rewind))),
    theirs: rows => rowsOf(rows, 'Rewind').map(({ time, values: v }) => line(time, v['ACTION_REQUESTOR'])),
  },
  {
    name: 'daily total',
    // On a day that a set clock began CareLink dates the total by that moment, not by midnight.
    ours: records => ofType(records, 'dailyTotal').map(total => line(midnight(total.deviceTime), n(total.totalUnits))),
    theirs: rows => rowsOf(rows, 'ResultDailyTotal').map(({ time, values: v }) => line(midnight(time), n(v['AMOUNT']))),
  },
  {
    name: 'alarm',
    ours: records =>
      ofType(records, 'alarm')
        .filter(({ rawCode, cleared, name }) => rawCode !== undefined && !cleared && !/^Sensor/.test(name))
        .map(({ deviceTime, name, rawCode }) => line(deviceTime, `${name} (${rawCode})`)),
    theirs: rows => rowsOf(rows, 'AlarmPump').map(({ time, alarm }) => line(time, alarm)),
  },
  {
    name: 'alarm answered',
    ours: records =>
      ofType(records, 'alarm')
        .filter(({ cleared }) => cleared)
        .map(alarm => line(alarm.deviceTime, alarm.rawCode, requestorOf(alarm))),
    theirs: rows =>
      rowsOf(rows, 'ClearAlarm').map(({ time, values: v }) => line(time, v['ALARM_TYPE'], v['ACTION_REQUESTOR'])),
  },
  {
    name: 'low reservoir, low battery',
    ours: records =>
      ofType(records, 'alarm')
        .filter(({ rawCode }) => rawCode === undefined)
        .map(({ deviceTime, name }) => line(deviceTime, name)),
    theirs: rows => [
      ...rowsOf(rows, 'JournalEntryPumpLowReservoir').map(({ time }) => line(time, 'Low reservoir')),
      ...rowsOf(rows, 'JournalEntryPumpLowBattery').map(({ time }) => line(time, 'Low battery')),
    ],
  },
  {
    name: 'battery',
    ours: records =>
      ofType(records, 'deviceEvent')
        .filter(({ name }) => name === 'Battery')
        .map(({ deviceTime, text }) => line(deviceTime, text === 'put in')),
    theirs: rows => rowsOf(rows, 'ChangeBatteryEnable').map(({ time, values: v }) => line(time, v['ENABLE'])),
  },
  {
    name: 'clock change',
    ours: records =>
      ofType(records, 'timeChange').map(change => line(change.from ?? 0, at(change.to), requestorOf(change))),
    theirs: rows =>
      rowsOf(rows, 'ChangeTime').map(({ time, newTime, values: v }) => line(time, newTime, v['ACTION_REQUESTOR'])),
  },
  {
    name: 'marker, reminder, self test',
    ours: records =>
      records.flatMap(record => {
        const { deviceTime } = record
        if (record.type === 'food') return [line(deviceTime, 'meal', n(record.carbsGrams))]
        if (record.type === 'marker') return [line(deviceTime, record.kind)]
        if (record.type === 'bolus' && record.subType === 'injection') {
          return [line(deviceTime, 'insulin', n(record.normalUnits))]
        }
        if (record.type !== 'deviceEvent' || record.name === 'Battery') return []
        return [line(deviceTime, record.name)]
      }),
    theirs: rows => [
      ...rowsOf(rows, 'JournalEntryMealMarker').map(({ time, values: v }) => line(time, 'meal', n(v['CARB_INPUT']))),
      ...rowsOf(rows, 'JournalEntryExerciseMarker').map(({ time }) => line(time, 'exercise')),
      ...rowsOf(rows, 'JournalEntryOtherMarker').map(({ time }) => line(time, 'other')),
      ...rowsOf(rows, 'JournalEntryInsulinMarker').map(({ time, values: v }) => line(time, 'insulin', n(v['AMOUNT']))),
      ...rowsOf(rows, 'BolusReminder').map(({ time }) => line(time, 'Missed bolus reminder')),
      ...rowsOf(rows, 'AlarmClockReminder').map(({ time }) => line(time, 'Reminder')),
      ...rowsOf(rows, 'SelfTest').map(({ time }) => line(time, 'Self test')),
    ],
  },
  {
    // What each says is compared by `settings.captures.test.ts`; here that none is missing on either side.
    name: 'moment of a changed setting',
    ours: records => moments(ofType(records, 'setting').filter(({ change }) => change === 'changed')),
    theirs: rows => moments(rows.filter(({ type }) => /^Change/.test(type) && !OTHER_CHANGES.has(type))),
  },
]

/** "Change…" rows that are other facts, compared above, or of the sensor's own log. */
const OTHER_CHANGES: ReadonlySet<string> = new Set([
  ...['ChangeSuspendEnable', 'ChangeTempBasal', 'ChangeTempBasalPercent', 'ChangeTempBasalNoRate'],
  ...['ChangeTime', 'ChangeTimeGH', 'ChangeBatteryEnable', 'ChangeBatteryEnableGH'],
])

/** Each second once: the export writes one change as several rows. */
const moments = (told: readonly (TherapyRecord | ExportRow)[]): Lines => [
  ...new Set(told.map(each => at('deviceTime' in each ? each.deviceTime : each.time))),
]
