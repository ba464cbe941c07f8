/**
 * All reports about a period of days, by name: what each is made to, and where its code is, which comes when it is first
 * opened. A new report is one line in each of the two tables.
 */
import type { AssessmentModel } from './assessmentModel.ts'
import type { EpisodesModel } from './episodesModel.ts'
import type { AgpModel, DailyModel, DeviceUseModel, InsulinModel, OverviewModel, ReportInput } from './models.ts'
import type { LogbookModel } from './logbookModel.ts'
import type { MealsModel } from './mealsModel.ts'
import type { SensorMeterModel } from './sensorMeterModel.ts'
import type { StandardDayModel } from './standardDayModel.ts'
import type { DistributionModel } from './distributionModel.ts'
import type { QualityModel } from './qualityModel.ts'
import type { TrendsModel } from './trendsModel.ts'
import type { CalendarModel } from './calendarModel.ts'
import type { OverlayModel } from './overlayModel.ts'
import type { WeeklyModel } from './weeklyModel.ts'

export interface ReportModels {
  readonly overview: OverviewModel
  readonly assessment: AssessmentModel
  readonly episodes: EpisodesModel
  readonly weekly: WeeklyModel
  readonly overlay: OverlayModel
  readonly calendar: CalendarModel
  readonly daily: DailyModel
  readonly agp: AgpModel
  readonly insulin: InsulinModel
  readonly deviceUse: DeviceUseModel
  readonly sensorMeter: SensorMeterModel
  readonly meals: MealsModel
  readonly standardDay: StandardDayModel
  readonly logbook: LogbookModel
  readonly quality: QualityModel
  readonly trends: TrendsModel
  readonly distribution: DistributionModel
}

export type ReportKind = keyof ReportModels

type Maker<K extends ReportKind> = (input: ReportInput) => ReportModels[K]

/** By name, how to get the function that makes the report's model. */
export const reportMakers: { readonly [K in ReportKind]: () => Promise<Maker<K>> } = {
  overview: async () => (await import('./overview.ts')).overview,
  assessment: async () => (await import('./assessment.ts')).assessment,
  episodes: async () => (await import('./episodes.ts')).episodesReport,
  overlay: async () => (await import('./overlay.ts')).overlay,
  calendar: async () => (await import('./calendar.ts')).calendar,
  weekly: async () => (await import('./weekly.ts')).weekly,
  daily: async () => (await import('./daily.ts')).daily,
  agp: async () => (await import('./agp.ts')).agp,
  insulin: async () => (await import('./insulin.ts')).insulinReport,
  deviceUse: async () => (await import('./deviceUse.ts')).deviceUse,
  sensorMeter: async () => (await import('./sensorMeter.ts')).sensorMeter,
  meals: async () => (await import('./meals.ts')).mealsReport,
  standardDay: async () => (await import('./standardDay.ts')).standardDay,
  logbook: async () => (await import('./logbook.ts')).logbook,
  quality: async () => (await import('./quality.ts')).quality,
  trends: async () => (await import('./trends.ts')).trends,
  distribution: async () => (await import('./distribution.ts')).distribution,
}
