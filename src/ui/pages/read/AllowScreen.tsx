/** Leads through the browser's own question which device Basalt may see. */
import { Show } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { PageTitle } from '../../parts/PageHead.tsx'
import { otherTransport, type Transport } from '../../state/createPermission.ts'
import { bridgeOf, type StateAt } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'
import { Steps } from './Steps.tsx'

export interface AllowScreenProps {
  readonly state: StateAt<'allow'>
  /** With another kind of way than the first, when the person says so. */
  readonly onAllow: (transport?: Transport) => void
  readonly onBack: () => void
}

export function AllowScreen(props: AllowScreenProps) {
  const t = texts()
  const target = () => props.state.target
  // What is plugged in, and what the browser's list shows.
  const name = () => bridgeOf(target())?.name ?? target().model.name
  return (
    <div class="read-screen">
      <PageTitle title={t.read.allowTitle(name())} focused />
      <div class="card">
        <p>{t.read.allowText}</p>
        <Steps of={t.read.allowSteps(name())} />
        <p class="soft">{t.read.allowOnce}</p>
      </div>
      <div aria-live="polite">
        <Show when={props.state.nothingChosen}>
          <Notice tone="care">
            <p>
              <strong>{t.read.nothingChosen}</strong>
            </p>
            <p>{t.read.nothingChosenHelp}</p>
          </Notice>
        </Show>
      </div>
      <div class="row">
        <Button look="primary" size="large" disabled={props.state.asking} onClick={() => props.onAllow()}>
          {props.state.asking ? t.read.asking : t.read.allowAsk}
        </Button>
        <Button look="quiet" onClick={props.onBack}>
          {t.read.otherDevice}
        </Button>
      </div>
      <Show when={otherTransport(target())}>
        {other => (
          <div class="stack-tight">
            <p class="soft">{t.read.otherWayAsk}</p>
            <p>
              <Button disabled={props.state.asking} onClick={() => props.onAllow(other())}>
                {t.read.otherWay[other()]}
              </Button>
            </p>
          </div>
        )}
      </Show>
    </div>
  )
}
