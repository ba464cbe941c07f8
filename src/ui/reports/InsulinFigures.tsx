/** Insulin and carbohydrate of a period (means per day) and of one day (sums). A missing number says why. */
import { type JSX, Show } from 'solid-js'
import type { DayInsulin, InsulinSummary, Period } from '#reports/models.ts'
import { useFormat } from '../state/preferences.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { rounded } from './amounts.ts'
import { type Behind, behind } from './behind.ts'
import { Figure } from './Figure.tsx'

const t = reportTexts.figures

export interface PeriodInsulinProps {
  readonly insulin: InsulinSummary
  readonly period: Period
  /** More figures in the same rows. */
  readonly children?: JSX.Element
}

export function PeriodInsulin(props: PeriodInsulinProps) {
  const format = useFormat()
  const query = (of: Behind) => ({ ...of, period: props.period })
  const units = (value: number | undefined) => (value === undefined ? undefined : rounded(value, 1, format))
  const share = (percent: number | undefined) => {
    if (percent === undefined) return ''
    const { daysWithSplit, daysWithInsulin } = props.insulin
    const text = format.percent(percent)
    return daysWithSplit === daysWithInsulin ? t.ofTotal(text) : t.ofTotalOn(text, daysWithSplit)
  }
  const knownOn = (days: number) => t.knownOn(days, props.insulin.daysWithInsulin)
  const joined = (...parts: readonly string[]) => parts.filter(Boolean).join('; ')
  return (
    <dl class="figure-grid">
      <Figure
        name={t.total}
        value={units(props.insulin.totalPerDay)}
        unit={t.units}
        note={
          props.insulin.totalPerDay === undefined
            ? t.noTotal
            : t.totalNote(props.insulin.daysWithTotal, props.insulin.daysWithInsulin)
        }
        query={query(behind.insulin)}
        of="entries"
      />
      <Show when={props.insulin.basalPerDay !== undefined}>
        <Figure
          name={t.basalPerDay}
          value={units(props.insulin.basalPerDay)}
          unit={t.units}
          note={joined(knownOn(props.insulin.daysWithBasal), share(props.insulin.basalPercent))}
          query={query(behind.basal)}
          of="entries"
        />
      </Show>
      <Show when={props.insulin.autoPerDay !== undefined}>
        <Figure
          name={t.autoPerDay}
          value={units(props.insulin.autoPerDay)}
          unit={t.units}
          note={knownOn(props.insulin.daysWithAuto)}
          query={query(behind.algorithmUnits)}
          of="entries"
        />
      </Show>
      <Figure
        name={t.bolusPerDay}
        value={units(props.insulin.bolusPerDay)}
        unit={t.units}
        note={joined(
          knownOn(props.insulin.daysWithInsulin),
          share(props.insulin.bolusPercent),
          t.bolusesPerDay(rounded(props.insulin.bolusesPerDay, 1, format)),
        )}
        query={query(behind.bolusUnits)}
        of="entries"
      />
      <Show when={props.insulin.carbsGramsPerDay !== undefined}>
        <Figure
          name={t.carbsPerDay}
          value={rounded(props.insulin.carbsGramsPerDay ?? 0, 0, format)}
          unit={t.grams}
          note={t.carbsNote(props.insulin.carbDays)}
          query={query(behind.carbsGrams)}
          of="entries"
        />
      </Show>
      <Show when={props.insulin.carbsExchangesPerDay !== undefined}>
        <Figure
          name={t.carbsPerDay}
          value={rounded(props.insulin.carbsExchangesPerDay ?? 0, 1, format)}
          unit={t.exchanges}
          note={t.carbsNote(props.insulin.carbDays)}
          query={query(behind.carbsExchanges)}
          of="entries"
        />
      </Show>
      {props.children}
    </dl>
  )
}

export interface DayInsulinFiguresProps {
  readonly insulin: DayInsulin
  readonly period: Period
}

export function DayInsulinFigures(props: DayInsulinFiguresProps) {
  const format = useFormat()
  const query = (of: Behind) => ({ ...of, period: props.period })
  const units = (value: number | undefined) => (value === undefined ? undefined : rounded(value, 1, format))
  /** Bolus and what the algorithm gave are known; only a basal rate of the manual mode may have come on top. */
  const atLeast = () => {
    const { autoUnits, bolusUnits } = props.insulin
    return autoUnits === undefined ? undefined : t.atLeast(rounded(autoUnits + bolusUnits, 1, format))
  }
  const totalNote = () =>
    [
      props.insulin.note ? capital(t.insulinNotes[props.insulin.note]) : '',
      props.insulin.pumpTotalUnits === undefined ? '' : t.pumpTotal(rounded(props.insulin.pumpTotalUnits, 2, format)),
    ]
      .filter(Boolean)
      .join('. ')
  return (
    <dl class="figure-grid">
      <Figure
        name={t.totalOfDay}
        value={units(props.insulin.totalUnits) ?? atLeast()}
        unit={t.units}
        note={totalNote()}
        query={query(behind.insulin)}
        of="entries"
      />
      <Show when={props.insulin.basalUnits !== undefined}>
        <Figure
          name={t.basal}
          value={units(props.insulin.basalUnits)}
          unit={t.units}
          note=""
          query={query(behind.basal)}
          of="entries"
        />
      </Show>
      <Show when={props.insulin.autoUnits !== undefined}>
        <Figure
          name={t.auto}
          value={units(props.insulin.autoUnits)}
          unit={t.units}
          note=""
          query={query(behind.algorithmUnits)}
          of="entries"
        />
      </Show>
      <Figure
        name={t.bolus}
        value={units(props.insulin.bolusUnits)}
        unit={t.units}
        note={t.bolusCount(props.insulin.bolusCount)}
        query={query(behind.bolusUnits)}
        of="entries"
      />
      <Show when={props.insulin.carbEntries > 0}>
        <Figure
          name={t.carbs}
          value={carbsOf(props.insulin, format).value}
          unit={carbsOf(props.insulin, format).unit}
          note={t.carbEntries(props.insulin.carbEntries)}
          query={query(behind.carbs)}
          of="entries"
        />
      </Show>
    </dl>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Grams and exchanges are never added; both are shown when both were entered. */
function carbsOf(insulin: DayInsulin, format: Format): { readonly value: string; readonly unit: string } {
  const grams = { value: rounded(insulin.carbsGrams, 0, format), unit: t.grams }
  if (insulin.carbsExchanges === 0) return grams
  const exchanges = { value: rounded(insulin.carbsExchanges, 1, format), unit: t.exchanges }
  if (insulin.carbsGrams === 0) return exchanges
  return { value: `${grams.value} ${grams.unit}, ${exchanges.value}`, unit: exchanges.unit }
}
