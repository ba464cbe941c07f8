/** A report of a period: the picker, what is left out, the worker's answer, or what to do when these days hold nothing. */
import { useNavigate } from '@solidjs/router'
import { Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { Answered } from '../parts/Answered.tsx'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useApi } from '../state/api.ts'
import { createAnswer } from '../state/createAnswer.ts'
import { createComparison } from '../state/createComparison.ts'
import { createPeriod, textOfDay } from '../state/createPeriod.ts'
import { useFormat } from '../state/preferences.ts'
import { isFiltering, useFilter } from '../state/reportFilter.ts'
import { reportTexts } from '../texts/reports.ts'
import { type AnyPeriodReport, comparedOf } from './catalogue.ts'
import { ComparisonPicker } from './ComparisonPicker.tsx'
import { FilterNote } from './FilterNote.tsx'
import { FilterPicker } from './FilterPicker.tsx'
import { makePageKeys } from './makePageKeys.ts'
import { PeriodPicker } from './PeriodPicker.tsx'
import { ReportShell } from './ReportShell.tsx'
import { WithData } from './WithData.tsx'

const t = reportTexts

export function PeriodPage(props: { readonly report: AnyPeriodReport }) {
  const api = useApi()
  const format = useFormat()
  const navigate = useNavigate()
  const state = createPeriod()
  const comparison = createComparison(state.period)
  const { filter } = useFilter()
  const answer = createAnswer(() => {
    const period = state.period()
    if (!period) return undefined
    const compareWith = comparedOf(props.report, period, comparison.period())
    return api.data.report(props.report.kind, {
      period,
      ...(isFiltering(filter()) ? { filter: filter() } : {}),
      ...(compareWith ? { compareWith } : {}),
    })
  })
  const hasData = () => {
    const model = answer.value()
    return model !== undefined && 'dataFirstDay' in model && model.dataFirstDay !== undefined
  }
  makePageKeys({ ArrowLeft: () => state.step(-1), ArrowRight: () => state.step(1) })
  return (
    <ReportShell title={props.report.name} printable={hasData()} period={state.period()}>
      <WithData lastDay={state.lastDay} known={state.period() !== undefined}>
        <PeriodPicker state={state} />
        <Show when={props.report.compares === 'chosen'}>
          <ComparisonPicker state={comparison} period={state.period()} />
        </Show>
        <FilterPicker />
        <FilterNote />
        <Answered of={answer} skeleton={<Skeleton blocks={3} />}>
          {model => (
            <Show
              when={hasData()}
              fallback={
                <Empty
                  title={t.empty.periodTitle}
                  text={
                    <Show when={state.lastDay.value()}>{day => <>{t.empty.periodText(format.dayExact(day()))}</>}</Show>
                  }
                  actions={
                    <Button look="primary" onClick={() => state.setLength(14)}>
                      {t.empty.goToLast}
                    </Button>
                  }
                />
              }
            >
              <Dynamic
                component={props.report.view}
                model={model()}
                onDay={(day: number) => navigate(`/reports/daily?day=${textOfDay(day)}`)}
              />
            </Show>
          )}
        </Answered>
      </WithData>
    </ReportShell>
  )
}
