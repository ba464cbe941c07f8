/** The glucose numbers of a period or a day: mean, GMI, CV, SD, sensor use, tight range; or the meter's where no sensor was worn. */
import { type JSX, Show } from 'solid-js'
import { roundHalfEven } from '#records/units.ts'
import type { GlucoseSummary, Period, RiskIndex, SensorSummary, Sufficient } from '#reports/models.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { type FigureGoals, reportTexts } from '../texts/reports.ts'
import {
  highestText,
  hoursText,
  isWord,
  lowestText,
  measuredText,
  rounded,
  tightLimitsText,
  wholePercent,
} from './amounts.ts'
import { Figure } from './Figure.tsx'

const t = reportTexts.figures
const MINUTES_A_DAY = 1440

export interface SensorFiguresProps {
  readonly summary: SensorSummary
  /** A single day goes without GMI, which needs weeks. */
  readonly period: Period
  readonly risk?: RiskIndex | undefined
  /** More figures in the same rows. */
  readonly children?: JSX.Element
  readonly goals?: FigureGoals
}

export function SensorFigures(props: SensorFiguresProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const isDay = () => props.period.firstDay === props.period.lastDay
  const query = () => ({ kinds: ['cbg'] as const, types: ['cbg'], period: props.period })
  const stands = () =>
    isDay()
      ? t.count(props.summary.count, 'sensor')
      : t.onDays(props.summary.count, props.summary.daysWithData, 'sensor')
  return (
    <dl class="figure-grid">
      <Figure
        name={t.mean}
        value={format.glucose(props.summary.meanMgdl)}
        unit={format.glucoseUnit()}
        note={stands()}
        goal={props.goals?.mean}
        query={query()}
        count={props.summary.count}
      />
      <Show when={!isDay()}>
        <Figure
          name={t.gmi}
          value={known(props.summary.gmiPercent, value => `${rounded(value, 1, format)} %`)}
          note={
            reason(props.summary.gmiPercent, t.missing.gmi) ??
            t.notes([
              known(props.summary.gmiMmolPerMol, value => t.mmolPerMol(rounded(value, 0, format))) ?? '',
              stands(),
            ])
          }
          goal={props.goals?.gmi}
          query={query()}
          count={props.summary.count}
        />
      </Show>
      <Figure
        name={t.cv}
        value={known(props.summary.cvPercent, value => format.percent(roundHalfEven(value)))}
        note={reason(props.summary.cvPercent, t.missing.spread) ?? stands()}
        goal={props.goals?.cv}
        query={query()}
        count={props.summary.count}
      />
      <Figure
        name={t.sd}
        value={known(props.summary.sdMgdl, value => format.glucose(value))}
        unit={format.glucoseUnit()}
        note={reason(props.summary.sdMgdl, t.missing.spread) ?? stands()}
        query={query()}
        count={props.summary.count}
      />
      <Figure
        name={t.active}
        value={format.percent(Math.min(100, roundHalfEven(props.summary.percentActive)))}
        note={t.activeNote}
        query={query()}
        count={props.summary.count}
      />
      <Figure
        name={t.tight}
        value={format.percent(wholePercent(props.summary.tightFraction))}
        note={t.tightNote(
          tightLimitsText(preferences.now().glucoseUnits),
          isDay() ? stands() : reportTexts.ranges.perDay(hoursText(props.summary.tightFraction * MINUTES_A_DAY)),
        )}
        query={query()}
        count={props.summary.count}
      />
      <Show when={props.risk}>
        {risk => (
          <Figure
            name={t.risk}
            value={rounded(risk().gri, 0, format)}
            note={t.riskNote(risk().zone)}
            query={query()}
            count={props.summary.count}
          />
        )}
      </Show>
      {props.children}
    </dl>
  )
}

export interface MeterFiguresProps {
  readonly summary: GlucoseSummary & { readonly valuesPerDay?: number }
  readonly period: Period
}

export function MeterFigures(props: MeterFiguresProps) {
  const format = useFormat()
  const query = () => ({ kinds: ['smbg'] as const, types: ['smbg'], period: props.period })
  const isDay = () => props.period.firstDay === props.period.lastDay
  const stands = () =>
    isDay() ? t.count(props.summary.count, 'meter') : t.onDays(props.summary.count, props.summary.daysWithData, 'meter')
  return (
    <dl class="figure-grid">
      <Figure
        name={t.meterValues}
        value={format.number(props.summary.count)}
        note={
          props.summary.valuesPerDay === undefined ? '' : t.meterPerDay(rounded(props.summary.valuesPerDay, 1, format))
        }
        query={query()}
        count={props.summary.count}
      />
      <Figure
        name={t.meterMean}
        {...measured(measuredText(props.summary.meanMgdl, props.summary, format), format.glucoseUnit())}
        note={stands()}
        query={query()}
        count={props.summary.count}
      />
      <Show when={!isDay()}>
        <Figure
          name={t.cv}
          value={known(props.summary.cvPercent, value => format.percent(roundHalfEven(value)))}
          note={reason(props.summary.cvPercent, t.missing.spread) ?? stands()}
          query={query()}
          count={props.summary.count}
        />
      </Show>
      <Figure
        name={t.lowest}
        {...measured(lowestText(props.summary, format), format.glucoseUnit())}
        query={query()}
        count={props.summary.count}
      />
      <Figure
        name={t.highest}
        {...measured(highestText(props.summary, format), format.glucoseUnit())}
        query={query()}
        count={props.summary.count}
      />
    </dl>
  )
}

/** What a figure shows of a value: a word says itself what it means. */
function measured(
  value: string,
  unit: string,
): { readonly value: string; readonly unit: string; readonly note: string } {
  if (!isWord(value)) return { value, unit, note: '' }
  return { value, unit: '', note: value === reportTexts.dailyChart.low ? t.belowMeter : t.aboveMeter }
}

type Missing = Extract<Sufficient, { missing: unknown }>['missing']

const known = (number: Sufficient, text: (value: number) => string): string | undefined =>
  'value' in number ? text(number.value) : undefined

const reason = (number: Sufficient, reasons: Readonly<Record<Missing, string>>): string | undefined =>
  'missing' in number ? reasons[number.missing] : undefined
