/** What to do before plugging in, and what Basalt will and will not do. */
import { For, Show } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { DeviceDrawing } from '../../parts/DeviceDrawing.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { PageTitle } from '../../parts/PageHead.tsx'
import type { ReadTarget } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'

export interface PrepareScreenProps {
  readonly target: ReadTarget
  readonly onProceed: () => void
  readonly onBack: () => void
}

export function PrepareScreen(props: PrepareScreenProps) {
  const t = texts()
  const simulated = () => props.target.scenarioId !== undefined
  const name = () => (simulated() ? t.read.simulatedName(props.target.model.name) : props.target.model.name)
  return (
    <div class="read-screen">
      <PageTitle title={t.read.prepareTitle(name())} focused />
      <div class="card">
        <div class="prepare">
          <div class="read-picture">
            <DeviceDrawing drawing={props.target.model.drawing} size={128} />
          </div>
          <div class="stack">
            <Show when={!simulated()} fallback={<p>{t.read.tryText}</p>}>
              <h2>{t.read.prepareSteps}</h2>
              <ol class="steps">
                <For each={props.target.model.preparation}>
                  {step => (
                    <li>
                      <span>{step}</span>
                    </li>
                  )}
                </For>
              </ol>
            </Show>
          </div>
        </div>
        <Promises />
      </div>
      <div class="row">
        <Button look="primary" size="large" onClick={props.onProceed}>
          {simulated() ? t.read.simulatedReady : t.read.ready}
        </Button>
        <Button look="quiet" onClick={props.onBack}>
          {t.read.otherDevice}
        </Button>
      </div>
    </div>
  )
}

function Promises() {
  const t = texts()
  return (
    <div class="stack-tight">
      <h2>{t.read.promiseTitle}</h2>
      <ul class="plain-list">
        <For each={t.read.promise}>
          {sentence => (
            <li class="with-icon">
              <Icon name="check" size={18} />
              <span>{sentence}</span>
            </li>
          )}
        </For>
      </ul>
    </div>
  )
}
