/**
 * Every report of the app for nine kinds of people: whoever opens it finds numbers or a reason why there are none, on a
 * wide and on a narrow screen. With `SCREENSHOTS=1` each is kept as a picture (wide and narrow, light and dark, A4 and
 * Letter) in `test-results/screenshots/people/`, to be looked at.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleCsv } from '#files/carelink-csv/sample.ts'
import { writeCareLink } from '#files/carelink-csv/write.ts'
import type { DeviceIdentity, TherapyRecord } from '#records/records.ts'
import { DAY_MS, type DeviceTime, HOUR_MS } from '#records/time.ts'
import { root } from '../../scripts/inputs.mjs'
import { type Harness, seriousFindings, startHarness } from './harness.ts'

const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 400, height: 800 }
const hasPictures = process.env['SCREENSHOTS'] !== undefined
const pictures = join(root, 'test-results', 'screenshots', 'people')

/** 2026-03-29, the night in which clocks of Europe go forward. */
const spring = Date.UTC(2026, 2, 29) / DAY_MS

interface Person {
  readonly name: string
  /** Nothing to report: the reports then say where to begin. */
  readonly isEmpty?: boolean
  /** Looked at by axe as well, which takes its time. */
  readonly withAxe?: boolean
  readonly arrive: (page: Page, folder: string) => Promise<void>
}

let basalt: Harness
let folder = ''

const open = (page: Page, path: string) => page.goto(basalt.url(`/#${path}`))
const main = (page: Page) => page.getByRole('main')

/** Reads a simulated device. */
const reading = (modelId: string, scenarioId: string) => async (page: Page) => {
  await open(page, `/read?model=${modelId}&scenario=${scenarioId}`)
  await page.getByRole('button', { name: 'Read the simulated device' }).click()
  await main(page)
    .getByRole('heading', { name: /^Done: [\d,]+ new entries$/ })
    .waitFor({ timeout: 120_000 })
}

/** Imports a file with this text. */
const importing = (text: () => string | Promise<string>) => async (page: Page, into: string) => {
  const file = join(into, 'export.csv')
  writeFileSync(file, await text())
  await open(page, '/import')
  await page.locator('input[type=file]').setInputFiles(file)
  await main(page)
    .getByText(/[\d,]+ new entr(y|ies)/)
    .first()
    .waitFor()
}

const meter: DeviceIdentity = {
  kind: 'pump',
  manufacturer: 'Medtronic',
  model: 'MiniMed 640G MMT-1712',
  serial: 'SIM1',
}

/** A CareLink file of finger-sticks at these times. */
async function fingerSticks(times: readonly number[], more: readonly TherapyRecord[] = []): Promise<string> {
  const sticks = times.map(
    (time, i) =>
      ({
        type: 'smbg',
        // Times of this file are device times.
        deviceTime: time as DeviceTime,
        identity: '',
        raw: { page: 0, offset: 0, length: 1 },
        value: 70 + ((i * 37) % 190),
        units: 'mg/dL',
        subType: 'linked',
      }) satisfies TherapyRecord,
  )
  const records = [...sticks, ...more].toSorted((a, b) => a.deviceTime - b.deviceTime)
  const days = records.map(({ deviceTime }) => Math.floor(deviceTime / DAY_MS))
  const { pieces } = writeCareLink({
    devices: [
      {
        device: meter,
        simulated: false,
        async *records(what) {
          if (what === 'therapy') yield records
        },
      },
    ],
    firstDay: Math.min(...days),
    lastDay: Math.max(...days),
  })
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

const clockForward: TherapyRecord = {
  type: 'timeChange',
  deviceTime: (spring * DAY_MS + 2 * HOUR_MS) as DeviceTime,
  identity: '',
  raw: { page: 0, offset: 0, length: 1 },
  from: (spring * DAY_MS + 2 * HOUR_MS) as DeviceTime,
  to: (spring * DAY_MS + 3 * HOUR_MS) as DeviceTime,
}

const sampleData = async (page: Page) => {
  await open(page, '/')
  await page.getByRole('button', { name: 'Look around with sample data' }).click()
  await main(page)
    .getByText(/Made-up data/)
    .first()
    .waitFor({ timeout: 120_000 })
}

const people: readonly Person[] = [
  { name: 'nobody', isEmpty: true, withAxe: true, arrive: async () => undefined },
  { name: '780G', withAxe: true, arrive: sampleData },
  {
    name: '780G in mmol-L',
    arrive: async page => {
      await sampleData(page)
      await open(page, '/settings')
      await page.getByText('mmol/L', { exact: true }).click()
      await page.getByText('Saved.').waitFor()
    },
  },
  { name: '640G', arrive: reading('minimed-640g', 'everyday') },
  { name: '723', arrive: reading('paradigm-523-723', 'everyday') },
  { name: 'meter only', withAxe: true, arrive: reading('contour-next-link-24', 'everyday') },
  { name: 'one reading', withAxe: true, arrive: importing(() => fingerSticks([spring * DAY_MS + 8 * HOUR_MS])) },
  {
    name: '423 sparse days',
    arrive: importing(() =>
      // Every ninth day one value, at another hour each time.
      fingerSticks(Array.from({ length: 48 }, (_, i) => (spring - 423 + i * 9) * DAY_MS + ((i * 7) % 24) * HOUR_MS)),
    ),
  },
  {
    name: 'clock change',
    arrive: async (page, into) => {
      await importing(() => [...sampleCsv({ days: 14, lastDay: spring + 2, seed: 3 })].join(''))(page, into)
      const hours = [1, 1.5, 3.25, 8, 12, 18]
      await importing(() =>
        fingerSticks(
          hours.map(hour => spring * DAY_MS + hour * HOUR_MS),
          [clockForward],
        ),
      )(page, into)
    },
  },
]

beforeAll(async () => {
  basalt = await startHarness({ viewport: WIDE })
  folder = mkdtempSync(join(tmpdir(), 'basalt-people-'))
  if (hasPictures) mkdirSync(pictures, { recursive: true })
})

afterAll(async () => {
  await basalt?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Addresses of all reports, as the list of reports has them. */
async function reportPaths(page: Page): Promise<readonly string[]> {
  await open(page, '/reports')
  const links = page.locator('.report-list a')
  await links.first().waitFor()
  const hrefs = await links.evaluateAll(all => all.map(link => link.getAttribute('href') ?? ''))
  return hrefs.map(href => href.replace(/^#/, ''))
}

async function settled(page: Page): Promise<void> {
  await main(page).getByRole('heading').first().waitFor()
  await page.waitForFunction(
    () =>
      document.querySelector('main .skeleton') === null &&
      document.querySelector('main :is(.report-card, .empty, table, .card)') !== null,
  )
  // Charts draw in the frame after the one with their place.
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

/** What the page says once it says the same twice in a row: a page on its way to another one is not looked at. */
async function lastingText(page: Page): Promise<string> {
  let text = await main(page).innerText()
  for (let turn = 0; turn < 50; turn++) {
    await page.waitForTimeout(100)
    const now = await main(page).innerText()
    if (now === text && (await page.locator('main .skeleton').count()) === 0) return text
    text = now
  }
  return text
}

/** What is wider than the screen; charts take the new width a moment after it has changed. */
async function widthProblem(page: Page): Promise<string | undefined> {
  const fits = page.waitForFunction(
    () => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1,
    undefined,
    { timeout: 5000 },
  )
  if (await fits.catch(() => undefined)) return undefined
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return `${scrollWidth} px of content on ${clientWidth} px`
  })
}

async function picturesOf(page: Page, name: string): Promise<void> {
  for (const [width, size] of [
    ['wide', WIDE],
    ['narrow', NARROW],
  ] as const) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(150)
      await page.screenshot({ path: join(pictures, `${name} ${width} ${colorScheme}.png`), fullPage: true })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(WIDE)
  for (const format of ['A4', 'Letter'] as const) {
    await page.pdf({
      path: join(pictures, `${name} ${format}.pdf`),
      format,
      preferCSSPageSize: false,
      printBackground: true,
    })
  }
}

describe.each(people)('$name', ({ name, isEmpty = false, withAxe = false, arrive }) => {
  let page: Page

  beforeAll(async () => {
    page = await basalt.context.newPage()
    await page.setViewportSize(WIDE)
    await open(page, '/')
    await main(page).getByRole('heading').first().waitFor()
    await arrive(page, folder)
  })

  afterAll(async () => {
    await open(page, '/settings')
    await page.getByRole('button', { name: 'Remove everything…' }).click()
    await page.getByRole('textbox', { name: /type the word/ }).fill('remove')
    await page.getByRole('button', { name: 'Remove for good' }).click()
    await page.getByText('Everything was removed.').waitFor()
    await page.close()
  })

  it('finds in every report numbers, or why there are none', async () => {
    const found: string[] = []
    for (const path of await reportPaths(page)) {
      await open(page, path)
      await settled(page)
      const text = await lastingText(page)
      const nonsense = /\b(NaN|undefined|null|Infinity)\b|\[object|−−|Invalid Date/.exec(text)
      if (nonsense) found.push(`${path} says "${nonsense[0]}"`)
      if ((await main(page).getByRole('alert').count()) > 0)
        found.push(`${path} shows a failure: ${text.slice(0, 200)}`)
      if (isEmpty && path !== '/reports/print' && !/nothing|no /i.test(text))
        found.push(`${path} does not say that there is nothing`)
      for (const size of [NARROW, WIDE]) {
        await page.setViewportSize(size)
        const problem = await widthProblem(page)
        if (problem) found.push(`${path}: ${problem}`)
      }
      if (withAxe) found.push(...(await seriousFindings(page)).map(finding => `${path}: ${finding}`))
      if (hasPictures) await picturesOf(page, `${path.split('/').at(-1)} ${name}`)
    }
    expect(found).toEqual([])
    expect(basalt.problems()).toEqual([])
  })
})
