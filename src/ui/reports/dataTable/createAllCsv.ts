/**
 * A CSV file of all entries that were found: asked for in pages, each turned into its part of the file at once, so that
 * neither memory nor the window is taken up by many entries.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { RecordsPage, RecordsQuery } from '#workers/api.ts'
import type { Failure } from '#workers/outcome.ts'
import { csvRows, csvText } from '../../paper/csv.ts'
import { tableName } from '../../paper/fileName.ts'
import { useApi } from '../../state/api.ts'
import { download } from '../../state/download.ts'
import { useFormat } from '../../state/preferences.ts'
import { dataTableTexts as t } from '../../texts/reports/dataTable.ts'
import { columnNames, recordCells } from './recordCells.ts'

/** As many as the worker gives at once. */
const ROWS_AT_ONCE = 1_000
/** What is stored changes when a device is read, not all the time. */
const MAX_BEGINNINGS = 5

export interface AllCsv {
  /** While it is being made. */
  readonly progress: Accessor<{ readonly done: number; readonly total: number } | undefined>
  readonly failure: Accessor<Failure | undefined>
  readonly save: () => Promise<void>
  readonly cancel: () => void
}

/** `question` as the table asks it; ends with the component that calls it. */
export function createAllCsv(question: Accessor<Omit<RecordsQuery, 'offset' | 'limit'> | undefined>): AllCsv {
  const api = useApi()
  const format = useFormat()
  const [progress, setProgress] = createSignal<{ readonly done: number; readonly total: number }>()
  const [failure, setFailure] = createSignal<Failure>()
  /** Of the file that is wanted; another number when it is not any more. */
  let run = 0
  const cancel = () => {
    run += 1
    setProgress(undefined)
  }
  onCleanup(cancel)

  const save = async () => {
    const asked = question()
    if (!asked || progress()) return
    const mine = ++run
    setFailure(undefined)
    setProgress({ done: 0, total: 0 })
    const head = new Blob([csvText([columnNames])])
    let parts = [head]
    let done = 0
    let before: RecordsPage | undefined
    let beginnings = 1
    do {
      // One after another: the worker is to answer the page on the screen in between.
      const outcome = await api.data.records({ ...asked, isForFile: true, offset: done, limit: ROWS_AT_ONCE })
      if (mine !== run) return
      if (!outcome.ok) {
        cancel()
        setFailure(outcome.failure)
        return
      }
      const page = outcome.value
      const isOther = before !== undefined && page.revision !== before.revision
      if (isOther || (page.rows.length === 0 && done < page.total)) {
        // What is stored has changed: half of one list and half of another would be neither.
        if (++beginnings > MAX_BEGINNINGS) {
          cancel()
          setFailure({ code: 'bug', detail: 'the list did not stay the same' })
          return
        }
        parts = [head]
        done = 0
        before = undefined
        continue
      }
      before = page
      parts.push(new Blob([csvRows(page.rows.map(row => recordCells(row, format)))]))
      done += page.rows.length
      setProgress({ done, total: page.total })
    } while (before === undefined || done < before.total)
    download(new Blob(parts, { type: 'text/csv;charset=utf-8' }), tableName(t.allFound))
    cancel()
  }
  return { progress, failure, save, cancel }
}
