/** The cells of a table as they are shown, with one name for each column; what CSV and copied text are made of. */
import { isPassedOver, lineOfText } from './shownText.ts'

export interface TableCells {
  /** Names of the columns, the groups above them in front: "Sensor Mean". Empty when the table has no head. */
  readonly names: readonly string[]
  /** Body and foot, from top to bottom; each row as long as the longest. */
  readonly rows: readonly (readonly string[])[]
}

/** Small raised letters that point to a note under the table: a column of their own, so that numbers stay numbers. */
const MARKS = 'sup'

/** Cells that span several columns or rows stand in the first of them, groups of columns above each. */
export function cellsOf(table: HTMLTableElement, marksName: string): TableCells {
  const rows = [...table.rows].filter(row => !isPassedOver(row))
  const isHead = (row: HTMLTableRowElement) => row.parentElement?.tagName === 'THEAD'
  const head = gridOf(rows.filter(isHead), true)
  const body = rows.filter(row => !isHead(row))
  const cells = gridOf(body, false)
  const width = Math.max(0, ...head.map(row => row.length), ...cells.map(row => row.length))
  const names = head.length === 0 ? [] : Array.from({ length: width }, (_, column) => nameOf(head, column))
  const marks = body.map(row => [...row.querySelectorAll(MARKS)].map(mark => mark.textContent ?? '').join(' '))
  const hasMarks = marks.some(text => text !== '')
  return {
    names: hasMarks && names.length > 0 ? [...names, marksName] : names,
    rows: cells.map((row, index) => [
      ...Array.from({ length: width }, (_, column) => row[column] ?? ''),
      ...(hasMarks ? [marks[index] ?? ''] : []),
    ]),
  }
}

function nameOf(head: readonly (readonly string[])[], column: number): string {
  const words = head.map(row => row[column] ?? '').filter(Boolean)
  return words.filter((word, index) => word !== words[index - 1]).join(' ')
}

/** `repeats`: a cell's words stand in each place that it covers. */
function gridOf(rows: readonly HTMLTableRowElement[], repeats: boolean): readonly (readonly string[])[] {
  const grid: string[][] = rows.map(() => [])
  for (const [y, row] of rows.entries()) {
    let x = 0
    for (const cell of row.cells) {
      while (grid[y]?.[x] !== undefined) x += 1
      const text = lineOfText(cell, MARKS)
      for (let down = 0; down < cell.rowSpan && y + down < rows.length; down += 1) {
        for (let across = 0; across < cell.colSpan; across += 1) {
          const line = grid[y + down]
          if (line) line[x + across] = repeats || (down === 0 && across === 0) ? text : ''
        }
      }
      x += cell.colSpan
    }
  }
  return grid.map(row => Array.from(row, text => text ?? ''))
}
