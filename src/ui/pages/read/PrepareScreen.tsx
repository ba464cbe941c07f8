/** What to do before plugging in, what only the person can tell, and what Basalt will and will not do. */
import { For, Show } from 'solid-js'
import type { Choice } from '#workers/api.ts'
import { Button } from '../../parts/Button.tsx'
import { DeviceDrawing } from '../../parts/DeviceDrawing.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { PageTitle } from '../../parts/PageHead.tsx'
import { createPrepared } from '../../state/createPrepared.ts'
import type { ReadTarget } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'
import { BridgeChoice, Cautions } from './BridgeChoice.tsx'
import { QuestionField } from './QuestionField.tsx'
import { Steps } from './Steps.tsx'

export interface PrepareScreenProps {
  readonly target: ReadTarget
  readonly onProceed: (choice?: Choice) => void
  readonly onBack: () => void
}

const FIRST_MISSING = '[role="radiogroup"][aria-invalid="true"] input:not(:disabled), input[aria-invalid="true"]'

export function PrepareScreen(props: PrepareScreenProps) {
  const t = texts()
  const model = () => props.target.model
  const simulated = () => props.target.scenarioId !== undefined
  const name = () => (simulated() ? t.read.simulatedName(model().name) : model().name)
  const prepared = createPrepared(() => props.target)
  const steps = () => [...model().preparation, ...(prepared.bridge()?.preparation ?? [])]

  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (simulated()) return props.onProceed()
    const choice = prepared.finish()
    if (choice) return props.onProceed(choice)
    // What is missing says so; the first of it is where to go on.
    event.currentTarget.querySelector<HTMLElement>(FIRST_MISSING)?.focus()
  }

  return (
    <form class="read-screen" noValidate onSubmit={submit}>
      <PageTitle title={t.read.prepareTitle(name())} focused />
      <div class="card">
        <div class="prepare">
          <div class="read-picture">
            <DeviceDrawing drawing={model().drawing} size={128} />
          </div>
          <div class="stack-loose">
            <Show when={!simulated()} fallback={<p>{t.read.tryText}</p>}>
              <Show when={(model().bridges?.length ?? 0) > 1 || prepared.bridgeMissing()}>
                <BridgeChoice prepared={prepared} bridges={model().bridges ?? []} />
              </Show>
              <Cautions bridge={prepared.bridge()} />
              <For each={model().questions ?? []}>
                {question => <QuestionField question={question} prepared={prepared} />}
              </For>
              <div class="stack">
                <h2>{t.read.prepareSteps}</h2>
                <Steps of={steps()} />
              </div>
            </Show>
          </div>
        </div>
        <Promises />
      </div>
      <div class="row">
        <Button type="submit" look="primary" size="large">
          {simulated() ? t.read.simulatedReady : t.read.ready}
        </Button>
        <Button look="quiet" onClick={props.onBack}>
          {t.read.otherDevice}
        </Button>
      </div>
    </form>
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
