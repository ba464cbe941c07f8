/**
 * Settings of the captured 522 and 723 against the "Current…" rows that CareLink wrote of the same pumps, and the
 * published setting records of ecc1 against their JSON. Skipped where the captures do not lie beside the checkout.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { cutHistoryPage } from '#devices/paradigm/decode/historyPage.ts'
import { recordOfSettingChange } from '#devices/paradigm/decode/settingChanges.ts'
import { settingRecords } from '#devices/paradigm/decode/settingRecords.ts'
import { type PumpSettings, readSettings, repliesOf } from '#devices/paradigm/decode/settings.ts'
import { isoFromDeviceTime } from '#records/time.ts'
import { family } from './builtPages.ts'
import { capturedDownload, type CapturedName, csvOf, folder } from './captured.ts'

const HOUR_MS = 3_600_000

/** What a row of the export would say of these settings, by its type; several rows of one type in their order. */
function rowsOf(settings: PumpSettings, records: ReturnType<typeof settingRecords>['records']): Map<string, string[]> {
  const { general, sensor, wizardIsOn, carbUnits, glucoseUnits } = settings
  if (!general) throw new Error('no general settings')
  const valueOf = (name: string, key: string): string => records.find(record => record.name === name)?.values[key] ?? ''
  const unitsText = (units: string | undefined): string => (units === 'mg/dL' ? 'mg dl' : (units ?? ''))
  const startMs = (minutes: number): number => minutes * 60_000
  const three = (ids: string): string[] =>
    [0, 1, 2].map(i => ids.split(', ').filter(id => id !== 'none')[i] ?? '------')
  const rows = new Map<string, string[]>([
    ['CurrentAutoOffDuration', [`DURATION=${general.autoOffHours * HOUR_MS}`]],
    ['CurrentBeepVolume', [`LEVEL=${general.alert.replace('beep, ', '')}`]],
    ['CurrentAudioBolusStep', [`AMOUNT=${general.easyBolusStepUnits}, ENABLE=${general.easyBolusIsOn}`]],
    ['CurrentVariableBolusEnable', [`ENABLE=${general.variableBolusIsOn}`]],
    ['CurrentMaxBolus', [`AMOUNT=${general.maxBolusUnits}`]],
    ['CurrentMaxBasal', [`RATE=${general.maxBasalUnitsPerHour}`]],
    ['CurrentVariableBasalProfilePatternEnable', [`ENABLE=${general.patternsAreOn}`]],
    ['CurrentActiveBasalProfilePattern', [`PATTERN_NAME=${general.selectedPattern}`]],
    ['CurrentRFEnable', [`ENABLE=${general.remoteIsOn}`]],
    ['CurrentChildBlockEnable', [`ENABLE=${general.isBlocked}`]],
    [
      'CurrentTempBasalType',
      [`TEMP_BASAL_TYPE=${general.tempBasalType === 'percent' ? 'percentage' : 'insulin_units'}`],
    ],
    ['CurrentParadigmLinkEnable', [`ENABLE=${general.meterLinkIsOn}`]],
    ['CurrentInsulinActionCurve', [`AMOUNT=${(general.actionHours ?? 0) * 60}`]],
    ['CurrentKeypadLockedEnable', [`ENABLE=${general.keypadIsLocked}`]],
    ['CurrentPumpModelNumber', [`MODEL_NUMBER=${settings.model}`]],
    ['CurrentBolusWizardEnable', [`ENABLE=${wizardIsOn}`]],
    ['CurrentBolusWizardBGUnits', [`UNITS=${unitsText(glucoseUnits)}`]],
    ['CurrentBolusWizardCarbUnits', [`UNITS=${carbUnits}`]],
    ['CurrentDisplayLanguage', [`LANGUAGE=${valueOf('Pump', 'Language').toLowerCase()}`]],
    ['CurrentAlarmClockEnable', [`ENABLE=${valueOf('Reminders', 'Alarm clock') === 'on'}`]],
    ['CurrentBGReminderEnable', [`ENABLE=${valueOf('Reminders', 'Glucose reminder') === 'on'}`]],
    ['CurrentBolusReminderEnable', [`ENABLE=${valueOf('Reminders', 'Bolus reminder') === 'on'}`]],
    [
      'CurrentParadigmLinkID',
      three(valueOf('Remotes and meters', 'Meters')).map((id, i) => `PROGRAMMER_NUM=${i + 1}, PARADIGM_LINK_ID=${id}`),
    ],
    [
      'CurrentRemoteControlID',
      three(valueOf('Remotes and meters', 'Remotes')).map(
        (id, i) => `PROGRAMMER_NUM=${i + 1}, REMOTE_CONTROL_ID=${id}`,
      ),
    ],
    [
      'CurrentBasalProfile',
      settings.profiles.flatMap(({ segments }) =>
        segments.map(
          ({ startMinutes, rateUnitsPerHour }, i) =>
            `PROFILE_INDEX=${i}, RATE=${rateUnitsPerHour}, START_TIME=${startMs(startMinutes)}`,
        ),
      ),
    ],
    [
      'CurrentBasalProfilePattern',
      settings.profiles.map(({ pattern, segments }) => {
        const name = pattern === 'standard' ? pattern : `pattern ${pattern.toLowerCase()}`
        return `PATTERN_NAME=${name}, NUM_PROFILES=${segments.length}`
      }),
    ],
    [
      'CurrentCarbRatio',
      (settings.carbRatios?.slots ?? []).map(
        ({ startMinutes, ratio }, i) =>
          `INDEX=${i}, AMOUNT=${ratio}, UNITS=${settings.carbRatios?.units}, START_TIME=${startMs(startMinutes)}`,
      ),
    ],
    [
      'CurrentInsulinSensitivity',
      (settings.sensitivities?.slots ?? []).map(
        ({ startMinutes, sensitivity }, i) => `INDEX=${i}, AMOUNT=${sensitivity}, START_TIME=${startMs(startMinutes)}`,
      ),
    ],
    [
      'CurrentBGTargetRange',
      (settings.targets?.slots ?? []).map(
        ({ startMinutes, low, high }, i) =>
          `INDEX=${i}, AMOUNT_LOW=${low}, AMOUNT_HIGH=${high}, START_TIME=${startMs(startMinutes)}`,
      ),
    ],
    ['CurrentReservoirWarningUnits', ['UNITS=insulin']],
    [
      'CurrentReservoirWarningValueInsulin',
      general.reservoirWarning && 'units' in general.reservoirWarning
        ? [`AMOUNT=${general.reservoirWarning.units}`]
        : [],
    ],
  ])
  if (general.hourFormat !== undefined) rows.set('CurrentTimeDisplayFormat', [`FORMAT=d${general.hourFormat}`])
  if (general.scrollStepUnits !== undefined) {
    rows.set('CurrentBolusScrollStepSize', [`STEP_SIZE=step_0_point_${String(general.scrollStepUnits).slice(2)}`])
    rows.set('CurrentCaptureEventEnable', [`ENABLE=${general.captureEventIsOn}`])
    rows.set('CurrentOtherDeviceEnable', [`ENABLE=${general.otherDeviceIsOn}`])
  }
  if (sensor) {
    rows.set('CurrentSensorEnable', [`ENABLE=${sensor.isOn}`])
    rows.set('CurrentSensorHighGlucoseAlarmEnable', [`ENABLE=${sensor.high.isOn}`])
    rows.set('CurrentSensorLowGlucoseAlarmEnable', [`ENABLE=${sensor.low.isOn}`])
    rows.set('CurrentSensorHighGlucoseLimit', [`AMOUNT=${sensor.high.limit}`])
    rows.set('CurrentSensorLowGlucoseLimit', [`AMOUNT=${sensor.low.limit}`])
    rows.set('CurrentSensorHighGlucoseSnoozeTime', [`TIME=${startMs(sensor.high.snoozeMinutes)}`])
    rows.set('CurrentSensorLowGlucoseSnoozeTime', [`TIME=${startMs(sensor.low.snoozeMinutes)}`])
    rows.set('CurrentSensorCalReminderEnable', [`ENABLE=${sensor.calibrationReminder.isOn}`])
    rows.set('CurrentSensorCalReminderTime', [`TIME=${startMs(sensor.calibrationReminder.minutes)}`])
    rows.set('CurrentSensorAlarmSnoozeTime', [`TIME=${startMs(sensor.missedDataOrSnoozeMinutes[0])}`])
    rows.set('CurrentSensorMissedDataTime', [`TIME=${startMs(sensor.missedDataOrSnoozeMinutes[1])}`])
    rows.set('CurrentSensorTransmitterID', [`TRANSMITTER_ID=${sensor.transmitterId}`])
    rows.set('CurrentSensorBGUnits', [`UNITS=${unitsText(sensor.glucoseUnits)}`])
    rows.set('CurrentSensorCalFactor', [`CAL_FACTOR=${settings.calibrationFactor}`])
  }
  return rows
}

/** Rows that are state, not settings, and change from minute to minute: of the same upload in the 522 only. */
function stateRowsOf(settings: PumpSettings): Map<string, string[]> {
  const { totals, battery, temporaryBasal: temporary } = settings
  return new Map([
    ['CurrentTotalToday', [`AMOUNT=${totals?.todayUnits}`]],
    ['CurrentTotalYesterday', [`AMOUNT=${totals?.yesterdayUnits}`]],
    // CareLink shows whole units.
    ['CurrentTotalRemaining', [`AMOUNT=${Math.floor(settings.reservoirUnits ?? 0)}`]],
    [
      'CurrentBatteryStatus',
      [`STATUS=${battery?.isLow ? 'low' : 'normal'}, VOLTAGE=${Math.round((battery?.volts ?? 0) * 100)}`],
    ],
    ['CurrentTempBasal', [`RATE=${temporary?.rateUnitsPerHour}, DURATION=${(temporary?.minutesLeft ?? 0) * 60_000}`]],
    ['CurrentSavedSettingsTime', [`SAVE_TIME=${settings.savedAt}`]],
  ])
}

/** Rows without a reply of a known layout, and why they are not compared. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  CurrentPumpStatus: 'state of the pump (83), for the read itself',
  CurrentErrorStatus: 'alarm (75), for the read itself',
  CurrentHistoryPageNumber: 'counter (9D), for the read itself',
  CurrentGlucoseHistoryPageNumber: 'counter (CD), for the read itself',
  CurrentBolusWizardSetupStatus: 'further bits of 87 that no sheet names',
  CurrentBGTargetRangePattern: 'number of targets, compared one by one',
  CurrentCarbRatioPattern: 'number of ratios, compared one by one',
  CurrentInsulinSensitivityPattern: 'number of sensitivities, compared one by one',
  CurrentAlarmNotifyMode: 'CareLink’s reading of the same byte as the beep volume',
  CurrentAlarmClockTime: 'compared by itself',
}

/** Rows of one upload by type, without the export's own row numbers. */
function exportedRows(name: CapturedName, date: string, time: string): Map<string, string[]> {
  const rows = new Map<string, string[]>()
  for (const line of readFileSync(csvOf(name) ?? '', 'latin1').split('\n')) {
    const [, day, clock] = line.split(',')
    const [, type, quoted, plain] = /,(Current\w+),(?:"([^"]*)"|([^,]*)),/.exec(line) ?? []
    if (day !== date || clock !== time || type === undefined) continue
    const text = (quoted ?? plain ?? '').replace(/PATTERN_DATUM=\d+, /, '')
    rows.set(type, [...(rows.get(type) ?? []), text])
  }
  return rows
}

describe.skipIf(!folder)('settings against CareLink’s “Current…” rows (without the captures: skipped)', () => {
  const readOf = (name: CapturedName, model: string) => {
    const { pages } = capturedDownload(name)
    const { records } = settingRecords(pages, family(model))
    return { settings: readSettings(repliesOf(pages), family(model)), records }
  }

  it('of the 522: every row of the same upload', () => {
    const { settings, records } = readOf('522-contour-next-link', '522')
    const told = exportedRows('522-contour-next-link', '5/8/13', '15:37:57')
    const found = new Map([...rowsOf(settings, records), ...stateRowsOf(settings)])
    let compared = 0
    for (const [type, rows] of told) {
      if (NOT_COMPARED[type] !== undefined) continue
      expect({ [type]: found.get(type)?.toSorted() }).toEqual({ [type]: rows.toSorted() })
      compared += rows.length
    }
    expect(compared).toBe(61)
    expect(records.find(({ name }) => name === 'Reminders')?.values['Alarm clock times']).toBe('07:48')
  })

  it('of the 723: every row of a setting with a known layout', () => {
    const { settings, records } = readOf('723-stick', '723')
    const told = exportedRows('723-stick', '5/28/15', '21:02:35')
    const found = rowsOf(settings, records)
    let compared = 0
    for (const [type, rows] of told) {
      if (!READ_OF_723.has(type)) continue
      expect({ [type]: found.get(type)?.toSorted() }).toEqual({ [type]: rows.toSorted() })
      compared += rows.length
    }
    expect(compared).toBe(COMPARED_723)
  })
})

/**
 * The captured conversation asked for 70 to 76, 79, 8D, 98, 9D, C0 and C3 only, and at another minute of the day than the
 * export, so that reservoir, battery and today's total have moved on. Where the time format stands is not known.
 */
const READ_OF_723 = new Set([
  'CurrentAutoOffDuration',
  'CurrentBeepVolume',
  'CurrentAudioBolusStep',
  'CurrentVariableBolusEnable',
  'CurrentMaxBolus',
  'CurrentMaxBasal',
  'CurrentVariableBasalProfilePatternEnable',
  'CurrentActiveBasalProfilePattern',
  'CurrentRFEnable',
  'CurrentChildBlockEnable',
  'CurrentTempBasalType',
  'CurrentParadigmLinkEnable',
  'CurrentInsulinActionCurve',
  'CurrentKeypadLockedEnable',
  'CurrentPumpModelNumber',
  'CurrentReservoirWarningUnits',
  'CurrentReservoirWarningValueInsulin',
  'CurrentRemoteControlID',
  'CurrentBolusScrollStepSize',
  'CurrentCaptureEventEnable',
  'CurrentOtherDeviceEnable',
])
/** One row each, and three remotes. */
const COMPARED_723 = 23

describe.skipIf(!folder)(
  'changes of the Veo’s sensor settings against CareLink’s rows (without the captures: skipped)',
  () => {
    /** Change records of these opcodes since the export begins. */
    const changesOf = (opcode: number) => {
      const veo = family('554')
      const seen = new Set<string>()
      return capturedDownload('554-veo')
        .pages.filter(({ kind }) => kind === 'history')
        .flatMap(({ bytes }, page) => cutHistoryPage(bytes, page, veo).records)
        .filter(record => record.opcode === opcode && isInExport(record.time))
        .flatMap(record => recordOfSettingChange(record, veo) ?? [])
        .filter(({ identity }) => !seen.has(identity) && seen.add(identity))
    }
    const isInExport = (time: number | undefined): boolean => time !== undefined && time >= Date.UTC(2011, 8, 28)
    /** Day, month, year without zeros in front, as this export writes them. */
    const rows = () =>
      readFileSync(csvOf('554-veo') ?? '', 'latin1')
        .split('\n')
        .flatMap(line => {
          const [, date = '', time = ''] = line.split(',')
          const [, type = '', text = '', id = ''] = /,(Change\w+),"?([^"]*)"?,(\d{10}),/.exec(line) ?? []
          const [day = '', month = '', year = ''] = date.split('-').map(part => part.padStart(2, '0'))
          return type === '' ? [] : [{ at: `20${year}-${month}-${day}T${time}`, type, text, id }]
        })
    const field = (text: string, name: string): string =>
      new RegExp(`\\b${name}=([^=]*?)(?:, [A-Z_]+=|$)`).exec(text)?.[1] ?? ''
    const minutes = (text: string, name: string): string => `${Number(field(text, name)) / 60_000} min`

    /** CareLink has mg/dL with a decimal comma, whatever the pump showed. */
    const limit = (text: string, name: string): string => {
      const mgdl = Number(field(text, name).replace(',', '.'))
      return field(text, 'BG_UNITS') === 'mg dl'
        ? `${mgdl} mg/dL`
        : `${(mgdl / 18.016).toFixed(1).replace('.0', '')} mmol/L`
    }
    const config = (text: string): Record<string, string> => {
      const isOn = (name: string) => (field(text, name) === 'true' ? 'on' : 'off')
      const transmitter = field(text, 'TRANSMITTER_ID')
      return {
        Sensor: isOn('IS_SENSOR_ENABLED'),
        'Glucose units': field(text, 'BG_UNITS') === 'mg dl' ? 'mg/dL' : 'mmol/L',
        'Calibration reminder':
          field(text, 'CAL_REMINDER_ENABLE') === 'true' ? `${minutes(text, 'CAL_REMINDER_TIME')} before` : 'off',
        'Missed data': minutes(text, 'MISSED_DATA_TIME'),
        'High snooze': minutes(text, 'HIGH_GLUCOSE_SNOOZE_TIME'),
        'Low snooze': minutes(text, 'LOW_GLUCOSE_SNOOZE_TIME'),
        'Alarm snooze': minutes(text, 'ALARM_SNOOZE_TIME'),
        Transmitter: /^\d+$/.test(transmitter) ? transmitter : 'none',
        'High area limit': limit(text, 'HIGH_AREA_UNDER_CURVE'),
        'Low area limit': limit(text, 'LOW_AREA_UNDER_CURVE'),
        'Automatic calibration': isOn('IS_AUTO_CAL_ENABLE'),
        'Low suspend': isOn('IS_LOW_SUSPEND_ENABLE'),
        'Low suspend limit': limit(text, 'LOW_SUSPEND_LIMIT'),
      }
    }

    it('50: old and new half, every field', () => {
      const all = rows()
      const told = all
        .filter(({ type }) => type === 'ChangeSensorSetup2')
        .map(({ at, text }) => {
          const half = (name: string) => config(all.find(({ id }) => id === field(text, name))?.text ?? '')
          const old = Object.entries(half('OLD_CONFIG_DATUM')).map(([name, value]) => [`before ${name}`, value])
          return { at, values: { ...Object.fromEntries(old), ...half('NEW_CONFIG_DATUM') } }
        })
      expect(told).toHaveLength(12)
      const found = changesOf(0x50).map(({ deviceTime, values }) => ({ at: isoFromDeviceTime(deviceTime), values }))
      expect(found.toSorted(byTime)).toEqual(told.toSorted(byTime))
    })

    it('53: silenced alerts', () => {
      const told = rows()
        .filter(({ type }) => type === 'ChangeSensorAlarmSilenceConfig')
        .map(({ at, text }) => `${at} ${minutes(text, 'DURATION')}`)
      expect(told).toHaveLength(18)
      const found = changesOf(0x53).map(
        ({ deviceTime, values }) => `${isoFromDeviceTime(deviceTime)} ${values['Time']}`,
      )
      expect(found.toSorted()).toEqual(told.toSorted())
    })
  },
)

const byTime = (a: { readonly at: string }, b: { readonly at: string }): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : 0

interface Ecc1Slot {
  readonly Start: string
  readonly Ratio?: number
  readonly Sensitivity?: number
  readonly Low?: number
  readonly High?: number
  readonly Rate?: number
  readonly Units?: string
}

/** The JSON has whole mg/dL or whole µmol/L. */
function inOurs(amount: number, units: string | undefined, suffix?: string): string {
  const [value, name] = units === 'mg/dL' ? [amount, ' mg/dL'] : [amount / 1000, ' mmol/L']
  return `${value}${suffix ?? name}`
}

interface Ecc1Half {
  readonly Ratios: readonly Ecc1Slot[]
  readonly Sensitivities: readonly Ecc1Slot[]
  readonly Targets: readonly Ecc1Slot[]
}

interface Ecc1Record {
  readonly Type: string
  readonly Data: string
  readonly Info?: unknown
}

describe.skipIf(!folder)('the published setting records of ecc1 (without the captures: skipped)', () => {
  const all = ['records-522', 'records-523', 'ps2-554-5'].flatMap(name => {
    const [, model = ''] = /(5\d\d)/.exec(name) ?? []
    // The captures' readme names the fields.
    const told = JSON.parse(readFileSync(`${folder}/ecc1-testdata/${name}.json`, 'utf8')) as readonly Ecc1Record[]
    return told.map(record => {
      const bytes = Uint8Array.from(Buffer.from(record.Data, 'base64'))
      const page = new Uint8Array(1024)
      page.set(bytes)
      const [cut] = cutHistoryPage(page, 0, family(model)).records
      return { ...record, model, bytes, change: cut && recordOfSettingChange(cut, family(model)) }
    })
  })
  const ofType = (type: string) => all.filter(({ Type }) => Type === type)

  it('say the same of switches', () => {
    const switches = all.filter(({ Type, Info }) => Type.startsWith('Enable') && typeof Info === 'boolean')
    expect(switches.length).toBeGreaterThan(10)
    for (const { Info, change } of switches) {
      expect(Object.values(change?.values ?? {})[0]).toBe(Info === true ? 'on' : 'off')
    }
  })

  it('say the same of basal profiles', () => {
    const profiles = [...ofType('BasalProfileBefore'), ...ofType('BasalProfileAfter')]
    expect(profiles).toHaveLength(5)
    for (const { Info, change, Type } of profiles) {
      // The readme's pairs: a list of starts and rates, or none.
      const slots = (Info ?? []) as readonly Ecc1Slot[]
      const prefix = Type === 'BasalProfileBefore' ? 'before ' : ''
      const told = slots.map(({ Start, Rate }) => [`${prefix}${Start}`, `${Rate} U/h`])
      expect(change?.values).toEqual(told.length > 0 ? Object.fromEntries(told) : { [`${prefix}Rates`]: 'none' })
    }
  })

  it('say the same of limits', () => {
    expect(ofType('MaxBasal').map(({ change }) => change?.values)).toEqual([{ 'Maximum basal': '2.5 U/h' }])
    expect(ofType('SetAutoOff').map(({ change }) => change?.values)).toEqual([{ 'Auto-off': '13 h' }])
    expect(ofType('ChangeReservoirWarning').map(({ change }) => change?.values)).toEqual(
      expect.arrayContaining([{ 'Low reservoir warning': '20 U' }, { 'Low reservoir warning': '8 h' }]),
    )
  })

  // Exceptions, with the sheet's reason: ecc1 looks for the sensitivities of large pumps two bytes too early, and reads
  // the junk of set-ups that are not complete (§6.8).
  it('say the same of the bolus wizard, the two known errors left out', () => {
    let compared = 0
    for (const { Info, change, bytes, model } of ofType('BolusWizardSetup')) {
      const values = change?.values ?? {}
      // The readme's pairs: halves before and after.
      const { Before, After } = Info as { readonly Before: Ecc1Half; readonly After: Ecc1Half }
      for (const [bit, prefix, half] of [
        [0, 'before ', Before],
        [1, '', After],
      ] as const) {
        if ((((bytes[1] ?? 0) >> bit) & 1) === 0) {
          expect(values[`${prefix}Set-up`]).toBe('not complete')
          continue
        }
        for (const { Start, Ratio, Units } of half.Ratios) {
          const text = `${Ratio} ${Units === 'Grams' ? 'g/U' : 'U/exchange'}`
          expect(values[`${prefix}Carb ratio ${Start}`]).toBe(text)
        }
        for (const { Start, Low = 0, High = 0, Units } of half.Targets) {
          const text = Low === High ? inOurs(Low, Units) : `${inOurs(Low, Units, '')} to ${inOurs(High, Units)}`
          expect(values[`${prefix}Target ${Start}`]).toBe(text)
        }
        if (model === '522') {
          for (const { Start, Sensitivity = 0, Units } of half.Sensitivities) {
            expect(values[`${prefix}Sensitivity ${Start}`]).toBe(`${inOurs(Sensitivity, Units)} per U`)
          }
        }
        compared++
      }
    }
    expect(compared).toBeGreaterThan(4)
  })

  it('are all understood or known not to be settings', () => {
    const notSettings = all
      .filter(({ change }) => change === undefined)
      .map(({ bytes }) => hexFromBytes(bytes.subarray(0, 1)))
    const understood = bytesFromHex(
      '0809141B22232426 2C2D31363C444F5053545556575A5D5E5F606162636465666768 6F7C7D7E7F818283',
    )
    for (const hex of notSettings) expect(understood).not.toContain(Number.parseInt(hex, 16))
  })
})
