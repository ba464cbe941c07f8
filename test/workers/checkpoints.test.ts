import { describe, expect, it } from 'vitest'
import type { Download } from '#devices/driver.ts'
import { createCheckpoints } from '#workers/checkpoints.ts'
import { createFakeClock } from '../helpers/fakeClock.ts'

const page = { kind: 'page', index: 0, bytes: Uint8Array.of(1) }
const downloadOf = (count: number): Download => ({
  driver: 'example',
  modelId: 'example',
  device: { kind: 'pump', manufacturer: 'Example', model: 'Example', serial: '123456' },
  pages: Array.from({ length: count }, () => page),
  complete: false,
})

/** Writes that take `tookMs`, with the time of each. */
function watched(tookMs = 10, fails = false) {
  const clock = createFakeClock()
  const written: { atMs: number; pages: number }[] = []
  const failures: unknown[] = []
  const checkpoints = createCheckpoints({
    clock,
    write: async ({ pages }) => {
      written.push({ atMs: clock.nowMs(), pages: pages.length })
      await clock.sleep(tookMs)
      if (fails) throw new Error('no room')
    },
    onFailure: error => failures.push(error),
  })
  return { clock, written, failures, checkpoints }
}

describe('checkpoints', () => {
  it('write the first page at once, then what has come every two and a half seconds', async () => {
    const { clock, written, checkpoints } = watched()
    for (let count = 1; count <= 99; count++) {
      checkpoints.keep(downloadOf(count))
      await clock.sleep(100)
    }
    await checkpoints.end()
    expect(written[0]).toEqual({ atMs: 0, pages: 1 })
    expect(written.map(({ atMs }) => atMs)).toEqual([0, 2500, 5000, 7500])
    expect(clock.waiting()).toBe(0)
  })

  it('write what came last although nothing comes any more', async () => {
    const { clock, written, checkpoints } = watched()
    checkpoints.keep(downloadOf(1))
    checkpoints.keep(downloadOf(2))
    checkpoints.keep(downloadOf(3))
    await clock.sleep(60_000)
    expect(written).toEqual([
      { atMs: 0, pages: 1 },
      { atMs: 2500, pages: 3 },
    ])
    await checkpoints.end()
  })

  it('write nothing while no page has come since the last', async () => {
    const { clock, written, checkpoints } = watched()
    for (let i = 0; i < 100; i++) {
      checkpoints.keep(downloadOf(4))
      await clock.sleep(1000)
    }
    await checkpoints.end()
    expect(written).toEqual([{ atMs: 0, pages: 4 }])
  })

  it('see the pages that the driver has added to its own list meanwhile', async () => {
    const { clock, written, checkpoints } = watched()
    const pages = [page]
    checkpoints.keep({ ...downloadOf(0), pages })
    pages.push(page)
    checkpoints.keep({ ...downloadOf(0), pages })
    pages.push(page)
    await clock.sleep(3000)
    await checkpoints.end()
    expect(written.map(({ pages: count }) => count)).toEqual([1, 3])
  })

  it('never write two at once, however slow the disk is', async () => {
    const { clock, written, checkpoints } = watched(10_000)
    for (let count = 1; count <= 299; count++) {
      checkpoints.keep(downloadOf(count))
      await clock.sleep(100)
    }
    await checkpoints.end()
    expect(written.map(({ atMs }) => atMs)).toEqual([0, 10_000, 20_000])
  })

  it('go on after a failure, and only note it', async () => {
    const { clock, written, failures, checkpoints } = watched(10, true)
    checkpoints.keep(downloadOf(1))
    await clock.sleep(5000)
    checkpoints.keep(downloadOf(2))
    await clock.sleep(5000)
    await checkpoints.end()
    expect([written.length, failures.length]).toEqual([2, 2])
  })

  it('have ended when they say so: nothing is written afterwards, and no timer is left', async () => {
    const { clock, written, checkpoints } = watched(1000)
    checkpoints.keep(downloadOf(1))
    checkpoints.keep(downloadOf(2))
    await checkpoints.end()
    expect(clock.nowMs()).toBe(1000)
    checkpoints.keep(downloadOf(3))
    await clock.sleep(60_000)
    expect(written).toHaveLength(1)
    expect(clock.waiting()).toBe(0)
  })
})
