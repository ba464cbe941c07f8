/**
 * A report as plain text for a health record: its head, its headings, each figure as "name: value", tables in columns.
 * Walks the same drawn report as paper does, so the numbers are those on the screen. Source: reports sheet §4.
 */
import { isPassedOver, lineOfText } from './shownText.ts'
import { cellsOf } from './tableCells.ts'
import { paperTexts } from '../texts/paper.ts'

/** Ends each line with "\n"; `last` stands at the end: what the numbers are not for. */
export function textOfReport(report: Element, last: string): string {
  const lines: string[] = []
  visit(report, lines)
  return `${[...withoutIdleHeadings(lines), '', last]
    .map(line => line.trimEnd())
    .filter((line, index, all) => line !== '' || (index > 0 && all[index - 1] !== ''))
    .join('\n')
    .trim()}\n`
}

/** In front of headings until all lines are there; a figure 1 to 4 for their level follows it. */
const HEADING = '\u0001'

/** A heading whose section is a picture has nothing under it. */
function withoutIdleHeadings(lines: readonly string[]): readonly string[] {
  const level = (line: string | undefined) => (line?.startsWith(HEADING) ? Number(line.charAt(1)) : Number.NaN)
  const isIdle = (index: number) => {
    const next = lines.slice(index + 1).find(line => line !== '')
    return next === undefined || level(next) <= level(lines[index])
  }
  return lines
    .filter((line, index) => !line.startsWith(HEADING) || !isIdle(index))
    .map(line => (line.startsWith(HEADING) ? line.slice(2) : line))
}

function visit(element: Element, lines: string[]): void {
  if (isPassedOver(element)) return
  if (element.matches('h1, h2, h3, h4'))
    lines.push('', HEADING + element.tagName.charAt(1) + lineOfText(element).toUpperCase())
  else if (element instanceof HTMLTableElement) lines.push(...tableLines(element), '')
  else if (element.matches('dl')) lines.push(...definitionLines(element), '')
  else if (element.matches('.chart-legend, figure')) return
  else if (element.matches('.profile-days')) lines.push(...pictureLines(element), '')
  else if (element.matches('p, li, label, caption, .labelled-select, .print-head-row')) {
    const line = element.matches('.print-head-row')
      ? [...element.children]
          .map(child => lineOfText(child))
          .filter(Boolean)
          .join(' · ')
      : lineOfText(element)
    if (line !== '') lines.push(line)
  } else for (const child of element.children) visit(child, lines)
  if (element.matches('.print-head')) lines.push('')
}

/** "Mean glucose: 154 mg/dL (3,921 sensor values on 14 days)". */
function definitionLines(list: Element): readonly string[] {
  return [...list.querySelectorAll('dt')].map(name => {
    const values: string[] = []
    for (let next = name.nextElementSibling; next?.tagName === 'DD'; next = next.nextElementSibling) {
      const text = lineOfText(next)
      if (text !== '') values.push(text)
    }
    const [value = '', ...notes] = values
    return `${lineOfText(name)}: ${value}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`
  })
}

/** Without a head that can be seen each row is "name: value, value"; with one, columns under their names. */
function tableLines(table: HTMLTableElement): readonly string[] {
  const { names, rows } = cellsOf(table, paperTexts.marks)
  const caption = table.caption ? lineOfText(table.caption) : ''
  const title = caption === '' ? [] : ['', caption]
  if (names.length === 0 || table.tHead?.classList.contains('visually-hidden')) {
    return [...title, ...rows.map(([name = '', ...values]) => `${name}: ${values.filter(Boolean).join(', ')}`)]
  }
  const all = [names, ...rows]
  const widths = names.map((_, column) => Math.max(...all.map(row => [...(row[column] ?? '')].length)))
  const isNumbers = (column: number) =>
    column > 0 && rows.every(row => /^$|^[–-]$|^[<>≥≤+−-]?[\d.,:]+( ?%)?$/.test(row[column] ?? ''))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length))
        return isNumbers(column) ? gap + cell : cell + gap
      })
      .join('  ')
  return [...title, ...all.map(line)]
}

/** What a small picture shows is told to screen readers; here it is told to everybody. */
function pictureLines(list: Element): readonly string[] {
  return [...list.querySelectorAll('.visually-hidden')].map(label => label.textContent?.trim() ?? '').filter(Boolean)
}
