/** The reports there are, each with a small picture of itself. */
import { A } from '@solidjs/router'
import { For, type JSX } from 'solid-js'
import { fillVariable, markVariable } from '../charts/colors.ts'
import { reportTexts } from '../texts/reports.ts'

const t = reportTexts

export function ReportList() {
  const reports = [
    { href: '/reports/overview', name: t.overview, text: t.overviewText, picture: OverviewPicture },
    { href: '/reports/daily', name: t.daily, text: t.dailyText, picture: DailyPicture },
  ]
  return (
    <ul class="report-list">
      <For each={reports}>
        {report => (
          <li>
            <A href={report.href} class="card report-choice">
              <report.picture />
              <span class="report-choice-name">{report.name}</span>
              <span class="soft">{report.text}</span>
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}

function Picture(props: { readonly children: JSX.Element }) {
  return (
    <svg class="report-picture" viewBox="0 0 240 120" aria-hidden="true">
      {props.children}
    </svg>
  )
}

function OverviewPicture() {
  const bar = [
    { tone: 'veryHigh', top: 10, height: 8 },
    { tone: 'high', top: 19, height: 20 },
    { tone: 'target', top: 40, height: 60 },
    { tone: 'low', top: 101, height: 6 },
    { tone: 'veryLow', top: 108, height: 3 },
  ] as const
  const days = [0.62, 0.7, 0.58, 0.8, 0.74, 0.66, 0.85, 0.72, 0.78, 0.69, 0.76]
  return (
    <Picture>
      <For each={bar}>
        {piece => <rect x="14" y={piece.top} width="26" height={piece.height} fill={fillVariable(piece.tone)} />}
      </For>
      <For each={[0, 1, 2]}>
        {index => (
          <>
            <rect class="picture-word" x={62 + index * 60} y="14" width="34" height="12" rx="3" />
            <rect class="picture-line" x={62 + index * 60} y="31" width="46" height="4" rx="2" />
          </>
        )}
      </For>
      <For each={days}>
        {(share, index) => (
          <>
            <rect x={62 + index() * 15} y={52} width="11" height={(1 - share) * 56} fill={fillVariable('high')} />
            <rect
              x={62 + index() * 15}
              y={52 + (1 - share) * 56}
              width="11"
              height={share * 56}
              fill={fillVariable('target')}
            />
          </>
        )}
      </For>
    </Picture>
  )
}

function DailyPicture() {
  return (
    <Picture>
      <rect x="14" y="30" width="212" height="22" fill={fillVariable('band')} />
      <path
        d="M14 44C30 38 38 48 52 46S74 20 88 18s18 26 34 27 22-18 36-24 20 22 34 26 20-8 34-10"
        fill="none"
        stroke={markVariable('target')}
        stroke-width="3"
        stroke-linecap="round"
      />
      <For each={[66, 128, 176]}>
        {(x, index) => (
          <>
            <circle cx={x} cy="68" r={[5, 6, 4][index()]} fill={markVariable('carbs')} />
            <rect
              x={x - 2}
              y={[80, 76, 84][index()]}
              width="4"
              height={[14, 18, 10][index()]}
              fill={markVariable('bolus')}
            />
          </>
        )}
      </For>
      <path d="M14 112V104H60V100H110V106H150V98H200V103H226V112z" fill={fillVariable('basal')} />
    </Picture>
  )
}
