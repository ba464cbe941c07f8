/** The table twin of the standard day: every hour or part with its number of values, spread, percentiles and ranges. */
import { For, Show } from 'solid-js'
import type { Preferences } from '#records/preferences.ts'
import type { RangeName } from '#reports/models.ts'
import type { Distribution, HourOfTherapy, StandardDayModel, StandardGlucose } from '#reports/standardDayModel.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { standardDayTexts } from '../../texts/reports/standardDay.ts'
import { reportTexts } from '../../texts/reports.ts'
import { highestText, lowestText, rounded } from '../amounts.ts'
import { hourText, periodText } from './standardWords.ts'
import { TableCsv } from '../../paper/TableCsv.tsx'

const t = standardDayTexts
const none = reportTexts.none

export interface StandardTableProps {
  readonly model: StandardDayModel
  readonly by: 'hours' | 'periods'
  readonly of: 'sensor' | 'meter'
}

interface Row {
  readonly name: string
  readonly when?: string
  readonly glucose: Distribution | undefined
  readonly therapy?: HourOfTherapy | undefined
}

export function StandardTable(props: StandardTableProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const glucose = () => props.model[props.of]
  const rows = (): readonly Row[] => {
    const isByHours = props.by === 'hours'
    return isByHours ? hourRows(props.model, glucose(), format) : periodRows(glucose(), preferences.now(), format)
  }
  const glucoseShown = () => (glucose() ? glucoseColumns : [])
  const therapyColumns = () => (props.by === 'hours' ? therapyOf(props.model.therapy) : [])
  return (
    <TableCsv name={t.tableName[props.by]}>
      <div class="table-wrap" role="region" aria-label={t.tableName[props.by]} tabindex="0">
        <table class="plain-table days-table standard-table">
          <caption class="visually-hidden">{t.tableName[props.by]}</caption>
          <thead>
            <tr>
              <th scope="col">{props.by === 'hours' ? t.columns.hour : t.columns.period}</th>
              <Show when={props.by === 'periods'}>
                <th scope="col" class="standard-when">
                  {t.columns.when}
                </th>
              </Show>
              <For each={glucoseShown()}>{([name]) => <th scope="col">{name}</th>}</For>
              <For each={therapyColumns()}>{([name]) => <th scope="col">{name}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {row => (
                <tr>
                  <th scope="row">{row.name}</th>
                  <Show when={props.by === 'periods'}>
                    <td class="standard-when">{row.when}</td>
                  </Show>
                  <Show when={glucose()}>
                    <GlucoseCells glucose={row.glucose} />
                  </Show>
                  <For each={therapyColumns()}>
                    {([, text]) => <td>{row.therapy ? text(row.therapy, format) : none}</td>}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
          <Show when={glucose()}>
            {all => (
              <tfoot>
                <tr>
                  <th scope="row">{t.all}</th>
                  <Show when={props.by === 'periods'}>
                    <td />
                  </Show>
                  <GlucoseCells glucose={all().all} />
                  <For each={therapyColumns()}>{() => <td />}</For>
                </tr>
              </tfoot>
            )}
          </Show>
        </table>
      </div>
    </TableCsv>
  )
}

const hourRows = (model: StandardDayModel, glucose: StandardGlucose | undefined, format: Format): readonly Row[] =>
  Array.from({ length: 24 }, (_, hour) => ({
    name: hourText(hour, format),
    glucose: glucose?.hours[hour],
    therapy: model.therapy?.[hour],
  }))

const periodRows = (glucose: StandardGlucose | undefined, preferences: Preferences, format: Format): readonly Row[] =>
  (glucose?.periods ?? []).map(({ name, glucose: ofPeriod, meals }) => ({
    name: t.periodNames[name],
    when: [periodText(name, preferences, format), ...(meals === undefined ? [] : [t.meals(meals)])].join(', '),
    glucose: ofPeriod,
  }))

function GlucoseCells(props: { readonly glucose: Distribution | undefined }) {
  const format = useFormat()
  return (
    <For each={glucoseColumns}>
      {([, text], index) => (
        <td>{props.glucose ? (text(props.glucose, format) ?? none) : index() === 0 ? format.number(0) : none}</td>
      )}
    </For>
  )
}

type GlucoseColumn = readonly [name: string, text: (glucose: Distribution, format: Format) => string | undefined]

const mgdl = (value: number | undefined, format: Format) => (value === undefined ? undefined : format.glucose(value))
/** One decimal in tables (metrics sheet §1.3). */
const share = ({ ranges }: Distribution, names: readonly RangeName[], format: Format) =>
  rounded(names.reduce((sum, name) => sum + ranges[name].fraction, 0) * 100, 1, format)

const glucoseColumns: readonly GlucoseColumn[] = [
  [t.columns.count, ({ count }, format) => format.number(count)],
  [t.columns.mean, ({ meanMgdl }, format) => mgdl(meanMgdl, format)],
  [t.columns.sd, ({ sdMgdl }, format) => ('value' in sdMgdl ? mgdl(sdMgdl.value, format) : undefined)],
  [t.columns.min, lowestText],
  [t.columns.p10, ({ tailsMgdl }, format) => mgdl(tailsMgdl?.[0], format)],
  [t.columns.p25, ({ quartilesMgdl }, format) => mgdl(quartilesMgdl?.[0], format)],
  [t.columns.median, ({ medianMgdl }, format) => mgdl(medianMgdl, format)],
  [t.columns.p75, ({ quartilesMgdl }, format) => mgdl(quartilesMgdl?.[1], format)],
  [t.columns.p90, ({ tailsMgdl }, format) => mgdl(tailsMgdl?.[1], format)],
  [t.columns.max, highestText],
  [t.columns.low, (glucose, format) => share(glucose, ['veryLow', 'low'], format)],
  [t.columns.target, (glucose, format) => share(glucose, ['target'], format)],
  [t.columns.high, (glucose, format) => share(glucose, ['high', 'veryHigh'], format)],
]

type TherapyColumn = readonly [name: string, text: (hour: HourOfTherapy, format: Format) => string]

/** Columns in which something stands in some hour. */
function therapyOf(therapy: readonly HourOfTherapy[] | undefined): readonly TherapyColumn[] {
  const all: readonly (readonly [string, number, (hour: HourOfTherapy) => number | undefined])[] = [
    [t.columns.carbs, 1, hour => hour.carbsGrams],
    [t.columns.exchanges, 1, hour => hour.carbsExchanges],
    [t.columns.bolus, 2, hour => hour.bolusUnits],
    [t.columns.basal, 3, hour => hour.basalUnitsPerHour],
  ]
  return all
    .filter(([, , of]) => therapy?.some(hour => (of(hour) ?? 0) > 0))
    .map(([name, places, of]) => [
      name,
      (hour, format) => {
        const amount = of(hour)
        return amount === undefined ? none : rounded(amount, places, format)
      },
    ])
}
