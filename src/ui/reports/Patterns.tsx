/** The card of the times of day at which lows and highs repeat, side by side, with the rule that finds them. */
import './patterns.css'
import { For, Show } from 'solid-js'
import type { DeviceDay } from '#records/time.ts'
import type { AssessmentModel } from '#reports/assessmentModel.ts'
import { assessmentTexts } from '../texts/reports/assessment.ts'
import { PatternList } from './PatternList.tsx'

export interface PatternsProps {
  /** Absent where no sensor was worn. */
  readonly patterns: AssessmentModel['patterns'] | undefined
  readonly onDay: (day: DeviceDay) => void
}

const t = assessmentTexts.patterns
const sides = ['hypo', 'hyper'] as const

export function Patterns(props: PatternsProps) {
  return (
    <section class="card report-card">
      <h2>{t.title}</h2>
      <Show when={props.patterns} fallback={<p class="soft">{t.noSensor}</p>}>
        {patterns => (
          <>
            <div class="overview-pair pattern-sides">
              <For each={sides}>
                {side => (
                  <div class="stack-tight">
                    <h3>{side === 'hypo' ? t.lows : t.highs}</h3>
                    <PatternList
                      side={side}
                      patterns={patterns()[side]}
                      daysWithData={patterns().daysWithData}
                      onDay={props.onDay}
                    />
                  </div>
                )}
              </For>
            </div>
            <p class="small soft">{t.rule}</p>
          </>
        )}
      </Show>
    </section>
  )
}
