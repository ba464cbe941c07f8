/** Short dates that only the reports need; the words follow the person's language like those of `format.ts`. */
import { type DeviceDay, startOfDeviceDay } from '#records/time.ts'

export interface ShortDates {
  /** "S". */
  weekdayNarrow(day: DeviceDay): string
  /** "14". */
  dayOfMonth(day: DeviceDay): string
  /** "14 Mar". */
  dayAndMonth(day: DeviceDay): string
  /** "Sat 14 Mar". */
  weekdayAndDay(day: DeviceDay): string
  /** "March 2026". */
  month(day: DeviceDay): string
}

export function createShortDates(locale: string): ShortDates {
  // A device's wall clock has no zone; UTC leaves its digits as they are.
  const formatter = (fields: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(locale, { ...fields, timeZone: 'UTC' })
    return (day: DeviceDay) => made.format(startOfDeviceDay(day))
  }
  return {
    weekdayNarrow: formatter({ weekday: 'narrow' }),
    dayOfMonth: formatter({ day: 'numeric' }),
    dayAndMonth: formatter({ day: 'numeric', month: 'short' }),
    weekdayAndDay: formatter({ weekday: 'short', day: 'numeric', month: 'short' }),
    month: formatter({ month: 'long', year: 'numeric' }),
  }
}

/** The same choice as the rest of the interface: the person's own English. */
export const shortDates: ShortDates = createShortDates(
  navigator.languages.find(language => language.startsWith('en')) ?? 'en-GB',
)
