/** Tasks to search, checks the app can run by itself, what each device needs, and the keys. */
import '../charts/palette.css'
import '../parts/pictures.css'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Model } from '#devices/driver.ts'
import { allModels } from '#devices/registry.ts'
import { ShortcutList } from '../frame/Shortcuts.tsx'
import { Button } from '../parts/Button.tsx'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { TextField } from '../parts/Field.tsx'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { ScreenPicture } from '../parts/ScreenPicture.tsx'
import { useApi } from '../state/api.ts'
import { type Check, createChecks } from '../state/createChecks.ts'
import { useFormat } from '../state/preferences.ts'
import { type Topic, topics } from '../texts/help.ts'
import { texts } from '../texts/texts.ts'

export interface HelpProps {
  /** All that the registry has, unless told. */
  readonly models?: readonly Model[]
}

export function Help(props: HelpProps) {
  const t = texts()
  const [word, setWord] = createSignal('')
  const found = createMemo(() => topics.filter(topic => isAbout(topic, word())))
  const models = () => props.models ?? allModels
  return (
    <>
      <PageHead title={t.help.title} />
      <div class="stack-loose">
        <section class="stack readable" aria-labelledby="help-tasks">
          <h2 id="help-tasks">{t.help.tasks}</h2>
          <div class="screen-only">
            <TextField class="input-wide" type="search" label={t.help.search} value={word()} onInput={setWord} />
          </div>
          <div>
            <For each={found()} fallback={<p>{t.help.noMatch(word())}</p>}>
              {topic => <TopicDetails topic={topic} open={word().trim() !== '' && found().length === 1} />}
            </For>
          </div>
        </section>
        <Troubleshooter />
        <Show when={models().length > 0}>
          <section class="stack" aria-labelledby="help-needs">
            <h2 id="help-needs">{t.help.needs}</h2>
            <p class="soft">{t.help.needsText}</p>
            <div class="grid-cards">
              <For each={models()}>{model => <Needs model={model} />}</For>
            </div>
          </section>
        </Show>
        <section class="stack readable screen-only" aria-labelledby="help-keys">
          <h2 id="help-keys">{t.help.keys}</h2>
          <ShortcutList />
        </section>
        <section class="stack-tight readable" aria-labelledby="help-about">
          <h2 id="help-about">{t.help.about}</h2>
          <p class="soft">{t.help.aboutText}</p>
          <Show when={import.meta.env.BASALT_VERSION}>
            {version => <p class="soft small">{t.help.version(version(), import.meta.env.BASALT_BUILD)}</p>}
          </Show>
        </section>
      </div>
    </>
  )
}

function TopicDetails(props: { readonly topic: Topic; readonly open: boolean }) {
  return (
    <details class="topic" open={props.open}>
      <summary>{props.topic.title}</summary>
      <div class="topic-body">
        <Show when={props.topic.picture}>{picture => <ScreenPicture of={picture()} />}</Show>
        <ol class="bullets">
          <For each={props.topic.steps}>{step => <li>{step}</li>}</For>
        </ol>
        <Show when={props.topic.note}>
          <p class="soft">{props.topic.note}</p>
        </Show>
      </div>
    </details>
  )
}

const verdictIcons: Readonly<Record<Check['verdict'], IconName>> = { good: 'check', care: 'info', bad: 'attention' }

function Troubleshooter() {
  const t = texts()
  const checks = createChecks(useApi(), useFormat())
  return (
    <section class="stack readable screen-only" aria-labelledby="help-trouble">
      <h2 id="help-trouble">{t.help.trouble}</h2>
      <p class="soft">{t.help.troubleText}</p>
      <div class="row">
        <Button disabled={checks.running()} onClick={() => void checks.run()}>
          {checks.running() ? t.help.checking : t.help.check}
        </Button>
      </div>
      <div aria-live="polite">
        <Show when={checks.results()}>
          {results => (
            <ul class="checks card">
              <For each={results()}>
                {check => (
                  <li>
                    <Icon name={verdictIcons[check.verdict]} />
                    <p>
                      <strong>{check.name}: </strong>
                      {check.text}
                    </p>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Show>
      </div>
    </section>
  )
}

function Needs(props: { readonly model: Model }) {
  const t = texts()
  return (
    <article class="card device-card" aria-label={props.model.name}>
      <DeviceDrawing drawing={props.model.drawing} size={56} />
      <div class="device-card-text">
        <h3>{props.model.name}</h3>
        <p class="soft small">{props.model.manufacturer}</p>
      </div>
      <div class="device-card-notes">
        <Show when={!props.model.bridges}>
          <p>{t.help.usb}</p>
        </Show>
        <Show when={props.model.capacity}>{capacity => <p>{t.help.capacity(capacity())}</p>}</Show>
        <p>
          <strong>{t.standings[props.model.standing].short}.</strong> {t.standings[props.model.standing].long}
        </p>
        <Show when={props.model.bridges}>
          {bridges => (
            <div class="stack-tight">
              <p>{t.help.by}</p>
              <ul class="bullets">
                <For each={bridges()}>{bridge => <li>{bridge.name}</li>}</For>
              </ul>
            </div>
          )}
        </Show>
        <Show when={props.model.preparation.length > 0}>
          <details class="disclosure">
            <summary>{t.help.prepare}</summary>
            <ol class="bullets">
              <For each={props.model.preparation}>{step => <li>{step}</li>}</For>
            </ol>
            <For each={props.model.bridges ?? []}>
              {bridge => (
                <>
                  <p>
                    <strong>{bridge.name}</strong>
                  </p>
                  <ol class="bullets">
                    <For each={bridge.preparation}>{step => <li>{step}</li>}</For>
                  </ol>
                </>
              )}
            </For>
          </details>
        </Show>
      </div>
    </article>
  )
}

/** Every word of the search is somewhere in the topic. */
function isAbout(topic: Topic, search: string): boolean {
  const text = [topic.title, topic.words, ...topic.steps, topic.note ?? ''].join(' ').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
