/** The sensor and meter overview as plain data: all days laid over one another, the period's numbers, and panels. */
import type { InsulinSummary } from '#stats/insulin.ts'
import type { AlignedTraces, AlignedValues } from '#stats/mealWindows.ts'
import type { SensorAlerts } from '#stats/sensorAlerts.ts'
import type { MeterSummary, SensorSummary } from '#stats/summary.ts'
import type { TimeOfDayProfile } from '#stats/timeOfDay.ts'
import type { PeriodModel } from './models.ts'
import type { MealPanel, NightPanel } from './panelsModel.ts'
import type { LaneScale, WeekDay } from './weeklyModel.ts'

export interface SensorMeterModel extends PeriodModel {
  readonly sensor?: SensorSummary
  /** Share, 0 to 1, of the time of all days looked at that the sensor's values stand for. */
  readonly wear?: number
  readonly meter?: MeterSummary
  /** Alerts of low and of high sensor values, in all; absent when these days' devices told no alarm of any kind. */
  readonly alerts?: SensorAlerts
  readonly insulin?: InsulinSummary
  /** Days looked at. */
  readonly dayCount: number
  /** Percentiles 10, 25, 50, 75 and 90 of each half hour; absent without sensor values. */
  readonly profile?: TimeOfDayProfile
  /** Mean of each half hour, mg/dL; NaN where there is no value. */
  readonly meanMgdl?: Float64Array
  /** Of the last days, at most 90; minutes from midnight. */
  readonly traces: AlignedTraces
  readonly tracedDays: number
  /** The meter's values of the same days. */
  readonly points: AlignedValues
  readonly nights: readonly NightPanel[]
  readonly meals: readonly MealPanel[]
  /** The last days one by one, at most 14, oldest first. */
  readonly lanes: LaneScale & { readonly days: readonly WeekDay[] }
}
