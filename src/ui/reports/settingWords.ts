/**
 * Names of settings and of states in words. Drivers and files keep the names that the device or its software has, such as
 * "CurrentBGTargetRange" or "max bolus"; so do the stored records. Only the page writes them as people read.
 */

/**
 * "BG target range" of "CurrentBGTargetRange", "Basal profile: Day Off" of "CurrentBasalProfile: Day Off", "Max bolus" of
 * "max bolus"; names in words stay, but for a capital.
 */
export function settingWords(name: string): string {
  const words = name.replace(/^[A-Z][A-Za-z]*[a-z][A-Z][A-Za-z]*(?=:|$)/, apart)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Capitals begin a word; several of them are a short form and stay. */
const apart = (name: string): string =>
  name
    .replace(/^Current(?=[A-Z])/, '')
    .split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .map(word => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word))
    .join(' ')

/** "sensor weak signal" of "SensorWeakSignal", "sensor init code" of "SENSOR_INIT_CODE"; words stay as they are. */
export const stateWords = (state: string): string =>
  state
    .replace(/\b[A-Z]+(?:_[A-Z]+)+\b/g, name => name.replaceAll('_', ' ').toLowerCase())
    .replace(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g, apart)
