/** The reports in the whole app with a scripted worker: what they show, how they are stepped, what axe says. */
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import { type DeviceTime, startOfDeviceDay } from '#records/time.ts'
import type { ReportQuery } from '#reports/filter.ts'
import type {
  DailyModel,
  DeviceUseModel,
  InsulinModel,
  InsulinSpan,
  OverviewModel,
  Period,
  SettingsModel,
} from '#reports/models.ts'
import type { DataApi } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import {
  agpModel,
  dailyModel,
  dayOf,
  evidenceRows,
  lastDay,
  meterSummary,
  overviewModel,
  rawOf,
  seriesOf,
} from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { failed, type Script, scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'
import { cells, chartOf, figure, readout } from './shownIn.ts'

interface Asked {
  readonly periods: Period[]
  readonly days: number[]
}

type Reports = NonNullable<Script['reports']>

function reportApi(
  { overview, daily, agp, insulin, deviceUse, ...change }: Partial<DataApi> & Reports = {},
  preferences: Partial<Preferences> = {},
) {
  const asked: Asked = { periods: [], days: [] }
  const data: Partial<DataApi> = {
    preferences: async () => succeeded(preferencesWith(preferences)),
    lastDayWithData: async () => succeeded(lastDay),
    evidence: async query => succeeded(evidenceRows(query)),
    raw: async ref => succeeded(rawOf(ref)),
    ...change,
  }
  const reports: Reports = {
    overview: async ({ period }) => {
      asked.periods.push(period)
      return succeeded({ ...overviewModel(period.lastDay - period.firstDay + 1), period })
    },
    daily: async ({ period }) => {
      asked.days.push(period.firstDay)
      return succeeded(dailyModel(period.firstDay))
    },
    agp: async ({ period }) => succeeded({ ...agpModel(period.lastDay - period.firstDay + 1), period }),
    ...(overview ? { overview } : {}),
    ...(daily ? { daily } : {}),
    ...(agp ? { agp } : {}),
    ...(insulin ? { insulin } : {}),
    ...(deviceUse ? { deviceUse } : {}),
  }
  return { api: scriptedApi({ data, reports }), asked }
}

const heading = (name: string | RegExp, level = 1) => page.getByRole('heading', { name, level })
const button = (name: string | RegExp) => page.getByRole('button', { name })
describe('the list', () => {
  test('leads to each report', async () => {
    mountApp(reportApi().api, '/reports')
    await page.getByRole('link', { name: /^Daily/ }).click()
    await expect.element(heading('Daily')).toBeVisible()
    expect(location.hash).toBe('#/reports/daily')
  })

  test('also stands under a report that does not exist', async () => {
    mountApp(reportApi().api, '/reports/nothing')
    await expect.element(heading('There is no such report')).toBeVisible()
    await expect.element(page.getByRole('link', { name: /^Overview/ })).toBeVisible()
  })
})

describe('the overview', () => {
  test('shows the model’s numbers, rounded as the sheet says, in mg/dL', async () => {
    const root = mountApp(reportApi().api, '/reports/overview')
    await expect.element(heading('Key numbers', 2)).toBeVisible()
    await expect
      .element(page.getByRole('img'))
      .toHaveAccessibleName(
        '3,921 sensor values on 14 days, mean 154 mg/dL, 71 % in range, 4 % low, 25 % high, single days from 55 % to 84 % in range.',
      )
    // 154.5 and 41.25 are exact halves, 0.485 is 48.5 %: half to even.
    expect(figure(root, 'Mean glucose')).toBe('154mg/dL')
    expect(figure(root, 'Glucose management indicator (GMI)')).toBe('7.0 %')
    expect(figure(root, 'Variability (CV)')).toBe('33 %')
    expect(figure(root, 'Standard deviation')).toBe('51mg/dL')
    expect(figure(root, 'Sensor active')).toBe('97 %')
    expect(figure(root, 'Tight range')).toBe('48 %')
    expect(figure(root, 'Insulin per day')).toBe('41.2U')
    expect(figure(root, 'Basal per day')).toBe('17.3U')
    expect(figure(root, 'Bolus per day')).toBe('23.9U')
    expect(figure(root, 'Carbs per day')).toBe('187g')
    expect(figure(root, 'Mean of the meter')).toBe('149mg/dL')
    const ranges = [...root.querySelectorAll('.ranges-table tbody tr')].map(row => cells(row).join(' '))
    expect(ranges.map(text => text.replace(/\. Show.*number/, ''))).toEqual([
      'Very high>250 mg/dL 5 % 1 h 12 min',
      'High181–250 mg/dL 20 % 4 h 48 min',
      'In range70–180 mg/dL 71 % 17 h 02 min',
      'Low54–69 mg/dL 3 % 43 min',
      'Very low<54 mg/dL 1 % 14 min',
    ])
  })

  test('shows the same in mmol/L with one decimal, and never another percentage', async () => {
    const root = mountApp(reportApi({}, { glucoseUnits: 'mmol/L' }).api, '/reports/overview')
    await expect.element(heading('Key numbers', 2)).toBeVisible()
    await expect.poll(() => figure(root, 'Mean glucose')).toBe('8.6mmol/L')
    expect(figure(root, 'Standard deviation')).toBe('2.9mmol/L')
    expect(figure(root, 'Mean of the meter')).toBe('8.3mmol/L')
    expect(root.querySelector('.ranges-table')?.textContent).toContain('3.9–10.0 mmol/L71 %')
  })

  test('says why a number is missing', async () => {
    const model = overviewModel()
    if (!model.sensor || !model.insulin) throw new Error('a whole model')
    const { totalPerDay: _, basalPerDay: __, basalPercent: ___, ...bolusOnly } = model.insulin
    const sensor = { ...model.sensor, gmiPercent: { missing: 'too-short' as const } }
    const poor: OverviewModel = { ...model, sensor, insulin: { ...bolusOnly, daysWithTotal: 0 } }
    const root = mountApp(reportApi({ overview: async () => succeeded(poor) }).api, '/reports/overview')
    await expect.element(page.getByText('Needs 14 days with the sensor active 70 % of the time.')).toBeVisible()
    expect(figure(root, 'Glucose management indicator (GMI)')).toBe('Not enough data')
    expect(figure(root, 'Insulin per day')).toBe('Not enough data')
    expect(figure(root, 'Basal per day')).toBeUndefined()
  })

  test('falls back to the meter where no sensor was worn', async () => {
    const { sensor: _, ...model } = overviewModel()
    const days = model.days.map(({ sensor: __, ...day }) => day)
    const root = mountApp(reportApi({ overview: async () => succeeded({ ...model, days }) }).api, '/reports/overview')
    await expect.element(heading('Meter values in ranges', 2)).toBeVisible()
    expect(figure(root, 'Meter values')).toBe(String(meterSummary.count))
    expect(root.querySelector('canvas')?.getAttribute('aria-label')).toContain('meter values')
  })

  test('says the units of what its table has', async () => {
    const { sensor: _, insulin: __, changes: ___, ...model } = overviewModel()
    const days = model.days.map(({ sensor: ____, insulin: _____, ...day }) => day)
    mountApp(reportApi({ overview: async () => succeeded({ ...model, days }) }).api, '/reports/overview')
    await expect.element(heading('Day by day', 2)).toBeVisible()
    await userEvent.keyboard('t')
    await expect.element(page.getByText('Glucose in mg/dL.', { exact: true })).toBeVisible()
  })

  test('has a table twin with every day, two decimals of insulin and marks for what is missing', async () => {
    const root = mountApp(reportApi().api, '/reports/overview')
    await expect.element(heading('Day by day', 2)).toBeVisible()
    await userEvent.keyboard('t')
    await expect.element(page.getByRole('region', { name: 'Every day of the period' })).toBeVisible()
    const rows = [...root.querySelectorAll('.days-table tbody tr')]
    expect(rows).toHaveLength(14)
    expect(cells(rows[1]).slice(1)).toEqual([
      '285',
      '154',
      '1.0',
      '4.0',
      '65.0',
      '22.0',
      '8.0',
      '4',
      '142',
      '21.60',
      '17.30',
      '38.90',
      '165',
    ])
    expect(new Set(cells(rows[4]).slice(1))).toEqual(new Set(['–']))
    expect(cells(rows[6]).slice(-3)).toEqual(['–', '–a', '190'])
  })

  test('steps day by day in the chart and opens a day', async () => {
    const { api } = reportApi()
    const root = mountApp(api, '/reports/overview')
    await expect.element(heading('Day by day', 2)).toBeVisible()
    chartOf(root).focus()
    await userEvent.keyboard('{End}')
    expect(readout(root)).toContain('249 sensor values · mean 142 mg/dL · low 4 % · in range 78 % · high 18 %')
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}')
    expect(readout(root)).toContain('3 meter values')
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Daily')).toBeVisible()
    expect(location.hash).toBe('#/reports/daily?day=2026-03-10')
  })

  test('keeps the period in the address, and asks for exactly those days', async () => {
    const { api, asked } = reportApi()
    const root = mountApp(api, '/reports/overview?from=2026-03-01&to=2026-03-07')
    await expect.element(heading('Day by day', 2)).toBeVisible()
    expect(asked.periods).toEqual([{ firstDay: dayOf(2026, 3, 1), lastDay: dayOf(2026, 3, 7) }])
    await page.getByText('30', { exact: true }).click()
    await expect.poll(() => location.hash).toBe('#/reports/overview?days=30')
    await expect.poll(() => asked.periods.at(-1)).toEqual({ firstDay: lastDay - 29, lastDay })
    await userEvent.click(root)
    await button('Period before').click()
    await expect.poll(() => asked.periods.at(-1)).toEqual({ firstDay: lastDay - 59, lastDay: lastDay - 30 })
    history.back()
    await expect.poll(() => location.hash).toBe('#/reports/overview?days=30')
  })

  test('refuses days in the wrong order with a sentence', async () => {
    mountApp(reportApi().api, '/reports/overview')
    await page.getByLabelText('From', { exact: true }).fill('2026-03-14')
    await page.getByLabelText('To', { exact: true }).fill('2026-03-01')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect.element(page.getByText('The first day must not be after the last.')).toBeVisible()
  })

  test('ignores an address that makes no sense', async () => {
    const { api, asked } = reportApi()
    mountApp(api, '/reports/overview?from=2026-02-30&to=x&days=12')
    await expect.element(heading('Day by day', 2)).toBeVisible()
    expect(asked.periods).toEqual([{ firstDay: lastDay - 13, lastDay }])
  })
})

describe('the insulin report', () => {
  const summary = overviewModel().insulin
  const span: InsulinSpan = {
    firstDay: lastDay - 1,
    lastDay,
    ...(summary ? { summary } : {}),
    sums: { totalUnits: 80, basalUnits: 35.5, bolusUnits: 44.5, carbsGrams: 0, carbsExchanges: 24 },
  }
  const day = (day: number, basalUnits: number | undefined): InsulinModel['days'][number] => ({
    day,
    insulin: {
      day,
      bolusUnits: 22.25,
      bolusCount: 4,
      ...(basalUnits === undefined ? {} : { basalUnits, totalUnits: basalUnits + 22.25 }),
      carbsGrams: 0,
      carbsExchanges: 12,
      carbEntries: 3,
    },
  })
  const model: InsulinModel = {
    period: { firstDay: lastDay - 1, lastDay },
    dataFirstDay: lastDay - 1,
    dataLastDay: lastDay,
    devices: [],
    ...(summary ? { summary } : {}),
    days: [day(lastDay - 1, 17.75), day(lastDay, 17.75)],
    weeks: [span],
    months: [span],
  }

  test('says its result as the name of the picture', async () => {
    // 17.75 + 22.25 and 20 + 22.25: half to even.
    const days = [day(lastDay - 1, 17.75), day(lastDay, 20)]
    mountApp(reportApi({ insulin: async () => succeeded({ ...model, days }) }).api, '/reports/insulin')
    await expect
      .element(page.getByRole('img'))
      .toHaveAccessibleName(
        'Insulin on 13 days: total 41.2 U a day on 12 days, basal 17.3 U a day on 12 days, bolus 23.9 U a day on 13 days, carbs 187 g a day on 13 days, totals of single days from 40.0 to 42.2 U.',
      )
  })

  test('names only what its bars are stacked of', async () => {
    mountApp(reportApi({ insulin: async () => succeeded(model) }).api, '/reports/insulin')
    await expect.element(page.getByText('From the foot: basal, bolus.', { exact: true })).toBeVisible()
  })

  test('has sum and mean of each under its name, and exchanges where people eat in exchanges', async () => {
    const root = mountApp(reportApi({ insulin: async () => succeeded(model) }).api, '/reports/insulin')
    await page.getByText('Weeks', { exact: true }).click()
    await expect.poll(() => root.querySelectorAll('.days-table thead tr').length).toBe(2)
    const rows = [...root.querySelectorAll('.days-table tr')].map(row => cells(row).slice(1))
    expect(rows).toEqual([
      ['Total U', 'Basal U', 'Bolus U', 'Exchanges'],
      ['With insulin', 'Sum', 'Per day', 'Sum', 'Per day', 'Sum', 'Per day', 'Sum', 'Per day'],
      // Of 13 days with insulin the total and the basal are known on 12.
      ['13', '80.00 (12 d)', '41.25', '35.50 (12 d)', '17.34', '44.50', '23.91', '24.0', '–'],
    ])
  })
})

describe('the device use', () => {
  const idle = { calibrations: 0, manualBoluses: 0, automaticBoluses: 0, withFood: 0, withCorrection: 0, overridden: 0 }
  const rare = { underridden: 0, interrupted: 0, tempBasals: 0 }
  const still = { ...rare, suspendMinutes: 0, rewinds: 0, tubingFills: 0, cannulaFills: 0, fillUnits: 0, alarms: 0 }
  const use = { ...idle, ...still, meterValues: 3, sensorMinutes: 1310, boluses: 4, wizardBoluses: 4 }
  const model: DeviceUseModel = {
    period: { firstDay: lastDay - 1, lastDay },
    dataFirstDay: lastDay - 1,
    dataLastDay: lastDay,
    days: [
      { ...use, day: lastDay - 1, suspendMinutes: 62, fillUnits: 8.5 },
      { ...use, day: lastDay, meterValues: 0 },
    ],
    devices: [],
  }

  test('has a row for each day, sums, and no column in which nothing stands', async () => {
    const root = mountApp(reportApi({ deviceUse: async () => succeeded(model) }).api, '/reports/device-use')
    await expect.element(heading('Device use')).toBeVisible()
    await expect.element(page.getByRole('region')).toBeVisible()
    const rows = [...root.querySelectorAll('.device-use tr')].slice(1).map(row => cells(row).slice(1))
    expect(rows).toEqual([
      ['Meter values', 'Sensor, h:mm', 'All', 'Calculator', 'Stopped, h:mm', 'Fill, U'],
      ['3', '21:50', '4', '4', '1:02', '8.5'],
      ['–', '21:50', '4', '4', '–', '–'],
      ['3', '43:40', '8', '8', '1:02', '8.5'],
      ['1', '2', '2', '2', '1', '1'],
    ])
    expect(await seriousFindings(root)).toEqual([])
  })
})

describe('the device settings', () => {
  const snapshot = (at: number, units: string) => ({
    at: (startOfDeviceDay(lastDay) + at) as DeviceTime, // Hours after a midnight.
    groups: [
      { id: `a${at}`, name: 'Bolus', values: { 'Maximum bolus': units, 'Easy bolus': 'off' } },
      { id: `b${at}`, name: 'Carb ratios', values: { '00:00': '13 g/U' } },
    ],
  })
  const model: SettingsModel = {
    devices: [
      {
        sourceKey: 'p:read',
        name: 'Pump (1)',
        fromFile: false,
        changes: [],
        snapshots: [snapshot(7_200_000, '12 U'), snapshot(0, '10 U')],
      },
      { sourceKey: 'q:file:carelink-csv', name: 'Pump (2)', fromFile: true, changes: [], snapshots: [] },
    ],
  }

  test('stand beside those before, and can be narrowed to what differs', async () => {
    const root = mountApp(reportApi({ settings: async () => succeeded(model) }).api, '/reports/settings')
    await expect.element(heading('Device settings')).toBeVisible()
    expect([...root.querySelectorAll('.settings-group caption')].map(each => each.textContent)).toEqual([
      'Bolus',
      'Carb ratios',
    ])
    expect(cells(root.querySelector('.settings-differs'))).toEqual(['Maximum bolus', '12 Uchanged', '10 U'])
    // A list to choose from, not the big box of a choice before a read.
    const list = root.querySelector('select')?.parentElement
    expect(list && getComputedStyle(list).borderTopWidth).toBe('0px')
    // What is printed must not say "today".
    await expect.element(page.getByLabelText('As of')).toHaveTextContent(/\b20\d\d, /)
    await page.getByLabelText('Only what differs').click()
    expect([...root.querySelectorAll('.settings-group caption')].map(each => each.textContent)).toEqual(['Bolus'])
    await page.getByLabelText('Compare with').selectOptions('nothing')
    expect(root.querySelector('.settings-differs')).toBeNull()
    expect(await seriousFindings(root)).toEqual([])
  })

  test('are in the person’s unit, with the device’s own words, and apart from how the device stood', async () => {
    const [newest] = model.devices[0]?.snapshots ?? []
    if (!newest) throw new Error('no snapshot')
    const groups = [{ id: 'c', name: 'Glucose targets', values: { '00:00': '90 to 119 mg/dL, 5 to 6.7 mmol/L' } }]
    const until = (newest.at + 86_400_000) as DeviceTime // A day later.
    const status = { at: until, groups: [{ id: 'd', name: 'CurrentPumpStatus', values: { reservoir: '120 U' } }] }
    const [device] = model.devices
    const devices = device ? [{ ...device, snapshots: [{ at: newest.at, groups, until, status }] }] : []
    const root = mountApp(
      reportApi({ settings: async () => succeeded({ devices }) }, { glucoseUnits: 'mmol/L' }).api,
      '/reports/settings',
    )
    await expect.element(heading('How it stood', 2)).toBeVisible()
    const [target, reservoir] = [...root.querySelectorAll<HTMLElement>('.settings-group td span')]
    expect(target?.textContent).toBe('5.0 to 6.7 mmol/L')
    expect(target?.title).toBe('As the device told it: 90 to 119 mg/dL, 5 to 6.7 mmol/L')
    expect(reservoir?.textContent).toBe('120 U')
    expect(reservoir?.hasAttribute('title')).toBe(false)
    await expect.element(page.getByLabelText('As of')).toHaveTextContent(/\(told unchanged until .*20\d\d, 02:00\)/)
    expect(await seriousFindings(root)).toEqual([])
  })

  test('are those of the chosen device', async () => {
    mountApp(reportApi({ settings: async () => succeeded(model) }).api, '/reports/settings')
    await page.getByLabelText('Device', { exact: true }).selectOptions('Pump (2), from a file')
    await expect.element(page.getByText('This device told no whole set of settings, only changes.')).toBeVisible()
  })
})

describe('the daily report', () => {
  test('shows the day, its numbers and one sentence for the whole chart', async () => {
    const root = mountApp(reportApi().api, '/reports/daily?day=2026-03-14')
    await expect.element(heading(/14/, 2)).toBeVisible()
    expect(figure(root, 'Mean glucose')).toBe('151mg/dL')
    expect(figure(root, 'Insulin of the day')).toBe('40.7U')
    expect(figure(root, 'Bolus')).toBe('23.7U')
    expect(figure(root, 'Carbs')).toBe('192g')
    const name = root.querySelector('canvas')?.getAttribute('aria-label')
    expect(name).toContain('272 sensor values, mean 151 mg/dL, 68 % in range, 5 % low, 27 % high')
    expect(name).toContain('40.7 U insulin, 23.7 U bolus, 192 g carbs')
  })

  test('steps value by value, and the readout follows', async () => {
    const root = mountApp(reportApi().api, '/reports/daily')
    await expect.element(page.getByRole('img')).toBeVisible()
    chartOf(root).focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(readout(root)).toBe('00:00: basal 0.650 U/h · manual mode')
    await userEvent.keyboard('{ArrowRight}')
    expect(readout(root)).toBe('00:02: sensor 127 mg/dL · basal 0.650 U/h · manual mode')
    await userEvent.keyboard('{ArrowRight}')
    expect(readout(root)).toMatch(/^00:07: sensor 128 mg\/dL/)
    await userEvent.keyboard('{ArrowLeft}')
    expect(readout(root)).toMatch(/^00:02/)
    await userEvent.keyboard('{Escape}')
    expect(readout(root)).toContain('Point at the chart')
    // Stepping in the chart has not changed the day.
    expect(location.hash).toBe('#/reports/daily')
  })

  test('has a table twin with every value that is drawn', async () => {
    const model = dailyModel()
    const root = mountApp(reportApi().api, '/reports/daily')
    await expect.element(page.getByRole('img')).toBeVisible()
    await userEvent.keyboard('t')
    const rowsOf = (name: string) =>
      [...(root.querySelector(`[role=region][aria-label="${name}"]`)?.querySelectorAll('tbody tr') ?? [])].map(cells)
    await expect.poll(() => rowsOf('Sensor values').length).toBe(model.glucose.time.length)
    expect(rowsOf('Sensor values').map(row => row[1])).toEqual(
      Array.from(model.glucose.steps, steps => (steps === 39 ? 'LO' : steps === 401 ? 'HI' : String(steps))),
    )
    expect(rowsOf('Meter values').map(row => row.slice(0, 3))).toEqual([
      ['06:31', '47', 'Very low'],
      ['09:12', '138', 'In range'],
      ['13:25', '236', 'High'],
      ['21:50', '432', 'Very high'],
    ])
    expect(rowsOf('Basal')[2]).toEqual(['06:10', '07:40', 'suspended', '0.000', '0.900'])
    expect(rowsOf('Basal').at(-1)).toEqual(['23:00', 'midnight', 'programmed', '0.650', '–'])
    // One bolus with its calculator's screen is one row: 7 boluses, a screen left without one, carbs noted.
    expect(rowsOf('Bolus and carbs')).toHaveLength(9)
    const heads = [...root.querySelectorAll('[role=region][aria-label="Bolus and carbs"] thead th')].slice(0, 15)
    expect(heads.map(head => head.textContent)).toEqual([
      'Time',
      'What',
      'Given U',
      'Programmed U',
      'Proposed U',
      'Changed by U',
      'For carbs U',
      'Correction U',
      'Active U',
      'Carbs',
      'Glucose mg/dL',
      'Carb ratio',
      'Sensitivity mg/dL per U',
      'Target mg/dL',
      'Over',
    ])
    expect(rowsOf('Bolus and carbs')[1]).toEqual([
      '07:05',
      'Bolus, by the calculator',
      '4.2',
      '4.2',
      '4.2',
      '–',
      '4.5',
      '0.0',
      '0.3',
      '45 g',
      '92',
      '10 g/U',
      '45',
      '90–110',
      '–',
    ])
    expect(rowsOf('Bolus and carbs')[3]?.slice(0, 4)).toEqual([
      '12:40',
      'Dual bolus, by the calculator, stopped: user',
      '4.0 + 3.5',
      '4.0 + 4.0',
    ])
    expect(rowsOf('Bolus and carbs')[6]?.[5]).toBe('−0.1')
    expect(rowsOf('Events')).toHaveLength(8)
    await userEvent.keyboard('t')
    await expect.element(page.getByRole('img')).toBeVisible()
  })

  test('goes to the day before and after by arrow keys, with Shift to days with data', async () => {
    const { asked, api } = reportApi()
    mountApp(api, '/reports/daily')
    await expect.element(page.getByRole('img')).toBeVisible()
    await userEvent.keyboard('{ArrowLeft}')
    await expect.poll(() => location.hash).toBe('#/reports/daily?day=2026-03-13')
    await expect.poll(() => asked.days.at(-1)).toBe(lastDay - 1)
    await userEvent.keyboard('{ArrowRight}')
    await expect.poll(() => location.hash).toBe('#/reports/daily?day=2026-03-14')
    await expect.poll(() => asked.days.at(-1)).toBe(lastDay)
    await expect.element(button('Next day with data')).toBeEnabled()
    // The model says that the next day with data is three days later.
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
    await expect.poll(() => location.hash).toBe('#/reports/daily?day=2026-03-17')
  })

  test('leaves the arrow keys to a date field', async () => {
    mountApp(reportApi().api, '/reports/daily')
    await page.getByLabelText('Day', { exact: true }).click()
    await userEvent.keyboard('{ArrowRight}')
    expect(location.hash).toBe('#/reports/daily')
  })

  test('of a day without data says so and offers the nearest ones', async () => {
    const { sensor: _, meter: __, insulin: ___, ...rest } = dailyModel()
    const empty: DailyModel = {
      ...rest,
      glucose: seriesOf(lastDay, []),
      meterValues: [],
      boluses: [],
      wizards: [],
      food: [],
      basal: [],
      events: [],
    }
    mountApp(
      reportApi({ daily: async ({ period }) => succeeded({ ...empty, day: period.firstDay }) }).api,
      '/reports/daily?day=2026-03-14',
    )
    await expect.element(page.getByText(/^No data on /)).toBeVisible()
    await button(/^Day before with data/).click()
    await expect.poll(() => location.hash).toBe('#/reports/daily?day=2026-03-13')
  })
})

describe('the evidence behind a number', () => {
  test('lists the records page by page, down to the line of the file and the bytes of the device', async () => {
    const queries: unknown[] = []
    const { api } = reportApi({
      evidence: async query => {
        queries.push(query)
        return succeeded(evidenceRows(query))
      },
    })
    mountApp(api, '/reports/overview')
    await button(/71 %.*Show the 2,784 values behind this number/).click()
    const dialog = page.getByRole('dialog', { name: 'In range, 70–180 mg/dL' })
    await expect.element(dialog.getByText('1 – 50 of 120')).toBeVisible()
    expect(queries).toEqual([
      {
        kinds: ['cbg'],
        types: ['cbg'],
        period: { firstDay: lastDay - 13, lastDay },
        range: 'target',
        offset: 0,
        limit: 50,
      },
    ])
    await dialog.getByRole('button', { name: /raw bytes of meter glucose 5.8 mmol\/L/ }).click()
    await expect.element(dialog.getByText(/20 bytes from byte 32/)).toBeVisible()
    await expect
      .element(dialog.getByText('000020 52 7c 31 7c 5e 5e 5e 47 6c 75 63 6f 73 65 7c 35 R|1|^^^Glucose|5'))
      .toBeVisible()
    await dialog.getByRole('button', { name: /raw bytes of sensor glucose 101 mg\/dL/ }).click()
    await expect.element(dialog.getByText(/^Line 13 of export\.csv/)).toBeVisible()
    await expect.element(dialog.getByText('12;2026/03/01;00:07:00;;;;101;"Müller"')).toBeVisible()
    await dialog.getByRole('button', { name: 'Next page' }).click()
    await expect.element(dialog.getByText('51 – 100 of 120')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog).not.toBeInTheDocument()
    await expect.element(button(/71 %.*Show the 2,784 values behind this number/)).toHaveFocus()
  })

  test('of a day is of all the day, as the day is shown, also while reports leave something out', async () => {
    sessionStorage.setItem('report-filter', JSON.stringify({ weekdaysOff: [6], daysOff: [], devicesOff: [] }))
    try {
      const queries: unknown[] = []
      const { api } = reportApi({
        evidence: async query => {
          queries.push(query)
          return succeeded(evidenceRows(query))
        },
      })
      mountApp(api, '/reports/daily')
      await button(/^151/).click()
      await expect.element(page.getByRole('dialog')).toBeVisible()
      expect(queries).toHaveLength(1)
      expect(queries[0]).not.toHaveProperty('filter')
    } finally {
      sessionStorage.removeItem('report-filter')
    }
  })
})

describe('without data', () => {
  test('the reports say why and where to begin', async () => {
    mountApp(reportApi({ lastDayWithData: async () => succeeded(undefined) }).api, '/reports/overview')
    await expect.element(page.getByText('There is nothing to report yet')).toBeVisible()
    await expect.element(page.getByRole('link', { name: 'Read a device' })).toBeVisible()
  })

  test('in the chosen days the overview leads back to those with data', async () => {
    const nothing = async ({ period }: ReportQuery) => {
      return succeeded<OverviewModel>({ period, days: [], devices: [] })
    }
    mountApp(reportApi({ overview: nothing }).api, '/reports/overview?from=2020-01-01&to=2020-01-14')
    await expect.element(page.getByText(/^The last day with data is/)).toBeVisible()
    await button('Go to the last days with data').click()
    await expect.poll(() => location.hash).toBe('#/reports/overview?days=14')
  })

  test('a failure says so and can be tried again', async () => {
    let fail = true
    const { api } = reportApi({
      overview: async () => (fail ? failed('storage-blocked') : succeeded(overviewModel())),
    })
    mountApp(api, '/reports/overview')
    await expect.element(page.getByRole('alert')).toBeVisible()
    fail = false
    await button('Try again').click()
    await expect.element(heading('Key numbers', 2)).toBeVisible()
  })
})

describe('axe finds nothing serious', () => {
  test.each([
    ['the list', '/reports', 'Reports'],
    ['Overview', '/reports/overview', 'Overview'],
    ['Profile', '/reports/agp', 'Ambulatory glucose profile'],
    ['Daily', '/reports/daily', 'Daily'],
  ])('on %s', async (_name, address, title) => {
    const root = mountApp(reportApi().api, address)
    await expect.element(heading(title)).toBeVisible()
    if (address !== '/reports') await expect.element(page.getByRole('img')).toBeVisible()
    expect(await seriousFindings(root)).toEqual([])
  })

  test('in the tables and the evidence', async () => {
    const root = mountApp(reportApi().api, '/reports/daily')
    await expect.element(page.getByRole('img')).toBeVisible()
    await userEvent.keyboard('t')
    await expect.element(page.getByRole('region', { name: 'Sensor values' })).toBeVisible()
    expect(await seriousFindings(root)).toEqual([])
    await button(/^151/).click()
    await expect.element(page.getByRole('dialog')).toBeVisible()
    await page.getByRole('button', { name: /^Fields and raw bytes of meter/ }).click()
    expect(await seriousFindings(document.body)).toEqual([])
  })
})
