/** How often and how long glucose was out of range: one row a kind of episode. */
import { For } from 'solid-js'
import type { EpisodeKind, EpisodeSummaries } from '#reports/models.ts'
import { useFormat } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { hoursText, rounded } from './amounts.ts'
import { ReportTable } from './ReportTable.tsx'

const t = reportTexts.episodes
const kinds: readonly EpisodeKind[] = ['hypoLevel2', 'hypoLevel1', 'hypoExtended', 'hyperLevel1', 'hyperLevel2']

export function Episodes(props: { readonly episodes: EpisodeSummaries }) {
  const format = useFormat()
  return (
    <ReportTable
      name={t.title}
      look="episodes"
      columns={[t.kind, ...[t.count, t.perDay, t.minutes].map(name => ({ name, number: true }))]}
    >
      <For each={kinds}>
        {kind => (
          <tr>
            <th scope="row">{t.names[kind](format.glucoseUnit() === 'mmol/L')}</th>
            <td class="number">{format.number(props.episodes[kind].count)}</td>
            <td class="number">{rounded(props.episodes[kind].perDay, 1, format)}</td>
            <td class="number nowrap">
              {props.episodes[kind].count > 0 ? hoursText(props.episodes[kind].meanMinutes) : reportTexts.none}
            </td>
          </tr>
        )}
      </For>
    </ReportTable>
  )
}
