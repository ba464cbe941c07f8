/** What a person sees before there are any data: what this is, whose computer it is, two doors. */
import { A } from '@solidjs/router'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import type { Failure } from '#workers/outcome.ts'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { FailureNote } from '../parts/FailureNote.tsx'
import { Logo } from '../parts/Logo.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageTitle } from '../parts/PageHead.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { useApi } from '../state/api.ts'
import { texts } from '../texts/texts.ts'
import { InterruptedRead } from './InterruptedRead.tsx'

export function FirstVisit() {
  const t = texts()
  const [owner, setOwner] = createSignal<'own' | 'shared'>()
  return (
    <div class="welcome">
      <InterruptedRead activity={[]} />
      <div class="welcome-head">
        <Logo size={72} />
        <PageTitle title={t.firstVisit.title} />
        <div class="welcome-sentences">
          <For each={t.firstVisit.sentences}>{sentence => <p>{sentence}</p>}</For>
        </div>
      </div>
      <div class="stack">
        <Segmented
          label={t.firstVisit.own}
          labelShown
          value={owner()}
          choices={[
            { value: 'own', label: t.firstVisit.ownYes },
            { value: 'shared', label: t.firstVisit.ownNo },
          ]}
          onChange={setOwner}
        />
        <div aria-live="polite">
          <Switch>
            <Match when={owner() === 'own'}>
              <Notice>
                <p>{t.firstVisit.ownAdvice}</p>
              </Notice>
            </Match>
            <Match when={owner() === 'shared'}>
              <Notice tone="care">
                <For each={t.firstVisit.sharedAdvice}>{advice => <p>{advice}</p>}</For>
              </Notice>
            </Match>
          </Switch>
        </div>
      </div>
      <div class="doors">
        <section class="door">
          <h2>{t.firstVisit.readTitle}</h2>
          <p class="soft">{t.firstVisit.readText}</p>
          <ButtonLink href="/read" look="primary">
            {t.actions.readDevice}
          </ButtonLink>
        </section>
        <SampleDoor />
      </div>
      <p class="welcome-links">
        <span>
          {t.firstVisit.importLead} <A href="/import">{t.firstVisit.importLink}</A>
        </span>
        <span>
          {t.firstVisit.restoreLead} <A href="/settings">{t.firstVisit.restoreLink}</A>
        </span>
      </p>
    </div>
  )
}

/** Home shows the sample data by itself once they are there: the store tells of the change. */
function SampleDoor() {
  const t = texts()
  const api = useApi()
  const [adding, setAdding] = createSignal(false)
  const [failure, setFailure] = createSignal<Failure>()
  const add = async () => {
    setAdding(true)
    setFailure(undefined)
    const outcome = await api.data.importSample()
    setAdding(false)
    if (!outcome.ok) setFailure(outcome.failure)
  }
  return (
    <section class="door">
      <h2>{t.firstVisit.sampleTitle}</h2>
      <p class="soft">{t.firstVisit.sampleText}</p>
      <div class="stack">
        <Button disabled={adding()} onClick={() => void add()}>
          {adding() ? t.firstVisit.addingSample : t.actions.sample}
        </Button>
        <Show when={failure()}>{failed => <FailureNote failure={failed()} />}</Show>
      </div>
    </section>
  )
}
