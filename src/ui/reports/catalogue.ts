/**
 * All reports as a person finds them: where, under which name, drawn by what. The list of reports, the addresses and the
 * PDF follow this table; a report of a period of days is one entry in it. Order: as doctors expect the pages (reports
 * sheet §5.4).
 */
import { type Component, lazy } from 'solid-js'
import type { ReportKind, ReportModels } from '#reports/catalogue.ts'
import type { ScreenName } from '../parts/ScreenPicture.tsx'
import { reportTexts } from '../texts/reports.ts'

/** What draws a report of a period. */
export interface ViewProps<K extends ReportKind> {
  readonly model: ReportModels[K]
  /** Goes to the Daily page of a day. */
  readonly onDay: (day: number) => void
}

interface Entry {
  /** In the address: `/reports/PATH`. */
  readonly path: string
  readonly name: string
  /** One sentence for the list. */
  readonly text: string
  readonly picture: ScreenName
}

/** A report about a period: `PeriodPage` has the picker, asks the worker, and says what to do when there are no data. */
export interface PeriodReport<K extends ReportKind = ReportKind> extends Entry {
  readonly kind: K
  readonly view: Component<ViewProps<K>>
  /** Also asks for the period of the same length before it. */
  readonly compares?: boolean
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
    picture: 'overview',
    view: lazy(async () => ({ default: (await import('./Overview.tsx')).Overview })),
  }),
  ofPeriod({
    path: 'agp',
    kind: 'agp',
    name: t.agp.title,
    text: t.agp.text,
    picture: 'agp',
    view: lazy(async () => ({ default: (await import('./Agp.tsx')).Agp })),
  }),
  {
    path: 'daily',
    name: t.daily,
    text: t.dailyText,
    picture: 'daily',
    page: lazy(async () => ({ default: (await import('./DailyPage.tsx')).DailyPage })),
  },
  ofPeriod({
    path: 'insulin',
    kind: 'insulin',
    name: t.insulin.title,
    text: t.insulin.text,
    picture: 'insulin',
    view: lazy(async () => ({ default: (await import('./Insulin.tsx')).Insulin })),
  }),
  ofPeriod({
    path: 'device-use',
    kind: 'deviceUse',
    name: t.deviceUse.title,
    text: t.deviceUse.text,
    picture: 'table',
    view: lazy(async () => ({ default: (await import('./DeviceUse.tsx')).DeviceUse })),
  }),
  {
    path: 'settings',
    name: t.settings.title,
    text: t.settings.text,
    picture: 'settings',
    page: lazy(async () => ({ default: (await import('./SettingsPage.tsx')).SettingsPage })),
  },
]

export const reportAt = (path: string): AnyPeriodReport | OwnReport | undefined =>
  reports.find(report => report.path === path)
