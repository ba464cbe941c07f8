/** The numbers of a panel: means before and after, their difference, what was eaten and given, and the ranges. */
import { For, Show } from 'solid-js'
import type { RangeName } from '#reports/models.ts'
import type { EventMean, MealPanel, NightPanel } from '#reports/panelsModel.ts'
import { Traceable } from '../../parts/Evidence.tsx'
import { RangeBar } from '../../parts/RangeBar.tsx'
import { useFormat } from '../../state/preferences.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { rounded, sharesText } from '../amounts.ts'
import { Figure } from '../Figure.tsx'
import { amountQuery, valuesQuery } from './panelQueries.ts'
import { ratiosText, signedGlucose, timeAt } from './panelWords.ts'

const t = panelTexts

export function MealPanelFigures(props: { readonly panel: MealPanel; readonly withCorrection?: boolean }) {
  const format = useFormat()
  const stands = (mean: EventMean) => t.stands(mean.events, props.panel.events, 'meals')
  const units = (mean: EventMean) => (mean.mean === undefined ? undefined : rounded(mean.mean, 1, format))
  return (
    <dl class="figure-grid panel-figures">
      <Show when={props.panel.values > 0}>
        <GlucoseMeans
          panel={props.panel}
          what="meals"
          before={[t.before, t.beforeWindow(-props.panel.before.fromMinute)]}
          after={[t.after, t.afterWindow(props.panel.after.fromMinute, props.panel.after.toMinute)]}
        />
      </Show>
      <Show when={props.panel.carbsGrams.mean}>
        {mean => (
          <Figure
            name={t.carbs}
            value={rounded(mean(), 0, format)}
            unit={t.grams}
            note={stands(props.panel.carbsGrams)}
            query={amountQuery(props.panel, 'carbsGrams')}
            count={props.panel.amountsBehind.carbsGrams.length}
            of="entries"
          />
        )}
      </Show>
      <Show when={props.panel.carbsExchanges.mean}>
        {mean => (
          <Figure
            name={t.carbs}
            value={rounded(mean(), 1, format)}
            unit={t.exchanges}
            note={stands(props.panel.carbsExchanges)}
            query={amountQuery(props.panel, 'carbsExchanges')}
            count={props.panel.amountsBehind.carbsExchanges.length}
            of="entries"
          />
        )}
      </Show>
      <Show when={props.panel.foodUnits.events > 0}>
        <Figure
          name={t.food}
          value={units(props.panel.foodUnits)}
          unit={t.units}
          note={t.parts([t.foodNote, stands(props.panel.foodUnits)])}
          query={amountQuery(props.panel, 'foodUnits')}
          count={props.panel.amountsBehind.foodUnits.length}
          of="entries"
        />
      </Show>
      <Show when={props.withCorrection && props.panel.correctionUnits.events > 0}>
        <Figure
          name={t.correction}
          value={units(props.panel.correctionUnits)}
          unit={t.units}
          note={t.parts([t.foodNote, stands(props.panel.correctionUnits)])}
          query={amountQuery(props.panel, 'correctionUnits')}
          count={props.panel.amountsBehind.correctionUnits.length}
          of="entries"
        />
      </Show>
      <Show when={props.withCorrection && props.panel.deliveredUnits.events > 0}>
        <Figure
          name={t.delivered}
          value={units(props.panel.deliveredUnits)}
          unit={t.units}
          note={stands(props.panel.deliveredUnits)}
          query={amountQuery(props.panel, 'deliveredUnits')}
          count={props.panel.amountsBehind.deliveredUnits.length}
          of="entries"
        />
      </Show>
      <Show when={ratiosText(props.panel.ratios, props.panel.events, format)}>
        {ratio => (
          <Figure
            name={t.ratio}
            {...ratio()}
            query={amountQuery(props.panel, 'ratios')}
            count={props.panel.amountsBehind.ratios.length}
            of="entries"
          />
        )}
      </Show>
    </dl>
  )
}

export function NightPanelFigures(props: { readonly panel: NightPanel }) {
  const format = useFormat()
  const at = (minute: number) => format.timeOfDay(timeAt(props.panel.startMinute + minute))
  const span = (window: NightPanel['before']) => t.span(at(window.fromMinute), at(window.toMinute))
  const names = () =>
    props.panel.name === 'overnight' ? ([t.firstHour, t.lastHour] as const) : ([t.bedtime, t.wakeUp] as const)
  return (
    <dl class="figure-grid panel-figures">
      <GlucoseMeans
        panel={props.panel}
        what="nights"
        before={[names()[0], span(props.panel.before)]}
        after={[names()[1], span(props.panel.after)]}
      />
    </dl>
  )
}

interface GlucoseMeansProps {
  readonly panel: MealPanel | NightPanel
  readonly what: 'meals' | 'nights'
  /** Name and window. */
  readonly before: readonly [string, string]
  readonly after: readonly [string, string]
}

function GlucoseMeans(props: GlucoseMeansProps) {
  const format = useFormat()
  const note = (mean: EventMean, window: string) =>
    t.parts([
      window,
      mean.mean === undefined ? t.noWindow[props.panel.from] : t.stands(mean.events, props.panel.events, props.what),
    ])
  const value = ({ mean }: EventMean) => (mean === undefined ? undefined : format.glucose(mean))
  return (
    <>
      <Figure
        name={props.before[0]}
        value={value(props.panel.meanBefore)}
        unit={format.glucoseUnit()}
        note={note(props.panel.meanBefore, props.before[1])}
        query={valuesQuery(props.panel, 'before')}
        count={props.panel.behind.before.count}
      />
      <Figure
        name={props.after[0]}
        value={value(props.panel.meanAfter)}
        unit={format.glucoseUnit()}
        note={note(props.panel.meanAfter, props.after[1])}
        query={valuesQuery(props.panel, 'after')}
        count={props.panel.behind.after.count}
      />
      <Figure
        name={t.change}
        value={
          props.panel.meanChange.mean === undefined ? undefined : signedGlucose(props.panel.meanChange.mean, format)
        }
        unit={format.glucoseUnit()}
        note={note(props.panel.meanChange, t.changeNote)}
        query={valuesQuery(props.panel, 'change')}
        count={props.panel.behind.change.count}
      />
    </>
  )
}

const rangesNamed: readonly { readonly name: string; readonly ranges: readonly RangeName[] }[] = [
  { name: t.inRange, ranges: ['target'] },
  { name: t.low, ranges: ['veryLow', 'low'] },
  { name: t.high, ranges: ['high', 'veryHigh'] },
]

/** A bar of the ranges with its words. */
export function PanelRanges(props: { readonly panel: MealPanel | NightPanel }) {
  const format = useFormat()
  return (
    <Show when={props.panel.ranges}>
      {shares => (
        <div class="panel-ranges">
          <RangeBar shares={shares()} />
          <p class="small">
            <For each={rangesNamed}>
              {({ name, ranges }, i) => (
                <>
                  {i() > 0 ? ' · ' : ''}
                  {name}{' '}
                  <Traceable
                    title={t.rangesOf(t.names[props.panel.name], name)}
                    query={{ ...valuesQuery(props.panel, 'shown'), range: ranges }}
                    count={ranges.reduce((sum, range) => sum + shares()[range].count, 0)}
                  >
                    {sharesText(shares(), ranges, format)}
                  </Traceable>
                </>
              )}
            </For>{' '}
            <span class="soft">({t.rangesNote[props.panel.from](props.panel.values)})</span>
          </p>
        </div>
      )}
    </Show>
  )
}
