/** Reading a device, screen by screen, with a scripted device worker and a scripted browser chooser. */
import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { Read } from '#ui/pages/Read.tsx'
import type { Api } from '#ui/state/api.ts'
import type { PortChoice, ReadProgress, ReadReport } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { mountApp, mountPage, removeFromNavigator, replaceOnNavigator } from './mount.tsx'
import { exampleCard, exampleModel, exampleReport, failed, later, scriptedApi } from './scriptedApi.ts'

const otherModel = { ...exampleModel, id: 'other', name: 'Other METER', drawing: 'meter' as const }
const models = [otherModel, exampleModel]
const mountRead = (api: Api, address = '/read') => mountPage(api, () => <Read models={models} />, address)
const button = (name: string | RegExp) => page.getByRole('button', { name })
const heading = (name: string | RegExp) => page.getByRole('heading', { name, level: 1 })
const simulated = `/read?model=${exampleModel.id}&scenario=weeks`

/** A browser chooser that gives these devices and counts how often it was opened, and with which filters. */
function scriptedChooser(devices: readonly { vendorId: number; productId: number }[]) {
  const asked: unknown[] = []
  const requestDevice = async (options: unknown) => {
    asked.push(options)
    return devices
  }
  replaceOnNavigator('hid', { requestDevice, getDevices: async () => [] })
  return asked
}

describe('choosing', () => {
  test('shows devices used before first, and finds others by name', async () => {
    mountRead(scriptedApi({ data: { devices: async () => succeeded([exampleCard()]) } }))
    await expect.element(page.getByRole('heading', { name: 'Used before' })).toBeVisible()
    const names = page.getByRole('button', { name: /LINK Example|METER/ })
    await expect.element(names.first()).toHaveTextContent('Example LINK')
    await page.getByLabelText('Search by name').fill('oth')
    await expect.element(button(/Other METER/)).toBeVisible()
    await expect.element(button(/Example LINK Example/)).not.toBeInTheDocument()
    await page.getByLabelText('Search by name').fill('nothing like it')
    await expect.element(page.getByText('No device is called “nothing like it”.')).toBeVisible()
  })

  test('says which browsers can do it where this one cannot, and still offers the simulated ones', async () => {
    removeFromNavigator('hid', 'usb', 'serial')
    mountRead(scriptedApi())
    await expect.element(page.getByText(/open Basalt in Chrome, Edge, Opera or Brave/)).toBeVisible()
    await expect.element(button(/Other METER/)).toBeDisabled()
    await expect.element(button(/Six weeks of values/)).toBeEnabled()
  })

  test('back leads from the preparation to the list', async () => {
    mountRead(scriptedApi())
    await button(/Other METER/).click()
    await expect.element(heading('Prepare Other METER')).toHaveFocus()
    expect(location.hash).toBe('#/read?model=other')
    history.back()
    await expect.element(heading('Read a device')).toBeVisible()
  })
})

describe('allowing', () => {
  test('asks the browser with nothing but this model’s ids, then reads the chosen device', async () => {
    const asked = scriptedChooser([{ vendorId: 0x1a79, productId: 0x6200 }])
    const choices: PortChoice[] = []
    const read = async (choice: PortChoice) => {
      choices.push(choice)
      return succeeded(exampleReport())
    }
    mountRead(scriptedApi({ device: { read } }), `/read?model=${exampleModel.id}`)
    await expect.element(page.getByText('Take the cap off the plug.')).toBeVisible()
    await button('Done, go on').click()
    await expect.element(heading('Allow Example LINK')).toHaveFocus()
    expect(asked).toEqual([])
    await button('Choose the device').click()
    await expect.element(heading('Done: 34 new entries')).toHaveFocus()
    expect(asked).toEqual([{ filters: [{ vendorId: 0x1a79, productId: 0x6200 }] }])
    expect(choices).toEqual([{ transport: 'hid', modelId: exampleModel.id, vendorId: 0x1a79, productId: 0x6200 }])
  })

  test('is left out for a device that is allowed already', async () => {
    const asked = scriptedChooser([])
    const choice = { transport: 'hid', modelId: exampleModel.id, vendorId: 0x1a79, productId: 0x6200 } as const
    mountRead(scriptedApi({ device: { permitted: async () => succeeded([choice]) } }), `/read?model=${exampleModel.id}`)
    await button('Done, go on').click()
    await expect.element(heading(/^Done/)).toBeVisible()
    expect(asked).toEqual([])
  })

  test('stays calm when nothing was chosen, and can be tried again', async () => {
    const asked = scriptedChooser([])
    mountRead(scriptedApi(), `/read?model=${exampleModel.id}`)
    await button('Done, go on').click()
    await button('Choose the device').click()
    await expect.element(page.getByText('No device was chosen.')).toBeVisible()
    await button('Choose the device').click()
    await expect.poll(() => asked.length).toBe(2)
  })
})

describe('reading', () => {
  test('shows progress in the device’s units, and cancels', async () => {
    const ending = later<ReadReport>()
    let tell: (progress: ReadProgress) => void = () => undefined
    let cancelled = 0
    const api = scriptedApi({
      device: {
        read: (_choice, onProgress) => {
          tell = onProgress
          return ending.promise
        },
        cancel: async () => {
          cancelled += 1
        },
      },
    })
    mountRead(api, simulated)
    await button('Read the simulated device').click()
    await expect.element(heading('Reading Example LINK')).toHaveFocus()
    await expect.element(page.getByText('Connecting…').first()).toBeVisible()
    tell({ stage: 'reading', done: 120, total: 1209, unit: 'results' })
    await expect.element(page.getByText('120 of 1,209 results')).toBeVisible()
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('value', '120')
    tell({ stage: 'reading', done: 121, unit: 'pages' })
    await expect.element(page.getByText('121 pages')).toBeVisible()
    await button('Cancel').click()
    await expect.element(page.getByText('Stopping and saving what has arrived…').first()).toBeVisible()
    expect(cancelled).toBe(1)
    ending.settle(succeeded(exampleReport({ result: 'partial', endedBy: { code: 'cancelled' } })))
    await expect.element(heading('Saved what had arrived')).toBeVisible()
    await expect.element(page.getByText('It ended early: Cancelled.')).toBeVisible()
  })

  test('is marked by its own name while it runs, so that the end of one in another tab does not make it forgotten', async () => {
    const ending = later<ReadReport>()
    let readId = ''
    const api = scriptedApi({
      device: {
        read: (_choice, _onProgress, id) => {
          readId = id ?? ''
          return ending.promise
        },
      },
    })
    mountRead(api, simulated)
    localStorage.setItem('basalt.read.dead', '1')
    await button('Read the simulated device').click()
    await expect.element(heading('Reading Example LINK')).toBeVisible()
    await expect.poll(() => localStorage.getItem(`basalt.read.${readId}`)).not.toBeNull()
    const held = async () => (await navigator.locks.query()).held?.map(({ name }) => name)
    await expect.poll(held).toContain(`read:${readId}`)
    // Another tab begins meanwhile.
    localStorage.setItem('basalt.read.of-another-tab', '2')
    let endOther = () => {}
    void navigator.locks.request('read:of-another-tab', () => new Promise<void>(resolve => (endOther = resolve)))
    ending.settle(succeeded(exampleReport()))
    await expect.poll(() => localStorage.getItem(`basalt.read.${readId}`)).toBeNull()
    expect(localStorage.getItem('basalt.read.dead')).toBe('1')
    expect(localStorage.getItem('basalt.read.of-another-tab')).toBe('2')
    endOther()
  })

  test('goes on while another page is looked at, and is found again', async () => {
    const ending = later<ReadReport>()
    let tell: (progress: ReadProgress) => void = () => undefined
    const api = scriptedApi({
      device: {
        scenarios: async () =>
          succeeded([
            {
              modelId: 'contour-next-link',
              modelName: 'Contour NEXT LINK',
              scenarioId: 'weeks',
              name: 'Six weeks',
              description: 'Made up.',
            },
          ]),
        read: (_choice, onProgress) => {
          tell = onProgress
          return ending.promise
        },
      },
    })
    mountApp(api, '/read?model=contour-next-link&scenario=weeks')
    await button('Read the simulated device').click()
    await expect.element(heading(/^Reading/)).toBeVisible()
    tell({ stage: 'reading', done: 50, total: 200, unit: 'results' })
    await page.getByRole('link', { name: 'Help' }).click()
    await expect.element(heading('Help')).toHaveFocus()
    ending.settle(succeeded(exampleReport()))
    await expect.element(page.getByRole('link', { name: 'Reading…' })).not.toBeInTheDocument()
    history.back()
    await expect.element(heading('Done: 34 new entries')).toBeVisible()
  })
})

describe('done', () => {
  test('says what was new, what was left out and why, and how the clock differs', async () => {
    const report = exampleReport({
      skippedCount: 140,
      skipped: [{ page: 0, offset: 812, length: 64, reason: 'There is no such date.' }],
      clockDifferenceMs: -12 * 60_000,
    })
    mountRead(scriptedApi({ device: { read: async () => succeeded(report) } }), simulated)
    await button('Read the simulated device').click()
    await expect.element(page.getByRole('row', { name: 'Meter glucose values 209 34' })).toBeVisible()
    await expect.element(page.getByText('Its clock is 12 minutes behind this computer’s.')).toBeVisible()
    await page.getByText(/Not understood, and left out: 140 places/).click()
    await expect.element(page.getByRole('row', { name: 'Page 1, byte 812 There is no such date.' })).toBeVisible()
    await expect.element(page.getByText('The first 1 of 140 are listed.')).toBeVisible()
    await expect
      .element(page.getByRole('link', { name: 'Open the report' }))
      .toHaveAttribute('href', '#/reports/overview')
  })

  test('says so when nothing was new', async () => {
    const device = exampleReport().devices[0]
    const report = exampleReport({
      known: true,
      devices: device ? [{ ...device, tally: { smbg: { found: 209, added: 0 } } }] : [],
    })
    mountRead(scriptedApi({ device: { read: async () => succeeded(report) } }), simulated)
    await button('Read the simulated device').click()
    await expect.element(heading('Done: nothing new')).toBeVisible()
  })

  test('tells the settings apart from what was new', async () => {
    const devices = exampleReport().devices.map(device => ({
      ...device,
      tally: { bolus: { found: 31, added: 0 } },
      settings: 15,
    }))
    const report = exampleReport({ devices })
    mountRead(scriptedApi({ device: { read: async () => succeeded(report) } }), simulated)
    await button('Read the simulated device').click()
    await expect.element(heading('Done: nothing new')).toBeVisible()
    await expect.element(page.getByText('Its settings as they stand now were kept too: 15.')).toBeVisible()
  })

  test('does not mention a clock that differs by two minutes or less', async () => {
    const report = exampleReport({ clockDifferenceMs: 120_000 })
    mountRead(scriptedApi({ device: { read: async () => succeeded(report) } }), simulated)
    await button('Read the simulated device').click()
    await expect.element(heading(/^Done/)).toBeVisible()
    await expect.element(page.getByText(/Its clock is/)).not.toBeInTheDocument()
  })
})

describe('failed', () => {
  test('says what happened, that the data are safe, what to do, and never the code', async () => {
    let reads = 0
    const read = async () => {
      reads += 1
      return failed('no-answer', { step: 'reading result 12 of 209', detail: '02 06 ff' })
    }
    const root = mountRead(scriptedApi({ device: { read } }), simulated)
    await button('Read the simulated device').click()
    await expect.element(page.getByRole('heading', { name: 'The device does not answer' })).toBeVisible()
    await expect.element(page.getByText(/The device still holds all of its data/)).toBeVisible()
    expect(root.textContent).not.toContain('no-answer')
    expect(root.textContent).not.toContain('02 06 ff')
    await button('Try again').click()
    await expect.poll(() => reads).toBe(2)
  })

  test('saves a report with code, step, bytes and the conversation', async () => {
    const saved: Blob[] = []
    const real = URL.createObjectURL
    URL.createObjectURL = blob => {
      if (blob instanceof Blob) saved.push(blob)
      return real.call(URL, blob)
    }
    const read = async () => failed('no-answer', { step: 'reading result 12 of 209', detail: '02 06 ff' })
    mountRead(scriptedApi({ device: { read } }), simulated)
    await button('Read the simulated device').click()
    await button('Save a report for support').click()
    await expect.poll(() => saved.length).toBe(1)
    URL.createObjectURL = real
    const text = (await saved[0]?.text()) ?? ''
    for (const part of ['no-answer', 'reading result 12 of 209', '02 06 ff', exampleModel.id, '> 04\n< 04 05']) {
      expect(text).toContain(part)
    }
  })

  test('also when the worker itself breaks', async () => {
    const read = async () => {
      throw new Error('worker gone')
    }
    mountRead(scriptedApi({ device: { read } }), simulated)
    await button('Read the simulated device').click()
    await expect.element(page.getByRole('heading', { name: 'Something in Basalt went wrong' })).toBeVisible()
  })
})
