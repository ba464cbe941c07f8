/**
 * Cells of a line, and free text as a cell. A spreadsheet takes a cell that begins with = + - or @ for a formula: our own
 * export puts an apostrophe in front of such texts (one more when the text has some already), which is taken off here.
 * Numbers are never free text. Source: security sheet V1; no export of CareLink's own has such a cell.
 */
import { csvCells } from '../csv.ts'

/** The cells of a line, as in `csvCells`, with the apostrophe of a protected text taken off. */
export function careLinkCells(text: string, delimiter: string): string[] {
  const cells = csvCells(text, delimiter)
  if (text.includes("'")) {
    cells.forEach((cell, i) => {
      if (/^'+[=+\-@]/.test(cell)) cells[i] = cell.slice(1)
    })
  }
  return cells
}

/**
 * Free text as it stands in a file: without blanks at its ends and without characters that no text file holds, protected,
 * and in quotes where the delimiter, a quote or a line end is in it.
 */
export function textCell(text: string, delimiter: string): string {
  const plain = cleanText(text)
  const safe = /^'*[=+\-@]/.test(plain) ? `'${plain}` : plain
  return safe.includes(delimiter) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Does a cell of this text say anything? `-------` stands for no value in CareLink's files. */
export const saysSomething = (text: string): boolean => !['', '-------'].includes(cleanText(text))

/** Without control characters but for tab and line ends. */
const cleanText = (text: string): string => text.replaceAll(/(?![\t\r\n])\p{Cc}|\uFEFF/gu, '').trim()
