/** Simulated devices to try, by driver; of many only the first few, until the person asks or searches. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Model } from '#devices/driver.ts'
import { driverOfModel } from '#devices/registry.ts'
import type { ScenarioChoice } from '#workers/api.ts'
import { Button } from '../../parts/Button.tsx'
import type { ReadTarget } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'

export interface ScenariosProps {
  readonly all: readonly ScenarioChoice[]
  readonly models: readonly Model[]
  /** What is searched for; empty when nothing is. */
  readonly word: string
  readonly matches: (name: string) => boolean
  readonly onChoose: (target: ReadTarget) => void
}

interface Offer {
  readonly choice: ScenarioChoice
  readonly model: Model
}

const FEW = 6

export function Scenarios(props: ScenariosProps) {
  const t = texts()
  const groups = createMemo(() => {
    const byDriver = new Map<string, { readonly title: string; readonly offers: Offer[] }>()
    for (const choice of props.all) {
      const model = props.models.find(({ id }) => id === choice.modelId)
      if (!model) continue
      const title = t.read.scenarioGroups[model.kind](model.manufacturer)
      const { modelName, name, bridgeName = '' } = choice
      if (!props.matches([title, modelName, name, bridgeName].join(' '))) continue
      const driver = driverOfModel(model.id) ?? title
      const group = byDriver.get(driver)
      if (group) group.offers.push({ choice, model })
      else byDriver.set(driver, { title, offers: [{ choice, model }] })
    }
    const groups = [...byDriver.values()]
    // Two families of one maker are told apart by what they begin with.
    return groups.map(({ title, offers }) => {
      const isShared = groups.some(other => other.offers !== offers && other.title === title)
      const first = offers[0]?.model.name ?? ''
      return { title: isShared ? t.read.scenarioGroupOf(title, first) : title, offers }
    })
  })
  return (
    <For each={groups()} fallback={<p class="soft">{t.read.noScenario(props.word)}</p>}>
      {group => <Group title={group.title} offers={group.offers} whole={props.word !== ''} onChoose={props.onChoose} />}
    </For>
  )
}

interface GroupProps {
  readonly title: string
  readonly offers: readonly Offer[]
  readonly whole: boolean
  readonly onChoose: (target: ReadTarget) => void
}

function Group(props: GroupProps) {
  const t = texts()
  const [all, setAll] = createSignal(false)
  const shown = () => (all() || props.whole ? props.offers : props.offers.slice(0, FEW))
  return (
    <div class="stack-tight">
      <h3>{props.title}</h3>
      <ul class="model-list">
        <For each={shown()}>{offer => <ScenarioButton offer={offer} onChoose={props.onChoose} />}</For>
      </ul>
      <Show when={shown().length < props.offers.length}>
        <div class="row">
          <Button size="small" onClick={() => setAll(true)}>
            {t.read.allScenarios(props.offers.length)}
          </Button>
        </div>
      </Show>
    </div>
  )
}

function ScenarioButton(props: { readonly offer: Offer; readonly onChoose: (target: ReadTarget) => void }) {
  const t = texts()
  const choice = () => props.offer.choice
  const device = () => {
    const { modelName, bridgeName } = choice()
    return bridgeName === undefined ? modelName : t.read.by(modelName, bridgeName)
  }
  return (
    <li>
      <button
        type="button"
        class="model-choice"
        onClick={() => props.onChoose({ model: props.offer.model, scenarioId: choice().scenarioId })}
      >
        <span class="model-choice-text">
          <span class="model-choice-name">{choice().name}</span>
          <span class="small">{choice().description}</span>
          <span class="soft small">{device()}</span>
        </span>
      </button>
    </li>
  )
}
