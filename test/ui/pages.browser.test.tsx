/** Every page in the whole app: what it shows, what it shows when empty or in trouble, and what axe says. */
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { DataApi } from '#workers/api.ts'
import { type Failure, succeeded } from '#workers/outcome.ts'
import { mountApp, replaceOnNavigator, seriousFindings } from './mount.tsx'
import { exampleCard, exampleHome, exampleReport, failed, scriptedApi } from './scriptedApi.ts'

const full: Partial<DataApi> = {
  home: async () => succeeded(exampleHome()),
  devices: async () => succeeded(exampleHome().devices),
}
const heading = (name: string | RegExp) => page.getByRole('heading', { name, level: 1 })
const button = (name: string | RegExp) => page.getByRole('button', { name })

describe('axe finds nothing serious', () => {
  test.each([
    ['the first visit', '/', {}, 'Welcome to Basalt'],
    ['Home', '/', full, 'Home'],
    ['Read', '/read', full, 'Read a device'],
    ['the preparation', '/read?model=contour-next-link', full, /Prepare/],
    ['Import', '/import', full, 'Import files'],
    ['Devices', '/devices', full, 'Devices'],
    ['Devices without any', '/devices', {}, 'Devices'],
    ['Settings', '/settings', full, 'Settings'],
    ['Help', '/help', full, 'Help'],
    ['a page that is not there', '/nowhere', full, 'There is no such page'],
  ] as const)('on %s', async (_name, address, data, title) => {
    const root = mountApp(scriptedApi({ data }), address)
    await expect.element(heading(title)).toBeVisible()
    await expect.poll(() => document.title).toMatch(/ – Basalt$/)
    expect(await seriousFindings(root)).toEqual([])
  })
})

describe('first visit', () => {
  test('advises by whose computer it is', async () => {
    mountApp(scriptedApi())
    await page.getByText('No, others use it too').click()
    await expect.element(page.getByText(/can open Basalt and see your data/)).toBeVisible()
    await page.getByText('Yes, it is mine').click()
    await expect.element(page.getByText(/A backup file now and then/)).toBeVisible()
  })

  test('makes sample data, and Home appears when the store tells of them', async () => {
    let empty = true
    let changed: () => void = () => undefined
    const importSample: DataApi['importSample'] = async () => {
      empty = false
      changed()
      return scriptedApi().data.importSample()
    }
    mountApp(
      scriptedApi({
        data: {
          home: async () => succeeded(empty ? { ...exampleHome(), empty } : exampleHome()),
          importSample,
          onChange: async callback => {
            changed = callback
          },
        },
      }),
    )
    await button('Look around with sample data').click()
    await expect.element(heading('Home')).toBeVisible()
  })
})

/** As a read leaves it that began then. */
const mark = (readId: string, startedAt: number) =>
  localStorage.setItem(`basalt.read.${readId}`, JSON.stringify({ startedAt, title: exampleReport().title }))

describe('Home', () => {
  test('tells of a clock that is off, of the memory that is left, and of made-up data', async () => {
    mountApp(scriptedApi({ data: full }))
    await expect.element(page.getByText('Its clock is 12 minutes behind this computer’s.')).toBeVisible()
    await expect
      .element(page.getByText('Read it again within about 96 days; its memory lasts that long.'))
      .toBeVisible()
    await expect.element(page.getByText(/Read it within 6 days/)).toBeVisible()
    await expect.element(page.getByText('Made-up data')).toBeVisible()
  })

  test('has a strip of days with words beside the colours, each leading to its day', async () => {
    replaceOnNavigator('languages', ['en-GB'])
    mountApp(scriptedApi({ data: full }))
    const days = page.getByRole('link', { name: /Open the day/ })
    await expect.poll(() => days.elements().length).toBe(14)
    await expect.element(page.getByRole('link', { name: /5 March 2026: no glucose values/ })).toBeVisible()
    await expect.element(page.getByRole('link', { name: /6 March 2026: 6 meter values/ })).toBeVisible()
    const first = page.getByRole('link', { name: /March 2026: 1 % very low, 0 % low, 87 % in range, 12 % high/ })
    await expect.element(first).toHaveAttribute('href', '#/reports/daily?day=2026-03-01')
  })

  test('opens an activity to what was found and why a read ended early', async () => {
    mountApp(scriptedApi({ data: full }))
    await page.getByText('carelink-export.csv').click()
    await expect.element(page.getByText('The last line is cut off.')).toBeVisible()
    await page.getByText(/Ended early/).click()
    await expect.element(page.getByText('It ended early: The connection ended.')).toBeVisible()
  })

  test('says after a reload in the middle of a read what became of it, once', async () => {
    mark('read-1', Date.UTC(2026, 2, 14, 17, 0))
    mountApp(scriptedApi({ data: full }))
    await expect.element(page.getByText(/34 new entries had arrived and are saved/)).toBeVisible()
    await button('Understood').click()
    await expect.element(page.getByText('The last read was interrupted')).not.toBeInTheDocument()
    await expect.poll(() => localStorage.getItem('basalt.read.read-1')).toBeNull()
  })

  test('says nothing of a read that another tab is in the middle of, and lets it keep its mark', async () => {
    const startedAt = Date.UTC(2026, 2, 14, 17, 0)
    mark('read-1', startedAt)
    mark('of-another-tab', startedAt + 60_000)
    let end = () => {}
    const reading = new Promise<void>(resolve => {
      end = resolve
    })
    void navigator.locks.request('read:of-another-tab', () => reading)
    mountApp(scriptedApi({ data: full }))
    await expect.element(page.getByText(/34 new entries had arrived and are saved/)).toBeVisible()
    await button('Understood').click()
    await expect.poll(() => localStorage.getItem('basalt.read.read-1')).toBeNull()
    expect(localStorage.getItem('basalt.read.of-another-tab')).not.toBeNull()
    end()
  })

  test('says so also after a read of another model in another tab', async () => {
    mark('read-8', Date.UTC(2026, 2, 14, 17, 0))
    const home = { ...exampleHome(), activity: [exampleReport({ readId: 'read-5', title: 'MiniMed 640G' })] }
    mountApp(scriptedApi({ data: { ...full, home: async () => succeeded(home) } }))
    await expect.element(page.getByText('The last read was interrupted')).toBeVisible()
  })

  test('says no more of it once the same model was read to its end', async () => {
    mark('read-8', Date.UTC(2026, 2, 14, 17, 0))
    const home = { ...exampleHome(), activity: [exampleReport({ readId: 'read-6' })] }
    mountApp(scriptedApi({ data: { ...full, home: async () => succeeded(home) } }))
    await expect.poll(() => localStorage.getItem('basalt.read.read-8')).toBeNull()
    await expect.element(page.getByText('The last read was interrupted')).not.toBeInTheDocument()
  })

  test('says so when nothing had arrived before the reload', async () => {
    mark('read-9', Date.UTC(2026, 2, 20))
    mountApp(scriptedApi({ data: full }))
    await expect.element(page.getByText(/before anything new had arrived/)).toBeVisible()
  })

  test('says so when only settings had arrived before the reload', async () => {
    mark('read-1', Date.UTC(2026, 2, 14, 17, 0))
    const devices = exampleReport().devices.map(device => ({ ...device, tally: {}, settings: 15 }))
    const home = { ...exampleHome(), activity: [exampleReport({ result: 'partial', devices })] }
    mountApp(scriptedApi({ data: { ...full, home: async () => succeeded(home) } }))
    await expect.element(page.getByText(/before anything new had arrived/)).toBeVisible()
  })

  test('shows a failure in words and asks again', async () => {
    let asked = 0
    const home: DataApi['home'] = async () => {
      asked += 1
      return asked === 1 ? failed('bug') : succeeded(exampleHome())
    }
    mountApp(scriptedApi({ data: { home } }))
    await button('Try again').click()
    await expect.element(heading('Home')).toBeVisible()
  })
})

describe('Devices', () => {
  test('names what goes before it deletes', async () => {
    const deleted: string[] = []
    const deleteDevice: DataApi['deleteDevice'] = async key => {
      deleted.push(key)
      return succeeded(undefined)
    }
    const devices: DataApi['devices'] = async () => succeeded([exampleCard()])
    mountApp(scriptedApi({ data: { devices, deleteDevice } }), '/devices')
    await button('Delete its data').click()
    const dialog = page.getByRole('dialog', { name: 'Delete the data of Example LINK?' })
    await expect.element(dialog.getByText('209 meter glucose values')).toBeVisible()
    await expect.element(dialog.getByText('1 read or import with the raw bytes behind them')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(deleted).toEqual([])
    await button('Delete its data').click()
    await button('Delete for good').click()
    await expect.element(page.getByText('The data of Example LINK were removed.')).toBeVisible()
    expect(deleted).toEqual(['key-1'])
  })
})

describe('Help', () => {
  test('is searched by wish and by word', async () => {
    mountApp(scriptedApi(), '/help')
    await page.getByLabelText('Search the help').fill('pdf')
    await expect.element(page.getByText('In the browser’s window choose your printer, or “Save as PDF”.')).toBeVisible()
    await expect.element(page.getByText('Read a meter')).not.toBeInTheDocument()
    await page.getByLabelText('Search the help').fill('zzz')
    await expect.element(page.getByText(/Nothing is written about “zzz”/)).toBeVisible()
  })

  test('checks what it can by itself', async () => {
    mountApp(scriptedApi({ data: { storage: async () => failed('storage-full') } }), '/help')
    await button('Check now').click()
    await expect.element(page.getByText('Does not work: There is no room left.')).toBeVisible()
    await expect.element(page.getByText(/No allowed device is plugged in/)).toBeVisible()
  })
})

describe('the frame', () => {
  test('opens the list of keys by ?, but not while something is typed', async () => {
    mountApp(scriptedApi(), '/help')
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await page.getByLabelText('Search the help').fill('why?')
    await expect.element(dialog).not.toBeInTheDocument()
    await heading('Help').click()
    await userEvent.keyboard('?')
    await expect.element(dialog).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog).not.toBeInTheDocument()
  })

  test('leads by keyboard past the rail to the content', async () => {
    mountApp(scriptedApi(), '/settings')
    await expect.element(heading('Settings')).toBeVisible()
    await userEvent.tab()
    await expect.element(button('Skip to the content')).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('main')).toHaveFocus()
  })

  test.each(['storage-unavailable', 'storage-newer', 'storage-blocked', 'storage-gone'] as const)(
    'puts %s in the place of the page',
    async code => {
      let trouble: (failure: Failure) => void = () => undefined
      const onTrouble: DataApi['onTrouble'] = async callback => {
        trouble = callback
      }
      const root = mountApp(scriptedApi({ data: { ...full, onTrouble } }))
      await expect.element(heading('Home')).toBeVisible()
      trouble({ code })
      await expect.element(heading('Home')).not.toBeInTheDocument()
      await expect.element(page.getByRole('alert')).toBeVisible()
      expect(await seriousFindings(root)).toEqual([])
    },
  )

  test('puts a full disk above the page and lets the person go on', async () => {
    mountApp(scriptedApi({ data: { ...full, open: async () => failed('storage-full') } }))
    await expect.element(page.getByRole('heading', { name: 'There is no room left' })).toBeVisible()
    await expect.element(heading('Home')).toBeVisible()
    await button('Close').click()
    await expect.element(page.getByRole('heading', { name: 'There is no room left' })).not.toBeInTheDocument()
  })
})
