/** The times of day at which lows or highs repeat, with the days behind each; a day opens its Daily page. */
import { For, Show } from 'solid-js'
import { type DeviceDay, type DeviceTime, MINUTE_MS } from '#records/time.ts'
import type { Pattern } from '#reports/assessmentModel.ts'
import { useFormat } from '../state/preferences.ts'
import type { Format } from '../texts/format.ts'
import { assessmentTexts } from '../texts/reports/assessment.ts'
import { shortDates } from './dates.ts'

export interface PatternListProps {
  readonly side: 'hypo' | 'hyper'
  readonly patterns: readonly Pattern[]
  readonly daysWithData: number
  readonly onDay: (day: DeviceDay) => void
}

const t = assessmentTexts.patterns
/** Days that are named; of a long period only the newest of many. */
const NAMED_DAYS = 14

export function PatternList(props: PatternListProps) {
  const format = useFormat()
  return (
    <Show when={props.patterns.length > 0} fallback={<p class="soft">{t.none[props.side]}</p>}>
      <ol class="pattern-list">
        <For each={props.patterns}>
          {pattern => (
            <li class="pattern">
              <p>
                <strong class="pattern-time">{spanText(pattern, format)}</strong>{' '}
                {[t.days(pattern.days.length, props.daysWithData), t.severe(pattern.severeDays, props.side)]
                  .filter(Boolean)
                  .join(', ')}
              </p>
              <p class="pattern-days small">
                <For each={pattern.days.slice(-NAMED_DAYS)}>
                  {day => (
                    <button
                      type="button"
                      class="link-button"
                      title={t.open(format.dayExact(day))}
                      onClick={() => props.onDay(day)}
                    >
                      {shortDates.weekdayAndDay(day)}
                    </button>
                  )}
                </For>
                <Show when={pattern.days.length > NAMED_DAYS}>
                  <span class="soft">{t.more(pattern.days.length - NAMED_DAYS)}</span>
                </Show>
              </p>
            </li>
          )}
        </For>
      </ol>
    </Show>
  )
}

/** "02:00–05:00". */
export const spanText = (pattern: Pattern, format: Format): string => t.span(...spanEnds(pattern, format))

/** "02:00" and "05:00". */
export function spanEnds({ fromMinute, toMinute }: Pattern, format: Format): readonly [from: string, to: string] {
  const at = (minute: number) => format.timeOfDay(((minute % 1440) * MINUTE_MS) as DeviceTime) // Of day 0.
  return [at(fromMinute), at(toMinute)]
}
