/**
 * The sentence where a report has no glucose value, with how many values were told for calibration and count for nothing:
 * a pump in use without a sensor keeps its meter's values under that name.
 */
import { Show } from 'solid-js'
import type { PeriodModel } from '#reports/models.ts'
import { reportTexts } from '../texts/reports.ts'

const t = reportTexts.figures

export function NoGlucose(props: { readonly model: Pick<PeriodModel, 'uncountedCalibrations'> }) {
  return (
    <>
      {t.noGlucose}
      <Show when={props.model.uncountedCalibrations}>{count => <> {t.uncountedCalibrations(count())}</>}</Show>
    </>
  )
}
