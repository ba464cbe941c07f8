/** How long a PDF of the usual reports takes in the built app, from the click to the file. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from './chromium.mjs'
import { root } from './inputs.mjs'

/**
 * Makes the file of 14 days of sample data several times.
 * @returns {Promise<{ firstMs: number, laterMs: number, said: string, bytes: number }>} `laterMs`: the median of the others
 */
export async function measurePdf() {
  const server = spawn(process.execPath, [join(root, 'dist', 'server', 'main.js')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', BASALT_APP: join(root, 'dist', 'app') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(server.stdout, 'data')
  const address = /http:[^\s]+/.exec(String(line))?.[0] ?? ''
  const profile = mkdtempSync(join(tmpdir(), 'basalt-bench-pdf-'))
  const context = await chromium.launchPersistentContext(profile, { ...chromiumLaunchOptions, headless: true })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(address)
    await page.getByRole('button', { name: 'Look around with sample data' }).click()
    await page.getByRole('heading', { name: 'Home' }).waitFor()
    await page.goto(new URL('/#/reports/print', address).href)
    const make = page.getByRole('button', { name: 'Make the PDF' })
    await make.waitFor()
    const times = []
    let bytes = 0
    for (let run = 0; run < 6; run += 1) {
      const started = performance.now()
      const [file] = await Promise.all([page.waitForEvent('download'), make.click()])
      times.push(performance.now() - started)
      bytes = statSync(await file.path()).size
    }
    const [firstMs = 0, ...later] = times
    const said = (await page.getByText(/^Saved:/).innerText()).replace(/\..*/, '')
    return { firstMs, laterMs: later.toSorted((a, b) => a - b)[later.length >> 1] ?? 0, said, bytes }
  } finally {
    await context.close()
    server.kill('SIGTERM')
    rmSync(profile, { recursive: true, force: true })
  }
}
