/** The first sentences: how much of the time was in range, how that moved, and when lows repeat. */
import { For } from 'solid-js'
import {
  type AssessmentHeadline,
  type AssessmentModel,
  LEAST_METER_VALUES,
  type Movement,
} from '#reports/assessmentModel.ts'
import type { RangeName, RangeShares } from '#reports/models.ts'
import { useFormat } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { hoursText, sharesText } from '../amounts.ts'
import { spanEnds } from '../PatternList.tsx'

const t = assessmentTexts.lead
const BELOW: readonly RangeName[] = ['low', 'veryLow']

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
  { now, before, patterns }: AssessmentModel,
  headline: AssessmentHeadline,
  format: Format,
): readonly string[] {
  const { of, inRange, below, notCompared } = headline
  const time = below.minutesPerDay === undefined ? undefined : hoursText(below.minutesPerDay)
  const textOf = (shares: RangeShares | undefined) => (names: readonly RangeName[]) =>
    shares ? sharesText(shares, names, format) : reportTexts.none
  const [nowText, beforeText] = [textOf(now[of]?.ranges), textOf(before?.[of]?.ranges)]
  const few = of === 'meter' && now.meter && now.meter.count < LEAST_METER_VALUES ? now.meter : undefined
  const inRangeText = few
    ? t.fewInRange(few.ranges.target.count, few.count)
    : of === 'sensor'
      ? t.inRange(nowText(['target']))
      : t.meterInRange(nowText(['target']), now.meter?.count ?? 0)
  const belowText = few
    ? t.fewBelow(few.ranges.low.count + few.ranges.veryLow.count, few.count)
    : t.below(nowText(BELOW), time)
  const [low] = patterns.hypo
  const [high] = patterns.hyper
  const repeated = low
    ? t.lows(...spanEnds(low, format), low.days.length, patterns.daysWithData)
    : high && t.highs(...spanEnds(high, format), high.days.length, patterns.daysWithData)
  return [
    t.sentence(inRangeText, movementText(inRange, beforeText(['target']))),
    t.capital(t.sentence(belowText, movementText(below, beforeText(BELOW)))),
    ...(repeated ? [repeated] : []),
    ...(notCompared ? [t.notCompared[notCompared]] : []),
  ]
}

function movementText({ percent, before, course }: Movement, beforeText: string): string | undefined {
  if (before === undefined || course === undefined) return undefined
  return course === 'same' ? t.same(beforeText) : t.moved(Math.abs(percent - before), course)
}
