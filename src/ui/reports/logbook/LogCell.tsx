/** What happened in an hour or a part of a day: glucose, carbs, boluses, one below the other. */
import { For, Show } from 'solid-js'
import { mgdlFrom } from '#records/units.ts'
import type { LogbookBolus, LogbookCell, LogbookValue } from '#reports/logbookModel.ts'
import type { RangeName } from '#reports/models.ts'
import { markVariable } from '../../charts/colors.ts'
import { useFormat } from '../../state/preferences.ts'
import { logbookTexts } from '../../texts/reports/logbook.ts'
import { doseText, rounded } from '../amounts.ts'

const t = logbookTexts

export function LogCell(props: { readonly cell: LogbookCell }) {
  const format = useFormat()
  return (
    <>
      <For each={props.cell.meter}>{value => <MeterValue value={value} />}</For>
      <Show when={props.cell.sensor}>
        {sensor => (
          <span class="log-sensor" title={t.sensorMean}>
            <RangeSign range={sensor().range} />
            {format.glucose(sensor().mgdl)}
          </span>
        )}
      </Show>
      <Show when={props.cell.carbsGrams > 0}>
        <span class="log-carbs">
          {rounded(props.cell.carbsGrams, 0, format)}
          <Unit>{t.grams}</Unit>
        </span>
      </Show>
      <Show when={props.cell.carbsExchanges > 0}>
        <span class="log-carbs">
          {rounded(props.cell.carbsExchanges, 1, format)}
          <Unit>{t.exchanges}</Unit>
        </span>
      </Show>
      <For each={props.cell.boluses}>{bolus => <Bolus bolus={bolus} />}</For>
    </>
  )
}

function MeterValue(props: { readonly value: LogbookValue }) {
  const format = useFormat()
  const text = () => {
    const { value, units, outOfRange } = props.value
    if (outOfRange) return outOfRange === 'low' ? t.low : t.high
    return format.glucose(mgdlFrom(value, units))
  }
  return (
    <span class="log-meter" title={format.timeOfDay(props.value.at)}>
      <RangeSign range={props.value.range} />
      {text()}
    </span>
  )
}

function Bolus(props: { readonly bolus: LogbookBolus }) {
  const format = useFormat()
  return (
    <span class="log-bolus" title={format.timeOfDay(props.bolus.at)}>
      {doseText(props.bolus.units, format)}
      <Unit>{t.units}</Unit>
      <For each={props.bolus.marks}>
        {mark => (
          <sup>
            <span aria-hidden="true">{t.marks[mark]}</span>
            <span class="visually-hidden">, {t.markNames[mark]}</span>
          </sup>
        )}
      </For>
    </span>
  )
}

const Unit = (props: { readonly children: string }) => <span class="log-unit">{props.children}</span>

/** Triangles: up is high, down is low, filled is very. */
const signs: Readonly<Record<Exclude<RangeName, 'target'>, string>> = {
  high: 'M5 2L9 9H1z',
  veryHigh: 'M5 1L9.5 9H0.5z',
  low: 'M5 8L9 1H1z',
  veryLow: 'M5 9L9.5 1H0.5z',
}

function RangeSign(props: { readonly range: RangeName }) {
  const path = () => (props.range === 'target' ? undefined : signs[props.range])
  const isFilled = () => props.range === 'veryHigh' || props.range === 'veryLow'
  return (
    <Show when={path()}>
      {d => (
        <>
          <svg class="log-sign" viewBox="0 0 10 10" aria-hidden="true">
            <path
              d={d()}
              fill={isFilled() ? markVariable(props.range) : 'none'}
              stroke={markVariable(props.range)}
              stroke-width="1.4"
            />
          </svg>
          <span class="visually-hidden">{t.ranges[props.range]} </span>
        </>
      )}
    </Show>
  )
}
