/** The reports: a list, and each report by its name in the address. This page asks the worker; the reports only draw. */
import '../charts/palette.css'
import '../charts/charts.css'
import '../parts/evidence.css'
import '../parts/pictures.css'
import '../reports/reports.css'
import '../reports/moreReports.css'
import '../reports/print.css'
import { useNavigate, useParams } from '@solidjs/router'
import { type Accessor, type JSX, Match, Show, Switch } from 'solid-js'
import type { DeviceDay } from '#records/time.ts'
import type { DailyModel, Period } from '#reports/models.ts'
import type { Outcome } from '#workers/outcome.ts'
import { Answered } from '../parts/Answered.tsx'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { Agp } from '../reports/Agp.tsx'
import { Daily } from '../reports/Daily.tsx'
import { DayPicker } from '../reports/DayPicker.tsx'
import { Insulin } from '../reports/Insulin.tsx'
import { makePageKeys } from '../reports/makePageKeys.ts'
import { DeviceSettingsReport } from '../reports/DeviceSettingsReport.tsx'
import { DeviceUse } from '../reports/DeviceUse.tsx'
import { Overview } from '../reports/Overview.tsx'
import { PeriodPicker } from '../reports/PeriodPicker.tsx'
import { ReportList } from '../reports/ReportList.tsx'
import { ReportShell } from '../reports/ReportShell.tsx'
import { useApi } from '../state/api.ts'
import { type Answer, createAnswer } from '../state/createAnswer.ts'
import { createDay, createPeriod, textOfDay } from '../state/createPeriod.ts'
import { useFormat } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'

const t = reportTexts

export function Reports() {
  const params = useParams()
  return (
    <Switch fallback={<UnknownReport />}>
      <Match when={params['report'] === undefined}>
        <PageHead title={t.title} text={t.lead} />
        <ReportList />
      </Match>
      <Match when={params['report'] === 'overview'}>
        <OverviewPage />
      </Match>
      <Match when={params['report'] === 'agp'}>
        <AgpPage />
      </Match>
      <Match when={params['report'] === 'insulin'}>
        <InsulinPage />
      </Match>
      <Match when={params['report'] === 'device-use'}>
        <DeviceUsePage />
      </Match>
      <Match when={params['report'] === 'settings'}>
        <SettingsPage />
      </Match>
      <Match when={params['report'] === 'daily'}>
        <DailyPage />
      </Match>
    </Switch>
  )
}

function OverviewPage() {
  const api = useApi()
  return (
    <PeriodPage title={t.overview} ask={period => api.data.overview(period)}>
      {(model, onDay) => <Overview model={model()} onDay={onDay} />}
    </PeriodPage>
  )
}

function AgpPage() {
  const api = useApi()
  return (
    <PeriodPage title={t.agp.title} ask={period => api.data.agp(period)}>
      {(model, onDay) => <Agp model={model()} onDay={onDay} />}
    </PeriodPage>
  )
}

function InsulinPage() {
  const api = useApi()
  return (
    <PeriodPage title={t.insulin.title} ask={period => api.data.insulin(period)}>
      {(model, onDay) => <Insulin model={model()} onDay={onDay} />}
    </PeriodPage>
  )
}

function DeviceUsePage() {
  const api = useApi()
  return (
    <PeriodPage title={t.deviceUse.title} ask={period => api.data.deviceUse(period)}>
      {model => <DeviceUse model={model()} />}
    </PeriodPage>
  )
}

interface PeriodPageProps<M> {
  readonly title: string
  readonly ask: (period: Period) => Promise<Outcome<M>>
  readonly children: (model: Accessor<M>, onDay: (day: DeviceDay) => void) => JSX.Element
}

/** A report of a period: the picker, the worker's answer, or what to do when these days hold nothing. */
function PeriodPage<M extends { readonly dataFirstDay?: DeviceDay }>(props: PeriodPageProps<M>) {
  const format = useFormat()
  const navigate = useNavigate()
  const state = createPeriod()
  const answer = createAnswer(() => {
    const period = state.period()
    return period && props.ask(period)
  })
  makePageKeys({ ArrowLeft: () => state.step(-1), ArrowRight: () => state.step(1) })
  return (
    <ReportShell title={props.title} printable={answer.value()?.dataFirstDay !== undefined}>
      <WithData lastDay={state.lastDay} known={state.period() !== undefined}>
        <PeriodPicker state={state} />
        <Answered of={answer} skeleton={<Skeleton blocks={3} />}>
          {model => (
            <Show
              when={model().dataFirstDay !== undefined}
              fallback={
                <Empty
                  title={t.empty.periodTitle}
                  text={<LastDay day={state.lastDay.value()} text={day => t.empty.periodText(format.dayExact(day))} />}
                  actions={
                    <Button look="primary" onClick={() => state.setLength(14)}>
                      {t.empty.goToLast}
                    </Button>
                  }
                />
              }
            >
              {props.children(model, day => navigate(`/reports/daily?day=${textOfDay(day)}`))}
            </Show>
          )}
        </Answered>
      </WithData>
    </ReportShell>
  )
}

function DailyPage() {
  const api = useApi()
  const format = useFormat()
  const state = createDay()
  const answer = createAnswer(() => {
    const day = state.day()
    return day === undefined ? undefined : api.data.daily(day)
  })
  // The answer to an earlier day stays until the new one is there; its neighbours are not those of the new day.
  const current = () => {
    const model = answer.value()
    return model?.day === state.day() ? model : undefined
  }
  const hasDay = () => {
    const model = answer.value()
    return model !== undefined && !isEmptyDay(model)
  }
  const go = (day: DeviceDay | undefined, event: KeyboardEvent) => {
    if (day !== undefined) state.setDay(day, { replace: event.repeat })
  }
  const beside = (by: -1 | 1) => (event: KeyboardEvent) => {
    const day = state.day()
    go(day === undefined ? undefined : day + by, event)
  }
  makePageKeys({
    ArrowLeft: beside(-1),
    ArrowRight: beside(1),
    'Shift+ArrowLeft': event => go(current()?.previousDay, event),
    'Shift+ArrowRight': event => go(current()?.nextDay, event),
    PageUp: event => inChart(event) && go(current()?.previousDay, event),
    PageDown: event => inChart(event) && go(current()?.nextDay, event),
  })
  return (
    <ReportShell title={t.daily} printable={hasDay()}>
      <WithData lastDay={state.lastDay} known={state.day() !== undefined}>
        <Show when={state.day()}>
          {day => (
            <DayPicker
              day={day()}
              previousWithData={current()?.previousDay}
              nextWithData={current()?.nextDay}
              onDay={chosen => state.setDay(chosen)}
            />
          )}
        </Show>
        <Answered of={answer} skeleton={<Skeleton blocks={3} />}>
          {model => (
            <Show
              when={!isEmptyDay(model())}
              fallback={
                <Empty
                  title={t.empty.dayTitle(format.dayExact(model().day))}
                  text={t.empty.dayText}
                  actions={
                    <>
                      <Show when={model().previousDay}>
                        {day => (
                          <Button onClick={() => state.setDay(day())}>{t.empty.dayBefore(format.day(day()))}</Button>
                        )}
                      </Show>
                      <Show when={model().nextDay}>
                        {day => (
                          <Button onClick={() => state.setDay(day())}>{t.empty.dayAfter(format.day(day()))}</Button>
                        )}
                      </Show>
                    </>
                  }
                />
              }
            >
              <Daily model={model()} />
            </Show>
          )}
        </Answered>
      </WithData>
    </ReportShell>
  )
}

function SettingsPage() {
  const api = useApi()
  const answer = createAnswer(() => api.data.settings())
  return (
    <ReportShell title={t.settings.title} printable={(answer.value()?.devices.length ?? 0) > 0}>
      <Answered of={answer} skeleton={<Skeleton blocks={2} />}>
        {model => (
          <Show
            when={model().devices.length > 0}
            fallback={
              <Empty
                title={t.settings.emptyTitle}
                text={t.settings.emptyText}
                actions={
                  <ButtonLink look="primary" href="/read">
                    {t.empty.read}
                  </ButtonLink>
                }
              />
            }
          >
            <DeviceSettingsReport model={model()} />
          </Show>
        )}
      </Answered>
    </ReportShell>
  )
}

/** Elsewhere Page Up and Page Down scroll the page, as everybody expects. */
const inChart = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.closest('.chart-place') !== null

function UnknownReport() {
  return (
    <>
      <PageHead title={t.unknownTitle} text={t.unknownText} />
      <ReportList />
    </>
  )
}

interface WithDataProps {
  readonly lastDay: Answer<DeviceDay | undefined>
  /** The days are known even without a last day with data, because the address names them. */
  readonly known: boolean
  readonly children: JSX.Element
}

/** The report; or, when nothing is stored at all, why there is none and the ways to data. */
function WithData(props: WithDataProps) {
  return (
    <Show when={!props.known} fallback={props.children}>
      <Answered of={props.lastDay} skeleton={<Skeleton blocks={3} />}>
        {() => (
          <Empty
            title={t.empty.title}
            text={t.empty.text}
            actions={
              <>
                <ButtonLink look="primary" href="/read">
                  {t.empty.read}
                </ButtonLink>
                <ButtonLink href="/import">{t.empty.import}</ButtonLink>
              </>
            }
          />
        )}
      </Answered>
    </Show>
  )
}

function LastDay(props: { readonly day: DeviceDay | undefined; readonly text: (day: DeviceDay) => string }) {
  return <Show when={props.day}>{(day: Accessor<DeviceDay>) => <>{props.text(day())}</>}</Show>
}

const isEmptyDay = (model: DailyModel): boolean =>
  model.glucose.time.length === 0 &&
  [model.meterValues, model.boluses, model.wizards, model.food, model.basal, model.events].every(
    list => list.length === 0,
  )
