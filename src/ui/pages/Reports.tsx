/** The reports: the list of them, and each by its name in the address. */
import '../charts/palette.css'
import '../charts/charts.css'
import '../parts/evidence.css'
import '../parts/pictures.css'
import '../reports/reports.css'
import '../reports/moreReports.css'
import '../reports/print.css'
import { useParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { PageHead } from '../parts/PageHead.tsx'
import { reportAt } from '../reports/catalogue.ts'
import { PeriodPage } from '../reports/PeriodPage.tsx'
import { ReportList } from '../reports/ReportList.tsx'
import { createReportFilter, FilterContext } from '../state/reportFilter.ts'
import { reportTexts } from '../texts/reports.ts'

const t = reportTexts

export function Reports() {
  const params = useParams()
  const filter = createReportFilter()
  const report = createMemo(() => reportAt(params['report'] ?? ''))
  return (
    <FilterContext.Provider value={filter}>
      <Show when={report()} keyed fallback={<List isUnknown={params['report'] !== undefined} />}>
        {shown => ('page' in shown ? <Dynamic component={shown.page} /> : <PeriodPage report={shown} />)}
      </Show>
    </FilterContext.Provider>
  )
}

function List(props: { readonly isUnknown: boolean }) {
  return (
    <>
      <Show when={props.isUnknown} fallback={<PageHead title={t.title} text={t.lead} />}>
        <PageHead title={t.unknownTitle} text={t.unknownText} />
      </Show>
      <ReportList />
    </>
  )
}
