/** Minutes since midnight as fields for a time of day show them and as people type them, whatever the browser's language. */
import type { Preferences } from '#records/preferences.ts'

/** "06:30" or "6:30 am" by the person's clock; the end of a day, minute 1440, is midnight. */
export function timeText(minute: number, clock: Preferences['clock']): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const hour = Math.floor(minute / 60) % 24
  const minutes = two(minute % 60)
  if (clock === '24h') return `${two(hour)}:${minutes}`
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minutes} ${hour < 12 ? 'am' : 'pm'}`
}

/**
 * Minutes from 0 to 1439 of a time typed on either clock: "6:30", "06.30", "0630", "6:30 pm", "6pm", "18".
 * `undefined` for anything that is no time.
 */
export function minuteFrom(text: string): number | undefined {
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:([ap])\.?m\.?)?$/i.exec(text.trim())
  if (!match) return undefined
  const [, hours = '', minutes = '0', half] = match
  const hour = Number(hours)
  if (Number(minutes) > 59) return undefined
  if (half === undefined) return hour < 24 ? hour * 60 + Number(minutes) : undefined
  if (hour < 1 || hour > 12) return undefined
  return ((hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)) * 60 + Number(minutes)
}

/** The same for an end: midnight is the end of the day, also as "24:00". */
export function endMinuteFrom(text: string): number | undefined {
  if (/^24([:.]?00)?$/.test(text.trim())) return 1440
  const minute = minuteFrom(text)
  return minute === 0 ? 1440 : minute
}
