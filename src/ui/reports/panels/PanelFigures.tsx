/** The numbers of a panel: means before and after, their difference, what was eaten and given, and the ranges. */
import { Show } from 'solid-js'
import type { EventMean, MealPanel, NightPanel } from '#reports/panelsModel.ts'
import { RangeBar } from '../../parts/RangeBar.tsx'
import { useFormat } from '../../state/preferences.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { rounded, sharesText } from '../amounts.ts'
import { PlainFigure } from './PlainFigure.tsx'
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
          <PlainFigure
            name={t.carbs}
            value={rounded(mean(), 0, format)}
            unit={t.grams}
            note={stands(props.panel.carbsGrams)}
          />
        )}
      </Show>
      <Show when={props.panel.carbsExchanges.mean}>
        {mean => (
          <PlainFigure
            name={t.carbs}
            value={rounded(mean(), 1, format)}
            unit={t.exchanges}
            note={stands(props.panel.carbsExchanges)}
          />
        )}
      </Show>
      <Show when={props.panel.foodUnits.events > 0}>
        <PlainFigure
          name={t.food}
          value={units(props.panel.foodUnits)}
          unit={t.units}
          note={t.parts([t.foodNote, stands(props.panel.foodUnits)])}
        />
      </Show>
      <Show when={props.withCorrection && props.panel.correctionUnits.events > 0}>
        <PlainFigure
          name={t.correction}
          value={units(props.panel.correctionUnits)}
          unit={t.units}
          note={t.parts([t.foodNote, stands(props.panel.correctionUnits)])}
        />
      </Show>
      <Show when={props.withCorrection && props.panel.deliveredUnits.events > 0}>
        <PlainFigure
          name={t.delivered}
          value={units(props.panel.deliveredUnits)}
          unit={t.units}
          note={stands(props.panel.deliveredUnits)}
        />
      </Show>
      <Show when={ratiosText(props.panel.ratios, props.panel.events, format)}>
        {ratio => <PlainFigure name={t.ratio} {...ratio()} />}
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
      <PlainFigure
        name={props.before[0]}
        value={value(props.panel.meanBefore)}
        unit={format.glucoseUnit()}
        note={note(props.panel.meanBefore, props.before[1])}
      />
      <PlainFigure
        name={props.after[0]}
        value={value(props.panel.meanAfter)}
        unit={format.glucoseUnit()}
        note={note(props.panel.meanAfter, props.after[1])}
      />
      <PlainFigure
        name={t.change}
        value={
          props.panel.meanChange.mean === undefined ? undefined : signedGlucose(props.panel.meanChange.mean, format)
        }
        unit={format.glucoseUnit()}
        note={note(props.panel.meanChange, t.changeNote)}
      />
    </>
  )
}

/** A bar of the ranges with its words. */
export function PanelRanges(props: { readonly panel: MealPanel | NightPanel }) {
  const format = useFormat()
  return (
    <Show when={props.panel.ranges}>
      {shares => (
        <div class="panel-ranges">
          <RangeBar shares={shares()} />
          <p class="small">
            {t.ranges(
              sharesText(shares(), ['target'], format),
              sharesText(shares(), ['veryLow', 'low'], format),
              sharesText(shares(), ['high', 'veryHigh'], format),
            )}{' '}
            <span class="soft">({t.rangesNote[props.panel.from](props.panel.values)})</span>
          </p>
        </div>
      )}
    </Show>
  )
}
