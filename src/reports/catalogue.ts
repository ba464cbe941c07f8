/**
 * All reports about a period of days, by name: what each is made to, and where its code is, which comes when it is first
 * opened. A new report is one line in each of the two tables.
 */
import type { AgpModel, DailyModel, DeviceUseModel, InsulinModel, OverviewModel, ReportInput } from './models.ts'

export interface ReportModels {
  readonly overview: OverviewModel
  readonly daily: DailyModel
  readonly agp: AgpModel
  readonly insulin: InsulinModel
  readonly deviceUse: DeviceUseModel
}

export type ReportKind = keyof ReportModels

type Maker<K extends ReportKind> = (input: ReportInput) => ReportModels[K]

/** By name, how to get the function that makes the report's model. */
export const reportMakers: { readonly [K in ReportKind]: () => Promise<Maker<K>> } = {
  overview: async () => (await import('./overview.ts')).overview,
  daily: async () => (await import('./daily.ts')).daily,
  agp: async () => (await import('./agp.ts')).agp,
  insulin: async () => (await import('./insulin.ts')).insulinReport,
  deviceUse: async () => (await import('./deviceUse.ts')).deviceUse,
}
