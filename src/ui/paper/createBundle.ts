/** The making of one PDF of several reports as a signal: how far it is, what came of it, and calling it off. */
import { type Accessor, createSignal } from 'solid-js'
import type { Period } from '#reports/models.ts'
import { useApi } from '../state/api.ts'
import { download } from '../state/download.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { isFiltering, useFilter } from '../state/reportFilter.ts'
import { paperTexts } from '../texts/paper.ts'
import { reportTexts } from '../texts/reports.ts'
import { type BundleReport, partsOf } from './bundleParts.ts'
import { paperName } from './fileName.ts'
import type { DrawnReport } from './makePdf.ts'
import type { PartDrawer } from './PartDrawing.tsx'

export type BundleState =
  | { readonly state: 'idle' | 'failed' }
  | { readonly state: 'making'; readonly done: number; readonly total: number; readonly name: string }
  /** `leftOut`: names of chosen reports that these days hold nothing for. */
  | { readonly state: 'done'; readonly pages: number; readonly leftOut: readonly string[] }

export interface BundleWish {
  readonly reports: readonly BundleReport[]
  readonly period: Period
  /** The earlier days of reports that let a person choose them. */
  readonly compareWith?: Period | undefined
  /** "" for none. */
  readonly password: string
}

export interface Bundle {
  readonly now: Accessor<BundleState>
  readonly make: (wish: BundleWish) => Promise<void>
  readonly cancel: () => void
  readonly setDrawer: (drawer: PartDrawer) => void
}

export function createBundle(): Bundle {
  const api = useApi()
  const format = useFormat()
  const preferences = usePreferences()
  const { filter } = useFilter()
  const [now, setNow] = createSignal<BundleState>({ state: 'idle' })
  let drawer: PartDrawer | undefined
  let running: AbortController | undefined

  async function* draw(wish: BundleWish, signal: AbortSignal, leftOut: string[]): AsyncGenerator<DrawnReport> {
    const { period, compareWith } = wish
    const query = { period, compareWith, filter: isFiltering(filter()) ? filter() : undefined }
    for (const [done, report] of wish.reports.entries()) {
      setNow({ state: 'making', done, total: wish.reports.length, name: report.name })
      const parts = await partsOf(api, report, query)
      if (parts.length === 0) leftOut.push(report.name)
      for (const part of parts) {
        signal.throwIfAborted()
        if (drawer) yield await drawer.draw(part, signal)
      }
    }
  }

  const make = async (wish: BundleWish) => {
    running?.abort()
    const mine = new AbortController()
    running = mine
    const leftOut: string[] = []
    const madeAt = new Date()
    try {
      const { makePdf } = await import('./makePdf.ts')
      const { file, pages } = await makePdf({
        paper: preferences.now().paper,
        title: `${paperTexts.bundle.fileTitle}, ${format.days(wish.period.firstDay, wish.period.lastDay)}`,
        language: document.documentElement.lang || 'en',
        creator: `Basalt ${import.meta.env.BASALT_VERSION ?? ''}`.trim(),
        madeAt,
        reports: draw(wish, mine.signal, leftOut),
        warning: reportTexts.printed.notForDosing,
        pageText: paperTexts.page,
        password: wish.password || undefined,
        signal: mine.signal,
      })
      if (file) download(file, paperName(preferences.now(), wish.period, madeAt))
      setNow({ state: 'done', pages, leftOut })
    } catch (error) {
      if (mine.signal.aborted) {
        if (running === mine) setNow({ state: 'idle' })
      } else {
        console.warn('The PDF could not be made', error)
        setNow({ state: 'failed' })
      }
    } finally {
      drawer?.clear()
    }
  }
  return {
    now,
    make,
    cancel: () => running?.abort(),
    setDrawer: given => {
      drawer = given
    },
  }
}
