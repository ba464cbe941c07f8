/** A read that brought nothing: what happened, that the data are safe, what to do. */
import { Button, ButtonLink } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { PageTitle } from '../../parts/PageHead.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { download } from '../../state/download.ts'
import type { StateAt } from '../../state/createReading.ts'
import { texts } from '../../texts/texts.ts'

export interface FailedScreenProps {
  readonly state: StateAt<'failed'>
  readonly onAgain: () => void
  readonly onAnother: () => void
  readonly supportReport: () => Promise<string>
}

export function FailedScreen(props: FailedScreenProps) {
  const t = texts()
  const save = async () => {
    const text = await props.supportReport()
    download(new Blob([text], { type: 'text/plain' }), t.read.reportFile)
  }
  return (
    <div class="read-screen">
      <PageTitle title={props.state.target.model.name} focused />
      <FailureNote
        failure={props.state.failure}
        onRetry={props.onAgain}
        actions={
          <>
            <Button onClick={() => void save()}>
              <Icon name="download" size={18} />
              {t.actions.saveReport}
            </Button>
            <Button look="quiet" onClick={props.onAnother}>
              {t.read.otherDevice}
            </Button>
          </>
        }
      />
      <p>
        <ButtonLink href="/help" look="quiet">
          {t.frame.help}
        </ButtonLink>
      </p>
    </div>
  )
}
