/** The app as a person meets it: its pages by their words, and what it has kept. */
import type { Locator, Page } from 'playwright'
import { failureTexts } from '#ui/texts/failures.ts'
import { en } from '#ui/texts/en.ts'
import type { Model } from '#devices/driver.ts'
import type { FailureCode } from '#workers/outcome.ts'

/** A result as the device knows it and as the store should. `time` in ms, the device's wall clock. */
export interface Value {
  readonly time: number
  readonly value: number
  readonly units: string
}

const main = (page: Page): Locator => page.getByRole('main')

/** Goes to a page by its address; a loaded app is not loaded again. */
export async function open(page: Page, origin: string, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${origin}/#${path}`)
  await main(page).getByRole('heading', { name: heading }).first().waitFor()
}

/** From wherever the page is to a running read, the way of a device that is plugged in and permitted. */
export async function startRead(page: Page, origin: string, model: Model): Promise<void> {
  await open(page, origin, '/devices', en.devices.title)
  await open(page, origin, `/read?model=${model.id}`, en.read.prepareTitle(model.name))
  await main(page).getByRole('button', { name: en.read.ready }).click()
}

/** How a read ended, in the words on the screen. */
export type End =
  | { readonly kind: 'done'; readonly title: string }
  | { readonly kind: 'partial'; readonly text: string }
  | { readonly kind: 'failed'; readonly title: string; readonly text: string }
  | { readonly kind: 'allow' }

/** Waits until the read has ended, one way or the other. */
export async function endOfRead(page: Page, timeoutMs: number): Promise<End> {
  const done = main(page).getByRole('heading', { name: /^Done: / })
  const partial = main(page).getByRole('heading', { name: en.read.partialTitle })
  const failed = main(page).getByRole('alert')
  const allow = main(page).getByRole('button', { name: en.read.allowAsk })
  await done.or(partial).or(failed).or(allow).first().waitFor({ timeout: timeoutMs })
  if (await done.isVisible()) return { kind: 'done', title: await done.innerText() }
  if (await partial.isVisible()) return { kind: 'partial', text: await main(page).innerText() }
  if (await allow.isVisible()) return { kind: 'allow' }
  const title = await failed.getByRole('heading').first().innerText()
  return { kind: 'failed', title, text: await main(page).innerText() }
}

/** Reads once more from the screen of a read that has ended, by its button "Read again" or "Try again". */
export async function readOnceMore(page: Page): Promise<void> {
  const again = main(page).getByRole('button', { name: en.actions.readAgain })
  const button = again.or(main(page).getByRole('button', { name: en.actions.tryAgain }))
  // Until that very heading is gone, the screen still tells of the read before.
  const heading = await main(page).getByRole('heading').first().elementHandle()
  await button.click()
  await heading?.waitForElementState('hidden')
}

/** Waits until the device has given its first results and the read goes on. */
export async function someResults(page: Page): Promise<void> {
  await main(page)
    .getByText(/^[1-9][\d,]* of [\d,]+ results$/)
    .first()
    .waitFor()
}

/** The title that the app gives a failure. */
export const titleOf = (code: FailureCode): string => failureTexts[code].title
/** What the app says of a read that ended early for this reason. */
export const endedEarlyBy = (code: FailureCode): string => en.activity.endedBy(failureTexts[code].title)

/** What the card of a device on the page Devices says that it holds. */
export async function heldOnDevicesPage(page: Page, origin: string, serial: string): Promise<string> {
  await open(page, origin, '/devices', en.devices.title)
  const card = main(page).getByRole('article').filter({ hasText: serial })
  await card.waitFor()
  return card.innerText()
}

/** All meter glucose values in IndexedDB of the device with this serial number, and how many reads are noted. */
export async function kept(
  page: Page,
  serial: string,
): Promise<{ readonly values: readonly Value[]; readonly reads: number }> {
  return page.evaluate(async wanted => {
    const rowsOf = <T>(database: IDBDatabase, table: string): Promise<T[]> =>
      new Promise((resolve, reject) => {
        const request = database.transaction(table).objectStore(table).getAll()
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error(`no table ${table}`))
      })
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('basalt')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('no database'))
    })
    try {
      // The shapes are those of `store/rows.ts`; a row of another shape gives no value, and the comparison tells.
      const devices = await rowsOf<{ deviceKey: string; device: { serial: string } }>(database, 'devices')
      const key = devices.find(({ device }) => device.serial === wanted)?.deviceKey
      if (key === undefined) return { values: [], reads: 0 }
      const chunks = await rowsOf<{
        source: string
        kind: string
        records: { deviceTime: number; value: number; units: string }[]
      }>(database, 'chunks')
      const reads = await rowsOf<{ deviceKeys: string[] }>(database, 'reads')
      return {
        values: chunks
          .filter(({ source, kind }) => source.startsWith(`${key}:`) && kind === 'smbg')
          .flatMap(({ records }) =>
            records.map(({ deviceTime, value, units }) => ({ time: deviceTime, value, units })),
          ),
        reads: reads.filter(({ deviceKeys }) => deviceKeys.includes(key)).length,
      }
    } finally {
      database.close()
    }
  }, serial)
}
