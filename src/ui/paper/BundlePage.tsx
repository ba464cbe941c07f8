/** Several reports as one PDF: which ones, which days, with a password if one is wanted. Source: reports sheet §1.1, §5.4. */
import { useSearchParams } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Progress } from '../parts/Progress.tsx'
import { reportGroups } from '../reports/catalogue.ts'
import { ComparisonPicker } from '../reports/ComparisonPicker.tsx'
import { FilterPicker } from '../reports/FilterPicker.tsx'
import { PeriodPicker } from '../reports/PeriodPicker.tsx'
import { WithData } from '../reports/WithData.tsx'
import { createComparison } from '../state/createComparison.ts'
import { createPeriod } from '../state/createPeriod.ts'
import { daysQuery } from '../state/daysQuery.ts'
import { usePreferences } from '../state/preferences.ts'
import { paperTexts } from '../texts/paper.ts'
import { reportTexts } from '../texts/reports.ts'
import { bundleReports, usualPaths } from './bundleParts.ts'
import { createBundle } from './createBundle.ts'
import { PartDrawing } from './PartDrawing.tsx'

const t = paperTexts.bundle

export function BundlePage() {
  const preferences = usePreferences()
  const [query] = useSearchParams()
  const state = createPeriod()
  const comparison = createComparison(state.period)
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(usualPaths)
  const [password, setPassword] = createSignal('')
  const [isShown, setShown] = createSignal(false)
  const [complaint, setComplaint] = createSignal<string>()
  const bundle = createBundle()
  onCleanup(bundle.cancel)
  // What makes the file is on its way while the person still chooses; if it does not come, making says so.
  onMount(() => void import('./makePdf.ts').then(({ fetchFonts }) => fetchFonts()).catch(() => undefined))
  const toggle = (path: string, isOn: boolean) => {
    const next = new Set(chosen())
    if (isOn) next.add(path)
    else next.delete(path)
    setChosen(next)
    setComplaint(undefined)
  }
  const make = (event: Event) => {
    event.preventDefault()
    const wanted = bundleReports.filter(({ path }) => chosen().has(path))
    const period = state.period()
    if (wanted.length === 0) return setComplaint(t.chooseOne)
    return (
      period && void bundle.make({ reports: wanted, period, compareWith: comparison.period(), password: password() })
    )
  }
  return (
    <article class="report">
      <PageHead
        title={t.title}
        text={t.lead}
        actions={
          <ButtonLink href={`/reports${daysQuery(query)}`} look="quiet">
            {reportTexts.allReports}
          </ButtonLink>
        }
      />
      <WithData lastDay={state.lastDay} known={state.period() !== undefined}>
        <PeriodPicker state={state} />
        <Show when={comparesChosen(chosen())}>
          <ComparisonPicker state={comparison} period={state.period()} />
        </Show>
        <FilterPicker />
        <form class="card stack" onSubmit={make} noValidate>
          <fieldset disabled={bundle.now().state === 'making'} class="stack">
            <legend class="field-label">{t.reports}</legend>
            <div class="bundle-groups" role="group" aria-describedby={complaint() ? 'bundle-complaint' : undefined}>
              <For each={reportGroups}>
                {group => (
                  <div role="group" aria-labelledby={`bundle-${group}`}>
                    <h2 class="bundle-group" id={`bundle-${group}`}>
                      {reportTexts.groups[group]}
                    </h2>
                    <div class="bundle-reports">
                      <For each={bundleReports.filter(report => report.group === group)}>
                        {report => (
                          <label class="check">
                            <input
                              type="checkbox"
                              checked={chosen().has(report.path)}
                              onChange={event => toggle(report.path, event.currentTarget.checked)}
                            />
                            <span>
                              {report.name}
                              <Show when={report.path === 'daily'}>
                                <span class="soft small"> {t.eachDay}</span>
                              </Show>
                              <Show when={report.path === 'data'}>
                                <span class="soft small"> {t.newestEntries}</span>
                              </Show>
                            </span>
                          </label>
                        )}
                      </For>
                    </div>
                  </div>
                )}
              </For>
            </div>
            <Show when={complaint()}>
              <p class="field-error" id="bundle-complaint" role="alert">
                {complaint()}
              </p>
            </Show>
            <Field label={t.password} hint={t.passwordHint}>
              {ids => (
                <div class="row">
                  <input
                    id={ids.id}
                    class="input"
                    type={isShown() ? 'text' : 'password'}
                    autocomplete="new-password"
                    maxLength={64}
                    value={password()}
                    aria-describedby={ids.describedBy()}
                    onInput={event => setPassword(event.currentTarget.value)}
                  />
                  <label class="check">
                    <input
                      type="checkbox"
                      checked={isShown()}
                      onChange={event => setShown(event.currentTarget.checked)}
                    />
                    <span>{t.show}</span>
                  </label>
                </div>
              )}
            </Field>
          </fieldset>
          <div class="row">
            <Button type="submit" look="primary" disabled={bundle.now().state === 'making'}>
              {t.make}
            </Button>
            <Show when={bundle.now().state === 'making'}>
              <Button onClick={bundle.cancel}>{t.cancel}</Button>
            </Show>
            <span class="soft small">{t.paper(preferences.now().paper)}</span>
          </div>
        </form>
        <Outcome of={bundle.now()} />
      </WithData>
      <PartDrawing ref={bundle.setDrawer} />
    </article>
  )
}

/** Some report of these compares with days that the person may choose. */
const comparesChosen = (paths: ReadonlySet<string>): boolean =>
  bundleReports.some(report => paths.has(report.path) && 'compares' in report && report.compares === 'chosen')

function Outcome(props: { readonly of: ReturnType<ReturnType<typeof createBundle>['now']> }) {
  const making = () => (props.of.state === 'making' ? props.of : undefined)
  const done = () => (props.of.state === 'done' ? props.of : undefined)
  return (
    <div role="status">
      <Show when={making()}>
        {now => (
          <Progress
            label={t.title}
            done={now().done}
            total={now().total}
            text={t.progress(now().name)}
            more={t.count(now().done, now().total)}
          />
        )}
      </Show>
      <Show when={done()}>
        {now => (
          <Notice tone={now().pages === 0 ? 'care' : 'plain'}>
            <Show when={now().pages > 0} fallback={t.nothing}>
              {paperTexts.saved(now().pages)}
            </Show>
            <Show when={now().pages > 0 && now().leftOut.length > 0}> {t.leftOut(now().leftOut)}</Show>
          </Notice>
        )}
      </Show>
      <Show when={props.of.state === 'failed'}>
        <Notice tone="care">{paperTexts.failed}</Notice>
      </Show>
    </div>
  )
}
