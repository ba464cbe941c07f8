/** The read as it goes on, in the device's own units, with the time left after some seconds. */
import { createMemo, Show } from 'solid-js'
import { MINUTE_MS } from '#records/time.ts'
import { Button } from '../../parts/Button.tsx'
import { PageTitle } from '../../parts/PageHead.tsx'
import { Progress } from '../../parts/Progress.tsx'
import { useFormat } from '../../state/preferences.ts'
import { roundedSeconds, timeLeftMs } from '../../state/timeLeft.ts'
import type { StateAt } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'

export interface ReadingScreenProps {
  readonly state: StateAt<'reading'>
  readonly onCancel: () => void
}

export function ReadingScreen(props: ReadingScreenProps) {
  const t = texts()
  const format = useFormat()
  const name = () => props.state.target.model.name
  const text = createMemo(() => {
    const { stage, done, total, unit } = props.state.progress
    if (props.state.cancelling) return t.read.cancelling
    if (stage === 'opening') return t.read.stages.opening
    if (stage === 'saving') return t.read.stages.saving
    return t.read.stages.counted(format.number(done), total === undefined ? undefined : format.number(total), unit)
  })
  const left = () => {
    const { counting, progress, cancelling } = props.state
    if (!counting || cancelling || progress.stage !== 'reading') return undefined
    const ms = timeLeftMs({ ...counting, nowMs: Date.now(), done: progress.done, total: progress.total })
    if (ms === undefined) return undefined
    return t.read.left(ms < MINUTE_MS ? t.read.leftSeconds(roundedSeconds(ms)) : format.duration(ms))
  }
  return (
    <div class="read-screen">
      <PageTitle title={t.read.readingTitle(name())} focused />
      <div class="card">
        <Progress
          label={t.read.readingTitle(name())}
          done={props.state.progress.done}
          total={props.state.progress.stage === 'reading' ? props.state.progress.total : undefined}
          text={text()}
          more={left()}
        />
        <p>{t.read.leaveOpen}</p>
        <p class="soft">{t.read.closing}</p>
      </div>
      <p class="visually-hidden" role="status">
        {announced(props.state, text())}
      </p>
      <div class="row">
        <Show when={!props.state.cancelling}>
          <Button onClick={props.onCancel}>{t.actions.cancel}</Button>
        </Show>
      </div>
    </div>
  )
}

/** For screen readers: each stage, and every quarter of the way, rather than every single value. */
function announced(state: StateAt<'reading'>, text: string): string {
  const { stage, done, total } = state.progress
  if (stage !== 'reading' || state.cancelling) return text
  if (!total) return ''
  const quarter = Math.floor((4 * done) / total)
  return quarter === 0 ? '' : `${quarter * 25} %`
}
