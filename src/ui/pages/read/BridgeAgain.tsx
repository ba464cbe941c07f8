/** After a read that went wrong: what to do with the bridge, once more, as that is where most goes wrong. */
import { Show } from 'solid-js'
import { bridgeOf, type ReadTarget } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'
import { Cautions } from './BridgeChoice.tsx'
import { Steps } from './Steps.tsx'

export function BridgeAgain(props: { readonly target: ReadTarget }) {
  const t = texts()
  return (
    <Show when={bridgeOf(props.target)}>
      {bridge => (
        <div class="card">
          <div class="stack">
            <h2>{t.read.bridgeAgain(bridge().name)}</h2>
            <Cautions bridge={bridge()} />
            <Steps of={bridge().preparation} />
          </div>
        </div>
      )}
    </Show>
  )
}
