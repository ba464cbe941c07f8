/**
 * Rows of CareLink's oldest export (generation R) as they stand in the file: time, Raw-Type and the pairs of Raw-Values.
 * Read here once more and without our importer, so that decoded pages are compared with what CareLink wrote.
 */
import { readFileSync } from 'node:fs'
import { deviceTimeOf } from '#records/time.ts'

export interface ExportRow {
  readonly time: number
  readonly type: string
  readonly values: Readonly<Record<string, string>>
  /** The column "Alarm". */
  readonly alarm: string
  /** The column "New Device Time", as written. */
  readonly newTime: string
}

/** All rows of a file. `order`: how it writes dates, "5/8/13" or "8-5-13". */
export function exportRows(path: string, order: 'monthFirst' | 'dayFirst'): ExportRow[] {
  const lines = readFileSync(path, 'latin1').split(/\r?\n/)
  const first = lines.findIndex(line => line.startsWith('Index'))
  const delimiter = (lines[first] ?? '').includes(';') ? ';' : ','
  const names = cellsOf(lines[first] ?? '', delimiter)
  const at = (name: string) => names.findIndex(other => other === name)
  const [date, time, type, values, alarm, newTime] = [
    ...['Date', 'Time', 'Raw-Type', 'Raw-Values', 'Alarm', 'New Device Time'].map(at),
  ]
  return lines.slice(first + 1).flatMap((line): ExportRow[] => {
    const cells = cellsOf(line, delimiter)
    const cell = (index: number | undefined) => cells[index ?? -1] ?? ''
    const moment = timeFrom(`${cell(date)} ${cell(time)}`, order)
    if (moment === undefined || cell(type) === '') return []
    return [
      {
        time: moment,
        type: cell(type),
        values: valuesFrom(cell(values)),
        alarm: cell(alarm),
        newTime: cell(newTime),
      },
    ]
  })
}

/** "5/8/13 15:37:57" */
export function timeFrom(text: string, order: 'monthFirst' | 'dayFirst'): number | undefined {
  const [a = 0, b = 0, year = 0, hour = 0, minute = 0, second = 0] = text.split(/\D+/).map(Number)
  const [month, day] = order === 'monthFirst' ? [a, b] : [b, a]
  return text.trim() === '' || month === 0 ? undefined : deviceTimeOf(2000 + year, month, day, hour, minute, second)
}

/** "AMOUNT=0,7, ENABLE=true"; decimal commas become points, `null` is nothing. */
function valuesFrom(text: string): Record<string, string> {
  const pairs = text.split(/, (?=[A-Z])/).map(pair => pair.split('='))
  return Object.fromEntries(
    pairs.flatMap(([key = '', value = '']) =>
      value === 'null' || value === '' ? [] : [[key, value.replace(/^(-?\d+),(\d+)$/, '$1.$2')]],
    ),
  )
}

function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted
    else if (character === delimiter && !isQuoted) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  return [...cells, cell]
}
