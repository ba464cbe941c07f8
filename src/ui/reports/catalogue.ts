/**
 * All reports as a person finds them: where, under which name, drawn by what. The list of reports, the addresses and the
 * PDF follow this table; a report of a period of days is one entry in it. Order: as doctors expect the pages (reports
 * sheet §5.4).
 */
import { type Component, lazy } from 'solid-js'
import type { ReportKind, ReportModels } from '#reports/catalogue.ts'
import type { Period } from '#reports/models.ts'
import type { ScreenName } from '../parts/ScreenPicture.tsx'
import { periodBefore } from '../state/createPeriod.ts'
import { dataTableTexts } from '../texts/reports/dataTable.ts'
import { distributionTexts } from '../texts/reports/distribution.ts'
import { qualityTexts } from '../texts/reports/quality.ts'
import { trendsTexts } from '../texts/reports/trends.ts'
import { logbookTexts } from '../texts/reports/logbook.ts'
import { mealsTexts } from '../texts/reports/meals.ts'
import { calendarTexts } from '../texts/reports/calendar.ts'
import { overlayTexts } from '../texts/reports/overlay.ts'
import { weeklyTexts } from '../texts/reports/weekly.ts'
import { reportTexts } from '../texts/reports.ts'
import { assessmentTexts } from '../texts/reports/assessment.ts'
import { episodesTexts } from '../texts/reports/episodes.ts'
import { sensorMeterTexts } from '../texts/reports/sensorMeter.ts'
import { standardDayTexts } from '../texts/reports/standardDay.ts'

/** What draws a report of a period. */
export interface ViewProps<K extends ReportKind> {
  readonly model: ReportModels[K]
  /** Goes to the Daily page of a day. */
  readonly onDay: (day: number) => void
}

/** Headings of the list, in its order. */
export const reportGroups = ['glance', 'days', 'therapy', 'patterns', 'devices'] as const
export type ReportGroup = (typeof reportGroups)[number]

interface Entry {
  /** In the address: `/reports/PATH`. */
  readonly path: string
  readonly name: string
  /** One sentence for the list. */
  readonly text: string
  /** Under which heading of the list. */
  readonly group: ReportGroup
  readonly picture: ScreenName
}

/** A report about a period: `PeriodPage` has the picker, asks the worker, and says what to do when there are no data. */
export interface PeriodReport<K extends ReportKind = ReportKind> extends Entry {
  readonly kind: K
  readonly view: Component<ViewProps<K>>
  /** Also asks for an earlier period: the one of the same length before it; `chosen`: if the person chooses no other. */
  readonly compares?: 'before' | 'chosen'
}

/** A report with a page of its own. */
export interface OwnReport extends Entry {
  readonly page: Component
}

const t = reportTexts

const ofPeriod = <K extends ReportKind>(entry: PeriodReport<K>): AnyPeriodReport =>
  // Each kind goes with its own model through the worker; a table cannot say so for all of them at once.
  entry as unknown as AnyPeriodReport

/** A report of some kind; its view takes the model that its own kind is answered with. */
export type AnyPeriodReport = Omit<PeriodReport, 'view'> & {
  readonly view: Component<{ readonly model: ReportModels[ReportKind]; readonly onDay: (day: number) => void }>
}

export const reports: readonly (AnyPeriodReport | OwnReport)[] = [
  ofPeriod({
    path: 'overview',
    kind: 'overview',
    name: t.overview,
    text: t.overviewText,
    group: 'glance',
    picture: 'overview',
    compares: 'before',
    view: lazy(async () => ({ default: (await import('./Overview.tsx')).Overview })),
  }),
  ofPeriod({
    path: 'assessment',
    kind: 'assessment',
    name: assessmentTexts.title,
    text: assessmentTexts.text,
    group: 'glance',
    picture: 'assessment',
    compares: 'chosen',
    view: lazy(async () => ({ default: (await import('./assessment/Assessment.tsx')).Assessment })),
  }),
  ofPeriod({
    path: 'agp',
    kind: 'agp',
    name: t.agp.title,
    text: t.agp.text,
    group: 'glance',
    picture: 'agp',
    view: lazy(async () => ({ default: (await import('./Agp.tsx')).Agp })),
  }),
  ofPeriod({
    path: 'weekly',
    kind: 'weekly',
    name: weeklyTexts.title,
    text: weeklyTexts.text,
    group: 'days',
    picture: 'weekly',
    view: lazy(async () => ({ default: (await import('./weekly/Weekly.tsx')).Weekly })),
  }),
  ofPeriod({
    path: 'overlay',
    kind: 'overlay',
    name: overlayTexts.title,
    text: overlayTexts.text,
    group: 'days',
    picture: 'overlay',
    view: lazy(async () => ({ default: (await import('./overlay/Overlay.tsx')).Overlay })),
  }),
  ofPeriod({
    path: 'calendar',
    kind: 'calendar',
    name: calendarTexts.title,
    text: calendarTexts.text,
    group: 'days',
    picture: 'calendar',
    view: lazy(async () => ({ default: (await import('./calendar/Calendar.tsx')).Calendar })),
  }),
  {
    path: 'daily',
    name: t.daily,
    text: t.dailyText,
    group: 'days',
    picture: 'daily',
    page: lazy(async () => ({ default: (await import('./DailyPage.tsx')).DailyPage })),
  },
  ofPeriod({
    path: 'sensor-meter',
    kind: 'sensorMeter',
    name: sensorMeterTexts.title,
    text: sensorMeterTexts.text,
    group: 'patterns',
    picture: 'sensorMeter',
    view: lazy(async () => ({ default: (await import('./sensorMeter/SensorMeter.tsx')).SensorMeter })),
  }),
  ofPeriod({
    path: 'standard-day',
    kind: 'standardDay',
    name: standardDayTexts.title,
    text: standardDayTexts.text,
    group: 'therapy',
    picture: 'standardDay',
    view: lazy(async () => ({ default: (await import('./standardDay/StandardDay.tsx')).StandardDay })),
  }),
  ofPeriod({
    path: 'meals',
    kind: 'meals',
    name: mealsTexts.title,
    text: mealsTexts.text,
    group: 'therapy',
    picture: 'meals',
    view: lazy(async () => ({ default: (await import('./meals/Meals.tsx')).Meals })),
  }),
  ofPeriod({
    path: 'insulin',
    kind: 'insulin',
    name: t.insulin.title,
    text: t.insulin.text,
    group: 'therapy',
    picture: 'insulin',
    view: lazy(async () => ({ default: (await import('./Insulin.tsx')).Insulin })),
  }),
  ofPeriod({
    path: 'device-use',
    kind: 'deviceUse',
    name: t.deviceUse.title,
    text: t.deviceUse.text,
    group: 'devices',
    picture: 'table',
    view: lazy(async () => ({ default: (await import('./DeviceUse.tsx')).DeviceUse })),
  }),
  ofPeriod({
    path: 'episodes',
    kind: 'episodes',
    name: episodesTexts.title,
    text: episodesTexts.text,
    group: 'patterns',
    picture: 'episodes',
    view: lazy(async () => ({ default: (await import('./episodes/EpisodesReport.tsx')).EpisodesReport })),
  }),
  {
    path: 'settings',
    name: t.settings.title,
    text: t.settings.text,
    group: 'devices',
    picture: 'settings',
    page: lazy(async () => ({ default: (await import('./SettingsPage.tsx')).SettingsPage })),
  },
  ofPeriod({
    path: 'logbook',
    kind: 'logbook',
    name: logbookTexts.title,
    text: logbookTexts.text,
    group: 'days',
    picture: 'logbook',
    view: lazy(async () => ({ default: (await import('./logbook/Logbook.tsx')).Logbook })),
  }),
  ofPeriod({
    path: 'trends',
    kind: 'trends',
    name: trendsTexts.title,
    text: trendsTexts.text,
    group: 'patterns',
    picture: 'trends',
    view: lazy(async () => ({ default: (await import('./trends/Trends.tsx')).Trends })),
  }),
  ofPeriod({
    path: 'distribution',
    kind: 'distribution',
    name: distributionTexts.title,
    text: distributionTexts.text,
    group: 'patterns',
    picture: 'distribution',
    view: lazy(async () => ({ default: (await import('./distribution/Distribution.tsx')).Distribution })),
  }),
  ofPeriod({
    path: 'quality',
    kind: 'quality',
    name: qualityTexts.title,
    text: qualityTexts.text,
    group: 'devices',
    picture: 'quality',
    view: lazy(async () => ({ default: (await import('./quality/Quality.tsx')).Quality })),
  }),
  {
    path: 'data',
    name: dataTableTexts.title,
    text: dataTableTexts.text,
    group: 'devices',
    picture: 'data',
    page: lazy(async () => ({ default: (await import('./dataTable/DataTablePage.tsx')).DataTablePage })),
  },
]

export const reportAt = (path: string): AnyPeriodReport | OwnReport | undefined =>
  reports.find(report => report.path === path)

/** The earlier period that a report asks for beside its own, if any. `chosen`: what the person chose. */
export function comparedOf(
  { compares }: Pick<AnyPeriodReport, 'compares'>,
  period: Period,
  chosen: Period | undefined,
): Period | undefined {
  if (compares === undefined) return undefined
  return (compares === 'chosen' ? chosen : undefined) ?? periodBefore(period)
}
