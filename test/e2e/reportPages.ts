/** What tests of the reports' papers share: the list of reports, opening one, taking a download, numbers in a text. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Download, Locator, Page } from 'playwright'
import type { ReadPdf } from '../helpers/readPdf.ts'
import { type Harness, readyOffline } from './harness.ts'

export interface ListedReport {
  /** "/reports/agp". */
  readonly path: string
  readonly name: string
}

/** Fills the app with the sample data and says which reports its list has. */
export async function sampleReports({ page, url }: Harness): Promise<readonly ListedReport[]> {
  await page.goto(url('/'))
  await readyOffline(page)
  await page.getByRole('button', { name: 'Look around with sample data' }).click()
  await page.getByRole('heading', { name: 'Home' }).waitFor()
  await page.goto(url('/#/reports'))
  await page.locator('.report-choice').first().waitFor()
  return page.locator('.report-choice').evaluateAll(links =>
    links.map(link => ({
      path: (link.getAttribute('href') ?? '').replace(/^#/, ''),
      name: link.querySelector('.report-choice-name')?.textContent ?? '',
    })),
  )
}

export const savePdf = (page: Page): Locator => page.getByRole('button', { name: 'Save as PDF' })

/** Opens a report and waits until it is drawn; false when it has no data to print. */
export async function openReport({ page, url }: Harness, { path, name }: ListedReport): Promise<boolean> {
  await page.goto(url(`/#${path}`))
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  await page.locator('.report-body, .empty').first().waitFor()
  return savePdf(page).isEnabled()
}

export interface Downloaded {
  readonly name: string
  readonly bytes: Buffer
  readonly path: string
}

/** What a click downloads, kept in `folder`. */
export async function downloaded(page: Page, click: Locator, folder: string): Promise<Downloaded> {
  const [download]: [Download, void] = await Promise.all([page.waitForEvent('download'), click.click()])
  const path = join(folder, `${Date.now()}-${download.suggestedFilename()}`)
  await download.saveAs(path)
  return { name: download.suggestedFilename(), bytes: readFileSync(path), path }
}

export const numbersOf = (text: string): readonly string[] => text.match(/\d(?:[\d.,:]*\d)?/g) ?? []
export const textOf = (pdf: ReadPdf): string => pdf.pages.map(({ text }) => text).join('\n')

/** Numbers of `shown` that `text` does not say. */
export function missingIn(text: string, shown: string): readonly string[] {
  const there = new Set(numbersOf(text))
  return [...new Set(numbersOf(shown))].filter(number => !there.has(number))
}
