/** The switch between a chart and its table twin. */
import { Segmented } from '../parts/Segmented.tsx'
import { reportTexts } from '../texts/reports.ts'

export interface ViewSwitchProps {
  /** Says of what. */
  readonly label: string
  readonly view: 'chart' | 'table'
  readonly onView: (view: 'chart' | 'table') => void
}

export function ViewSwitch(props: ViewSwitchProps) {
  return (
    <div class="screen-only">
      <Segmented
        label={props.label}
        value={props.view}
        choices={[
          { value: 'chart', label: reportTexts.chart },
          { value: 'table', label: reportTexts.table },
        ]}
        onChange={props.onView}
      />
    </div>
  )
}
