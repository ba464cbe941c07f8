/** Data quality in the whole app with a scripted worker: its sentence, its tables, its chart and twin, the bytes. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type DeviceTime, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { QualityModel } from '#reports/qualityModel.ts'
import type { EvidenceQuery } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { dayOf, lastDay, rawOf } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { exampleCard, exampleReport, scriptedApi, time } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'

const firstDay = lastDay - 2
const at = (minute: number) => (startOfDeviceDay(firstDay) + minute * MINUTE_MS) as DeviceTime
const read = { device: 'MiniMed 780G (NG1)', fromFile: false }

const model: QualityModel = {
  period: { firstDay, lastDay },
  dataFirstDay: firstDay,
  dataLastDay: lastDay,
  devices: ['MiniMed 780G (NG1)'],
  coverage: [
    { day: firstDay, minutes: 1440, fraction: 1 },
    { day: firstDay + 1, minutes: 960, fraction: 2 / 3 },
    { day: lastDay, minutes: 5, fraction: 5 / 1440 },
  ],
  daysBelow: 2,
  gaps: [{ from: at(600), to: at(725), minutes: 125, missing: 24, states: ['signal lost'], clockSet: true }],
  copies: [{ type: 'cbg', leftOut: { ...read, fromFile: true }, believed: read, count: 1234 }],
  clockSettings: [{ at: at(690), device: 'MiniMed 780G (NG1)', from: at(690), to: at(630), byMs: -60 * MINUTE_MS }],
  totals: [
    { day: firstDay, pumpUnits: 30, ourUnits: 30.1, differenceUnits: 0.1 },
    { day: firstDay + 1, pumpUnits: 27, ourUnits: 30, differenceUnits: 3, note: 'differs-from-pump' },
    { day: lastDay, pumpUnits: 12, note: 'basal-incomplete' },
  ],
  totalsCompared: 2,
  totalsAgree: 1,
  stored: [{ deviceKey: 'pump', device: 'MiniMed 780G (NG1)', type: 'cbg', stored: 2468, leftOut: 1234 }],
}

function qualityApi(shown: QualityModel = model, asked: EvidenceQuery[] = []) {
  const skipped = [{ page: 3, offset: 18, length: 7, reason: 'No such record.' }]
  const tally = { deviceKey: 'pump', device: exampleCard().device, tally: {} }
  const covering = [{ ...tally, from: time('2026-03-01T00:00:00'), to: time('2026-03-14T10:00:00') }]
  const before = [{ ...tally, from: time('2025-03-01T00:00:00'), to: time('2025-03-14T10:00:00') }]
  const reads = [
    exampleReport({ title: 'Pump', devices: covering, clockDifferenceMs: -240_000, skippedCount: 1, skipped }),
    exampleReport({ readId: 'old', title: 'Long ago', devices: before }),
  ]
  return scriptedApi({
    reports: { quality: async () => succeeded(shown) },
    data: {
      preferences: async () => succeeded(preferencesWith()),
      lastDayWithData: async () => succeeded(lastDay),
      devices: async () => succeeded([exampleCard({ deviceKey: 'pump', simulated: true, reads })]),
      raw: async ref => succeeded(rawOf(ref)),
      evidence: async query => {
        asked.push(query)
        return succeeded({ total: 0, rows: [] })
      },
    },
  })
}

const region = (root: HTMLElement, name: string) =>
  [...(root.querySelector(`[role=region][aria-label="${name}"]`)?.querySelectorAll('tbody tr') ?? [])].map(row =>
    [...row.children].map(cell => cell.textContent?.trim()),
  )

test('begins with a sentence that says it all, and with a mark on simulated data', async () => {
  const root = mountApp(qualityApi(), '/reports/quality')
  await expect
    .element(page.getByText(/^2 days of 3 have less than 70 % sensor data\./))
    .toHaveTextContent(
      '2 days of 3 have less than 70 % sensor data. The pump’s totals and our sums agree on 1 of 2 days. 1,234 entries are left out as copies. A clock was set once.',
    )
  await expect.element(page.getByText('Simulated data are among these: MiniMed 780G (NG1).')).toBeVisible()
  expect(await seriousFindings(root)).toEqual([])
})

test('has gaps, totals, copies, clocks and reads in tables', async () => {
  const root = mountApp(qualityApi(), '/reports/quality')
  await expect.element(page.getByRole('heading', { name: 'Gaps of the sensor' })).toBeVisible()
  expect(region(root, 'Gaps of the sensor')[0]?.slice(2)).toEqual([
    '2 h 05 min',
    '24',
    'signal lost, the clock was set',
  ])
  expect(region(root, 'The pump’s totals and ours').map(cells => cells.slice(1))).toEqual([
    ['30.00', '30.10', '+0.10', '+0.3', 'agree'],
    ['27.00', '30.00', '+3.00', '+11.1', 'our total differs from the one the pump counted'],
    ['12.00', '–', '–', '–', 'the basal rate is not known for the whole day, so there is no total'],
  ])
  expect(region(root, 'Entries told twice')).toEqual([
    ['sensor glucose', 'MiniMed 780G (NG1), from a file', 'MiniMed 780G (NG1), read', '1,234'],
  ])
  expect(region(root, 'Clocks that were set')[0]?.at(-1)).toBe('1 hour back')
  // The read of the year before brought nothing of these days.
  await expect
    .poll(() => region(root, 'Reads and files').map(cells => cells.slice(1)))
    .toEqual([['Pump', '4 minutes behind', '1 place']])
})

test('shows the bytes of what was not understood', async () => {
  const root = mountApp(qualityApi(), '/reports/quality')
  await page.getByText('Not understood in Pump: 1 place').click()
  await page.getByRole('button', { name: /Bytes of page 4, byte 18/ }).click()
  await expect.poll(() => root.querySelector('.raw-bytes')?.textContent?.length ?? 0).toBeGreaterThan(0)
})

test('reads the days in the chart, and has the same in its table', async () => {
  const root = mountApp(qualityApi(), '/reports/quality')
  await expect.element(page.getByRole('img')).toBeVisible()
  root.querySelector<HTMLElement>('.chart-place')?.focus()
  await expect
    .poll(
      async () => {
        await userEvent.keyboard('{Escape}{Home}{ArrowRight}')
        return root.querySelector('.chart-readout')?.textContent
      },
      { timeout: 30_000 },
    )
    .toMatch(/: 66\.7 % of the day, 16 h 00 min$/)
  await userEvent.keyboard('{Escape}t')
  await expect
    .poll(() => region(root, 'Sensor data of each day').map(cells => cells.slice(1)))
    .toEqual([
      ['100.0 %', '24 h 00 min', '0 min'],
      ['66.7 %', '16 h 00 min', '8 h 00 min'],
      ['0.3 %', '5 min', '23 h 55 min'],
    ])
})

test('says so when there is no sensor and nothing to compare', async () => {
  const bare: QualityModel = {
    ...model,
    coverage: [],
    daysBelow: 0,
    gaps: [],
    copies: [],
    clockSettings: [],
    totals: [],
    totalsCompared: 0,
    totalsAgree: 0,
  }
  mountApp(qualityApi(bare), '/reports/quality')
  await expect
    .element(page.getByText('There are no sensor values in these days. Nothing is left out as a copy.'))
    .toBeVisible()
  expect(dayOf(2026, 3, 14)).toBe(lastDay)
})

test('opens what is stored of a device, and of it what is left out', async () => {
  const asked: EvidenceQuery[] = []
  mountApp(qualityApi(model, asked), '/reports/quality')
  const of = { kinds: ['cbg'], types: ['cbg'], period: model.period, deviceKey: 'pump' }
  await page.getByRole('button', { name: /^2,468\s?\. Show the 2,468 entries behind this number$/ }).click()
  await expect.element(page.getByRole('dialog', { name: 'Stored of MiniMed 780G (NG1): sensor glucose' })).toBeVisible()
  expect(asked.at(-1)).toMatchObject({ ...of, copies: 'also' })
  await userEvent.keyboard('{Escape}')
  await page.getByRole('button', { name: /^1,234\s?\. Show the 1,234 entries behind this number$/ }).click()
  await expect
    .element(page.getByRole('dialog', { name: 'Left out of MiniMed 780G (NG1): sensor glucose' }))
    .toBeVisible()
  expect(asked.at(-1)).toMatchObject({ ...of, copies: 'only' })
})
