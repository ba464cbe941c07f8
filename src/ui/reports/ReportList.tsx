/** The reports there are, each with a small picture of itself. */
import { A } from '@solidjs/router'
import { For } from 'solid-js'
import { ScreenPicture } from '../parts/ScreenPicture.tsx'
import { reports } from './catalogue.ts'

export function ReportList() {
  return (
    <ul class="report-list">
      <For each={reports}>
        {report => (
          <li>
            <A href={`/reports/${report.path}`} class="card report-choice">
              <ScreenPicture of={report.picture} />
              <span class="report-choice-name">{report.name}</span>
              <span class="soft">{report.text}</span>
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}
