/** What is kept on this computer and how safely; backup, restore, and removing everything. */
import { createSignal, Match, Show, Switch } from 'solid-js'
import type { StorageState } from '#workers/api.ts'
import type { Failure, Outcome } from '#workers/outcome.ts'
import { Answered } from '../../parts/Answered.tsx'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useApi } from '../../state/api.ts'
import { createAnswer } from '../../state/createAnswer.ts'
import { download } from '../../state/download.ts'
import { askToKeepStorage } from '../../state/keepStorage.ts'
import { useFormat } from '../../state/preferences.ts'
import { clearInterrupted } from '../../state/readMarker.ts'
import { texts } from '../../texts/texts.ts'
import { CareLinkExportSettings } from './CareLinkExportSettings.tsx'

type Work = 'backup' | 'restore' | 'remove'

export function StorageSettings() {
  const t = texts()
  const format = useFormat()
  const api = useApi()
  const storage = createAnswer(() => api.data.storage())
  const [work, setWork] = createSignal<Work>()
  const [said, setSaid] = createSignal('')
  const [failure, setFailure] = createSignal<Failure>()
  const [removing, setRemoving] = createSignal(false)
  let input: HTMLInputElement | undefined
  let status: HTMLParagraphElement | undefined

  /** One at a time; says what came of it. */
  const run = async <T,>(what: Work, doing: string, ask: () => Promise<Outcome<T>>, done: (value: T) => string) => {
    setWork(what)
    setSaid(doing)
    setFailure(undefined)
    const outcome = await ask()
    setWork(undefined)
    setSaid(outcome.ok ? done(outcome.value) : '')
    if (!outcome.ok) setFailure(outcome.failure)
    storage.again()
    // The button was not to be pressed meanwhile and has lost the focus by that.
    if (document.activeElement === document.body) status?.focus()
  }
  const backup = () =>
    run(
      'backup',
      t.settings.backupMaking,
      () => api.data.backup(),
      blob => {
        download(blob, `basalt-backup-${new Date().toISOString().slice(0, 10)}.basalt`)
        return t.settings.backupDone(format.bytes(blob.size))
      },
    )
  const restore = (file: File) =>
    run(
      'restore',
      t.settings.restoring,
      () => api.data.restore(file),
      ({ records, artifacts }) =>
        records + artifacts === 0 ? t.settings.restoredNothing : t.settings.restored(records, artifacts),
    )
  const removeAll = () => {
    setRemoving(false)
    void clearInterrupted()
    return run(
      'remove',
      '',
      () => api.data.removeEverything(),
      () => t.settings.removed,
    )
  }

  return (
    <div class="stack-loose">
      <Answered of={storage}>
        {state => (
          <>
            <Kept state={state()} onAsked={storage.again} />
            <Show when={removing()}>
              <RemoveDialog state={state()} onCancel={() => setRemoving(false)} onRemove={() => void removeAll()} />
            </Show>
          </>
        )}
      </Answered>
      <div class="stack-tight">
        <h3>{t.settings.backup}</h3>
        <p class="soft readable">{t.settings.backupText}</p>
        <div class="row">
          <Button disabled={work() !== undefined} onClick={() => void backup()}>
            <Icon name="download" size={18} />
            {t.settings.backupMake}
          </Button>
          <Button disabled={work() !== undefined} onClick={() => input?.click()}>
            {t.settings.restore}
          </Button>
          <input
            ref={input}
            type="file"
            class="visually-hidden"
            tabindex="-1"
            accept=".basalt"
            aria-label={t.settings.restoreInput}
            onChange={event => {
              const file = event.currentTarget.files?.[0]
              event.currentTarget.value = ''
              if (file) void restore(file)
            }}
          />
        </div>
        <p class="soft small">{t.settings.restoreText}</p>
        <p role="status" tabindex="-1" ref={status}>
          <strong>{said()}</strong>
        </p>
        <Show when={failure()}>{value => <FailureNote failure={value()} />}</Show>
      </div>
      <CareLinkExportSettings />
      <div class="stack-tight">
        <h3>{t.settings.remove}</h3>
        <p class="soft readable">{t.settings.removeText}</p>
        <div class="row">
          <Button disabled={work() !== undefined} onClick={() => setRemoving(true)}>
            {t.settings.removeAsk}
          </Button>
        </div>
      </div>
    </div>
  )
}

function Kept(props: { readonly state: StorageState; readonly onAsked: () => void }) {
  const t = texts()
  const format = useFormat()
  const [refused, setRefused] = createSignal(false)
  const ask = async () => {
    setRefused(!(await askToKeepStorage()))
    props.onAsked()
  }
  const used = () => t.settings.used(format.bytes(props.state.usedBytes), format.bytes(props.state.quotaBytes))
  return (
    <div class="stack">
      <div class="stack-tight">
        <p class="figures">{used()}</p>
        <meter
          aria-label={used()}
          min={0}
          max={Math.max(1, props.state.quotaBytes)}
          value={Math.min(props.state.usedBytes, props.state.quotaBytes)}
        />
        <p class="soft figures">{t.settings.holds(props.state.recordCount, props.state.artifactCount)}</p>
      </div>
      <div class="stack-tight" aria-live="polite">
        <p class="with-icon">
          <Icon name={props.state.persistent ? 'safe' : 'attention'} />
          <span>{props.state.persistent ? t.settings.persistent : t.settings.notPersistent}</span>
        </p>
        <Switch>
          <Match when={!props.state.persistent && refused()}>
            <p class="readable">{t.settings.persistRefused}</p>
          </Match>
          <Match when={!props.state.persistent}>
            <div class="row">
              <Button onClick={() => void ask()}>{t.settings.askPersist}</Button>
            </div>
          </Match>
        </Switch>
      </div>
    </div>
  )
}

interface RemoveDialogProps {
  readonly state: StorageState
  readonly onCancel: () => void
  readonly onRemove: () => void
}

function RemoveDialog(props: RemoveDialogProps) {
  const t = texts()
  const [word, setWord] = createSignal('')
  const sure = () => word().trim().toLowerCase() === t.settings.removeWord
  return (
    <Dialog
      open
      onClose={props.onCancel}
      title={t.settings.removeTitle}
      description={t.settings.removeWhat(props.state.recordCount, props.state.artifactCount)}
      actions={
        <>
          <Button onClick={props.onCancel}>{t.actions.cancel}</Button>
          <Button look="danger" disabled={!sure()} onClick={props.onRemove}>
            {t.settings.removeConfirm}
          </Button>
        </>
      }
    >
      <TextField label={t.settings.removeType} value={word()} onInput={setWord} />
    </Dialog>
  )
}
