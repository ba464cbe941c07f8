/**
 * What the events say by which the pump writes down a changed setting: the old and the new value in one event, or in
 * two of which the old one's name ends in `Pre`, as in CareLink's exports. Source: minimed-600 sheet §11.3 (7B), §11.9;
 * but for 52 to 65 and 7B the layouts are known from one pump or from source code alone.
 */
import type { Setting } from '#records/records.ts'
import { EventType as Type } from './eventTypes.ts'
import { base, type HistoryEvent, hexAt, HEADER_BYTES, u16, u32, u8, unitsAt } from './events.ts'
import { clockText, glucoseOf, glucoseUnitsOf, halfHourText, isExchanges, patternName, ratioOf } from './units.ts'

type Values = Record<string, string>
type Read = (event: HistoryEvent) => Values

/** How one field is read and written out. */
type Kind = (event: HistoryEvent, at: number) => string

const plain: Kind = (event, at) => String(u8(event, at))
const minutes: Kind = (event, at) => `${u16(event, at)} min`
const hours: Kind = (event, at) => `${u8(event, at)} h`
const days: Kind = (event, at) => `${u8(event, at)} days`
const units: Kind = (event, at) => `${unitsAt(event, at)} U`
const unitsPerHour: Kind = (event, at) => `${unitsAt(event, at)} U/h`
const onOff: Kind = (event, at) => {
  const code = u8(event, at)
  return code === 0 ? 'off' : code === 1 ? 'on' : String(code)
}
const clock: Kind = (event, at) => clockText(u16(event, at))
const carbUnit: Kind = (event, at) => (isExchanges(u8(event, at)) ? 'exchanges' : 'g')
const named =
  (names: readonly string[]): Kind =>
  (event, at) =>
    names[u8(event, at)] ?? String(u8(event, at))

const sound = named(['sound', 'vibration', 'both'])
const language = named(
  `English,Arabic,Chinese,Czech,Danish,Dutch,Finnish,French,German,Greek,Hebrew,Hungarian,Italian,Japanese,Korean,
  Norwegian,Polish,Portuguese,Russian,Slovak,Slovenian,Spanish,Swedish,Turkish`.split(/,\s*/),
)
const bolusTypes: Readonly<Record<number, string>> = { 0: 'off', 1: 'normal', 2: 'square', 5: 'dual' }
const bolusType: Kind = (event, at) => bolusTypes[u8(event, at)] ?? String(u8(event, at))

/** Fields at fixed places: name, kind, offset. */
const fields =
  (...list: readonly (readonly [string, Kind, number])[]): Read =>
  event =>
    Object.fromEntries(list.map(([name, kind, at]) => [name, kind(event, at)]))

const fromTo = (kind: Kind, from: number, to: number): Read => fields(['from', kind, from], ['to', kind, to])

/** 52, 53: B pattern, C count, from D: u32 rate, start in half hours. */
const basalPattern: Read = event => {
  const values: Values = { pattern: patternName(u8(event, 0x0b)) }
  const count = u8(event, 0x0c)
  for (let i = 0; i < count; i++) {
    const at = 0x0d + 5 * i
    values[halfHourText(u8(event, at + 4))] = unitsPerHour(event, at)
  }
  return values
}

/** 5E, 5F: B unit, C count, from D: start, u16. */
const sensitivities: Read = event => {
  const count = u8(event, 0x0c)
  return readSensitivities(event, 0x0d, count, u8(event, 0x0b))
}

function readSensitivities(event: HistoryEvent, from: number, count: number, unitCode: number): Values {
  const unit = glucoseUnitsOf(unitCode)
  const values: Values = {}
  for (let i = 0; i < count; i++) {
    const stored = u16(event, from + 3 * i + 1)
    const text = unit ? `${glucoseOf(stored, unit)} ${unit} per U` : String(stored)
    values[halfHourText(u8(event, from + 3 * i))] = text
  }
  return values
}

/** 60, 61: B unit, C count, from D: start, u32. */
const carbRatios: Read = event => readCarbRatios(event, 0x0d, u8(event, 0x0c), u8(event, 0x0b))

function readCarbRatios(event: HistoryEvent, from: number, count: number, unitCode: number): Values {
  const exchanges = isExchanges(unitCode)
  const values: Values = {}
  for (let i = 0; i < count; i++) {
    const ratio = ratioOf(u32(event, from + 5 * i + 1), exchanges)
    values[halfHourText(u8(event, from + 5 * i))] = `${ratio} ${exchanges ? 'U/exchange' : 'g/U'}`
  }
  return values
}

/** 62, 63: B unit, C count, from D: start, u16 high, u16 low. */
const targets: Read = event => readTargets(event, 0x0d, u8(event, 0x0c), u8(event, 0x0b))

function readTargets(event: HistoryEvent, from: number, count: number, unitCode: number): Values {
  const unit = glucoseUnitsOf(unitCode)
  const values: Values = {}
  for (let i = 0; i < count; i++) {
    const at = from + 5 * i
    const [high, low] = [u16(event, at + 1), u16(event, at + 3)].map(stored =>
      unit ? glucoseOf(stored, unit) : stored,
    )
    values[halfHourText(u8(event, at))] = `${low} to ${high}${unit ? ` ${unit}` : ''}`
  }
  return values
}

/** 7B, at midnight: B on, C, D units, E u16 insulin action, 10 11 12 counts, then all three lists. */
const wizardSummary: Read = event => {
  const [carb, glucose] = [u8(event, 0x0c), u8(event, 0x0d)]
  const [a, b, c] = [u8(event, 0x10), u8(event, 0x11), u8(event, 0x12)]
  const ratiosAt = 0x13 + 3 * a
  return {
    ...fields(['enabled', onOff, 0x0b], ['insulin action', minutes, 0x0e])(event),
    ...prefixed('sensitivity', readSensitivities(event, 0x13, a, glucose)),
    ...prefixed('carb ratio', readCarbRatios(event, ratiosAt, b, carb)),
    ...prefixed('target', readTargets(event, ratiosAt + 5 * b, c, glucose)),
  }
}

const prefixed = (name: string, values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name} ${key}`, value]))

/** 54, 55: B preset, D type, E u32 rate, 12 percent, 13 u16 minutes. */
const presetTempBasal: Read = event => ({
  preset: plain(event, 0x0b),
  amount: u8(event, 0x0d) === 0 ? unitsPerHour(event, 0x0e) : `${u8(event, 0x12)} %`,
  duration: minutes(event, 0x13),
})

/** 56, 57: B preset, C type, D u32 normal, 11 u32 square, 15 u16 minutes. */
const presetBolus = fields(
  ['preset', plain, 0x0b],
  ['type', bolusType, 0x0c],
  ['normal', units, 0x0d],
  ['square', units, 0x11],
  ['duration', minutes, 0x15],
)

const bits = (byte: number, names: Readonly<Record<number, string>>): string =>
  Object.entries(names)
    .filter(([bit]) => (byte & Number(bit)) !== 0)
    .map(([, name]) => name)
    .join(', ')

const lowBits = { 1: 'alert on low', 2: 'before low', 4: 'suspend on low', 8: 'suspend before low', 16: 'resume alert' }
const highBits = { 1: 'alert on high', 2: 'before high', 4: 'rise' }

/** D2, D3: C on, D snooze, E count, from F: u16 start in minutes, u8 limit, u8 bits. The limit's unit is not told. */
const lowLevels: Read = event => {
  const values: Values = fields(['on', onOff, 0x0c], ['snooze minutes', plain, 0x0d])(event)
  const count = u8(event, 0x0e)
  for (let i = 0; i < count; i++) {
    const at = 0x0f + 4 * i
    values[clockText(u16(event, at))] = `limit ${u8(event, at + 2)}, ${bits(u8(event, at + 3), lowBits)}`
  }
  return values
}

/** D4, D5: as D2; each u16 start, u16 limit, u8 bits, u8 minutes before, u8 and u16 about the rise. */
const highLevels: Read = event => {
  const values: Values = fields(['on', onOff, 0x0c], ['snooze minutes', plain, 0x0d])(event)
  const count = u8(event, 0x0e)
  for (let i = 0; i < count; i++) {
    const at = 0x0f + 9 * i
    const rise = `rise ${u8(event, at + 6)} ${u16(event, at + 7) / 1000}`
    const before = `${u8(event, at + 5)} min before`
    values[clockText(u16(event, at))] =
      `limit ${u16(event, at + 2)}, ${bits(u8(event, at + 4), highBits)}, ${before}, ${rise}`
  }
  return values
}

const settingsOf: ReadonlyMap<number, readonly [name: string, read: Read]> = new Map<number, [string, Read]>([
  [Type.OLD_BASAL_PATTERN, ['ChangeBasalProfilePre', basalPattern]],
  [Type.NEW_BASAL_PATTERN, ['ChangeBasalProfile', basalPattern]],
  [Type.OLD_PRESET_TEMP_BASAL, ['ChangePresetTempBasalPre', presetTempBasal]],
  [Type.NEW_PRESET_TEMP_BASAL, ['ChangePresetTempBasal', presetTempBasal]],
  [Type.OLD_PRESET_BOLUS, ['ChangePresetBolusPre', presetBolus]],
  [Type.NEW_PRESET_BOLUS, ['ChangePresetBolus', presetBolus]],
  [Type.MAX_BASAL_RATE_CHANGE, ['ChangeMaxBasal', fromTo(unitsPerHour, 0x0b, 0x0f)]],
  [Type.MAX_BOLUS_CHANGE, ['ChangeMaxBolus', fromTo(units, 0x0b, 0x0f)]],
  [
    Type.PERSONAL_REMINDER_CHANGE,
    [
      'ChangePersonalReminder',
      fields(
        ['which', plain, 0x0b],
        ['from', onOff, 0x0c],
        ['from time', clock, 0x0d],
        ['to', onOff, 0x10],
        ['to time', clock, 0x11],
      ),
    ],
  ],
  [
    Type.MISSED_MEAL_BOLUS_REMINDER_CHANGE,
    [
      'ChangeMissedBolusReminder',
      fields(
        ['which', plain, 0x0b],
        ['from', onOff, 0x0c],
        ['from start', clock, 0x0d],
        ['from end', clock, 0x0f],
        ['to', onOff, 0x12],
        ['to start', clock, 0x13],
        ['to end', clock, 0x15],
      ),
    ],
  ],
  [Type.BOLUS_INCREMENT_CHANGE, ['ChangeBolusIncrement', fromTo(plain, 0x0b, 0x0c)]],
  [
    Type.BOLUS_WIZARD_SETTINGS_CHANGE,
    [
      'ChangeBolusWizardSetup',
      fields(
        ['from enabled', onOff, 0x0b],
        ['from carb units', carbUnit, 0x0c],
        ['from insulin action', minutes, 0x0d],
        ['to enabled', onOff, 0x0f],
        ['to carb units', carbUnit, 0x10],
        ['to insulin action', minutes, 0x11],
      ),
    ],
  ],
  [Type.OLD_SENSITIVITY, ['ChangeInsulinSensitivityPre', sensitivities]],
  [Type.NEW_SENSITIVITY, ['ChangeInsulinSensitivity', sensitivities]],
  [Type.OLD_CARB_RATIOS, ['ChangeCarbRatioPre', carbRatios]],
  [Type.NEW_CARB_RATIOS, ['ChangeCarbRatio', carbRatios]],
  [Type.OLD_BG_TARGETS, ['ChangeBGTargetRangePre', targets]],
  [Type.NEW_BG_TARGETS, ['ChangeBGTargetRange', targets]],
  [Type.DUAL_BOLUS_OPTION, ['ChangeDualBolusEnable', fromTo(onOff, 0x0b, 0x0c)]],
  [Type.SQUARE_BOLUS_OPTION, ['ChangeSquareBolusEnable', fromTo(onOff, 0x0b, 0x0c)]],
  [
    Type.EASY_BOLUS_OPTION,
    [
      'ChangeEasyBolus',
      fields(['from', onOff, 0x0b], ['to', onOff, 0x0c], ['from step', units, 0x0d], ['to step', units, 0x11]),
    ],
  ],
  [Type.BG_REMINDER_OPTION, ['ChangeBGReminderEnable', fromTo(onOff, 0x0b, 0x0c)]],
  [Type.BG_REMINDER_TIME, ['ChangeBGReminder', fields(['on', onOff, 0x0b], ['after', minutes, 0x0c])]],
  [
    Type.AUDIO_VIBRATE_MODE,
    [
      'ChangeAlarmNotifyMode',
      fields(['from', sound, 0x0b], ['from volume', plain, 0x0c], ['to', sound, 0x0d], ['to volume', plain, 0x0e]),
    ],
  ],
  [Type.TIME_FORMAT, ['ChangeTimeDisplayFormat', fromTo(plain, 0x0b, 0x0c)]],
  [
    Type.LOW_RESERVOIR_WARNING_CHANGE,
    [
      'ChangeReservoirWarning',
      fields(
        ['from kind', plain, 0x0b],
        ['from time', minutes, 0x0c],
        ['from amount', units, 0x0e],
        ['to kind', plain, 0x12],
        ['to time', minutes, 0x13],
        ['to amount', units, 0x15],
      ),
    ],
  ],
  [Type.LANGUAGE, ['ChangeLanguage', fromTo(language, 0x0b, 0x0c)]],
  [
    Type.AUTO_SUSPEND_CHANGE,
    [
      'ChangeAutoSuspend',
      fields(['from', onOff, 0x0b], ['from after', hours, 0x0c], ['to', onOff, 0x0d], ['to after', hours, 0x0e]),
    ],
  ],
  [Type.BOLUS_DELIVERY_RATE_CHANGE, ['ChangeBolusDeliveryRate', fromTo(plain, 0x0b, 0x0c)]],
  [Type.DISPLAY_OPTION_CHANGE, ['ChangeDisplay', fromTo(plain, 0x0d, 0x11)]],
  [
    Type.SET_CHANGE_REMINDER_CHANGE,
    [
      'ChangeSetChangeReminder',
      fields(['from', onOff, 0x0b], ['from after', days, 0x0c], ['to', onOff, 0x0d], ['to after', days, 0x0e]),
    ],
  ],
  [
    Type.GENERAL_SENSOR_SETTINGS_CHANGE,
    [
      'ChangeCalibrationReminder',
      fields(['from', onOff, 0x0c], ['from before', minutes, 0x0d], ['to', onOff, 0x12], ['to before', minutes, 0x13]),
    ],
  ],
  [Type.OLD_LOW_SENSOR_WARNING_LEVELS, ['ChangeSensorLowAlertsPre', lowLevels]],
  [Type.NEW_LOW_SENSOR_WARNING_LEVELS, ['ChangeSensorLowAlerts', lowLevels]],
  [Type.OLD_HIGH_SENSOR_WARNING_LEVELS, ['ChangeSensorHighAlertsPre', highLevels]],
  [Type.NEW_HIGH_SENSOR_WARNING_LEVELS, ['ChangeSensorHighAlerts', highLevels]],
])

/** A changed setting, or at midnight the calculator's as they stand; `undefined` for another type. */
export function readSetting(event: HistoryEvent): Setting | undefined {
  if (event.type === Type.BOLUS_WIZARD_SETTINGS_SUMMARY) {
    const values = wizardSummary(event)
    return { type: 'setting', ...base(event), name: 'CurrentBolusWizardSetup', change: 'current', values }
  }
  const [name, read] = settingsOf.get(event.type) ?? []
  if (name === undefined || !read) return undefined
  // All the bytes, too: some of a setting's bytes nobody can name.
  const values = { ...read(event), bytes: hexAt(event, HEADER_BYTES, event.size - HEADER_BYTES) }
  return { type: 'setting', ...base(event), name, change: 'changed', values }
}
