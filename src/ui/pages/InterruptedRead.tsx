/** After a reload or a closed tab in the middle of a read: what became of it. */
import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import type { ReadReport } from '#workers/api.ts'
import { addedBy } from '../parts/ReportDetails.tsx'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { Notice } from '../parts/Notice.tsx'
import { useReading } from '../state/createReading.ts'
import { clearInterrupted, clearReadMark, interruptedRead, type ReadMark } from '../state/readMarker.ts'
import { texts } from '../texts/texts.ts'

export interface InterruptedReadProps {
  readonly activity: readonly ReadReport[]
}

/** A tab that has just died holds its locks for a moment longer. */
const LOOK_AGAIN_MS = 1000

export function InterruptedRead(props: InterruptedReadProps) {
  const t = texts()
  const reading = useReading()
  const [mark, setMark] = createSignal<ReadMark>()
  let again: ReturnType<typeof setTimeout> | undefined
  let isGone = false
  onCleanup(() => {
    isGone = true
    clearTimeout(again)
  })

  /** The same model was read to the end since; a read of another one in another tab is no substitute. */
  const isMadeUpFor = ({ readId, startedAt, title }: ReadMark) =>
    props.activity.some(
      report =>
        report.readId !== readId && report.result === 'complete' && report.title === title && report.at > startedAt,
    )

  const look = async () => {
    clearTimeout(again)
    if (reading.now().step === 'reading') return
    const found = await interruptedRead()
    if (isGone) return
    if (found === 'running') again = setTimeout(() => void look(), LOOK_AGAIN_MS)
    else if (found && isMadeUpFor(found)) {
      clearReadMark(found.readId)
      await look()
    } else setMark(found)
  }
  createEffect(
    on(
      () => props.activity,
      () => void look(),
    ),
  )

  const saved = () => props.activity.find(report => report.readId === mark()?.readId)
  const dismiss = () => {
    void clearInterrupted()
    setMark(undefined)
  }
  const text = () => {
    const report = saved()
    return report && addedBy(report) > 0
      ? t.home.interruptedSaved(addedBy(report), report.title)
      : t.home.interruptedNothing
  }
  return (
    <Show when={mark() !== undefined}>
      <Notice tone="care">
        <h2>{t.home.interruptedTitle}</h2>
        <p>{text()}</p>
        <div class="row">
          <ButtonLink href="/read">{t.actions.readAgain}</ButtonLink>
          <Button look="quiet" onClick={dismiss}>
            {t.home.dismiss}
          </Button>
        </div>
      </Notice>
    </Show>
  )
}
