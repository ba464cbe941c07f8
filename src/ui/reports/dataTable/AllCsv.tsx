/** The button for a file of all entries found, which the table shows in pages; how far it is, and the way to stop it. */
import { Show } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Progress } from '../../parts/Progress.tsx'
import { useFormat } from '../../state/preferences.ts'
import { dataTableTexts as t } from '../../texts/reports/dataTable.ts'
import { createAllCsv } from './createAllCsv.ts'
import type { TableState } from './createTable.ts'

export function AllCsv(props: { readonly state: TableState; readonly total: number }) {
  const format = useFormat()
  const file = createAllCsv(() => props.state.question())
  return (
    <div class="data-file screen-only">
      <Show
        when={file.progress()}
        fallback={
          <Button size="small" onClick={() => void file.save()}>
            <Icon name="download" size={16} />
            {t.csvOfAll(t.count(props.total))}
          </Button>
        }
      >
        {progress => (
          <div class="row data-file-progress">
            <Progress
              label={t.makingFile}
              done={progress().done}
              total={progress().total || undefined}
              text={t.inFile(format.number(progress().done), t.count(progress().total))}
            />
            <Button size="small" onClick={file.cancel}>
              {t.cancel}
            </Button>
          </div>
        )}
      </Show>
      <Show when={file.failure()}>
        {failure => <FailureNote failure={failure()} onRetry={() => void file.save()} />}
      </Show>
    </div>
  )
}
