/**
 * What a chosen report draws in a PDF of several: one part, one for each day, one for each device, or none when these days
 * hold nothing for it. The same components as on the screen, with the same answers of the worker.
 */
import type { Component } from 'solid-js'
import { daysOf, noFilter, type ReportFilter } from '#reports/filter.ts'
import type { Period } from '#reports/models.ts'
import type { Outcome } from '#workers/outcome.ts'
import { type AnyPeriodReport, comparedOf, type OwnReport, reports } from '../reports/catalogue.ts'
import type { Api } from '../state/api.ts'

/** One report to be drawn. */
export interface BundlePart {
  readonly title: string
  readonly view: Component
  /** Its numbers stand on the days and devices that the filter lets through. */
  readonly isFiltered: boolean
}

export interface BundleQuery {
  readonly period: Period
  /** `undefined` when nothing is left out. */
  readonly filter: ReportFilter | undefined
  /** Which earlier days the person compares with; the days before when that is `undefined`. */
  readonly compareWith?: Period | undefined
}

export type BundleReport = AnyPeriodReport | OwnReport

/** Reports with a page of their own that can be drawn without it, by path. */
const ownParts: Readonly<Record<string, (api: Api, title: string, query: BundleQuery) => Promise<BundlePart[]>>> = {
  daily: dailyParts,
  settings: settingsParts,
  data: dataParts,
}

/** Reports that can stand in a file, in its order. */
export const bundleReports: readonly BundleReport[] = reports.filter(
  report => 'kind' in report || report.path in ownParts,
)

/** Chosen until the person chooses (reports sheet §5.4). */
export const usualPaths: ReadonlySet<string> = new Set(['agp', 'assessment', 'weekly', 'settings'])

/** The parts of one report, drawn with the worker's answers. Throws the failure of a question that was not answered. */
export function partsOf(api: Api, report: BundleReport, query: BundleQuery): Promise<BundlePart[]> {
  if ('kind' in report) return periodParts(api, report, query)
  const make = ownParts[report.path]
  return make ? make(api, report.name, query) : Promise.resolve([])
}

async function periodParts(api: Api, report: AnyPeriodReport, query: BundleQuery): Promise<BundlePart[]> {
  const { period, filter } = query
  const compareWith = comparedOf(report, period, query.compareWith)
  const model = valueOf(
    await api.data.report(report.kind, {
      period,
      ...(filter ? { filter } : {}),
      ...(compareWith ? { compareWith } : {}),
    }),
  )
  if ('dataFirstDay' in model && model.dataFirstDay === undefined) return []
  return [{ title: report.name, view: () => report.view({ model, onDay: () => undefined }), isFiltered: true }]
}

/** A day that is left out has no page; a device that is left out is on none. */
async function dailyParts(api: Api, title: string, { period, filter = noFilter }: BundleQuery): Promise<BundlePart[]> {
  const [{ Daily }, { isEmptyDay }] = await Promise.all([
    import('../reports/Daily.tsx'),
    import('../reports/DailyPage.tsx'),
  ])
  const parts: BundlePart[] = []
  for (const day of daysOf(period, filter)) {
    const query = { period: { firstDay: day, lastDay: day }, filter: { ...noFilter, devicesOff: filter.devicesOff } }
    const model = valueOf(await api.data.report('daily', query))
    if (!isEmptyDay(model)) parts.push({ title, view: () => Daily({ model }), isFiltered: true })
  }
  return parts
}

async function settingsParts(api: Api, title: string): Promise<BundlePart[]> {
  const { DeviceSettingsReport } = await import('../reports/DeviceSettingsReport.tsx')
  const { devices } = valueOf(await api.data.settings())
  return devices.map(device => ({
    title,
    view: () => DeviceSettingsReport({ model: { devices: [device] } }),
    isFiltered: false,
  }))
}

/** The newest entries, as many as a person may want on paper; the words say how many are not there. */
async function dataParts(api: Api, title: string, { period, filter }: BundleQuery): Promise<BundlePart[]> {
  const { PaperRecords, PAPER_ROWS } = await import('../reports/dataTable/PaperRecords.tsx')
  const page = valueOf(
    await api.data.records({
      period,
      ...(filter ? { filter } : {}),
      order: 'newest',
      offset: 0,
      limit: PAPER_ROWS,
      isForFile: true,
    }),
  )
  if (page.total === 0) return []
  return [{ title, view: () => PaperRecords({ page, period }), isFiltered: true }]
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  const { code, step, detail } = outcome.failure
  throw new Error([code, step, detail].filter(Boolean).join(': '))
}
