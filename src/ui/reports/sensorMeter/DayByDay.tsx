/** The overview's last part: the last days one by one, as the Weekly review draws them; a page of its own on paper. */
import { createMemo, Show, useContext } from 'solid-js'
import type { WeekDay } from '#reports/weeklyModel.ts'
import type { SensorMeterModel } from '#reports/sensorMeterModel.ts'
import { OnPaper } from '../../charts/onPaper.ts'
import { createMediaMatch } from '../../state/createMediaMatch.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { sensorMeterTexts } from '../../texts/reports/sensorMeter.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { Legend } from '../Legend.tsx'
import { createView, type View } from '../createView.ts'
import { DayRows, isTreated } from '../weekly/DayRows.tsx'
import { STRIP, StripAxis } from '../weekly/DayStrip.tsx'
import { explainStrips, stripScale } from '../weekly/stripWords.ts'
import { weekLegend } from '../weekly/weekLegend.ts'
import { WeekTable } from '../weekly/WeekTable.tsx'

const t = sensorMeterTexts
/** As in sensorMeter.css. */
const NARROW = 'screen and (max-width: 36rem)'
/** Two strips beside one another, with letters as large as those of the Weekly review. */
const STRIP_WIDTH = 400

export interface DayByDayProps {
  readonly model: SensorMeterModel
  readonly view: View
  /** Those of its days that are drawn by now. */
  readonly drawn: readonly WeekDay[]
  readonly onDay: (day: number) => void
}

export function DayByDay(props: DayByDayProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [view, setView] = createView(() => props.view)
  const onPaper = useContext(OnPaper)
  const isNarrow = createMediaMatch(NARROW)
  const width = () => (isNarrow() && !onPaper ? STRIP.narrow : STRIP_WIDTH)
  const lanes = () => props.model.lanes
  const scale = createMemo(() => stripScale(lanes()))
  const hasTherapy = createMemo(() => lanes().days.some(isTreated))
  const days = () => format.days(lanes().days[0]?.day ?? 0, lanes().days.at(-1)?.day ?? 0)
  return (
    <ChartOrTable
      class="day-by-day"
      title={t.dayByDay}
      view={view()}
      onView={setView}
      tablePrints={false}
      chart={
        <>
          <p class="small soft">
            <Show when={props.model.dayCount > lanes().days.length}>
              {t.lastDays(lanes().days.length, props.model.dayCount)}{' '}
            </Show>
            {explainStrips(hasTherapy() ? scale() : undefined, preferences.now(), format)}
          </p>
          <DayRows
            axis={
              <div class="lane-axes" aria-hidden="true">
                <StripAxis preferences={preferences.now()} width={width()} />
                <StripAxis preferences={preferences.now()} width={width()} />
              </div>
            }
            days={props.drawn}
            scale={scale()}
            width={width()}
            hasTherapy={hasTherapy()}
            hasAutomation={lanes().hasAutomation}
            onDay={props.onDay}
          />
          <Legend label={weeklyTexts.legend.label} entries={weekLegend(lanes().days)} />
        </>
      }
      table={<WeekTable of={days()} days={lanes().days} hasAutomation={lanes().hasAutomation} />}
    />
  )
}
