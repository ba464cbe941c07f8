/**
 * A table with its button "CSV". How to use it: put `<TableCsv name="What the table shows">` around each table of a report
 * (or around its `.table-wrap`); nothing else is needed. The button saves exactly the cells that are shown, with a name for
 * every column (group and column joined: "Sensor Mean"), numbers as they are written, marks of footnotes in a last column.
 * The name is the file's and the button's for screen readers, so it says which table this is. It is not printed. Around
 * several small tables of the same columns it saves them as one, with the caption of each in front of its rows.
 */
import type { JSX } from 'solid-js'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { download } from '../state/download.ts'
import { paperTexts } from '../texts/paper.ts'
import { csvText } from './csv.ts'
import { tableName } from './fileName.ts'
import { cellsOf } from './tableCells.ts'

export interface TableCsvProps {
  readonly name: string
  /** Has one table in it, or several alike. */
  readonly children: JSX.Element
}

function joined(tables: readonly HTMLTableElement[]): ReturnType<typeof cellsOf> {
  const parts = tables.map(table => ({ name: table.caption?.textContent ?? '', ...cellsOf(table, paperTexts.marks) }))
  return {
    names: [paperTexts.group, ...(parts[0]?.names ?? [])],
    rows: parts.flatMap(({ name, rows }) => rows.map(row => [name, ...row])),
  }
}

export function TableCsv(props: TableCsvProps) {
  let place: HTMLDivElement | undefined
  const save = () => {
    const tables = [...(place?.querySelectorAll('table') ?? [])]
    const [first] = tables
    if (!first) return
    const { names, rows } = tables.length === 1 ? cellsOf(first, paperTexts.marks) : joined(tables)
    const text = csvText(names.length > 0 ? [names, ...rows] : rows)
    download(new Blob([text], { type: 'text/csv;charset=utf-8' }), tableName(props.name))
  }
  return (
    <div ref={place} class="table-with-csv">
      {props.children}
      <div class="table-csv screen-only">
        <Button look="quiet" size="small" aria-label={paperTexts.csvOf(props.name)} onClick={save}>
          <Icon name="download" size={16} />
          {paperTexts.csv}
        </Button>
      </div>
    </div>
  )
}
