/**
 * Everything that stands between the table of cases and a device: the app's server and the USB/IP server on the host,
 * the guest, and Chromium in it. Can be set up anew when the guest or Chromium is gone.
 */
import { mkdirSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { Connection } from '#devices/driver.ts'
import { root } from '../../scripts/inputs.mjs'
import type { BenchParts } from './bench.ts'
import { type GuestBrowser, startBrowser } from './browser.ts'
import { pause, within } from './deadlines.ts'
import { type Guest, startGuest } from './guest/guest.ts'
import type { Kernel } from './guest/prepare.ts'
import { buildProbeScript } from './probeScript.ts'
import { spawnTied } from './tied.ts'
import { keepTraces } from './traces.ts'
import { startUsbIpServer } from './usbip/server.ts'

export interface Stand {
  /** With the first tab. */
  readonly parts: Omit<BenchParts, 'tamper'>
  /** With a tab of its own for each lane, which shows the app. */
  partsOf(lane: number): Promise<Omit<BenchParts, 'tamper'>>
  /** Why nothing can be tried on it any more; `undefined` while it is well. */
  trouble(): Promise<string | undefined>
  end(): Promise<void>
}

export interface StandOptions {
  readonly kernel: Kernel
  /** For what the guest says. */
  readonly folder: string
  /** Devices beside those of the app's own list that pages may open. */
  readonly alsoPermitted: readonly Connection[]
}

/** How long something that is to end may take for it. */
const END_MS = 10_000
const SERVER_START_MS = 60_000
const ANSWER_MS = 60_000

/** Sets everything up and opens the app in the first tab. Ends what it has begun when that fails. */
export async function setUp({ kernel, folder, alsoPermitted }: StandOptions): Promise<Stand> {
  const ends: (() => Promise<unknown>)[] = []
  const end = async () => {
    for (const each of ends.splice(0).reverse()) await Promise.race([each().catch(() => undefined), pause(END_MS)])
  }
  mkdirSync(folder, { recursive: true })
  let guest: Guest | undefined
  let browser: GuestBrowser | undefined
  try {
    const probeScript = await buildProbeScript()
    const server = startServer()
    ends.push(async () => server.kill())
    const appPort = await server.port
    const usb = await startUsbIpServer()
    ends.push(() => usb.close())
    const running = (guest = await startGuest({ kernel, folder }))
    ends.push(() => running.stop())
    const opened = (browser = await startBrowser({ guest, appPort, alsoPermitted }))
    ends.push(() => opened.close())
    const origin = `http://localhost:${appPort}`
    const parts = { guest, usb, browser, origin, probeScript }
    const loaded = async (page: Page): Promise<Page> => {
      await page.goto(origin)
      await page.getByRole('heading').first().waitFor()
      return page
    }
    const tabs = [loaded(opened.page)]
    await tabs[0]
    return {
      parts,
      async partsOf(lane) {
        const tab = (tabs[lane] ??= opened.context.newPage().then(loaded))
        return { ...parts, browser: { ...opened, page: await tab } }
      },
      end,
      async trouble() {
        if (!running.isRunning()) return 'the guest has ended'
        if (!opened.isConnected()) return 'Chromium has ended'
        const answer = running.run('true', 'the guest to take a script', ANSWER_MS)
        return answer.then(
          () => undefined,
          () => 'the guest does not answer any more',
        )
      },
    }
  } catch (error) {
    if (guest) await keepTraces(folder, { guest, ...(browser && { browser }), wire: [], error })
    await end()
    throw error
  }
}

/** The real server, serving the built app on a port that was free. */
function startServer(): { readonly port: Promise<number>; kill(): void } {
  const file = join(root, 'dist', 'server', 'main.js')
  const server = spawnTied(process.execPath, [file], { ...process.env, PORT: '0', HOST: '127.0.0.1' })
  server.stderr.pipe(process.stderr)
  const port = within(SERVER_START_MS, 'the server to start', once(server.stdout, 'data')).then(([line]) => {
    const found = Number(/:(\d+)\//.exec(String(line))?.[1])
    if (!found) throw new Error(`the server did not start: ${String(line)}`)
    return found
  })
  return { port, kill: () => void server.kill('SIGKILL') }
}
