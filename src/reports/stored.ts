/** What the store holds for the days that a report looks at: copies and all, without the devices that are left out. */
import { DAY_MS, deviceDayOf } from '#records/time.ts'
import { recordAt } from '#stats/slices.ts'
import type { Material } from './days.ts'
import { asWanted, ofDays } from './filter.ts'
import type { ReportInput } from './models.ts'

export type StoredInput = Pick<ReportInput, 'glucose' | 'records'>

/** Of the days looked at only; records ascending in time, each source's glucose by itself. */
export function storedOf(input: ReportInput, { days, firstDay, lastDay }: Material): StoredInput {
  const { glucose, records } = asWanted(input)
  const looked = new Set(days)
  const ofPeriod = records.slice(recordAt(records, firstDay * DAY_MS), recordAt(records, (lastDay + 1) * DAY_MS))
  return {
    glucose: glucose.map(series => ofDays(series, looked)),
    records: ofPeriod.filter(({ deviceTime }) => looked.has(deviceDayOf(deviceTime))),
  }
}
