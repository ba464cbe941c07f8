/** Leads through the browser's own question which device Basalt may see. */
import { For, Show } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { PageTitle } from '../../parts/PageHead.tsx'
import type { StateAt } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'

export interface AllowScreenProps {
  readonly state: StateAt<'allow'>
  readonly onAllow: () => void
  readonly onBack: () => void
}

export function AllowScreen(props: AllowScreenProps) {
  const t = texts()
  const name = () => props.state.target.model.name
  return (
    <div class="read-screen">
      <PageTitle title={t.read.allowTitle(name())} focused />
      <div class="card">
        <p>{t.read.allowText}</p>
        <ol class="steps">
          <For each={t.read.allowSteps(name())}>
            {step => (
              <li>
                <span>{step}</span>
              </li>
            )}
          </For>
        </ol>
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
        <Button look="primary" size="large" disabled={props.state.asking} onClick={props.onAllow}>
          {props.state.asking ? t.read.asking : t.read.allowAsk}
        </Button>
        <Button look="quiet" onClick={props.onBack}>
          {t.read.otherDevice}
        </Button>
      </div>
    </div>
  )
}
