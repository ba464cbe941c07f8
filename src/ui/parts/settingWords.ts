/**
 * Names of settings and of states in words. Drivers and files keep the names that the device or its software has, such as
 * "CurrentBGTargetRange" or "max bolus"; so do the stored records. Only the page writes them as people read.
 */
import { recordWords } from '../texts/recordWords.ts'

const { states, stateParts } = recordWords

/**
 * "BG target range" of "CurrentBGTargetRange", "Basal profile: Day Off" of "CurrentBasalProfile: Day Off", "Max bolus" of
 * "max bolus", "Pattern name" of "PATTERN_NAME"; names in words stay, but for a capital.
 */
export function settingWords(name: string): string {
  const words = isKey(name) ? keyWords(name) : name.replace(/^[A-Z][A-Za-z]*[a-z][A-Z][A-Za-z]*\d*(?=:|$)/, apart)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Whether it is a key of the maker's software: capitals with lines between them, such as "START_TIME". */
export const isKey = (name: string): boolean => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name) && name.length > 3

/** Capitals begin a word; several of them are a short form and stay. "Pre" at the end is what was before a change. */
const apart = (name: string): string =>
  name
    .replace(/^Current(?=[A-Z])/, '')
    .replace(/^(Change\w+)Pre$/, '$1 (before)')
    .replace(/(?<=[a-z])Enable(?=$|GH$)/, '')
    .split(/(?<=[a-z])(?=[A-Z\d])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .map(word => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word))
    .join(' ')

const SHORT_FORMS: ReadonlySet<string> = new Set(['BG', 'ID', 'RF'])

const keyWords = (key: string): string =>
  key
    .split('_')
    .map(word => (SHORT_FORMS.has(word) ? word : word.toLowerCase()))
    .join(' ')

/** "calibration needed" of "SENSOR_CAL_NEEDED_CODE", "sensor status: lost" of "SensorStatus lost"; words stay as they are. */
export function stateWords(state: string): string {
  if (Object.hasOwn(states, state)) return states[state as keyof typeof states]
  const [head = '', ...rest] = state.split(' ')
  if (rest.length > 0 && Object.hasOwn(stateParts, head)) {
    return `${stateParts[head as keyof typeof stateParts]} ${rest.join(' ').replaceAll('_', ' ')}`
  }
  return state
    .replace(/\b[A-Z]+(?:_[A-Z]+)+\b/g, name => name.replaceAll('_', ' ').toLowerCase())
    .replace(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g, apart)
}

/** "Alert on high" of "ALERT ON HIGH": what a file shouts; other words stay. Short forms keep their capitals. */
export function alarmWords(name: string): string {
  if (name !== name.toUpperCase() || !/[A-Z]{4}/.test(name)) return name
  const words = name
    .replaceAll('_', ' ')
    .toLowerCase()
    .replaceAll(/\b(bg|sg|rf|id)\b/g, word => word.toUpperCase())
    .replaceAll(/\bsmartguard\b/g, 'SmartGuard')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "low glucose suspend" of "low_glucose_suspend" and "Suspend"-like keys in capitals; words stay as they are. */
export const plainWords = (word: string): string =>
  /^[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+$/.test(word) ? word.replaceAll('_', ' ').toLowerCase() : word
