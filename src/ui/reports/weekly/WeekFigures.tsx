/** The numbers beside a strip, and those of a week, which open their evidence. */
import { For, Show } from 'solid-js'
import type { GlucoseSummary, Period, RangeName } from '#reports/models.ts'
import type { Week } from '#reports/weeklyModel.ts'
import { type EvidenceOf, Traceable } from '../../parts/Evidence.tsx'
import { useFormat } from '../../state/preferences.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { reportTexts } from '../../texts/reports.ts'
import { type Behind, behind } from '../behind.ts'
import type { WeekNumbers } from './weekNumbers.ts'

const t = weeklyTexts
const names = t.numbers

/** What a number is called, how it is written, and what stands behind it. */
interface Row {
  readonly name: string
  readonly text: string | undefined
  readonly of?: Behind | undefined
  readonly count?: number | undefined
}

interface FiguresProps {
  readonly numbers: WeekNumbers
  readonly hasAutomation: boolean
}

/** Of a day. Only what is known: an empty place says nothing that a dash would not. */
export function DayFigures(props: FiguresProps) {
  const format = useFormat()
  const rows = (): readonly Row[] => {
    const numbers = props.numbers
    return [
      { name: names.mean, text: withUnit(numbers.mean, format.glucoseUnit()) },
      { name: names.inRange, text: numbers.inRange },
      { name: names.below, text: numbers.below },
      { name: names.above, text: numbers.above },
      ...meterRows(numbers, format.glucoseUnit()),
      { name: names.carbs, text: carbsOf(numbers) },
      { name: names.total, text: withUnit(numbers.total, 'U') },
      { name: names.bolus, text: numbers.bolusShare ?? withUnit(numbers.bolus, 'U') },
      { name: names.automation, text: props.hasAutomation ? numbers.automation : undefined },
    ]
  }
  return <Rows rows={rows()} period={undefined} />
}

/** Of a week, insulin and carbs as means a day. */
export function WeekFigures(props: FiguresProps & { readonly week: Week; readonly period: Period }) {
  const format = useFormat()
  const rows = (): readonly Row[] => {
    const numbers = props.numbers
    const { days, sensor, meter, outside, insulin } = props.week
    const perDay = (days = 0) => ` ${t.perDay(days)}`
    const shares = (range: readonly RangeName[]) => sensor && countOf(sensor, range)
    const spread = (text: string | undefined) => (sensor ? (text ?? t.notEnough) : undefined)
    // Of a week with both each is a mean of the days with that unit.
    const gramDays = perDay(days.filter(day => (day.insulin?.carbsGrams ?? 0) > 0).length)
    const exchangeDays = perDay(days.filter(day => (day.insulin?.carbsExchanges ?? 0) > 0).length)
    const ofAll = { of: behind.sensor, count: sensor?.count }
    return [
      { name: names.mean, text: withUnit(numbers.mean, format.glucoseUnit()), ...ofAll },
      { name: names.count, text: numbers.count, ...ofAll },
      {
        name: names.sd,
        text: spread(withUnit(numbers.sd, format.glucoseUnit())),
        ...(numbers.sd === undefined ? {} : ofAll),
      },
      { name: names.cv, text: spread(numbers.cv), ...(numbers.cv === undefined ? {} : ofAll) },
      { name: names.inRange, text: numbers.inRange, of: behind.target, count: shares(['target']) },
      { name: names.below, text: numbers.below, of: behind.below, count: shares(['veryLow', 'low']) },
      { name: names.above, text: numbers.above, of: behind.above, count: shares(['high', 'veryHigh']) },
      { name: names.lows, text: spread(episodes(numbers.lows, numbers.lowLength)), of: behindEpisodes(outside?.low) },
      {
        name: names.highs,
        text: spread(episodes(numbers.highs, numbers.highLength)),
        of: behindEpisodes(outside?.high),
      },
      ...meterRows(numbers, format.glucoseUnit()).map(row => ({ ...row, of: behind.meter, count: meter?.count })),
      { name: names.carbs, text: carbsOf(numbers, gramDays, exchangeDays), of: behind.carbs },
      {
        name: names.total,
        text: numbers.total && `${numbers.total} U${perDay(insulin?.daysWithTotal)}`,
        of: behind.insulin,
      },
      {
        name: names.bolus,
        text: numbers.bolusShare && `${numbers.bolusShare} ${t.onDays(insulin?.daysWithSplit ?? 0)}`,
        of: behind.insulin,
      },
      ...(numbers.bolusShare === undefined
        ? [
            {
              name: names.bolus,
              text: numbers.bolus && `${numbers.bolus} U${perDay(insulin?.daysWithInsulin)}`,
              of: behind.bolusUnits,
            },
          ]
        : []),
      { name: names.automation, text: props.hasAutomation ? numbers.automation : undefined, of: behind.modes },
    ]
  }
  return <Rows rows={rows()} period={props.period} />
}

const episodes = (count: string | undefined, length: string | undefined) =>
  count !== undefined && length !== undefined ? t.episodes(count, length) : count

const withUnit = (text: string | undefined, unit: string) => text && `${text} ${unit}`

const countOf = ({ ranges }: GlucoseSummary, names: readonly RangeName[]): number =>
  names.reduce((sum, name) => sum + ranges[name].count, 0)

const behindEpisodes = (sum: NonNullable<Week['outside']>['low'] | undefined): Behind | undefined =>
  sum && sum.count > 0 ? { ...behind.sensor, within: sum.within } : undefined

/** Where no sensor was worn; with how many values, for that differs from day to day. */
const meterRows = (numbers: WeekNumbers, unit: string): readonly Row[] =>
  numbers.mean === undefined
    ? [
        { name: names.meter, text: withUnit(numbers.meterMean, unit) },
        { name: names.count, text: numbers.meterCount },
      ]
    : []

function carbsOf({ carbs, exchanges }: WeekNumbers, gramDays = '', exchangeDays = ''): string | undefined {
  const parts = [
    ...(carbs === undefined ? [] : [reportTexts.dailyChart.grams(carbs) + gramDays]),
    ...(exchanges === undefined ? [] : [reportTexts.dailyChart.exchanges(exchanges) + exchangeDays]),
  ]
  return parts.length > 0 ? parts.join(', ') : undefined
}

const isGlucose = ({ kinds }: EvidenceOf): boolean => kinds.every(kind => kind === 'cbg' || kind === 'smbg')

/** Without a period the numbers open nothing. */
function Rows(props: { readonly rows: readonly Row[]; readonly period: Period | undefined }) {
  const known = () => props.rows.filter(({ text }) => text)
  const query = (of: Behind | undefined): EvidenceOf | undefined =>
    of && props.period && { ...of, period: props.period }
  return (
    <Show when={known().length > 0} fallback={<p class="week-numbers small soft">{t.none}</p>}>
      <dl class="week-numbers">
        <For each={known()}>
          {row => (
            <div>
              <dt>{row.name}</dt>
              <dd>
                <Show when={query(row.of)} fallback={row.text}>
                  {asked => (
                    <Traceable
                      title={row.name}
                      query={asked()}
                      count={row.count}
                      of={isGlucose(asked()) ? 'values' : 'entries'}
                    >
                      {row.text}
                    </Traceable>
                  )}
                </Show>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Show>
  )
}
