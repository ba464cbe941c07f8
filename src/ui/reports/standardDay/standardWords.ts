/** Words of the standard day: hours and parts of the day as times. */
import type { Preferences } from '#records/preferences.ts'
import type { StandardPeriodName } from '#reports/standardDayModel.ts'
import type { Format } from '../../texts/format.ts'
import { standardDayTexts } from '../../texts/reports/standardDay.ts'
import { timeAt } from '../panels/panelWords.ts'

const t = standardDayTexts

/** "14:00–15:00". */
export const hourText = (hour: number, format: Format): string => clockText(hour * 60, (hour + 1) * 60, format)

/** When a part of the day is, by the person's settings. */
export function periodText(name: StandardPeriodName, preferences: Preferences, format: Format): string {
  const { meals, overnight, bedtime } = preferences
  const clock = ({ fromMinute, toMinute }: typeof overnight) => clockText(fromMinute, toMinute, format)
  const before = ({ beforeMinutes }: typeof meals.lunch) => t.window.before(beforeMinutes)
  const after = ({ afterFromMinutes, afterToMinutes }: typeof meals.lunch) =>
    t.window.after(afterFromMinutes, afterToMinutes)
  const texts: Readonly<Record<StandardPeriodName, () => string>> = {
    night: () => clock(overnight),
    beforeBreakfast: () => before(meals.breakfast),
    afterBreakfast: () => after(meals.breakfast),
    beforeLunch: () => before(meals.lunch),
    afterLunch: () => after(meals.lunch),
    beforeDinner: () => before(meals.dinner),
    afterDinner: () => after(meals.dinner),
    bedtime: () => clock(bedtime),
    breakfast: () => clock(meals.breakfast),
    lunch: () => clock(meals.lunch),
    dinner: () => clock(meals.dinner),
  }
  return texts[name]()
}

const clockText = (fromMinute: number, toMinute: number, format: Format): string =>
  t.span(format.timeOfDay(timeAt(fromMinute)), format.timeOfDay(timeAt(toMinute)))
