/** The page of device settings: all devices and all time, so without a period. */
import { Show } from 'solid-js'
import { Answered } from '../parts/Answered.tsx'
import { ButtonLink } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useApi } from '../state/api.ts'
import { createAnswer } from '../state/createAnswer.ts'
import { reportTexts } from '../texts/reports.ts'
import { DeviceSettingsReport } from './DeviceSettingsReport.tsx'
import { ReportShell } from './ReportShell.tsx'

const t = reportTexts

export function SettingsPage() {
  const api = useApi()
  const answer = createAnswer(() => api.data.settings())
  return (
    <ReportShell title={t.settings.title} printable={(answer.value()?.devices.length ?? 0) > 0}>
      <Answered of={answer} skeleton={<Skeleton blocks={2} />}>
        {model => (
          <Show
            when={model().devices.length > 0}
            fallback={
              <Empty
                title={t.settings.emptyTitle}
                text={t.settings.emptyText}
                actions={
                  <ButtonLink look="primary" href="/read">
                    {t.empty.read}
                  </ButtonLink>
                }
              />
            }
          >
            <DeviceSettingsReport model={model()} />
          </Show>
        )}
      </Answered>
    </ReportShell>
  )
}
