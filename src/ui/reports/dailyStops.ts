/** What the readout says while stepping through a day: one stop a minute that holds anything, every value of it. */
import type { Bolus, GlucoseValue } from '#records/records.ts'
import { deviceDayOf, MINUTE_MS, startOfDeviceDay, type DeviceTime } from '#records/time.ts'
import { mgdlFrom } from '#records/units.ts'
import type { DailyEvent } from '#reports/models.ts'
import type { Stop } from '../charts/spec.ts'
import { alarmWords, stateWords } from '../parts/settingWords.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { dailyTexts } from '../texts/reports/daily.ts'
import { doseText, rounded } from './amounts.ts'
import { carbEntries, type CarbEntry } from './carbs.ts'
import type { Drawing } from './drawing.ts'
import { unitsAt } from './daily/onBoardLane.ts'
import { flagWord } from './glucoseLane.ts'
import { basalAt, basalText } from './therapyLanes.ts'

const t = reportTexts.dailyChart
const words = dailyTexts.onBoard

/** Sorted; `x` is ms since midnight. Each ends with the basal rate in force, where one is known. */
export function dailyStops({ model, format, onBoard }: Drawing): readonly Stop[] {
  const minutes = new Map<number, { readonly time: DeviceTime; readonly words: string[] }>()
  const say = (time: DeviceTime, sentence: string) => {
    const minute = Math.floor(time / MINUTE_MS)
    const known = minutes.get(minute)
    if (known) known.words.push(sentence)
    else minutes.set(minute, { time, words: [sentence] })
  }
  const withUnit = (mgdl: number, flag: number) => flagWord(flag) ?? `${format.glucose(mgdl)} ${format.glucoseUnit()}`

  const { time, mgdl, flags } = model.glucose
  for (let index = 0; index < time.length; index += 1) {
    // The column holds device times by the definition of the series.
    say(time[index] as DeviceTime, t.sensor(withUnit(mgdl[index] ?? Number.NaN, flags[index] ?? 0)))
  }
  for (const value of model.meterValues) {
    const text = meterText(value, format)
    say(value.deviceTime, value.controlSolution ? t.control(text) : t.meter(text))
  }
  for (const entry of carbEntries(model)) say(entry.time, carbText(entry, format))
  for (const bolus of model.boluses) say(bolus.startTime ?? bolus.deviceTime, bolusText(bolus, format))
  for (const segment of model.basal) {
    // Said again below, as the rate in force; a change of rate is a stop of its own.
    const minute = Math.floor(segment.from / MINUTE_MS)
    if (!minutes.has(minute)) minutes.set(minute, { time: segment.from, words: [] })
  }
  for (const value of model.calibrations) say(value.deviceTime, dailyTexts.calibrated(meterText(value, format)))
  if (onBoard) {
    for (const { at, units } of model.onBoard?.told ?? []) say(at, words.told(doseText(units, format)))
  }
  for (const event of model.events) say(event.deviceTime, eventText(event, format))

  const midnight = startOfDeviceDay(model.day)
  return [...minutes.values()]
    .toSorted((a, b) => a.time - b.time)
    .map(({ time: at, words: told }) => {
      const segment = basalAt(model, at)
      const mode = model.modes.find(({ from, to }) => from <= at && at < to)
      const parts = [
        ...told,
        ...(onBoard?.curve ? [words.stop(rounded(unitsAt(onBoard.curve, at - midnight), 1, format))] : []),
        ...(segment ? [basalText(segment, format)] : []),
        ...(mode ? [dailyTexts.modeNow[mode.mode]] : []),
      ]
      return { x: at - midnight, text: `${format.timeOfDay(at)}: ${parts.join(' · ')}` }
    })
}

/** "104 mg/dL", "LO"; without the unit where a column's head has it. */
export function meterText(value: GlucoseValue, format: Format, withUnit = true): string {
  if (value.outOfRange) return value.outOfRange === 'low' ? t.low : t.high
  const number = format.glucose(mgdlFrom(value.value, value.units))
  return withUnit ? `${number} ${format.glucoseUnit()}` : number
}

/** "45 g", "3.5 exchanges". */
export function carbAmount(entry: { readonly grams?: number; readonly exchanges?: number }, format: Format): string {
  const grams = entry.grams === undefined ? [] : [t.grams(format.number(entry.grams))]
  const exchanges = entry.exchanges === undefined ? [] : [t.exchangesLong(format.number(entry.exchanges, 1))]
  return [...grams, ...exchanges].join(', ')
}

/** "carbs 45 g". */
export function carbText(entry: CarbEntry, format: Format): string {
  const amount = carbAmount(entry, format)
  return entry.given ? t.carbs(amount) : t.carbsNotGiven(amount)
}

/** A bolus in words, with its parts and who gave it. */
export function bolusText(
  bolus: Pick<Bolus, 'normalUnits' | 'extendedUnits' | 'durationMs' | 'context'> & Partial<Pick<Bolus, 'subType'>>,
  format: Format,
): string {
  const normal = bolus.normalUnits === undefined ? undefined : doseText(bolus.normalUnits, format)
  const extended =
    bolus.extendedUnits === undefined
      ? undefined
      : t.extended(doseText(bolus.extendedUnits, format), format.duration(bolus.durationMs ?? 0))
  if (extended !== undefined) return t.bolusInParts([normal, extended].filter(part => part !== undefined))
  const units = normal ?? reportTexts.notKnown
  if (bolus.subType === 'injection') return t.injection(units)
  return bolus.context === 'automatic' ? t.autoBolus(units) : t.bolus(units)
}

/** The device's own word for an event, where the page has other words for it. */
export function ownWord(event: DailyEvent): string | undefined {
  const [told, words] =
    event.type === 'alarm'
      ? [event.name, alarmWords(event.name)]
      : event.type === 'sensorState'
        ? [event.state, stateWords(event.state)]
        : []
  return told === words ? undefined : told
}

/** "sensor: calibration needed", and not "sensor: sensor error". */
const sensorText = (state: string): string => (/^(?:weak )?sensor\b/.test(state) ? state : t.events.sensorState(state))

/** An event in words, without its time. */
export function eventText(event: DailyEvent, format: Format): string {
  const said = t.events
  switch (event.type) {
    case 'alarm':
      return event.cleared ? said.cleared(alarmWords(event.name)) : said.alarm(alarmWords(event.name))
    case 'prime':
      return said[event.target](doseText(event.volumeUnits, format))
    case 'rewind':
      return said.rewind
    case 'suspend':
      return event.suspended ? said.suspended(t.reasons[event.reason ?? 'other']) : said.resumed
    case 'autoMode':
      return event.active ? said.autoModeOn : said.autoModeOff(alarmWords(event.reason ?? ''))
    case 'sensorState':
      return sensorText(stateWords(event.state))
    case 'timeChange':
      return said.timeChange(`${format.dayExact(deviceDayOf(event.to))}, ${format.timeOfDay(event.to)}`)
    case 'marker':
      return said[event.kind](event.text)
  }
}
