/**
 * Tables as comma-separated values: RFC 4180, UTF-8 with a byte order mark, so that spreadsheet programs know the letters.
 * Texts that a spreadsheet would take for a formula are made plain text; they come from devices and files that nobody
 * here controls (security sheet §1, V1).
 */

const BYTE_ORDER_MARK = '\uFEFF'
/** What a person reads as a number, perhaps with a percent sign: it may begin with a sign and stay what it is. */
const NUMBER = /^[+-]?\d[\d.,]*\s?%?$/
const FORMULA = /^[=+\-@\t\r]/

/** Rows of cells as the text of a file. */
export const csvText = (rows: readonly (readonly string[])[]): string => BYTE_ORDER_MARK + csvRows(rows)

/** The same without the mark: rows that follow others in a file. */
export const csvRows = (rows: readonly (readonly string[])[]): string =>
  rows.map(row => `${row.map(csvCell).join(',')}\r\n`).join('')

function csvCell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
