/** How often and how long glucose was out of range: one row a kind of episode. */
import { For } from 'solid-js'
import type { EpisodeKind, EpisodeSummaries } from '#reports/models.ts'
import { TableCsv } from '../paper/TableCsv.tsx'
import { useFormat } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { hoursText, rounded } from './amounts.ts'

const t = reportTexts.episodes
const kinds: readonly EpisodeKind[] = ['hypoLevel2', 'hypoLevel1', 'hypoExtended', 'hyperLevel1', 'hyperLevel2']

export function Episodes(props: { readonly episodes: EpisodeSummaries }) {
  const format = useFormat()
  return (
    <TableCsv name={t.title}>
      <table class="plain-table episodes">
        <caption class="visually-hidden">{t.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.kind}</th>
            <th scope="col" class="number">
              {t.count}
            </th>
            <th scope="col" class="number">
              {t.perDay}
            </th>
            <th scope="col" class="number">
              {t.minutes}
            </th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </TableCsv>
  )
}
