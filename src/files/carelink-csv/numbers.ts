/**
 * Numbers and lengths of time as CareLink's exports write them, whatever the account's language; and back into text.
 * Source: CareLink export sheet §2 "Numbers".
 */

const NUMBER = /^[+-]?\d+(?:\.\d+)?$|^[+-]?\.\d+$/

/**
 * Reads "0,65", "-0.425", "−0,4" (with a typographic minus), "1.234,5". A comma alone is a decimal comma, a point
 * alone a decimal point; of both the last one is the decimal mark. `undefined` for no value (empty, "-------") and for
 * anything that is not one number.
 */
export function numberFrom(text: string): number | undefined {
  if (text === '') return undefined
  let plain = text
  if (plain.charCodeAt(0) === 0x2212) plain = `-${plain.slice(1)}`
  const comma = plain.lastIndexOf(',')
  if (comma >= 0) {
    const point = plain.lastIndexOf('.')
    if (point > comma) plain = plain.replaceAll(',', '')
    else if (point >= 0) plain = plain.replaceAll('.', '').replace(',', '.')
    else plain = plain.replace(',', '.')
  }
  return NUMBER.test(plain) ? Number(plain) : undefined
}

/** Largest amounts that are believed (data-model sheet §2.3, §2.4; a day at the highest rate); more is something else. */
export const MAX_AMOUNT = {
  bolusUnits: 100,
  injectionUnits: 250,
  dayUnits: 2400,
  carbs: 1000,
  rateUnitsPerHour: 100,
  percent: 1000,
} as const

/** A number from 0 to `max`; `undefined` for anything else, so that it cannot get into a sum. */
export function amountFrom(text: string, max: number): number | undefined {
  const number = numberFrom(text)
  return number !== undefined && number >= 0 && number <= max ? number : undefined
}

/** The same cell however the account writes numbers: "0,65" and "0.65" are one text. For names of records only. */
export function canonicalText(text: string): string {
  return /^[−-]?\d+[.,]\d+$/.test(text) || text.startsWith('−') ? text.replace(',', '.').replace('−', '-') : text
}

/** Milliseconds of "01:30:00", "1:30:00" or "0:30"; hours up to 99. */
export function durationMsFrom(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (!match) return undefined
  const [, hours = 0, minutes = 0, seconds = 0] = match.map(Number)
  if (minutes > 59 || (match[3] !== undefined && seconds > 59)) return undefined
  return ((hours * 60 + minutes) * 60 + (match[3] === undefined ? 0 : seconds)) * 1000
}

/** A number as a cell has it, to its last digit and never as 1e-7; the decimal mark is a point. */
export function numberText(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text
}

/** "01:30:00" of milliseconds, whole seconds; `undefined` for a hundred hours or more, and for less than none. */
export function durationText(ms: number): string | undefined {
  const seconds = Math.floor(ms / 1000)
  if (!(seconds >= 0 && seconds < 360_000)) return undefined
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map(part => String(part).padStart(2, '0')).join(':')
}
