/** The data table in the whole app with a scripted worker: rows, choices, pages, search, bytes, empty states. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type DeviceTime, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { DataApi, RecordsPage, RecordsQuery, RecordsRow } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { dayOf, lastDay, rawOf } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'

/** 250 sensor values, one of them a copy; the newest row is a bolus of 12.5 U. */
const rowAt = (index: number): RecordsRow => ({
  id: `row ${index}`,
  deviceKey: 'pump',
  deviceName: 'MiniMed 780G (NG1)',
  deviceTime: (startOfDeviceDay(lastDay) - 5 * index * MINUTE_MS) as DeviceTime,
  type: index === 0 ? 'bolus' : 'cbg',
  fields: index === 0 ? { subType: 'normal', normalUnits: 12.5 } : { value: 100 + index, units: 'mg/dL' },
  artifactId: 'file',
  page: 0,
  offset: 1000 + index,
  length: 40,
  simulated: true,
  repeated: index === 2,
})

function answerTo({ offset, limit, search, types, order }: RecordsQuery): RecordsPage {
  const found = Array.from({ length: 250 }, (_, index) => rowAt(index)).filter(
    row =>
      (search === undefined || search === '12.5' || search === 'all') &&
      (!types || types.includes('cbg') === (row.type === 'cbg')),
  )
  const rows = search === '12.5' ? found.filter(({ type }) => type === 'bolus') : found
  if (order === 'oldest') rows.reverse()
  return {
    revision: '1',
    total: rows.length,
    rows: rows.slice(offset, offset + limit),
    typeCounts: { cbg: 249, bolus: 1 },
    devices: [
      { deviceKey: 'pump', name: 'MiniMed 780G (NG1)', simulated: true, count: 250 },
      { deviceKey: 'meter', name: 'Contour NEXT (1)', simulated: false, count: 0 },
    ],
  }
}

function tableApi(change: Partial<DataApi> = {}) {
  const asked: RecordsQuery[] = []
  const api = scriptedApi({
    data: {
      preferences: async () => succeeded(preferencesWith()),
      lastDayWithData: async () => succeeded(lastDay),
      records: async query => {
        asked.push(query)
        return succeeded(answerTo(query))
      },
      raw: async ref => succeeded(rawOf(ref)),
      ...change,
    },
  })
  return { api, asked }
}

const PATIENCE = { timeout: 20_000 }
/** Which rows are shown, of how many, in which order. */
const where = (root: HTMLElement) => root.querySelector('.data-pager [role=status]')?.textContent
const rowsOf = (root: HTMLElement) =>
  [...root.querySelectorAll('.records-table tbody tr')].map(row => [...row.children].map(cell => cell.textContent))

test('shows everything, newest first, a hundred rows, with the mark on what is repeated', async () => {
  const { api, asked } = tableApi()
  const root = mountApp(api, '/reports/data')
  await expect.poll(() => where(root), PATIENCE).toContain('1–100 of 250 entries, newest first')
  expect(asked[0]).toEqual({ order: 'newest', offset: 0, limit: 100 })
  const rows = rowsOf(root)
  expect(rows).toHaveLength(100)
  expect(rows[0]?.slice(1, 3)).toEqual(['bolus', '12.5 U'])
  expect(rows[1]?.slice(1, 4)).toEqual(['sensor glucose', '101 mg/dL', 'MiniMed 780G (NG1) simulated'])
  expect(rows[2]?.[2]).toBe('102 mg/dL repeated elsewhere')
  expect(await seriousFindings(root)).toEqual([])
})

test('turns pages by buttons and arrow keys, and the order by the head of the column', async () => {
  const { api, asked } = tableApi()
  const root = mountApp(api, '/reports/data')
  await page.getByRole('button', { name: 'Next page' }).first().click()
  await expect.poll(() => where(root), PATIENCE).toContain('101–200 of 250')
  await userEvent.keyboard('{ArrowRight}')
  await expect.poll(() => where(root), PATIENCE).toContain('201–250 of 250')
  await userEvent.keyboard('{ArrowRight}')
  expect(asked.at(-1)?.offset).toBe(200)
  await page.getByRole('button', { name: /^Time on the device/ }).click()
  await expect.poll(() => where(root), PATIENCE).toContain('oldest first')
  expect(root.querySelector('[aria-sort]')?.getAttribute('aria-sort')).toBe('ascending')
})

/** What is saved while `act` runs and until it is there. */
async function savedFiles(act: () => Promise<void>, count: number): Promise<string[]> {
  const blobs: Blob[] = []
  const real = URL.createObjectURL
  URL.createObjectURL = blob => {
    if (blob instanceof Blob) blobs.push(blob)
    return '#'
  }
  try {
    await act()
    await expect.poll(() => blobs.length, PATIENCE).toBe(count)
  } finally {
    URL.createObjectURL = real
  }
  return Promise.all(blobs.map(blob => blob.text()))
}

test('saves all entries found as the pages put together, in the words of the table', async () => {
  const { api, asked } = tableApi()
  const root = mountApp(api, '/reports/data')
  const pageCsv = page.getByRole('button', { name: 'Save as CSV: Stored entries' })
  const pages = await savedFiles(async () => {
    for (const shown of ['1–100', '101–200', '201–250']) {
      await expect.poll(() => where(root), PATIENCE).toContain(`${shown} of 250`)
      await expect.poll(() => rowsOf(root).length).toBe(shown === '201–250' ? 50 : 100)
      await pageCsv.click()
      await userEvent.keyboard('{ArrowRight}')
    }
  }, 3)
  const [all = ''] = await savedFiles(
    () => page.getByRole('button', { name: 'CSV of all 250 entries found' }).click(),
    1,
  )
  const linesOf = (text: string) => text.split('\r\n').slice(0, -1)
  expect(linesOf(all)).toHaveLength(251)
  expect(linesOf(all)[0]).toBe(linesOf(pages[0] ?? '')[0])
  expect(linesOf(all).slice(1)).toEqual(pages.flatMap(text => linesOf(text).slice(1)))
  expect(linesOf(all)[3]).toContain('102 mg/dL repeated elsewhere,MiniMed 780G (NG1) simulated,')
  expect(asked.at(-1)).toEqual({ order: 'newest', offset: 0, limit: 1000, isForFile: true })
})

test('begins the file again when what is stored changes, and can be stopped', async () => {
  let answers = 0
  const waiting: (() => void)[] = []
  const { api } = tableApi({
    records: async query => {
      const found = answerTo(query)
      if (!query.isForFile) return succeeded(found)
      answers += 1
      // In parts of 100; after the first part something is added to what is stored.
      const part = { ...found, rows: found.rows.slice(0, 100), revision: answers === 1 ? 'old' : 'new' }
      if (answers > 6) await new Promise<void>(resolve => waiting.push(resolve))
      return succeeded(part)
    },
  })
  mountApp(api, '/reports/data')
  const button = page.getByRole('button', { name: 'CSV of all 250 entries found' })
  const [all = ''] = await savedFiles(() => button.click(), 1)
  const lines = all.split('\r\n').slice(1, -1)
  expect(lines).toHaveLength(250)
  expect(new Set(lines).size).toBe(250)
  // One part of the old list, one that showed it to be old, three of the new one.
  expect(answers).toBe(5)
  const none = await savedFiles(async () => {
    await button.click()
    await expect.poll(() => waiting.length).toBe(1)
    await expect.element(page.getByRole('progressbar', { name: 'Making the CSV file' })).toBeVisible()
    await expect.element(page.getByText('100 of 250 entries', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Cancel' }).click()
    for (const answer of waiting) answer()
    await expect.element(button).toBeVisible()
  }, 0)
  expect(none).toEqual([])
})

test('searches once typing has paused, from the first page on, and clears', async () => {
  const { api, asked } = tableApi()
  const root = mountApp(api, '/reports/data')
  await page.getByRole('button', { name: 'Next page' }).first().click()
  await expect.poll(() => where(root), PATIENCE).toContain('101–200')
  await page.getByRole('searchbox').fill('12.5')
  await expect.poll(() => where(root), PATIENCE).toBe('1 entry, newest first')
  expect(asked.at(-1)).toMatchObject({
    search: '12.5',
    offset: 0,
    typeNames: { rewind: 'rewind' },
    words: { SENSOR_INIT_CODE: 'sensor starting' },
  })
  await page.getByRole('searchbox').fill('nowhere')
  await expect.element(page.getByRole('heading', { name: 'Nothing fits' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear search and filters' }).last().click()
  await expect.poll(() => where(root), PATIENCE).toContain('1–100 of 250')
  expect(asked.at(-1)).not.toHaveProperty('search')
})

test('chooses kinds with their counts, a device, and days', async () => {
  const { api, asked } = tableApi()
  mountApp(api, '/reports/data')
  await page.getByRole('checkbox', { name: 'bolus 1' }).click()
  await expect.poll(() => asked.at(-1)?.types).toEqual(['bolus'])
  await page.getByRole('checkbox', { name: 'sensor glucose 249' }).click()
  await expect.poll(() => asked.at(-1)?.types).toEqual(['bolus', 'cbg'])
  await page.getByLabelText('Device', { exact: true }).selectOptions('meter')
  await expect.poll(() => asked.at(-1)?.deviceKey).toBe('meter')
  await page.getByText('14', { exact: true }).click()
  await expect.poll(() => asked.at(-1)?.period).toEqual({ firstDay: lastDay - 13, lastDay })
  await page.getByRole('button', { name: 'All days' }).click()
  await expect.poll(() => asked.at(-1)?.period).toBeUndefined()
})

test('shows the content of every entry on a phone', async () => {
  await page.viewport(400, 800)
  try {
    const root = mountApp(tableApi().api, '/reports/data')
    await expect.poll(() => rowsOf(root).length, PATIENCE).toBe(100)
    for (const cell of [...root.querySelectorAll('.records-content')].slice(0, 5)) {
      const { left, right } = cell.getBoundingClientRect()
      expect(left).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(400)
    }
    expect(await seriousFindings(root)).toEqual([])
  } finally {
    await page.viewport(1280, 900)
  }
})

test('takes its days from the address', async () => {
  const { api, asked } = tableApi()
  mountApp(api, '/reports/data?from=2026-03-01&to=2026-03-07')
  await expect.poll(() => asked[0]?.period).toEqual({ firstDay: dayOf(2026, 3, 1), lastDay: dayOf(2026, 3, 7) })
})

test('opens an entry down to its bytes', async () => {
  const root = mountApp(tableApi().api, '/reports/data')
  await page.getByRole('button', { name: /Fields and bytes of bolus 12.5 U/ }).click()
  await expect.element(page.getByText('Given at once')).toBeVisible()
  await expect.poll(() => root.querySelector('.raw-bytes')?.textContent?.length ?? 0).toBeGreaterThan(0)
})

test('says where data come from when nothing is stored', async () => {
  const records = async () => succeeded({ revision: '1', total: 0, rows: [], typeCounts: {}, devices: [] })
  mountApp(tableApi({ records }).api, '/reports/data')
  await expect.element(page.getByRole('heading', { name: 'There is nothing to report yet' })).toBeVisible()
})
