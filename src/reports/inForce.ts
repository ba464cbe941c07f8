/**
 * What was in force on a day: basal pattern, settings of pump and calculator, and the clock itself where it was set.
 * A setting is taken from the nearest time the device told it, and only if no change of it is logged in between; what
 * cannot be known for sure is left out. Source: reports sheet §1.2 (7), §4 (settings in force that day), metrics §13.3.
 */
import type { Setting, TherapyRecord, TimeChange } from '#records/records.ts'
import { type DeviceDay, type DeviceTime, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { deviceOf } from '#stats/dedupe.ts'
import type { ClockChange, DailyModel, SettingInForce, SettingName, Stored } from './models.ts'
import { withRowsTogether } from './settingRows.ts'

/** Set by less, a clock was only put right. */
const SMALLEST_CHANGE_MS = 1
/** A clock set by more shows another date, not a skipped or repeated stretch of the day. */
const LONGEST_CHANGE_MS = 26 * 60 * MINUTE_MS

/** Where a setting stands: in which group and under which key, in the words of each kind of device and file. */
interface Place {
  readonly group: RegExp
  /** The key; of a setting by time of day what stands before the time. */
  readonly key: RegExp
  /** The group in which a change of it is logged. */
  readonly changedIn: RegExp
  /** Follows a bare number. */
  readonly unit?: string
}

const TIME = '(\\d{1,2}:\\d{2})'
const byTime = (before: string): RegExp => new RegExp(`^${before}${TIME}$`)

/** Names as the drivers and CareLink's exports give them. */
const places: Readonly<Record<SettingName, readonly Place[]>> = {
  activeInsulin: [
    { group: /^Bolus wizard$/, key: /^Active insulin time$/, changedIn: /^Bolus wizard$/ },
    { group: /^Current(PumpSetup|BolusWizardSetup)$/, key: /^insulin action$/, changedIn: /^ChangeBolusWizardSetup/ },
    {
      group: /^insulin action curve time$/,
      key: /^minutes$/,
      changedIn: /^insulin action curve time$/,
      unit: ' min',
    },
    {
      group: /^CurrentInsulinActionCurve$/,
      key: /^AMOUNT$/,
      changedIn: /^Change(InsulinActionCurve|BolusWizardSetup)/,
      unit: ' min',
    },
  ],
  maximumBolus: [
    { group: /^Bolus$/, key: /^Maximum bolus$/, changedIn: /^Bolus$/ },
    { group: /^CurrentPumpSetup$/, key: /^max bolus$/, changedIn: /^ChangeMaxBolus/ },
    { group: /^CurrentMaxBolus$/, key: /^AMOUNT$/, changedIn: /^ChangeMaxBolus/, unit: ' U' },
  ],
  maximumBasal: [
    { group: /^Basal$/, key: /^Maximum basal$/, changedIn: /^Basal$/ },
    { group: /^CurrentPumpSetup$/, key: /^max basal$/, changedIn: /^ChangeMaxBasal/ },
    { group: /^CurrentMaxBasal$/, key: /^AMOUNT$/, changedIn: /^ChangeMaxBasal/, unit: ' U/h' },
  ],
  carbRatios: [
    { group: /^Carb ratios$/, key: byTime(''), changedIn: /^Bolus wizard$/ },
    { group: /^CurrentCarbRatio$/, key: byTime(''), changedIn: /^ChangeCarbRatio/ },
    { group: /^CurrentBolusWizardSetup$/, key: byTime('carb ratio '), changedIn: /^ChangeCarbRatio/ },
  ],
  sensitivities: [
    { group: /^Insulin sensitivities$/, key: byTime(''), changedIn: /^Bolus wizard$/ },
    { group: /^CurrentInsulinSensitivity$/, key: byTime(''), changedIn: /^ChangeInsulinSensitivity/ },
    { group: /^CurrentBolusWizardSetup$/, key: byTime('sensitivity '), changedIn: /^ChangeInsulinSensitivity/ },
  ],
  targets: [
    { group: /^Glucose targets$/, key: byTime(''), changedIn: /^Bolus wizard$/ },
    { group: /^CurrentBGTargetRange$/, key: byTime(''), changedIn: /^ChangeBGTargetRange/ },
    { group: /^CurrentBolusWizardSetup$/, key: byTime('target '), changedIn: /^ChangeBGTargetRange/ },
  ],
}

// The keys of a table with every name.
const names = Object.keys(places) as SettingName[]

/**
 * The settings in force on `day` of the device with this key, as far as they are sure. `around` ascending in time. On a
 * day on which a setting was changed it is left out: it was in force only in part.
 */
export function settingsInForce(
  around: readonly Stored<Setting | TimeChange>[],
  device: string,
  day: DeviceDay,
): SettingInForce[] {
  const settings = around.filter(
    (record): record is Stored<Setting> => record.type === 'setting' && deviceOf(record.sourceKey) === device,
  )
  const asDevicesTell = withRowsTogether(settings)
  return names.flatMap(name => settingInForce(name, asDevicesTell, day) ?? [])
}

function settingInForce(
  name: SettingName,
  settings: readonly Stored<Setting>[],
  day: DeviceDay,
): SettingInForce | undefined {
  const [from, to] = [startOfDeviceDay(day), startOfDeviceDay(day + 1)]
  let best: SettingInForce | undefined
  for (const { group, key, changedIn, unit = '' } of places[name]) {
    const told = settings.filter(
      setting => (group.test(setting.name) || changedIn.test(setting.name)) && valuesOf(setting, key).length > 0,
    )
    // What it was changed to says nothing of the time before.
    const holds = ({ change, deviceTime }: Setting) => change === 'current' || deviceTime <= from
    const nearest = told.findLast(one => one.deviceTime < to && holds(one)) ?? told.find(holds)
    if (!nearest) continue
    const [first, last] = [Math.min(nearest.deviceTime, from), Math.max(nearest.deviceTime, to)]
    const same = JSON.stringify(valuesOf(nearest, key))
    const isUnsure = settings.some(
      ({ change, deviceTime, ...setting }) =>
        change === 'changed' &&
        changedIn.test(setting.name) &&
        deviceTime >= first &&
        deviceTime < last &&
        (deviceTime < nearest.deviceTime || JSON.stringify(valuesOf(setting, key)) !== same),
    )
    if (isUnsure) continue
    const found: SettingInForce = {
      name,
      values: valuesOf(nearest, key).map(([at, value]) => [at, /^[\d.]+$/.test(value) ? value + unit : value] as const),
      toldAt: nearest.deviceTime,
    }
    if (!best || Math.abs(found.toldAt - from) < Math.abs(best.toldAt - from)) best = found
  }
  return best
}

/** By time of day in its order, or the one value. */
function valuesOf({ values }: Pick<Setting, 'values'>, key: RegExp): (readonly [string, string])[] {
  return Object.entries(values)
    .flatMap(([name, value]) => {
      const match = key.exec(name)
      // "changed": the log knows that it was, but not what to.
      return match && value !== 'changed' ? [[match[1] ?? '', value] as const] : []
    })
    .sort(([a], [b]) => a.padStart(5, '0').localeCompare(b.padStart(5, '0')))
}

/** The pump's active insulin time in minutes; `undefined` when it is not told, or not in a way that is understood. */
export function activeInsulinMinutes(settings: readonly SettingInForce[]): number | undefined {
  const text = settings.find(({ name }) => name === 'activeInsulin')?.values[0]?.[1] ?? ''
  const match = /^(\d+(?:\.\d+)?) ?(h|min)$/.exec(text.trim())
  if (!match) return undefined
  const minutes = Number(match[1]) * (match[2] === 'h' ? 60 : 1)
  return minutes >= 120 && minutes <= 480 ? minutes : undefined
}

/** The basal pattern from midnight on, as the records of the rates name it. `records` from some days before on. */
export function patternsOn(records: readonly TherapyRecord[], day: DeviceDay): DailyModel['patterns'] {
  const [from, to] = [startOfDeviceDay(day), startOfDeviceDay(day + 1)]
  const patterns: { from: DeviceTime; name: string }[] = []
  for (const record of records) {
    if (record.type !== 'basalRate' || record.scheduleName === undefined || record.deviceTime >= to) continue
    const name = record.scheduleName
    if (record.deviceTime <= from) patterns[0] = { from, name }
    else if (patterns.at(-1)?.name !== name) patterns.push({ from: record.deviceTime, name })
  }
  return patterns
}

/**
 * What set clocks did to the day: skipped stretches and repeated ones. A change may be logged on the day after or
 * before: what it passed over counts. One change told by several sources is one.
 */
export function clockChangesOn(records: readonly TherapyRecord[], day: DeviceDay): ClockChange[] {
  const [start, end] = [startOfDeviceDay(day), startOfDeviceDay(day + 1)]
  const changes = new Map<string, ClockChange>()
  for (const record of records) {
    if (record.type !== 'timeChange') continue
    const from = record.from ?? record.deviceTime
    const byMs = record.to - from
    if (Math.abs(byMs) < SMALLEST_CHANGE_MS) continue
    const isOnDay = [from, record.to].some(time => time >= start && time < end)
    const isAcross =
      Math.abs(byMs) <= LONGEST_CHANGE_MS && Math.min(from, record.to) < end && Math.max(from, record.to) > start
    if (isOnDay || isAcross) changes.set(`${from} ${record.to}`, { from, to: record.to, byMs })
  }
  return [...changes.values()].sort((a, b) => a.from - b.from)
}
