/** Minutes since midnight as inputs for a time of day have them. */

/** "06:30"; the end of a day, minute 1440, is "00:00". */
export function timeText(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
}

/** Minutes from 0 to 1439; `undefined` for anything that is no time. */
export function minuteFrom(text: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}

/** The same for an end: midnight is the end of the day. */
export function endMinuteFrom(text: string): number | undefined {
  const minute = minuteFrom(text)
  return minute === 0 ? 1440 : minute
}
