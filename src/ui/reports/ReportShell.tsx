/** What every report has around its content: title, print button, and the paper it is printed on. */
import type { JSX } from 'solid-js'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { usePreferences } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'

export interface ReportShellProps {
  readonly title: string
  /** Without it nothing can be printed yet. */
  readonly printable: boolean
  readonly children: JSX.Element
}

export function ReportShell(props: ReportShellProps) {
  const preferences = usePreferences()
  return (
    <article class={`report paper-${preferences.now().paper.toLowerCase()}`}>
      <div class="screen-only">
        <PageHead
          title={props.title}
          actions={
            <>
              <ButtonLink href="/reports" look="quiet">
                {reportTexts.allReports}
              </ButtonLink>
              <Button onClick={() => window.print()} disabled={!props.printable}>
                <Icon name="print" />
                {reportTexts.print}
              </Button>
            </>
          }
        />
      </div>
      {props.children}
    </article>
  )
}
