/**
 * What happened in an hour or a part of a day: glucose, carbs, boluses, one below the other. A function, not a component: of
 * the thousands of cells each is written at once and watches the settings as a whole, not number by number.
 */
import type { JSX } from 'solid-js'
import { mgdlFrom } from '#records/units.ts'
import type { LogbookBolus, LogbookCell, LogbookValue } from '#reports/logbookModel.ts'
import type { RangeName } from '#reports/models.ts'
import { markVariable } from '../../charts/colors.ts'
import { logbookTexts } from '../../texts/reports/logbook.ts'
import type { Format } from '../../texts/format.ts'
import { doseText, rounded } from '../amounts.ts'
import { meanText } from './totals.ts'

const t = logbookTexts

/** Nothing for an hour in which nothing is known. */
export function logCell(cell: LogbookCell | undefined, format: Format): JSX.Element {
  if (!cell) return undefined
  const { sensor, carbsGrams, carbsExchanges } = cell
  return [
    cell.meter.map(value => meterValue(value, format)),
    sensor && sensorMean(sensor.range, meanText(sensor, format)),
    carbsGrams > 0 && carbs(rounded(carbsGrams, 0, format), t.grams),
    carbsExchanges > 0 && carbs(rounded(carbsExchanges, 1, format), t.exchanges),
    cell.boluses.map(each => bolus(each, format)),
  ]
}

function meterValue({ value, units, outOfRange, at, range }: LogbookValue, format: Format): JSX.Element {
  const text = outOfRange ? t[outOfRange] : format.glucose(mgdlFrom(value, units))
  const time = format.timeOfDay(at)
  const sign = rangeSign(range)
  return (
    <span class="log-meter" title={time}>
      {sign}
      {text}
    </span>
  )
}

function sensorMean(range: RangeName, text: string): JSX.Element {
  const sign = rangeSign(range)
  const title = t.sensorMean
  return (
    <span class="log-sensor" title={title}>
      {sign}
      {text}
    </span>
  )
}

const carbs = (text: string, unit: string): JSX.Element => (
  <span class="log-carbs">
    {text}
    <span class="log-unit">{unit}</span>
  </span>
)

function bolus({ units, marks, at }: LogbookBolus, format: Format): JSX.Element {
  const time = format.timeOfDay(at)
  const text = doseText(units, format)
  const unit = t.units
  const signs = marks.map(mark => {
    const [sign, name] = [t.marks[mark], t.markNames[mark]]
    return (
      <sup>
        <span aria-hidden="true">{sign}</span>
        <span class="visually-hidden">, {name}</span>
      </sup>
    )
  })
  return (
    <span class="log-bolus" title={time}>
      {text}
      <span class="log-unit">{unit}</span>
      {signs}
    </span>
  )
}

/** Triangles: up is high, down is low, filled is very. */
const signs: Readonly<Record<Exclude<RangeName, 'target'>, string>> = {
  high: 'M5 2L9 9H1z',
  veryHigh: 'M5 1L9.5 9H0.5z',
  low: 'M5 8L9 1H1z',
  veryLow: 'M5 9L9.5 1H0.5z',
}

function rangeSign(range: RangeName): JSX.Element {
  if (range === 'target') return undefined
  const path = signs[range]
  const color = markVariable(range)
  const fill = range === 'veryHigh' || range === 'veryLow' ? color : 'none'
  const name = t.ranges[range]
  return [
    <svg class="log-sign" viewBox="0 0 10 10" aria-hidden="true">
      <path d={path} fill={fill} stroke={color} stroke-width="1.4" />
    </svg>,
    <span class="visually-hidden">{name} </span>,
  ]
}
