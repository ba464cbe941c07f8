/** What a first visit loads before anything is pressed: the budget of the first load, as it really crosses the wire. */
import type { Request } from 'playwright'
import { expect, it } from 'vitest'
import { startHarness } from './harness.ts'

/** Script of the page and its workers, gzip, kB. */
const BUDGET_KB = 120

it('loads no more script on the first visit than the budget allows, and neither charts nor drivers', async () => {
  const basalt = await startHarness()
  try {
    const requests: Request[] = []
    // The service worker fetches the whole app later, in the background: that is not what the first visit waits for.
    basalt.context.on('request', request => {
      if (!request.serviceWorker() && request.url().endsWith('.js')) requests.push(request)
    })
    await basalt.page.goto(basalt.url('/'))
    await basalt.page.getByRole('heading', { name: 'Welcome to Basalt' }).waitFor()
    await basalt.page.waitForLoadState('networkidle')
    const loaded = requests.filter(request => !request.url().endsWith('/sw.js'))
    const names = loaded.map(request => new URL(request.url()).pathname)
    expect(names.some(name => name.includes('data.worker'))).toBe(true)
    expect(names.filter(name => /Reports|device\.worker|driver|importer/.test(name))).toEqual([])
    const sizes = await Promise.all(
      loaded.map(async request => {
        const response = await request.response()
        expect(await response?.headerValue('content-encoding'), request.url()).toBe('gzip')
        return Number(await response?.headerValue('content-length')) || (await request.sizes()).responseBodySize
      }),
    )
    const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000
    expect(kilobytes).toBeGreaterThan(20)
    expect(kilobytes).toBeLessThanOrEqual(BUDGET_KB)
  } finally {
    await basalt.close()
  }
})
