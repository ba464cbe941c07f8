/** Which thing between computer and device is at hand, and what cannot work with it on this system. */
import { createUniqueId, For, Show } from 'solid-js'
import type { Bridge } from '#devices/driver.ts'
import { Notice } from '../../parts/Notice.tsx'
import type { Prepared } from '../../state/createPrepared.ts'
import { systemOf } from '../../state/system.ts'
import { texts } from '../../texts/texts.ts'

export interface BridgeChoiceProps {
  readonly prepared: Prepared
  readonly bridges: readonly Bridge[]
}

export function BridgeChoice(props: BridgeChoiceProps) {
  const t = texts()
  const name = createUniqueId()
  const isMissing = () => props.prepared.bridgeMissing()
  return (
    <fieldset
      class="stack-tight"
      role="radiogroup"
      aria-invalid={isMissing() ? 'true' : undefined}
      aria-describedby={isMissing() ? `${name}-error` : undefined}
    >
      <legend class="field-label">{t.read.bridge}</legend>
      <div class="choice-list">
        <For each={props.bridges}>
          {bridge => {
            const usable = () => props.prepared.isUsable(bridge)
            return (
              <label class="choice">
                <input
                  type="radio"
                  name={name}
                  value={bridge.id}
                  checked={props.prepared.bridge()?.id === bridge.id}
                  disabled={!usable()}
                  onChange={() => props.prepared.chooseBridge(bridge.id)}
                />
                <span>
                  {bridge.name}
                  <Show when={!usable()}>
                    <span class="soft small"> {t.read.bridgeUnsupported}</span>
                  </Show>
                </span>
              </label>
            )
          }}
        </For>
      </div>
      <Show when={isMissing()}>
        <p id={`${name}-error`} class="field-error" role="alert">
          {t.read.bridgeMissing}
        </p>
      </Show>
    </fieldset>
  )
}

/** Said as soon as the thing is chosen, before the person has tried in vain. */
export function Cautions(props: { readonly bridge: Bridge | undefined }) {
  const system = systemOf()
  const cautions = () => props.bridge?.cautions.filter(caution => caution.system === system) ?? []
  return (
    <div aria-live="polite" class="boxless">
      <Show when={cautions().length > 0}>
        <Notice tone="care">
          <For each={cautions()}>{caution => <p>{caution.text}</p>}</For>
        </Notice>
      </Show>
    </div>
  )
}
