/**
 * The main numbers of a period beside those of the days before, as Assessment & Progress has them. On the screen only: on
 * paper the Overview is one page, and the comparison has its own.
 */
import { A } from '@solidjs/router'
import type { Comparison } from '#reports/assessmentModel.ts'
import { textOfDay } from '../state/createPeriod.ts'
import { assessmentTexts } from '../texts/reports/assessment.ts'
import './assessment/assessment.css'
import { StatisticsTable } from './assessment/StatisticsTable.tsx'

const t = assessmentTexts

const { rows } = t.table
const pumpRows = [rows.total, rows.bolus, rows.automatic, rows.carbs, rows.exchanges]
const sensorRows = [rows.mean, rows.gmi, rows.cv, rows.target, rows.below, rows.above]

export function AgainstBefore(props: { readonly comparison: Comparison }) {
  const shown = (): ReadonlySet<string> =>
    new Set([...(props.comparison.now.sensor ? sensorRows : [rows.meterMean]), ...pumpRows])
  const whole = () => {
    const { firstDay, lastDay } = props.comparison.now.period
    return `/reports/assessment?from=${textOfDay(firstDay)}&to=${textOfDay(lastDay)}`
  }
  return (
    <section class="card report-card screen-only">
      <div class="row-apart">
        <h2>{t.against}</h2>
        <A class="small" href={whole()}>
          {t.title}
        </A>
      </div>
      <StatisticsTable model={props.comparison} only={shown()} />
      <p class="small soft">{t.table.note}</p>
    </section>
  )
}
