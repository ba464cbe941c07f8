/** The table twin of a day's chart: every value that is drawn, and what the drawing has no room for. */
import { For, type JSX, Show } from 'solid-js'
import { type DeviceTime, startOfDeviceDay } from '#records/time.ts'
import type { DailyModel } from '#reports/models.ts'
import { GlucoseFlag, stepsOf } from '#records/series.ts'
import { rangeOf } from '../charts/rangeOf.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { rateText } from './amounts.ts'
import type { Drawing } from './drawing.ts'
import { flagWord } from './glucoseLane.ts'
import { dayEvents } from './daily/dayEvents.ts'
import { OnBoardTable } from './daily/OnBoardTable.tsx'
import { toldOf } from './daily/toldOf.ts'
import { meterText } from './dailyStops.ts'
import { ReportTable } from './ReportTable.tsx'
import { TherapyTable } from './TherapyTable.tsx'

const t = reportTexts.dailyTables

export interface DailyTablesProps {
  readonly model: DailyModel
  readonly onBoard: Drawing['onBoard']
}

export function DailyTables(props: DailyTablesProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const rangeName = (steps: number, flags: number) =>
    reportTexts.ranges.names[rangeOf(steps, flags, preferences.now().ranges)]
  const events = () => dayEvents(props.model, format)
  const told = () => toldOf(props.model)
  const endOfDay = () => startOfDeviceDay(props.model.day + 1)
  return (
    <div class="stack">
      <Show when={told().bolus || told().carbs}>
        <section class="stack-tight">
          <h3>{t.therapy}</h3>
          <TherapyTable model={props.model} />
        </section>
      </Show>
      <Show when={props.model.meterValues.length > 0}>
        <Table title={t.meter} head={[t.time, `${t.value}, ${format.glucoseUnit()}`, t.range, t.remark]} numbers={[1]}>
          <For each={props.model.meterValues}>
            {value => (
              <tr>
                <th scope="row">{format.timeOfDay(value.deviceTime)}</th>
                <td class="number">{meterText(value, format, false)}</td>
                <td>
                  {value.controlSolution
                    ? reportTexts.none
                    : rangeName(
                        stepsOf(value.value, value.units, value.outOfRange),
                        value.units === 'mmol/L' ? GlucoseFlag.Mmol : 0,
                      )}
                </td>
                <td>{meterRemarks(value)}</td>
              </tr>
            )}
          </For>
        </Table>
      </Show>
      <Show
        when={props.model.basal.length > 0}
        fallback={<Nothing of={told().basal} title={t.basal} text={t.basalNone} />}
      >
        <Table title={t.basal} head={[t.time, t.until, t.delivery, t.rate, t.instead]} numbers={[3, 4]}>
          <For each={props.model.basal}>
            {segment => (
              <tr>
                <th scope="row">{format.timeOfDay(segment.from)}</th>
                <td>{segment.to === endOfDay() ? t.midnight : format.timeOfDay(segment.to)}</td>
                <td>{reportTexts.dailyChart.delivery[segment.delivery]}</td>
                <td class="number">{rateText(segment.rateUnitsPerHour, format)}</td>
                <td class="number">
                  {segment.suppressedUnitsPerHour === undefined
                    ? reportTexts.none
                    : rateText(segment.suppressedUnitsPerHour, format)}
                </td>
              </tr>
            )}
          </For>
        </Table>
      </Show>
      <Show when={events().length > 0} fallback={<Nothing of={told().events} title={t.events} text={t.eventsNone} />}>
        <Table title={t.events} head={[t.time, t.what]} numbers={[]}>
          <For each={events()}>
            {event => (
              <tr>
                <th scope="row">{format.timeOfDay(event.at)}</th>
                <td title={event.told && reportTexts.settings.asTold(event.told)}>{event.text}</td>
              </tr>
            )}
          </For>
        </Table>
      </Show>
      <Show when={props.onBoard}>{asked => <OnBoardTable model={props.model} curve={asked().curve} />}</Show>
      <Show when={props.model.glucose.time.length > 0}>
        <Table title={t.sensor} head={[t.time, `${t.value}, ${format.glucoseUnit()}`, t.range]} numbers={[1]}>
          <For each={[...props.model.glucose.time]}>
            {(time, index) => {
              const flags = () => props.model.glucose.flags[index()] ?? 0
              return (
                <tr>
                  {/* The column holds device times by the definition of the series. */}
                  <th scope="row">{format.timeOfDay(time as DeviceTime)}</th>
                  <td class="number">
                    {flagWord(flags()) ?? format.glucose(props.model.glucose.mgdl[index()] ?? Number.NaN)}
                  </td>
                  <td>{rangeName(props.model.glucose.steps[index()] ?? 0, flags())}</td>
                </tr>
              )
            }}
          </For>
        </Table>
      </Show>
    </div>
  )
}

interface TableProps {
  readonly title: string
  readonly head: readonly string[]
  /** Columns of numbers, by index. */
  readonly numbers: readonly number[]
  readonly children: JSX.Element
}

function Table(props: TableProps) {
  const columns = () => props.head.map((name, index) => ({ name, number: props.numbers.includes(index) }))
  return (
    <section class="stack-tight">
      <h3>{props.title}</h3>
      <ReportTable name={props.title} columns={columns()} look="narrow" isTall>
        {props.children}
      </ReportTable>
    </section>
  )
}

/** That there was none; only where some device would have told. */
function Nothing(props: { readonly of: boolean; readonly title: string; readonly text: string }) {
  return (
    <Show when={props.of}>
      <section class="stack-tight">
        <h3>{props.title}</h3>
        <p class="soft">{props.text}</p>
      </section>
    </Show>
  )
}

function meterRemarks(value: DailyModel['meterValues'][number]): string {
  return [
    t.smbgTypes[value.subType],
    ...(value.controlSolution ? [t.control] : []),
    ...(value.rejected ? [t.rejected] : []),
    ...(value.meal ? [t.meals[value.meal]] : []),
    ...(value.minutesAfterMeal === undefined ? [] : [t.minutesAfter(value.minutesAfterMeal)]),
    ...(value.marks ?? []).map(mark => t.marks[mark]),
  ].join(', ')
}
