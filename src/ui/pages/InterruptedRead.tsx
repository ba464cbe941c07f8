/** After a reload or a closed tab in the middle of a read: what became of it. */
import { createSignal, onMount, Show } from 'solid-js'
import type { ReadReport } from '#workers/api.ts'
import { addedBy } from '../parts/ReportDetails.tsx'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { Notice } from '../parts/Notice.tsx'
import { useReading } from '../state/createReading.ts'
import { clearReadMark, interruptedReadAt } from '../state/readMarker.ts'
import { texts } from '../texts/texts.ts'

export interface InterruptedReadProps {
  readonly activity: readonly ReadReport[]
}

export function InterruptedRead(props: InterruptedReadProps) {
  const t = texts()
  const reading = useReading()
  const [since, setSince] = createSignal<number>()
  onMount(() => {
    if (reading.now().step !== 'reading') void interruptedReadAt().then(setSince)
  })
  const saved = () => props.activity.find(report => report.how !== 'file' && report.at >= (since() ?? 0))
  const dismiss = () => {
    clearReadMark()
    setSince(undefined)
  }
  const text = () => {
    const report = saved()
    return report ? t.home.interruptedSaved(addedBy(report), report.title) : t.home.interruptedNothing
  }
  return (
    <Show when={since() !== undefined}>
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
