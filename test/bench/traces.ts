/** What is kept in `test-results/bench/` of something that failed. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GuestBrowser } from './browser.ts'
import { within } from './deadlines.ts'
import type { Guest } from './guest/guest.ts'

export interface Traces {
  readonly guest: Guest
  readonly browser?: GuestBrowser
  /** What was said on the wire. */
  readonly wire: readonly string[]
  readonly error: unknown
}

const EACH_MS = 30_000

/** Writes whatever can still be had; what cannot is no second failure. */
export async function keepTraces(folder: string, { guest, browser, wire, error }: Traces): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const keep = async (file: string, content: () => Promise<string | Buffer>) => {
    const kept = await within(EACH_MS, file, content()).catch((reason: unknown) => `not to be had: ${String(reason)}`)
    writeFileSync(join(folder, file), kept)
  }
  await keep('error.txt', async () => (error instanceof Error ? (error.stack ?? error.message) : String(error)))
  await keep('wire.log', async () => wire.join('\n'))
  // A guest or browser that is gone would only be waited for.
  if (guest.isRunning()) {
    await keep('kernel.log', () => guest.run('dmesg | tail -n 200', 'the last messages of the guest', EACH_MS))
    await keep('chromium.log', () => guest.run('tail -n 200 /run/chromium.log', 'what Chromium said', EACH_MS))
  }
  if (!browser?.isConnected()) return
  for (const [index, page] of browser.context.pages().entries()) {
    await keep(`page-${index + 1}.txt`, () => page.locator('body').innerText({ timeout: EACH_MS }))
    await keep(`page-${index + 1}.png`, () => page.screenshot({ timeout: EACH_MS }))
  }
}
