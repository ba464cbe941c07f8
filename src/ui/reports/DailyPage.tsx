/** The page of one day: the picker, the worker's answer, stepping by keyboard. */
import { Show } from 'solid-js'
import type { DeviceDay } from '#records/time.ts'
import { noFilter } from '#reports/filter.ts'
import type { DailyModel } from '#reports/models.ts'
import { Answered } from '../parts/Answered.tsx'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useApi } from '../state/api.ts'
import { createAnswer } from '../state/createAnswer.ts'
import { createDay } from '../state/createPeriod.ts'
import { useFormat } from '../state/preferences.ts'
import { FilterContext, isFiltering, useFilter } from '../state/reportFilter.ts'
import { reportTexts } from '../texts/reports.ts'
import { Daily } from './Daily.tsx'
import { DayPicker } from './DayPicker.tsx'
import { makePageKeys } from './makePageKeys.ts'
import { ReportShell } from './ReportShell.tsx'
import { WithData } from './WithData.tsx'

const t = reportTexts

export function DailyPage() {
  const api = useApi()
  const format = useFormat()
  const state = createDay()
  // The day was chosen, whatever is left out of periods; a device that is left out is left out here too.
  const all = useFilter()
  const filter = () => ({ ...noFilter, devicesOff: all.filter().devicesOff })
  const answer = createAnswer(() => {
    const day = state.day()
    const query = { ...(isFiltering(filter()) ? { filter: filter() } : {}) }
    return day === undefined
      ? undefined
      : api.data.report('daily', { period: { firstDay: day, lastDay: day }, ...query })
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
  const shownDay = () => {
    const day = state.day()
    return day === undefined ? undefined : { firstDay: day, lastDay: day }
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
    <ReportShell title={t.daily} printable={hasDay()} period={shownDay()}>
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
              {/* Its numbers leave out what it leaves out. */}
              <FilterContext.Provider value={{ filter, setFilter: all.setFilter }}>
                <Daily model={model()} />
              </FilterContext.Provider>
            </Show>
          )}
        </Answered>
      </WithData>
    </ReportShell>
  )
}

/** Elsewhere Page Up and Page Down scroll the page, as everybody expects. */
const inChart = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.closest('.chart-place') !== null

/** True when nothing at all is known of the day. */
export const isEmptyDay = (model: DailyModel): boolean =>
  model.glucose.time.length === 0 &&
  [model.meterValues, model.calibrations, model.boluses, model.wizards, model.food, model.basal, model.events].every(
    list => list.length === 0,
  )
