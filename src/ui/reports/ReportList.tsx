/** The reports there are, under a few headings, each with a small picture of itself. */
import './reportList.css'
import { A } from '@solidjs/router'
import { For } from 'solid-js'
import { ScreenPicture } from '../parts/ScreenPicture.tsx'
import { reportTexts } from '../texts/reports.ts'
import { reportGroups, reports } from './catalogue.ts'

export function ReportList() {
  return (
    <For each={reportGroups}>
      {group => (
        <section class="report-group" aria-labelledby={`reports-${group}`}>
          <h2 id={`reports-${group}`}>{reportTexts.groups[group]}</h2>
          <ul class="report-list">
            <For each={reports.filter(report => report.group === group)}>
              {report => (
                <li>
                  <A href={`/reports/${report.path}`} class="card report-choice">
                    <ScreenPicture of={report.picture} />
                    <span class="report-choice-name">{report.name}</span>
                    <span class="report-choice-text soft">{report.text}</span>
                  </A>
                </li>
              )}
            </For>
          </ul>
        </section>
      )}
    </For>
  )
}
