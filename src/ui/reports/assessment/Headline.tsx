/** The first sentences: how much of the time was in range, how that moved, and when lows repeat. */
import { For } from 'solid-js'
import {
  type AssessmentHeadline,
  type AssessmentModel,
  LEAST_METER_VALUES,
  type Movement,
} from '#reports/assessmentModel.ts'
import { useFormat } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { hoursText } from '../amounts.ts'
import { spanEnds } from '../PatternList.tsx'

const t = assessmentTexts.lead

export function Headline(props: { readonly model: AssessmentModel; readonly headline: AssessmentHeadline }) {
  const format = useFormat()
  return (
    <div class="assessment-lead">
      <For each={sentences(props.model, props.headline, format)}>
        {(sentence, index) => <p classList={{ 'assessment-first': index() === 0 }}>{sentence}</p>}
      </For>
    </div>
  )
}

function sentences(
  { now, patterns }: AssessmentModel,
  headline: AssessmentHeadline,
  format: Format,
): readonly string[] {
  const { of, inRange, below, notCompared } = headline
  const time = below.minutesPerDay === undefined ? undefined : hoursText(below.minutesPerDay)
  const percent = format.percent(inRange.percent)
  const few = of === 'meter' && now.meter && now.meter.count < LEAST_METER_VALUES ? now.meter : undefined
  const inRangeText = few
    ? t.fewInRange(few.ranges.target.count, few.count)
    : of === 'sensor'
      ? t.inRange(percent)
      : t.meterInRange(percent, now.meter?.count ?? 0)
  const belowText = few
    ? t.fewBelow(few.ranges.low.count + few.ranges.veryLow.count, few.count)
    : t.below(format.percent(below.percent), time)
  const [low] = patterns.hypo
  const [high] = patterns.hyper
  const repeated = low
    ? t.lows(...spanEnds(low, format), low.days.length, patterns.daysWithData)
    : high && t.highs(...spanEnds(high, format), high.days.length, patterns.daysWithData)
  return [
    t.sentence(inRangeText, movementText(inRange, format)),
    t.capital(t.sentence(belowText, movementText(below, format))),
    ...(repeated ? [repeated] : []),
    ...(notCompared ? [t.notCompared[notCompared]] : []),
  ]
}

function movementText({ percent, before, course }: Movement, format: Format): string | undefined {
  if (before === undefined || course === undefined) return undefined
  return course === 'same' ? t.same(format.percent(before)) : t.moved(Math.abs(percent - before), course)
}
