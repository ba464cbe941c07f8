/** What a person may choose. Everything is saved at once, says so quietly, and can be undone. */
import { createSignal, type JSX, Show } from 'solid-js'
import type { Preferences } from '#records/preferences.ts'
import type { Failure } from '#workers/outcome.ts'
import { Button } from '../parts/Button.tsx'
import { FailureNote } from '../parts/FailureNote.tsx'
import { TextField } from '../parts/Field.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { usePreferences } from '../state/preferences.ts'
import { preferenceTexts as p } from '../texts/preferences.ts'
import { texts } from '../texts/texts.ts'
import { InstallOffer } from './InstallOffer.tsx'
import { RangeSettings } from './settings/RangeSettings.tsx'
import { CarbSettings, IdentitySettings, UsualSettings } from './settings/ReportSettings.tsx'
import { StorageSettings } from './settings/StorageSettings.tsx'
import { TimeSettings } from './settings/TimeSettings.tsx'

export function Settings() {
  const t = texts()
  const preferences = usePreferences()
  const [before, setBefore] = createSignal<Preferences>()
  const [said, setSaid] = createSignal('')
  const [failure, setFailure] = createSignal<Failure>()

  const save = async (change: Partial<Preferences>) => {
    const was = preferences.now()
    const outcome = await preferences.change(change)
    setFailure(outcome.ok ? undefined : outcome.failure)
    if (!outcome.ok) return
    setBefore(was)
    setSaid(t.settings.saved)
  }
  const undo = async () => {
    const was = before()
    setBefore(undefined)
    if (was) await preferences.change(was)
    setSaid(t.settings.undone)
  }
  const now = preferences.now

  return (
    <>
      <PageHead title={t.settings.title} />
      <Show when={failure()}>{value => <FailureNote failure={value()} />}</Show>
      <Group title={t.settings.you}>
        <TextField
          class="input-wide"
          label={t.settings.name}
          hint={t.settings.nameHint}
          value={now().profileName}
          autocomplete="name"
          maxLength={80}
          onChange={name => void save({ profileName: name.trim() })}
        />
        <IdentitySettings now={now()} onChange={change => void save(change)} />
      </Group>
      <Group title={t.settings.display}>
        <Segmented
          label={t.settings.units}
          labelShown
          value={now().glucoseUnits}
          choices={[
            { value: 'mg/dL', label: 'mg/dL' },
            { value: 'mmol/L', label: 'mmol/L' },
          ]}
          onChange={glucoseUnits => void save({ glucoseUnits })}
        />
        <Segmented
          label={t.settings.clock}
          labelShown
          value={now().clock}
          choices={[
            { value: '24h', label: t.settings.clock24 },
            { value: '12h', label: t.settings.clock12 },
          ]}
          onChange={clock => void save({ clock })}
        />
        <Segmented
          label={t.settings.firstDay}
          labelShown
          value={now().firstDayOfWeek}
          choices={[
            { value: 1, label: t.settings.days[1] },
            { value: 6, label: t.settings.days[6] },
            { value: 0, label: t.settings.days[0] },
          ]}
          onChange={firstDayOfWeek => void save({ firstDayOfWeek })}
        />
        <Segmented
          label={t.settings.paper}
          labelShown
          value={now().paper}
          choices={[
            { value: 'A4', label: 'A4' },
            { value: 'Letter', label: 'Letter' },
          ]}
          onChange={paper => void save({ paper })}
        />
      </Group>
      <Group title={t.settings.ranges} text={t.settings.rangesHint}>
        <RangeSettings ranges={now().ranges} units={now().glucoseUnits} onChange={ranges => void save({ ranges })} />
      </Group>
      <Group title={p.carbs}>
        <CarbSettings now={now()} onChange={change => void save(change)} />
      </Group>
      <Group title={p.times} text={p.timesHint}>
        <TimeSettings times={now()} clock={now().clock} onChange={change => void save(change)} />
      </Group>
      <Group title={p.reports}>
        <UsualSettings now={now()} onChange={change => void save(change)} />
      </Group>
      <Group title={t.settings.storage}>
        <StorageSettings />
      </Group>
      <InstallOffer />
      <div role="status">
        <Show when={said()}>
          <div class="saved-note">
            <p>{said()}</p>
            <Show when={before()}>
              <Button look="quiet" size="small" onClick={() => void undo()}>
                {t.actions.undo}
              </Button>
            </Show>
          </div>
        </Show>
      </div>
    </>
  )
}

function Group(props: { readonly title: string; readonly text?: string; readonly children: JSX.Element }) {
  return (
    <section class="setting-group" aria-label={props.title}>
      <div class="stack-tight">
        <h2>{props.title}</h2>
        <Show when={props.text}>
          <p class="soft small">{props.text}</p>
        </Show>
      </div>
      <div class="setting-fields">{props.children}</div>
    </section>
  )
}
