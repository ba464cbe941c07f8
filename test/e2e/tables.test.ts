/**
 * Every table of every report, in a real Chromium against the built app: the saved CSV has exactly the cells of the
 * screen, the PDF has every row that prints, and a chart's readout says the numbers of its table twin.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../helpers/readPdf.ts'
import { type Harness, startHarness } from './harness.ts'
import { differences, readoutRules } from './readouts.ts'
import { downloaded, type ListedReport, numbersOf, openReport, sampleReports, savePdf, textOf } from './reportPages.ts'

let basalt: Harness
let page: Page
let folder: string
let reports: readonly ListedReport[] = []

beforeAll(async () => {
  basalt = await startHarness()
  basalt.context.setDefaultTimeout(30_000)
  page = basalt.page
  folder = mkdtempSync(join(tmpdir(), 'basalt-tables-'))
  reports = await sampleReports(basalt)
})

afterAll(async () => {
  await basalt?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface ShownTable {
  /** As the button beside it says. */
  readonly name: string
  /** Body and foot; the words of each cell without spaces, several small tables with the caption of each in front. */
  readonly rows: readonly (readonly string[])[]
  /** The numbers of each of these rows, as they stand apart on the screen. */
  readonly numbers: readonly (readonly string[])[]
  readonly columns: number
  readonly isShown: boolean
  readonly prints: boolean
}

/** The tables of the report with a button, read cell by cell without the code that makes the CSV. */
const tablesOf = (): Promise<readonly ShownTable[]> =>
  page.locator('.report .table-with-csv').evaluateAll(places => {
    const wordsOf = (cell: Element): string => {
      const copy = cell.cloneNode(true) as Element
      for (const each of copy.querySelectorAll('.visually-hidden, .screen-only, sup, svg')) each.remove()
      return (copy.textContent ?? '').replace(/\s+/g, '')
    }
    const numbersOfRow = (row: Element): string[] => {
      const copy = row.cloneNode(true) as Element
      for (const each of copy.querySelectorAll('.visually-hidden, .screen-only, svg')) each.remove()
      const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT)
      const words: string[] = []
      for (let node = texts.nextNode(); node; node = texts.nextNode()) words.push(node.nodeValue ?? '')
      return words.join(' ').match(/\d(?:[\d.,:]*\d)?/g) ?? []
    }
    return places.map(place => {
      const tables = [...place.querySelectorAll('table')]
      const linesOf = (table: HTMLTableElement) => [...table.rows].filter(row => row.parentElement?.tagName !== 'THEAD')
      const rows = tables.flatMap(table => {
        const lines = linesOf(table)
        const hasMarks = lines.some(row => row.querySelector('sup') !== null)
        return lines.map(row => [
          ...(tables.length > 1 ? [(table.caption?.textContent ?? '').replace(/\s+/g, '')] : []),
          ...[...row.cells].flatMap(cell => [wordsOf(cell), ...Array<string>(cell.colSpan - 1).fill('')]),
          ...(hasMarks
            ? [
                [...row.querySelectorAll('sup')]
                  .map(mark => mark.textContent ?? '')
                  .join('')
                  .replace(/\s+/g, ''),
              ]
            : []),
        ])
      })
      const button = place.querySelector('.table-csv button')
      return {
        name: (button?.getAttribute('aria-label') ?? '').replace(/^Save as CSV: /, ''),
        rows,
        numbers: tables.flatMap(linesOf).map(numbersOfRow),
        columns: Math.max(...rows.map(row => row.length)),
        isShown: button?.checkVisibility() ?? false,
        prints: place.closest('.screen-only') === null,
      }
    })
  })

/** RFC 4180. */
function cellsOfCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

/** A cell that a spreadsheet would take for a formula has an apostrophe in front. */
const asShown = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, '').replace(/\s+/g, '')

const buttonOf = (which: number): Locator =>
  page.locator('.report .table-with-csv').nth(which).locator('.table-csv button')

/** Saves what is shown of `tables` and has not been saved in this state; says what is not as on the screen. */
async function savedWrong(tables: readonly ShownTable[], done: Set<string>): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const [which, table] of tables.entries()) {
    const key = JSON.stringify([table.name, table.rows])
    if (!table.isShown || done.has(key)) continue
    done.add(key)
    const { bytes } = await downloaded(page, buttonOf(which), folder)
    const [names = [], ...rows] = cellsOfCsv(bytes.toString('utf8').replace(/^\uFEFF/, ''))
    if (names.length !== table.columns) wrong.push(`${table.name}: ${names.length} names for ${table.columns} columns`)
    if (rows.length !== table.rows.length) wrong.push(`${table.name}: ${rows.length} of ${table.rows.length} rows`)
    for (const [index, row] of table.rows.entries()) {
      const [saved, shown] = [rows[index]?.map(asShown).join(' | '), row.join(' | ')]
      if (saved !== shown) wrong.push(`${table.name}: ${saved} is not ${shown}`)
    }
  }
  return wrong
}

/** Rows whose numbers do not stand one after the other on the paper. */
async function notOnPaper(tables: readonly ShownTable[]): Promise<readonly string[]> {
  const { bytes } = await downloaded(page, savePdf(page), folder)
  const text = ` ${numbersOf(textOf(readPdf(bytes))).join(' ')} `
  return tables
    .filter(({ prints }) => prints)
    .flatMap(({ name, numbers }) =>
      numbers
        .map(row => row.join(' '))
        .filter(row => row !== '' && !text.includes(` ${row} `))
        .map(row => `${name}: ${row}`),
    )
}

/** All that a chart says from its first stop to its last. */
const readoutsOf = (chart: Locator): Promise<readonly string[]> =>
  chart.evaluate(place => {
    const press = (key: string) => place.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    const said = () => place.closest('figure')?.querySelector('.chart-readout')?.textContent ?? ''
    const all: string[] = []
    for (press('Home'); said() !== all.at(-1); press('ArrowRight')) all.push(said())
    press('Escape')
    return all
  })

describe('the tables of the reports', () => {
  it('are saved as exactly the cells that are shown, and their rows stand in the PDF', async () => {
    let reportCount = 0
    let tableCount = 0
    for (const report of reports) {
      const { path } = report
      if (!(await openReport(basalt, report))) continue
      const done = new Set<string>()
      for (const view of ['chart', 'table']) {
        const before = done.size
        if (view === 'table') await page.keyboard.press('t')
        const tables = await tablesOf()
        expect(await savedWrong(tables, done), `${path} as ${view}`).toEqual([])
        if (view === 'chart' || done.size > before) {
          expect(await notOnPaper(tables), `${path} as ${view}, in the PDF`).toEqual([])
        }
      }
      // Other groupings and sources, by the switches inside the report.
      for (const choice of await page.locator('.report-body input[type=radio]:not(:checked)').all()) {
        if (!(await choice.isVisible())) continue
        await choice.check()
        expect(await savedWrong(await tablesOf(), done), `${path} otherwise`).toEqual([])
      }
      reportCount += 1
      tableCount += done.size
    }
    expect(reportCount).toBeGreaterThan(15)
    expect(tableCount).toBeGreaterThan(40)
  })

  it.each(readoutRules)('say what the chart of $path says at each of its stops', async rule => {
    const report = reports.find(({ path }) => path === rule.path)
    expect(report).toBeDefined()
    if (!report) return
    await openReport(basalt, report)
    const readouts = await readoutsOf(page.locator('.chart-place').first())
    expect(readouts.length).toBeGreaterThan(8)
    await page.keyboard.press('t')
    const which = (await tablesOf()).findIndex(({ name }) => name === rule.table)
    const { bytes } = await downloaded(page, buttonOf(which), folder)
    const [names = [], ...rows] = cellsOfCsv(bytes.toString('utf8').replace(/^\uFEFF/, ''))
    expect(differences(readouts, names, rows, rule)).toEqual([])
  })

  it('break no rule of the page', () => {
    expect(basalt.problems()).toEqual([])
  })
})
