/** What a report on the screen can become: a PDF file, or plain text for a health record. */
import { createSignal, Show } from 'solid-js'
import type { Period } from '#reports/models.ts'
import { withPaper } from '../charts/onPaper.ts'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { download } from '../state/download.ts'
import { usePreferences } from '../state/preferences.ts'
import { paperTexts } from '../texts/paper.ts'
import { reportTexts } from '../texts/reports.ts'
import { paperName } from './fileName.ts'
import type { PdfRequest } from './makePdf.ts'

export interface PaperActionsProps {
  readonly title: string
  /** For the file's name. */
  readonly period?: Period | undefined
  /** The drawn report. */
  readonly report: () => Element | undefined
  readonly disabled: boolean
  /** What happened, in words; `undefined` takes the last word back. */
  readonly onNote: (text: string | undefined, failed: boolean) => void
}

const t = paperTexts

export function PaperActions(props: PaperActionsProps) {
  const preferences = usePreferences()
  const [busy, setBusy] = createSignal(false)
  const save = async () => {
    const element = props.report()
    if (!element || busy()) return
    setBusy(true)
    props.onNote(undefined, false)
    try {
      const madeAt = new Date()
      const { makePdf } = await import('./makePdf.ts')
      const request: PdfRequest = {
        paper: preferences.now().paper,
        title: props.title,
        language: document.documentElement.lang || 'en',
        creator: `Basalt ${import.meta.env.BASALT_VERSION ?? ''}`.trim(),
        madeAt,
        reports: [{ title: props.title, element }],
        warning: reportTexts.printed.notForDosing,
        pageText: t.page,
      }
      const { file, pages } = await withPaper(() => makePdf(request))
      if (file) download(file, paperName(preferences.now(), props.period, madeAt))
      props.onNote(t.saved(pages), false)
    } catch (error) {
      console.warn('The PDF could not be made', error)
      props.onNote(t.failed, true)
    } finally {
      setBusy(false)
    }
  }
  const copy = async () => {
    const element = props.report()
    if (!element) return
    try {
      const { textOfReport } = await import('./reportText.ts')
      const text = await withPaper(async () => textOfReport(element, reportTexts.printed.notForDosing))
      await navigator.clipboard.writeText(text)
      props.onNote(t.copied, false)
    } catch (error) {
      console.warn('The clipboard could not be written', error)
      props.onNote(t.copyFailed, true)
    }
  }
  return (
    <>
      <Button onClick={() => void copy()} disabled={props.disabled}>
        <Icon name="file" />
        {t.copy}
      </Button>
      <Button onClick={() => void save()} disabled={props.disabled || busy()}>
        <Icon name="download" />
        <Show when={busy()} fallback={t.save}>
          {t.saving}
        </Show>
      </Button>
    </>
  )
}
