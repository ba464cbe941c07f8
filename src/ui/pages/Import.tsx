/** Importing files: choose or drop, progress per file, and what each brought. */
import { createEffect, createSignal, For, Match, on, Show, Switch } from 'solid-js'
import type { ReadReport } from '#workers/api.ts'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { FailureNote } from '../parts/FailureNote.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Progress } from '../parts/Progress.tsx'
import { addedBy, foundBy, ReportDetails, troubleTexts } from '../parts/ReportDetails.tsx'
import { type ImportJob, useImporting } from '../state/createImporting.ts'
import { useFormat } from '../state/preferences.ts'
import { texts } from '../texts/texts.ts'

/** Up to so many files show at once what they brought; of more, each opens by itself. */
const FEW_FILES = 3

export function Import() {
  const t = texts()
  const importing = useImporting()
  const settled = () => importing.jobs().flatMap(({ state }) => (state.step === 'finished' ? [state.outcome] : []))
  const good = () => settled().flatMap(outcome => (outcome.ok ? [outcome.value] : []))
  const said = () =>
    importing.running()
      ? t.import.underWay(settled().length, importing.jobs().length)
      : t.import.finished(
          good().length,
          importing.jobs().length,
          good().reduce((sum, report) => sum + addedBy(report), 0),
        )
  let status: HTMLParagraphElement | undefined
  // The button that was pressed is gone by then; the focus stays where the result is said.
  createEffect(
    on(
      importing.running,
      running => !running && document.activeElement === document.body && status?.focus({ preventScroll: true }),
      { defer: true },
    ),
  )
  return (
    <>
      <PageHead title={t.import.title} text={t.import.text} />
      <div class="stack-loose">
        <FileChooser onFiles={files => void importing.add(files)} />
        <Show when={importing.jobs().length > 0}>
          <section class="stack" aria-label={t.import.title}>
            <div class="row-apart">
              <p role="status" tabindex="-1" ref={status}>
                <strong>{said()}</strong>
              </p>
              <div class="row">
                <Show
                  when={importing.running()}
                  fallback={
                    <>
                      <Button onClick={importing.clear}>{t.import.clear}</Button>
                      <Show when={good().length > 0}>
                        <ButtonLink href="/reports/overview" look="primary">
                          {t.actions.openReport}
                        </ButtonLink>
                      </Show>
                    </>
                  }
                >
                  <Button disabled={importing.cancelling()} onClick={() => void importing.cancel()}>
                    {importing.cancelling() ? t.import.cancelling : t.import.cancelAll}
                  </Button>
                </Show>
              </div>
            </div>
            <For each={importing.jobs().map(job => job.id)}>
              {id => (
                <Show when={importing.jobs().find(job => job.id === id)}>
                  {job => <Job job={job()} detailed={importing.jobs().length <= FEW_FILES} />}
                </Show>
              )}
            </For>
          </section>
        </Show>
        <details class="disclosure">
          <summary>{t.import.how}</summary>
          <ol class="bullets">
            <For each={t.import.howSteps}>{step => <li>{step}</li>}</For>
          </ol>
        </details>
      </div>
    </>
  )
}

/** Dropping works anywhere in the app (`makeFileDrop`); here it is said, and there is the button. */
function FileChooser(props: { readonly onFiles: (files: readonly File[]) => void }) {
  const t = texts()
  const [input, setInput] = createSignal<HTMLInputElement>()
  return (
    <div class="drop-target">
      <Icon name="file" size={40} />
      <Button look="primary" size="large" onClick={() => input()?.click()}>
        {t.import.choose}
      </Button>
      <p>{t.import.dropHere}</p>
      <input
        ref={setInput}
        class="visually-hidden"
        type="file"
        multiple
        tabindex="-1"
        aria-label={t.import.filesInput}
        onChange={event => {
          props.onFiles([...(event.currentTarget.files ?? [])])
          // The same file chosen twice in a row is a choice again.
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}

function Job(props: { readonly job: ImportJob; readonly detailed: boolean }) {
  const t = texts()
  const format = useFormat()
  const running = () => (props.job.state.step === 'running' ? props.job.state.progress : undefined)
  const outcome = () => (props.job.state.step === 'finished' ? props.job.state.outcome : undefined)
  const report = () => {
    const settled = outcome()
    return settled?.ok ? settled.value : undefined
  }
  const failure = () => {
    const settled = outcome()
    return settled && !settled.ok ? settled.failure : undefined
  }
  return (
    <article class="card" aria-label={props.job.name}>
      <div class="row-apart">
        <h2 class="job-name">{props.job.name}</h2>
        <span class="soft small figures">{format.bytes(props.job.size)}</span>
      </div>
      <Switch fallback={<p class="soft">{t.import.waiting}</p>}>
        <Match when={running()}>
          {progress => (
            <Progress
              label={props.job.name}
              done={progress().bytesRead}
              total={progress().stage === 'reading' ? progress().bytesTotal : undefined}
              text={t.import.stages[progress().stage]}
              more={t.import.readBytes(format.bytes(progress().bytesRead), format.bytes(progress().bytesTotal))}
            />
          )}
        </Match>
        <Match when={report()}>{value => <Result report={value()} detailed={props.detailed} />}</Match>
        <Match when={failure()}>
          {value => (
            <FailureNote failure={value()} text={value().code === 'cancelled' ? t.import.cancelled : undefined} />
          )}
        </Match>
      </Switch>
    </article>
  )
}

function Result(props: { readonly report: ReadReport; readonly detailed: boolean }) {
  const t = texts()
  const added = () => addedBy(props.report)
  const already = () => foundBy(props.report) - added()
  return (
    <div class="stack">
      <p class="with-icon">
        <Icon name="check" />
        <span>
          <strong>{t.import.resultNew(added())}</strong>
          <Show when={already() > 0}>. {t.import.resultKnown(already())}.</Show>{' '}
          <Show when={props.report.known}>{t.import.sameFile}</Show>
        </span>
      </p>
      <Show when={!props.detailed} fallback={<ReportDetails report={props.report} />}>
        <details class="disclosure">
          <summary>{[t.import.details, ...troubleTexts(props.report)].join(' · ')}</summary>
          <ReportDetails report={props.report} />
        </details>
      </Show>
    </div>
  )
}
