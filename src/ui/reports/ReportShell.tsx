/** What every report has around its content: title, the ways out of the app, and the paper it is printed on. */
import { useSearchParams } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import type { Period } from '#reports/models.ts'
import { PaperActions } from '../paper/PaperActions.tsx'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { daysQuery } from '../state/daysQuery.ts'
import { usePreferences } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'

export interface ReportShellProps {
  readonly title: string
  /** Without it nothing can be printed yet. */
  readonly printable: boolean
  /** The days that are shown, for the names of files. */
  readonly period?: Period | undefined
  readonly children: JSX.Element
}

export function ReportShell(props: ReportShellProps) {
  const preferences = usePreferences()
  const [query] = useSearchParams()
  const [report, setReport] = createSignal<Element>()
  const [note, setNote] = createSignal<{ readonly text: string; readonly failed: boolean }>()
  return (
    <article ref={setReport} class={`report paper-${preferences.now().paper.toLowerCase()}`}>
      <div class="screen-only">
        <PageHead
          title={props.title}
          actions={
            <>
              <ButtonLink href={`/reports${daysQuery(query)}`} look="quiet">
                {reportTexts.allReports}
              </ButtonLink>
              <PaperActions
                title={props.title}
                period={props.period}
                report={report}
                disabled={!props.printable}
                onNote={(text, failed) => setNote(text === undefined ? undefined : { text, failed })}
              />
              <Button onClick={() => window.print()} disabled={!props.printable}>
                <Icon name="print" />
                {reportTexts.print}
              </Button>
            </>
          }
        />
        <div role="status">
          <Show when={note()}>{said => <Notice tone={said().failed ? 'care' : 'plain'}>{said().text}</Notice>}</Show>
        </div>
      </div>
      {props.children}
    </article>
  )
}
