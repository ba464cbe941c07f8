/** The table twin of the standard day: every hour or part with its number of values, spread, percentiles and ranges. */
import { createMemo, For, Show } from 'solid-js'
import type { Preferences } from '#records/preferences.ts'
import type { RangeName } from '#reports/models.ts'
import type { Distribution, HourOfTherapy, StandardDayModel, StandardGlucose } from '#reports/standardDayModel.ts'
import { type EvidenceOf, Traceable } from '../../parts/Evidence.tsx'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { standardDayTexts } from '../../texts/reports/standardDay.ts'
import { reportTexts } from '../../texts/reports.ts'
import { highestText, lowestText, measuredText, rounded } from '../amounts.ts'
import { behind, ofSlot } from '../behind.ts'
import { ReportTable } from '../ReportTable.tsx'
import { hourText, periodText } from './standardWords.ts'

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
  readonly hour?: number
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
  /** Columns in which something stands: few values have no percentiles. */
  const glucoseColumns = createMemo(() => {
    const shown = [...rows().map(row => row.glucose), glucose()?.all]
    return allColumns.filter(([, text]) => shown.some(one => one && text(one, format) !== undefined))
  })
  const therapyColumns = () => (props.by === 'hours' ? therapyOf(props.model.therapy) : [])
  const foot = () => {
    const known = glucose()
    if (!known) return undefined
    return (
      <tr>
        <th scope="row">{t.all}</th>
        <Show when={props.by === 'periods'}>
          <td class="standard-when">{t.wholeDay}</td>
        </Show>
        <GlucoseCells
          columns={glucoseColumns()}
          glucose={known.all}
          title={t.all}
          query={{ ...behind[props.of], period: props.model.period }}
        />
        <For each={therapyColumns()}>{() => <td>{none}</td>}</For>
      </tr>
    )
  }
  return (
    <ReportTable
      name={t.tableName[props.by]}
      look="days-table standard-table"
      heads={
        <tr>
          <th scope="col">{props.by === 'hours' ? t.columns.hour : t.columns.period}</th>
          <Show when={props.by === 'periods'}>
            <th scope="col" class="standard-when">
              {t.columns.when}
            </th>
          </Show>
          <For each={glucoseColumns()}>{([name]) => <th scope="col">{name}</th>}</For>
          <For each={therapyColumns()}>{([name]) => <th scope="col">{name}</th>}</For>
        </tr>
      }
      foot={foot()}
    >
      <For each={rows()}>
        {row => (
          <tr>
            <th scope="row">{row.name}</th>
            <Show when={props.by === 'periods'}>
              <td class="standard-when">{row.when}</td>
            </Show>
            <GlucoseCells
              columns={glucoseColumns()}
              glucose={row.glucose}
              title={row.name}
              query={row.hour === undefined ? undefined : ofSlot(props.model.period, row.hour, 60, behind[props.of])}
            />
            <For each={therapyColumns()}>{([, text]) => <td>{row.therapy ? text(row.therapy, format) : none}</td>}</For>
          </tr>
        )}
      </For>
    </ReportTable>
  )
}

const hourRows = (model: StandardDayModel, glucose: StandardGlucose | undefined, format: Format): readonly Row[] =>
  Array.from({ length: 24 }, (_, hour) => ({
    name: hourText(hour, format),
    hour,
    glucose: glucose?.hours[hour],
    therapy: model.therapy?.[hour],
  }))

const periodRows = (glucose: StandardGlucose | undefined, preferences: Preferences, format: Format): readonly Row[] =>
  (glucose?.periods ?? []).map(({ name, glucose: ofPeriod, meals }) => ({
    name: t.periodNames[name],
    when: [periodText(name, preferences, format), ...(meals === undefined ? [] : [t.meals(meals)])].join(', '),
    glucose: ofPeriod,
  }))

interface GlucoseCellsProps {
  readonly columns: readonly GlucoseColumn[]
  readonly glucose: Distribution | undefined
  /** What the number of values opens, and its title; a part of the day that goes by its meals has nothing to open. */
  readonly query: EvidenceOf | undefined
  readonly title: string
}

function GlucoseCells(props: GlucoseCellsProps) {
  const format = useFormat()
  return (
    <For each={props.columns}>
      {([, text], index) => (
        <td>
          <Show
            when={index() === 0 && props.glucose ? props.query : undefined}
            fallback={props.glucose ? (text(props.glucose, format) ?? none) : index() === 0 ? format.number(0) : none}
          >
            {query => (
              <Traceable title={props.title} query={query()} count={props.glucose?.count}>
                {format.number(props.glucose?.count ?? 0)}
              </Traceable>
            )}
          </Show>
        </td>
      )}
    </For>
  )
}

type GlucoseColumn = readonly [name: string, text: (glucose: Distribution, format: Format) => string | undefined]

/** LO or HI where the device said so of the values that it is one of. */
const ofValues =
  (mgdl: (glucose: Distribution) => number | undefined): GlucoseColumn[1] =>
  (glucose, format) => {
    const value = mgdl(glucose)
    return value === undefined ? undefined : measuredText(value, glucose, format)
  }
/** One decimal in tables (metrics sheet §1.3). */
const share = ({ ranges }: Distribution, names: readonly RangeName[], format: Format) =>
  rounded(names.reduce((sum, name) => sum + ranges[name].fraction, 0) * 100, 1, format)

const allColumns: readonly GlucoseColumn[] = [
  [t.columns.count, ({ count }, format) => format.number(count)],
  [t.columns.mean, ofValues(({ meanMgdl }) => meanMgdl)],
  [t.columns.sd, ({ sdMgdl }, format) => ('value' in sdMgdl ? format.glucose(sdMgdl.value) : undefined)],
  [t.columns.min, lowestText],
  [t.columns.p10, ofValues(({ tailsMgdl }) => tailsMgdl?.[0])],
  [t.columns.p25, ofValues(({ quartilesMgdl }) => quartilesMgdl?.[0])],
  [t.columns.median, ofValues(({ medianMgdl }) => medianMgdl)],
  [t.columns.p75, ofValues(({ quartilesMgdl }) => quartilesMgdl?.[1])],
  [t.columns.p90, ofValues(({ tailsMgdl }) => tailsMgdl?.[1])],
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
