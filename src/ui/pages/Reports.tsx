/** The reports: the list of them, and each by its name in the address. */
import '../charts/palette.css'
import '../charts/charts.css'
import '../charts/svgChart.css'
import '../parts/evidence.css'
import '../parts/pictures.css'
import '../reports/reports.css'
import '../reports/moreReports.css'
import '../reports/print.css'
import '../paper/paper.css'
import { useParams, useSearchParams } from '@solidjs/router'
import { createMemo, lazy, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { ButtonLink } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { reportAt } from '../reports/catalogue.ts'
import { PeriodPage } from '../reports/PeriodPage.tsx'
import { ReportList } from '../reports/ReportList.tsx'
import { daysQuery } from '../state/daysQuery.ts'
import { createReportFilter, FilterContext } from '../state/reportFilter.ts'
import { paperTexts } from '../texts/paper.ts'
import { reportTexts } from '../texts/reports.ts'

const BundlePage = lazy(async () => ({ default: (await import('../paper/BundlePage.tsx')).BundlePage }))
const t = reportTexts

export function Reports() {
  const params = useParams()
  const filter = createReportFilter()
  const report = createMemo(() => reportAt(params['report'] ?? ''))
  return (
    <FilterContext.Provider value={filter}>
      <Show
        when={report()}
        keyed
        fallback={
          <Show when={params['report'] === 'print'} fallback={<List isUnknown={params['report'] !== undefined} />}>
            <BundlePage />
          </Show>
        }
      >
        {shown => ('page' in shown ? <Dynamic component={shown.page} /> : <PeriodPage report={shown} />)}
      </Show>
    </FilterContext.Provider>
  )
}

function List(props: { readonly isUnknown: boolean }) {
  const [query] = useSearchParams()
  return (
    <>
      <Show
        when={props.isUnknown}
        fallback={
          <PageHead
            title={t.title}
            text={t.lead}
            actions={
              <ButtonLink href={`/reports/print${daysQuery(query)}`}>
                <Icon name="download" />
                {paperTexts.bundle.open}
              </ButtonLink>
            }
          />
        }
      >
        <PageHead title={t.unknownTitle} text={t.unknownText} />
      </Show>
      <ReportList />
    </>
  )
}
