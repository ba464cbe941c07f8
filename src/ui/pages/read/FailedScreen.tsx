/** A read that brought nothing: what happened, that the data are safe, what to do. */
import { Show } from 'solid-js'
import type { FailureCode } from '#workers/outcome.ts'
import { Button, ButtonLink } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { PageTitle } from '../../parts/PageHead.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { otherTransport, type Transport } from '../../state/createPermission.ts'
import { download } from '../../state/download.ts'
import type { StateAt } from '../../state/createReading.ts'
import { failureTexts } from '../../texts/failures.ts'
import { texts } from '../../texts/texts.ts'
import { BridgeAgain } from './BridgeAgain.tsx'

export interface FailedScreenProps {
  readonly state: StateAt<'failed'>
  readonly onAgain: () => void
  /** Back to what was asked before the read. */
  readonly onPrepare: () => void
  readonly onOtherWay: (transport: Transport) => void
  readonly onAnother: () => void
  readonly supportReport: () => Promise<string>
}

/** Failures of opening, behind which the system's own driver may be: browsers do not always say so. */
const mayBeTheWay: readonly FailureCode[] = ['device-in-use', 'permission-lost', 'device-missing', 'no-answer']

export function FailedScreen(props: FailedScreenProps) {
  const t = texts()
  const target = () => props.state.target
  const save = async () => {
    const text = await props.supportReport()
    download(new Blob([text], { type: 'text/plain' }), t.read.reportFile)
  }
  const other = () => {
    const isReal = target().scenarioId === undefined
    return isReal && mayBeTheWay.includes(props.state.failure.code) ? otherTransport(target()) : undefined
  }
  const text = () => {
    const usual = failureTexts[props.state.failure.code]
    return other() ? { ...usual, todo: `${usual.todo} ${t.read.otherWayHeld}` } : undefined
  }
  return (
    <div class="read-screen">
      <PageTitle title={target().model.name} focused />
      <FailureNote
        failure={props.state.failure}
        text={text()}
        onRetry={() => props.onAgain()}
        actions={
          <>
            <Show when={other()}>
              {transport => (
                <Button onClick={() => props.onOtherWay(transport())}>{t.read.otherWay[transport()]}</Button>
              )}
            </Show>
            <Show when={target().model.bridges || target().model.questions}>
              <Button onClick={props.onPrepare}>{t.read.preparationAgain}</Button>
            </Show>
            <Button onClick={() => void save()}>
              <Icon name="download" size={18} />
              {t.actions.saveReport}
            </Button>
            <Button look="quiet" onClick={props.onAnother}>
              {t.read.otherDevice}
            </Button>
          </>
        }
      />
      <BridgeAgain target={target()} />
      <p>
        <ButtonLink href="/help" look="quiet">
          {t.frame.help}
        </ButtonLink>
      </p>
    </div>
  )
}
