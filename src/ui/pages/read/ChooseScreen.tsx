/** Which device: found by name, those used before first, simulated ones at the end. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Model } from '#devices/driver.ts'
import { Answered } from '../../parts/Answered.tsx'
import { ButtonLink } from '../../parts/Button.tsx'
import { DeviceDrawing } from '../../parts/DeviceDrawing.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { useApi } from '../../state/api.ts'
import { createAnswer } from '../../state/createAnswer.ts'
import { browserTransports, type RealChoice, usableConnections } from '../../state/createPermission.ts'
import type { ReadTarget } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'
import { Scenarios } from './Scenarios.tsx'

export interface ChooseScreenProps {
  readonly models: readonly Model[]
  readonly onChoose: (target: ReadTarget) => void
}

export function ChooseScreen(props: ChooseScreenProps) {
  const t = texts()
  const api = useApi()
  const [word, setWord] = createSignal('')
  const known = createAnswer(() => api.data.devices())
  const plugged = createAnswer(() => api.device.permitted())
  const scenarios = createAnswer(() => api.device.scenarios())

  const matches = (name: string) => isMatch(name, word())
  const shown = createMemo(() => props.models.filter(model => matches(`${model.manufacturer} ${model.name}`)))
  // A pump hangs behind a meter or a stick: that this is plugged in does not say which pump is near.
  const isDeviceItself = ({ modelId }: RealChoice) => props.models.find(({ id }) => id === modelId)?.kind !== 'pump'
  const usedIds = createMemo(() => {
    const read = (known.value() ?? []).filter(device => !device.simulated).map(device => device.modelId)
    const there = (plugged.value() ?? []).filter(isDeviceItself).map(choice => choice.modelId)
    return new Set([...there, ...read])
  })
  const used = () => shown().filter(model => usedIds().has(model.id))
  const others = () => shown().filter(model => !usedIds().has(model.id))
  const isPlugged = (model: Model) =>
    plugged.value()?.some(choice => choice.modelId === model.id && isDeviceItself(choice)) ?? false
  const supported = () => Object.values(browserTransports()).some(Boolean)
  const nothing = () => shown().length === 0 && word() !== ''

  return (
    <>
      <PageHead title={t.read.title} text={t.read.chooseLead} />
      <div class="stack-loose">
        <Show when={!supported()}>
          <Notice tone="care">
            <h2>{t.read.unsupportedTitle}</h2>
            <p>{t.read.unsupported}</p>
            <div class="row">
              <ButtonLink href="/import">{t.actions.importFiles}</ButtonLink>
            </div>
          </Notice>
        </Show>
        <TextField class="input-wide" type="search" label={t.read.search} value={word()} onInput={setWord} />
        <Show when={used().length > 0}>
          <section class="stack" aria-labelledby="read-used">
            <h2 id="read-used">{t.read.usedBefore}</h2>
            <ul class="model-list">
              <For each={used()}>
                {model => (
                  <ModelChoice model={model} pluggedIn={isPlugged(model)} onChoose={() => props.onChoose({ model })} />
                )}
              </For>
            </ul>
          </section>
        </Show>
        <Show when={others().length > 0}>
          <section class="stack" aria-labelledby="read-models">
            <h2 id="read-models">{t.read.models}</h2>
            <ul class="model-list">
              <For each={others()}>
                {model => <ModelChoice model={model} pluggedIn={false} onChoose={() => props.onChoose({ model })} />}
              </For>
            </ul>
          </section>
        </Show>
        <Show when={nothing()}>
          <Empty
            title={t.read.none(word())}
            text={t.read.noneHint}
            actions={<ButtonLink href="/import">{t.actions.importFiles}</ButtonLink>}
          />
        </Show>
        <section class="stack" aria-labelledby="read-try">
          <h2 id="read-try">{t.read.tryTitle}</h2>
          <p class="soft readable">{t.read.tryText}</p>
          <Answered of={scenarios}>
            {all => (
              <Scenarios all={all()} models={props.models} word={word()} matches={matches} onChoose={props.onChoose} />
            )}
          </Answered>
        </section>
      </div>
    </>
  )
}

function ModelChoice(props: { readonly model: Model; readonly pluggedIn: boolean; readonly onChoose: () => void }) {
  const t = texts()
  return (
    <li>
      <button
        type="button"
        class="model-choice"
        disabled={usableConnections({ model: props.model }).length === 0}
        onClick={() => props.onChoose()}
      >
        <DeviceDrawing drawing={props.model.drawing} size={56} />
        <span class="model-choice-text">
          <span class="model-choice-name">{props.model.name}</span>
          <span class="soft small">{props.model.manufacturer}</span>
          <span class="soft small" title={t.standings[props.model.standing].long}>
            {t.standings[props.model.standing].short}
          </span>
          <Show when={props.pluggedIn}>
            <span>
              <span class="tag">{t.read.pluggedIn}</span>
            </span>
          </Show>
        </span>
      </button>
    </li>
  )
}

/** Every word of the search begins a word of the name, whatever the case. */
function isMatch(name: string, search: string): boolean {
  const words = name.toLowerCase().split(/[\s-]+/)
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return wanted.every(one => words.some(word => word.includes(one)))
}
