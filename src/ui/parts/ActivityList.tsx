/** Reads and imports, newest first: when, what, how much was new; opens to the details. */
import { For, Show } from 'solid-js'
import type { ReadReport } from '#workers/api.ts'
import { useFormat } from '../state/preferences.ts'
import { failureTexts } from '../texts/failures.ts'
import { texts } from '../texts/texts.ts'
import { Icon } from './Icon.tsx'
import { addedBy, ReportDetails, troubleTexts } from './ReportDetails.tsx'

export interface ActivityListProps {
  readonly reports: readonly ReadReport[]
}

export function ActivityList(props: ActivityListProps) {
  return (
    <ul class="activity">
      <For each={props.reports}>
        {report => (
          <li>
            <Entry report={report} />
          </li>
        )}
      </For>
    </ul>
  )
}

function Entry(props: { readonly report: ReadReport }) {
  const t = texts()
  const format = useFormat()
  const what = () => {
    const report = props.report
    const how = { device: t.activity.read, simulated: t.activity.simulated, file: t.activity.imported }[report.how]
    return [
      how,
      report.known ? t.activity.known : t.activity.new(addedBy(report)),
      ...(report.result === 'partial' ? [t.activity.partial] : []),
      ...troubleTexts(report),
    ].join(' · ')
  }
  return (
    <details>
      <summary>
        <Icon name="forward" size={16} />
        <span class="activity-title">{props.report.title}</span>
        <time
          class="activity-when"
          datetime={new Date(props.report.at).toISOString()}
          title={format.momentExact(props.report.at)}
        >
          {format.moment(props.report.at)}
        </time>
        <span class="activity-what">{what()}</span>
      </summary>
      <div class="activity-body stack">
        <EndedBy report={props.report} />
        <ReportDetails report={props.report} />
      </div>
    </details>
  )
}

export interface EndedByProps {
  readonly report: ReadReport
  /** Also what to do about it. */
  readonly withAdvice?: boolean
}

/** Why a read ended before its end, in the words of the failure. */
export function EndedBy(props: EndedByProps) {
  const t = texts()
  const text = () => {
    const code = props.report.endedBy?.code
    // Codes of a newer version may be unknown here.
    return code !== undefined && Object.hasOwn(failureTexts, code)
      ? failureTexts[code as keyof typeof failureTexts]
      : undefined
  }
  return (
    <Show when={text()}>
      {said => (
        <>
          <p>{t.activity.endedBy(said().title)}</p>
          <Show when={props.withAdvice && props.report.endedBy?.code !== 'cancelled'}>
            <p>{said().todo}</p>
          </Show>
        </>
      )}
    </Show>
  )
}
