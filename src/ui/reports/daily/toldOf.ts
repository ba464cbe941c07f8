/** Of what a day is told: a lane or a table for what no device of the person's ever tells would look like a day without it. */
import type { DailyModel } from '#reports/models.ts'
import { carbEntries } from '../carbs.ts'

export interface ToldOf {
  readonly carbs: boolean
  readonly bolus: boolean
  readonly basal: boolean
  readonly events: boolean
}

/** A pump's lanes are there also on a day without any bolus, and a sensor's events: that there were none is told. */
export function toldOf(model: DailyModel): ToldOf {
  const { logs } = model
  return {
    carbs: logs.bolus || carbEntries(model).length > 0,
    bolus: logs.bolus || model.boluses.length > 0,
    basal: logs.basal || model.basal.length > 0,
    events: logs.bolus || model.glucose.time.length > 0 || model.events.length > 0,
  }
}

/** Whether nothing tells of insulin and carbs: the chart then needs less height. */
export const isOfGlucose = (told: ToldOf): boolean => !told.carbs && !told.bolus && !told.basal
