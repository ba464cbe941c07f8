/** Settings: saved at once, undone, refused; storage, backup, and removing everything. */
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { defaultPreferences, type Preferences } from '#records/preferences.ts'
import { Settings } from '#ui/pages/Settings.tsx'
import type { DataApi } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { mountPage, replaceOnNavigator, seriousFindings } from './mount.tsx'
import { failed, scriptedApi } from './scriptedApi.ts'

function mountSettings(data: Partial<DataApi> = {}) {
  const changes: Partial<Preferences>[] = []
  const plain = scriptedApi()
  const setPreferences: DataApi['setPreferences'] = change => {
    changes.push(change)
    return plain.data.setPreferences(change)
  }
  const api = scriptedApi({ data: { ...plain.data, setPreferences, ...data } })
  mountPage(api, () => <Settings />)
  return changes
}

const radio = (name: string) => page.getByRole('radio', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })

describe('preferences', () => {
  test('are saved at once and can be undone', async () => {
    const changes = mountSettings()
    await page.getByText('mmol/L', { exact: true }).click()
    await expect.element(page.getByText('Saved.')).toBeVisible()
    expect(changes).toEqual([{ glucoseUnits: 'mmol/L' }])
    await expect.element(page.getByText('In range from 3.9 to 10.0 mmol/L.')).toBeVisible()
    await button('Undo').click()
    await expect.element(page.getByText('Changed back.')).toBeVisible()
    await expect.element(radio('mg/dL')).toBeChecked()
    await expect.element(page.getByText('In range from 70 to 180 mg/dL.')).toBeVisible()
  })

  test('that the store refuses are taken back, and it is said', async () => {
    mountSettings({ setPreferences: async () => failed('storage-full') })
    await page.getByText('6:40 pm', { exact: true }).click()
    await expect.element(page.getByRole('heading', { name: 'There is no room left' })).toBeVisible()
    await expect.element(radio('18:40')).toBeChecked()
  })

  test('of the target ranges are checked before they are saved', async () => {
    const changes = mountSettings()
    await page.getByLabelText('Limits').selectOptions('My own')
    const low = page.getByRole('textbox', { name: 'Low is below', exact: true })
    await expect.element(low).toHaveValue('70')
    await low.fill('300')
    await userEvent.tab()
    await expect.element(page.getByText('Please choose between 54 and 110 mg/dL.')).toBeVisible()
    await expect.element(low).toHaveAttribute('aria-invalid', 'true')
    expect(changes).toHaveLength(1)
    await low.fill('72')
    await userEvent.tab()
    await expect.poll(() => changes.length).toBe(2)
    expect(changes[1]?.ranges).toEqual({
      id: 'custom',
      mgdl: { veryLow: 54, low: 72, high: 180, veryHigh: 250 },
      // 72 / 18.01559 = 3.9965…
      mmol: { veryLow: 3, low: 4, high: 10, veryHigh: 13.9 },
    })
    await expect.element(low).not.toHaveAttribute('aria-invalid')
  })
})

test('limits of pregnancy without type 1 have no goals, and it is said', async () => {
  const changes = mountSettings()
  await page.getByLabelText('Limits').selectOptions('Pregnancy, gestational or type 2')
  await expect
    .element(page.getByText('In range from 63 to 140 mg/dL. For these there are no usual goals, so reports name none.'))
    .toBeVisible()
  expect(changes[0]?.ranges).toEqual({
    id: 'gestational',
    mgdl: { veryLow: 54, low: 63, high: 140, veryHigh: 9999 },
    mmol: { veryLow: 3, low: 3.5, high: 7.8, veryHigh: 9999 },
  })
})

test('the colours of the ranges can be those of clinics', async () => {
  const changes = mountSettings()
  await page.getByLabelText('Colours of the ranges').selectOptions('As in clinics: red, green, yellow')
  expect(changes).toEqual([{ rangeColors: 'clinical' }])
})

describe('storage', () => {
  test('says how much is used and asks the browser to keep it', async () => {
    let persistent = false
    let asked = 0
    const persist = async () => {
      asked += 1
      persistent = true
      return true
    }
    replaceOnNavigator('storage', { persisted: async () => persistent, persist })
    const storage: DataApi['storage'] = async () =>
      succeeded({ usedBytes: 4_200_000, quotaBytes: 2_000_000_000, persistent, artifactCount: 3, recordCount: 12_345 })
    mountSettings({ storage })
    await expect.element(page.getByText('4.2 MB used; the browser allows up to 2.0 GB.')).toBeVisible()
    await button('Ask the browser to keep it').click()
    await expect.element(page.getByText('The browser keeps these data until you remove them.')).toBeVisible()
    expect(asked).toBe(1)
  })

  test('says so when the browser refuses', async () => {
    replaceOnNavigator('storage', { persisted: async () => false, persist: async () => false })
    mountSettings()
    await button('Ask the browser to keep it').click()
    await expect.element(page.getByText(/The browser did not agree/)).toBeVisible()
  })

  test('saves a backup, and restores from one', async () => {
    const restored: string[] = []
    const restore: DataApi['restore'] = async file => {
      restored.push(file.name)
      return succeeded({ artifacts: 2, records: 345 })
    }
    mountSettings({ restore, backup: async () => succeeded(new Blob(['x'.repeat(1200)])) })
    await button('Save a backup').click()
    await expect.element(page.getByText('The backup (1.2 kB) is in your downloads.')).toBeVisible()
    await userEvent.upload(page.getByLabelText('Backup file'), new File(['backup'], 'mine.basalt'))
    await expect.element(page.getByText('Restored: 345 entries from 2 reads and files.')).toBeVisible()
    expect(restored).toEqual(['mine.basalt'])
  })

  test('says that nothing changed when a backup is broken', async () => {
    mountSettings({ restore: async () => failed('backup-unreadable') })
    await expect.element(button('Restore from a backup')).toBeVisible()
    await userEvent.upload(page.getByLabelText('Backup file'), new File(['nonsense'], 'other.basalt'))
    await expect.element(page.getByRole('heading', { name: 'This is not a whole backup' })).toBeVisible()
  })

  test('removes everything only after the word was typed', async () => {
    let removed = 0
    const removeEverything: DataApi['removeEverything'] = async () => {
      removed += 1
      return succeeded(undefined)
    }
    mountSettings({ removeEverything })
    await button('Remove everything…').click()
    const dialog = page.getByRole('dialog', { name: 'Remove everything?' })
    await expect.element(dialog.getByText(/12,345 entries, 3 reads and files, all settings/)).toBeVisible()
    await expect.element(button('Remove for good')).toBeDisabled()
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog).not.toBeInTheDocument()
    await button('Remove everything…').click()
    await page.getByLabelText(/type the word “remove”/).fill('Remove')
    await button('Remove for good').click()
    await expect.element(page.getByText('Everything was removed.')).toBeVisible()
    expect(removed).toBe(1)
  })

  test('shows the settings as the store has them, also after a change of its own was made here', async () => {
    let stored: Preferences = defaultPreferences
    let announce: () => unknown = () => undefined
    mountSettings({
      onChange: async callback => {
        announce = callback
      },
      preferences: async () => succeeded(stored),
      setPreferences: async change => {
        stored = { ...stored, ...change }
        return succeeded(stored)
      },
    })
    await page.getByRole('radio', { name: 'mmol/L' }).click()
    await expect.element(page.getByText('Saved.')).toBeVisible()
    // Another tab, or removing everything.
    stored = defaultPreferences
    announce()
    await expect.element(page.getByRole('radio', { name: 'mg/dL' })).toBeChecked()
  })
})

describe('times of the day', () => {
  test('are saved at once; an end before its beginning is refused and said', async () => {
    const changes = mountSettings()
    const from = page.getByLabelText('Breakfast: From', { exact: true })
    await expect.element(from).toHaveValue('06:00')
    await from.fill('07:30')
    await userEvent.tab()
    await expect.poll(() => changes.at(-1)?.meals?.breakfast.fromMinute).toBe(450)
    await page.getByLabelText('Breakfast: To', { exact: true }).fill('07:00')
    await userEvent.tab()
    await expect.element(page.getByText('The end must come after the beginning.')).toBeVisible()
    await expect.element(page.getByLabelText('Breakfast: To', { exact: true })).toHaveValue('10:00')
    expect(changes).toHaveLength(1)
  })

  test('end at midnight with 00:00', async () => {
    const changes = mountSettings()
    await page.getByLabelText('Dinner: To', { exact: true }).fill('00:00')
    await userEvent.tab()
    await expect.poll(() => changes.at(-1)?.meals?.dinner.toMinute).toBe(1440)
  })

  test('follow the chosen clock, whatever the browser’s language, and can be typed on either', async () => {
    const changes = mountSettings()
    await page.getByText('6:40 pm', { exact: true }).click()
    const from = page.getByLabelText('Dinner: From', { exact: true })
    await expect.element(from).toHaveValue('4:00 pm')
    await from.fill('17:15')
    await userEvent.tab()
    await expect.poll(() => changes.at(-1)?.meals?.dinner.fromMinute).toBe(1035)
    await expect.element(from).toHaveValue('5:15 pm')
  })

  test('that are none are refused with an example, and what was saved stands there again', async () => {
    const changes = mountSettings()
    const from = page.getByLabelText('Breakfast: From', { exact: true })
    await from.fill('soon')
    await userEvent.tab()
    await expect.element(page.getByRole('alert')).toHaveTextContent('Please enter a time such as 06:30.')
    await expect.element(from).toHaveValue('06:00')
    await from.fill('6')
    await userEvent.tab()
    await expect.element(from).toHaveValue('06:00')
    expect(changes.filter(({ meals }) => meals?.breakfast.fromMinute !== 360)).toEqual([])
  })

  test('of a night may go over midnight', async () => {
    const changes = mountSettings()
    await page.getByLabelText('Overnight: From', { exact: true }).fill('22:00')
    await userEvent.tab()
    await expect.poll(() => changes.at(-1)?.overnight).toEqual({ fromMinute: 1320, toMinute: 360 })
  })

  test('after a meal are whole minutes, the last after the first', async () => {
    const changes = mountSettings()
    const last = page.getByLabelText('Lunch: After, to min', { exact: true })
    await last.fill('1e2')
    await userEvent.tab()
    await expect.element(page.getByText('Please enter whole minutes from 0 to 360.')).toBeVisible()
    await last.fill('240')
    await userEvent.tab()
    await expect.poll(() => changes.at(-1)?.meals?.lunch.afterToMinutes).toBe(240)
    expect(changes).toHaveLength(1)
  })
})

describe('carbohydrate', () => {
  test('in exchanges asks how many grams one has, and refuses nonsense', async () => {
    const changes = mountSettings()
    await page.getByText('Exchanges', { exact: true }).click()
    const grams = page.getByRole('textbox', { name: 'One exchange is' })
    await grams.fill('0')
    await userEvent.tab()
    await expect.element(page.getByText('Please enter between 1 and 50 g.')).toBeVisible()
    await grams.fill('12,5')
    await userEvent.tab()
    await expect.poll(() => changes).toEqual([{ carbUnits: 'exchanges' }, { gramsPerExchange: 12.5 }])
  })
})

test('has no serious accessibility findings', async () => {
  mountSettings()
  await expect.element(page.getByLabelText('Breakfast: From', { exact: true })).toBeVisible()
  expect(await seriousFindings(document.body)).toEqual([])
})
