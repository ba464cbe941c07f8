/** Importing: chosen and dropped files, progress, and what each file brought. */
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Import } from '#ui/pages/Import.tsx'
import type { ImportProgress, ReadReport } from '#workers/api.ts'
import { type Outcome, succeeded } from '#workers/outcome.ts'
import { mountApp, mountPage } from './mount.tsx'
import { exampleReport, failed, scriptedApi } from './scriptedApi.ts'

const file = (name: string) => new File(['Last Name,First Name'], name, { type: 'text/csv' })
const input = () => page.getByLabelText('Files to import')

/** An import that ends when the test says so. */
function scriptedImport() {
  const given: string[][] = []
  let tell: (progress: ImportProgress) => void = () => undefined
  let settle: (outcomes: readonly Outcome<ReadReport>[]) => void = () => undefined
  return {
    given,
    importFiles: (files: readonly File[], onProgress: (progress: ImportProgress) => void) => {
      given.push(files.map(({ name }) => name))
      tell = onProgress
      return new Promise<readonly Outcome<ReadReport>[]>(resolve => {
        settle = resolve
      })
    },
    tell: (progress: ImportProgress) => tell(progress),
    settle: (...outcomes: readonly Outcome<ReadReport>[]) => settle(outcomes),
  }
}

describe('import', () => {
  test('shows progress per file, and then what each brought', async () => {
    const script = scriptedImport()
    mountPage(scriptedApi({ data: { importFiles: script.importFiles } }), () => <Import />)
    await userEvent.upload(input(), [file('one.csv'), file('two.csv')])
    await expect.poll(() => script.given).toEqual([['one.csv']])
    script.tell({
      fileIndex: 0,
      fileCount: 1,
      fileName: 'one.csv',
      bytesRead: 500_000,
      bytesTotal: 1_000_000,
      stage: 'reading',
    })
    const first = page.getByRole('article', { name: 'one.csv' })
    const second = page.getByRole('article', { name: 'two.csv' })
    await expect.element(first.getByText('500 kB of 1.0 MB')).toBeVisible()
    await expect.element(second.getByText('Waiting')).toBeVisible()

    const found = exampleReport({
      how: 'file',
      title: 'one.csv',
      skippedCount: 1,
      skipped: [{ page: 0, offset: 900, length: 30, reason: 'There is no such date.', line: 14 }],
      warnings: ['The last line is cut off.'],
    })
    script.settle(succeeded(found))
    await expect.element(first.getByText('34 new entries')).toBeVisible()
    await expect.element(first.getByText(/175 entries were already here/)).toBeVisible()
    await expect.element(first.getByText('The last line is cut off.')).toBeVisible()
    await first.getByText(/Not understood/).click()
    await expect.element(first.getByRole('row', { name: 'Line 14 There is no such date.' })).toBeVisible()
    await expect.poll(() => script.given).toEqual([['one.csv'], ['two.csv']])
    script.settle(failed('binary-file'))
    await expect.element(second.getByRole('heading', { name: 'The file does not hold text' })).toBeVisible()
    await expect.element(second.getByText(/everything already in Basalt is as it was/)).toBeVisible()

    await expect.element(page.getByText('1 of 2 files imported: 34 new entries')).toBeVisible()
    await page.getByRole('button', { name: 'Clear the list' }).click()
    await expect.element(first).not.toBeInTheDocument()
  })

  test('can be cancelled, says so at once, and leaves out the files that were waiting', async () => {
    const script = scriptedImport()
    let cancelled = 0
    const cancelImport = async () => {
      cancelled += 1
    }
    mountPage(scriptedApi({ data: { importFiles: script.importFiles, cancelImport } }), () => <Import />)
    await userEvent.upload(input(), [file('one.csv'), file('two.csv')])
    await page.getByRole('button', { name: 'Cancel the import' }).click()
    await expect.element(page.getByRole('button', { name: 'Stopping…' })).toBeDisabled()
    script.settle(failed('cancelled'))
    for (const name of ['one.csv', 'two.csv']) {
      const job = page.getByRole('article', { name })
      await expect.element(job.getByRole('heading', { name: 'Cancelled' })).toBeVisible()
      await expect.element(job.getByText(/Nothing of this file was added/)).toBeVisible()
    }
    expect(cancelled).toBe(1)
    expect(script.given).toEqual([['one.csv']])
    await expect.element(page.getByText('0 of 2 files imported: nothing new')).toBeVisible()
    await expect.element(page.getByRole('status')).toHaveFocus()
  })

  test('puts the files given last above those before, and folds what many of them brought', async () => {
    const importFiles = async () => [succeeded(exampleReport({ warnings: ['The last line is cut off.'] }))]
    mountPage(scriptedApi({ data: { importFiles } }), () => <Import />)
    await userEvent.upload(input(), file('early.csv'))
    await expect.element(page.getByRole('table')).toBeVisible()
    await userEvent.upload(input(), ['one.csv', 'two.csv', 'three.csv'].map(file))
    await expect.element(page.getByText(/^4 files imported/)).toBeVisible()
    const names = page.getByRole('article').elements()
    expect(names.map(article => article.getAttribute('aria-label'))).toEqual([
      'one.csv',
      'two.csv',
      'three.csv',
      'early.csv',
    ])
    expect(page.getByRole('table').elements()).toEqual([])
    await page.getByText('What was found · 1 remark').first().click()
    await expect.element(page.getByRole('table').first()).toBeVisible()
  })

  test('says of a file that was here before that it was', async () => {
    const script = scriptedImport()
    mountPage(scriptedApi({ data: { importFiles: script.importFiles } }), () => <Import />)
    await userEvent.upload(input(), file('one.csv'))
    await expect.poll(() => script.given.length).toBe(1)
    const device = exampleReport().devices[0]
    script.settle(
      succeeded(
        exampleReport({
          known: true,
          devices: device ? [{ ...device, tally: { smbg: { found: 209, added: 0 } } }] : [],
        }),
      ),
    )
    await expect.element(page.getByText('Nothing new', { exact: true })).toBeVisible()
    await expect.element(page.getByText(/This very file was imported before/)).toBeVisible()
  })

  test('takes files dropped anywhere in the app, and the page stays', async () => {
    const script = scriptedImport()
    mountApp(scriptedApi({ data: { importFiles: script.importFiles } }), '/help')
    await expect.element(page.getByRole('heading', { name: 'Help', level: 1 })).toBeVisible()
    const dropped = new DataTransfer()
    dropped.items.add(file('dropped.csv'))
    const event = (type: string) => new DragEvent(type, { dataTransfer: dropped, bubbles: true, cancelable: true })
    const over = event('dragover')
    document.body.dispatchEvent(over)
    expect(over.defaultPrevented).toBe(true)
    await expect.element(page.getByText('Drop your files here to import them')).toBeVisible()
    const drop = event('drop')
    document.body.dispatchEvent(drop)
    expect(drop.defaultPrevented).toBe(true)
    await expect.element(page.getByRole('heading', { name: 'Import files', level: 1 })).toBeVisible()
    await expect.poll(() => script.given).toEqual([['dropped.csv']])
    await expect.element(page.getByText('Drop your files here to import them')).not.toBeInTheDocument()
  })
})
