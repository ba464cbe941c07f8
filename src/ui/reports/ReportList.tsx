/** The reports there are, each with a small picture of itself. */
import { A } from '@solidjs/router'
import { For } from 'solid-js'
import { ScreenPicture } from '../parts/ScreenPicture.tsx'
import { reportTexts } from '../texts/reports.ts'

const t = reportTexts

export function ReportList() {
  const reports = [
    { href: '/reports/overview', name: t.overview, text: t.overviewText, picture: 'overview' },
    { href: '/reports/agp', name: t.agp.title, text: t.agp.text, picture: 'agp' },
    { href: '/reports/daily', name: t.daily, text: t.dailyText, picture: 'daily' },
    { href: '/reports/insulin', name: t.insulin.title, text: t.insulin.text, picture: 'insulin' },
    { href: '/reports/device-use', name: t.deviceUse.title, text: t.deviceUse.text, picture: 'table' },
    { href: '/reports/settings', name: t.settings.title, text: t.settings.text, picture: 'settings' },
  ] as const
  return (
    <ul class="report-list">
      <For each={reports}>
        {report => (
          <li>
            <A href={report.href} class="card report-choice">
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
