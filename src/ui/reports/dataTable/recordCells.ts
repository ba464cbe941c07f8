/** The cells of a stored entry in words, as the table shows them and a file of all entries has them. */
import { deviceDayOf } from '#records/time.ts'
import type { RecordsRow } from '#workers/api.ts'
import { contentText, typeName } from '../../parts/recordText.ts'
import type { Format } from '../../texts/format.ts'
import { dataTableTexts as t } from '../../texts/reports/dataTable.ts'

/** In the order of the cells. */
export const columnNames: readonly string[] = [
  t.columns.time,
  t.columns.kind,
  t.columns.content,
  t.columns.device,
  t.columns.raw,
]

export const timeCell = ({ deviceTime }: RecordsRow, format: Format): string =>
  `${format.day(deviceDayOf(deviceTime))}, ${format.timeOfDay(deviceTime)}`

export const placeCell = ({ page, offset }: RecordsRow, format: Format): string =>
  t.place(format.number(page + 1), format.number(offset))

/** With the marks that the table sets beside the words. */
export const recordCells = (row: RecordsRow, format: Format): readonly string[] =>
  [
    timeCell(row, format),
    typeName(row.type),
    [contentText(row, format), ...(row.repeated ? [t.repeated] : [])].join(' '),
    [row.deviceName, ...(row.simulated ? [t.simulated] : [])].join(' '),
    placeCell(row, format),
  ].map(text => text.replace(/\s+/g, ' ').trim())
