/** What a read brought, what was left out and why, and the device's clock. */
import { Show } from 'solid-js'
import { EndedBy } from '../../parts/ActivityList.tsx'
import { Button, ButtonLink } from '../../parts/Button.tsx'
import { isClockOff, useClockText } from '../../parts/ClockNote.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { PageTitle } from '../../parts/PageHead.tsx'
import { addedBy, foundBy, ReportDetails } from '../../parts/ReportDetails.tsx'
import type { StateAt } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'

export interface DoneScreenProps {
  readonly state: StateAt<'done'>
  readonly onAgain: () => void
  readonly onAnother: () => void
}

export function DoneScreen(props: DoneScreenProps) {
  const t = texts()
  const clockText = useClockText()
  const report = () => props.state.report
  const partial = () => report().result === 'partial'
  const added = () => addedBy(report())
  return (
    <div class="read-screen">
      <PageTitle title={partial() ? t.read.partialTitle : t.read.doneTitle(added())} focused />
      <Show when={partial()}>
        <Notice tone="care">
          <EndedBy report={report()} />
          <p>{t.read.partialText}</p>
        </Notice>
      </Show>
      <Show when={!partial() && added() === 0}>
        <p>{foundBy(report()) === 0 ? t.read.doneEmpty : t.read.doneNothing}</p>
      </Show>
      <div class="card">
        <ReportDetails report={report()} />
      </div>
      <Show when={isClockOff(report().clockDifferenceMs)}>
        <Notice tone="care">
          <p>
            <strong>{clockText(report().clockDifferenceMs)}</strong>
          </p>
          <p>{t.clock.advice}</p>
        </Notice>
      </Show>
      <Show when={props.state.notKept}>
        <Notice>
          <p>{t.read.notKept}</p>
        </Notice>
      </Show>
      <div class="row">
        <Show
          when={partial()}
          fallback={
            <>
              <ButtonLink href="/reports/overview" look="primary" size="large">
                {t.actions.openReport}
              </ButtonLink>
              <Button size="large" onClick={props.onAgain}>
                {t.actions.readAgain}
              </Button>
            </>
          }
        >
          <Button look="primary" size="large" onClick={props.onAgain}>
            {t.actions.readAgain}
          </Button>
          <ButtonLink href="/reports/overview" size="large">
            {t.actions.openReport}
          </ButtonLink>
        </Show>
        <Button look="quiet" onClick={props.onAnother}>
          {t.read.otherDevice}
        </Button>
      </div>
    </div>
  )
}
