/** The published numbers of variability and risk, each with a line that says what it is, or why there is none. */
import { For } from 'solid-js'
import type { GlucoseUnits } from '#records/units.ts'
import type { Indices } from '#reports/distributionModel.ts'
import type { Period } from '#reports/models.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { distributionTexts } from '../../texts/reports/distribution.ts'
import { rounded } from '../amounts.ts'
import { Figure } from '../Figure.tsx'

const t = distributionTexts.indices

interface IndexFigure {
  readonly name: keyof typeof t.names
  readonly value: string | undefined
  readonly unit?: string
  readonly note: string
}

export function IndicesPanel(props: { readonly indices: Indices; readonly period: Period }) {
  const format = useFormat()
  const preferences = usePreferences()
  const isSensor = () => props.indices.from === 'sensor'
  const query = () => {
    const kind = isSensor() ? ('cbg' as const) : ('smbg' as const)
    return { kinds: [kind], types: [kind], period: props.period }
  }
  const figures = () =>
    isSensor()
      ? [...sensorFigures(props.indices, preferences.now().glucoseUnits, format), ...riskFigures(props.indices, format)]
      : riskFigures(props.indices, format)
  return (
    <section class="card report-card">
      <div class="row-apart">
        <h2>{t.title}</h2>
        <p class="small soft">{t.standsOn(props.indices.count, props.indices.daysWithData, props.indices.from)}</p>
      </div>
      <dl class="figure-grid indices">
        <For each={figures()}>
          {({ name, value, unit, note }) => (
            <Figure
              name={t.names[name]}
              value={value}
              {...(unit === undefined ? {} : { unit })}
              note={note}
              query={query()}
              count={props.indices.count}
            />
          )}
        </For>
      </dl>
    </section>
  )
}

/** Those that need a value every few minutes. */
function sensorFigures(indices: Indices, units: GlucoseUnits, format: Format): readonly IndexFigure[] {
  const { risk, lbgi } = indices
  const hasDay = lbgi !== undefined
  const glucose = (name: 'mage' | 'modd' | 'conga1' | 'conga4', missing: string): IndexFigure => {
    const value = indices[name]
    return value === undefined
      ? { name, value: undefined, note: hasDay ? missing : t.needsDay }
      : { name, value: format.glucose(value), unit: format.glucoseUnit(), note: t.explained[name] }
  }
  const one = (value: number) => rounded(value, 1, format)
  return [
    risk
      ? {
          name: 'gri',
          value: one(risk.gri),
          note: t.explained.gri(risk.zone, one(risk.hypoComponent), one(risk.hyperComponent), t.limits[units]),
        }
      : { name: 'gri', value: undefined, note: t.needsDay },
    glucose('mage', t.needsSwing),
    glucose('modd', t.needsTwoDays),
    glucose('conga1', t.needsDay),
    glucose('conga4', t.needsDay),
  ]
}

function riskFigures(indices: Indices, format: Format): readonly IndexFigure[] {
  const few = indices.from === 'sensor' ? t.needsDay : t.needsMeter
  const missing = { lbgi: few, hbgi: few, adrr: indices.from === 'sensor' ? few : t.needsMeterDays, jIndex: few }
  return (['lbgi', 'hbgi', 'adrr', 'jIndex'] as const).map(name => {
    const value = indices[name]
    return value === undefined
      ? { name, value: undefined, note: missing[name] }
      : { name, value: rounded(value, 1, format), note: t.explained[name] }
  })
}
