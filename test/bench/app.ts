/** The app as a person meets it: its pages by their words, and what it has kept. */
import type { Locator, Page } from 'playwright'
import { failureTexts } from '#ui/texts/failures.ts'
import { en } from '#ui/texts/en.ts'
import type { Connection, Model } from '#devices/driver.ts'
import type { FailureCode } from '#workers/outcome.ts'

/** A record as the device knows it and as the store should. `time` in ms, the device's wall clock. */
export interface Value {
  /** As the store calls it: `smbg`, `bolus`. */
  readonly kind: string
  readonly time: number
  /** With `units`; absent for records that are no measured value. */
  readonly value?: number
  readonly units?: string
}

const main = (page: Page): Locator => page.getByRole('main')

/** Goes to a page by its address; a loaded app is not loaded again. */
export async function open(page: Page, origin: string, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${origin}/#${path}`)
  await main(page).getByRole('heading', { name: heading }).first().waitFor()
}

/** What the person says before a read. */
export interface Preparation {
  readonly model: Model
  readonly connection: Connection
  readonly answers?: Readonly<Record<string, string>>
}

/** From wherever the page is to a running read, the way of a device that is plugged in and permitted. */
export async function startRead(page: Page, origin: string, preparation: Preparation): Promise<void> {
  await open(page, origin, '/devices', en.devices.title)
  await prepareRead(page, origin, preparation)
  await go(page)
}

/** To the page before the read, with everything said that it asks for. */
export async function prepareRead(page: Page, origin: string, preparation: Preparation): Promise<void> {
  const { model, connection, answers = {} } = preparation
  await open(page, origin, `/read?model=${model.id}`, en.read.prepareTitle(model.name))
  const bridge = model.bridges?.find(({ id }) => id === connection.bridge)
  // One alone is not asked for.
  if (bridge && (model.bridges?.length ?? 0) > 1) await main(page).getByRole('radio', { name: bridge.name }).check()
  for (const { id, label } of model.questions ?? []) {
    // Not by the label alone: buttons with earlier answers bear it too.
    const field = main(page).getByRole('textbox', { name: label })
    await field.fill(answers[id] ?? '')
  }
}

/** Leaves the page before the read: the read begins. */
export const go = (page: Page): Promise<void> => main(page).getByRole('button', { name: en.read.ready }).click()

/** How a read ended, in the words on the screen. */
export type End =
  | { readonly kind: 'done'; readonly title: string }
  | { readonly kind: 'partial'; readonly text: string }
  | { readonly kind: 'failed'; readonly title: string; readonly text: string }
  | { readonly kind: 'allow' }

/** Waits until the read has ended, one way or the other. */
export async function endOfRead(page: Page, timeoutMs: number): Promise<End> {
  const { done, partial } = headings(page)
  const failed = main(page).getByRole('alert')
  const allow = main(page).getByRole('button', { name: en.read.allowAsk })
  await done.or(partial).or(failed).or(allow).first().waitFor({ timeout: timeoutMs })
  if (await done.isVisible()) return { kind: 'done', title: await done.innerText() }
  if (await partial.isVisible()) return { kind: 'partial', text: await main(page).innerText() }
  if (await allow.isVisible()) return { kind: 'allow' }
  const title = await failed.getByRole('heading').first().innerText()
  return { kind: 'failed', title, text: await main(page).innerText() }
}

/** Reads once more from the screen of a read that has ended, by its button "Read again", "Read on" or "Try again". */
export async function readOnceMore(page: Page): Promise<void> {
  const named = (name: string) => main(page).getByRole('button', { name })
  const button = named(en.actions.readAgain).or(named(en.read.readOn)).or(named(en.actions.tryAgain))
  // Until that very heading is gone, the screen still tells of the read before.
  const heading = await main(page).getByRole('heading').first().elementHandle()
  await button.click()
  await heading?.waitForElementState('hidden')
}

/** Waits until the device has given its first results (or pages) and the read goes on. Throws when it ends before. */
export async function someResults(page: Page): Promise<void> {
  const some = main(page).getByText(/^[1-9][\d,]* of [\d,]+ \w+$/)
  const failed = main(page).getByRole('alert')
  await some.or(failed).or(headings(page).done).or(headings(page).partial).first().waitFor()
  if (!(await some.isVisible())) throw new Error(`the read ended early: ${await main(page).innerText()}`)
}

const headings = (page: Page) => ({
  done: main(page).getByRole('heading', { name: /^Done: / }),
  partial: main(page).getByRole('heading', { name: en.read.partialTitle }),
})

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

export interface Kept {
  readonly values: readonly Value[]
  readonly reads: number
}

/** All records in IndexedDB of the device with this serial number, and how many reads are noted. */
export async function kept(page: Page, serial: string): Promise<Kept> {
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
        records: { type: string; deviceTime: number; value?: number; units?: string }[]
      }>(database, 'chunks')
      const reads = await rowsOf<{ deviceKeys: string[] }>(database, 'reads')
      return {
        values: chunks
          .filter(({ source }) => source.startsWith(`${key}:`))
          .flatMap(({ kind, records }) =>
            records.map(({ type, deviceTime: time, value, units }) => ({
              // Kept among the events, and not counted as new.
              kind: type === 'setting' ? type : kind,
              time,
              ...(typeof value === 'number' ? { value } : {}),
              ...(typeof units === 'string' ? { units } : {}),
            })),
          ),
        reads: reads.filter(({ deviceKeys }) => deviceKeys.includes(key)).length,
      }
    } finally {
      database.close()
    }
  }, serial)
}
