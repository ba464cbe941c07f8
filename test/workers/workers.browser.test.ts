/** The two real workers in the real Chromium, through Comlink, as the app starts them. */
import { proxy, wrap } from 'comlink'
import { afterAll, expect, it } from 'vitest'
import type { DeviceApi, ImportProgress, ReadProgress } from '#workers/api.ts'
import { type Clients, startClients } from '#workers/client.ts'
import { waitFor } from '../store/storeChecks.ts'
import { codeOf, valueOf } from './fixtures.ts'

const [one, other]: readonly Clients[] = [startClients(), startClients()]
if (!one || !other) throw new Error('two tabs')

afterAll(async () => {
  await one.data.removeEverything()
})

const simulated = async (clients: Clients) => {
  const [choice] = valueOf(await clients.device.scenarios())
  if (!choice) throw new Error('no simulated device')
  return { transport: 'simulated', modelId: choice.modelId, scenarioId: choice.scenarioId } as const
}

it('reads a simulated device in one worker, shows it through the other, and tells every tab', async () => {
  valueOf(await one.data.open())
  valueOf(await one.data.removeEverything())
  let changes = 0
  await other.data.onChange(proxy(() => changes++))
  const heard: ReadProgress[] = []
  const report = valueOf(
    await one.device.read(
      await simulated(one),
      proxy(progress => heard.push(progress)),
    ),
  )
  expect(report).toMatchObject({ how: 'simulated', result: 'complete' })
  expect(heard.map(({ stage }) => stage)).toContain('reading')
  await waitFor(async () => expect(changes).toBeGreaterThan(0))
  const home = valueOf(await other.data.home())
  expect(home.activity).toEqual([report])
  expect(home.devices).toHaveLength(1)
})

it('keeps what had arrived when the person cancels', async () => {
  const choice = await simulated(one)
  const outcome = await one.device.read(
    choice,
    proxy(({ stage, done }) => {
      if (stage === 'reading' && done > 3) void one.device.cancel()
    }),
  )
  expect(valueOf(outcome)).toMatchObject({ result: 'partial', endedBy: { code: 'cancelled' } })
  expect((await one.device.lastConversation()).length).toBeGreaterThan(100)
})

it('leaves the draft of a running read alone, in every tab, and saves it when that tab has died', async () => {
  valueOf(await one.data.removeEverything())
  const [choice] = valueOf(await one.device.scenarios())
  if (!choice) throw new Error('no simulated device')
  const { modelId, scenarioId } = choice
  const tab = new Worker(new URL('../../src/workers/device.worker.ts', import.meta.url), { type: 'module' })
  let reached = 0
  const dying = wrap<DeviceApi>(tab)
  const read = dying.read(
    { transport: 'simulated', modelId, scenarioId },
    proxy(({ stage, done }) => {
      if (stage === 'reading') reached = done
    }),
  )
  read.catch(() => {})
  await waitFor(async () => expect(reached).toBeGreaterThan(3))
  // Another tab that starts now finds a read that runs.
  const third = startClients()
  valueOf(await third.data.open())
  expect(valueOf(await third.data.home()).activity).toEqual([])
  const heard: string[] = []
  await third.data.onChange(proxy(() => heard.push('changed')))
  tab.terminate()
  await waitFor(async () => {
    const { activity } = valueOf(await third.data.home())
    expect(activity).toMatchObject([{ how: 'simulated', result: 'partial', endedBy: { code: 'interrupted' } }])
  })
  expect(heard.length).toBeGreaterThan(0)
})

it('imports a file, makes pages of it, and shows its bytes', async () => {
  const heard: ImportProgress[] = []
  const file = new File(['no export at all'], 'diary.txt')
  const [refused] = await one.data.importFiles(
    [file],
    proxy(progress => heard.push(progress)),
  )
  expect(refused && codeOf(refused)).toBe('unknown-file')
  const sample = valueOf(await one.data.importSample())
  expect(sample.devices[0]?.tally.cbg?.added).toBeGreaterThan(1000)
  const lastDay = valueOf(await one.data.lastDayWithData())
  if (lastDay === undefined) throw new Error('a last day')
  const day = valueOf(await one.data.report('daily', { period: { firstDay: lastDay - 1, lastDay: lastDay - 1 } }))
  expect(day.glucose.time).toBeInstanceOf(Float64Array)
  const period = { firstDay: lastDay - 13, lastDay }
  const model = valueOf(await one.data.report('overview', { period }))
  expect(model.sensor?.count).toBeGreaterThan(1000)
  const { rows } = valueOf(await one.data.evidence({ kinds: ['cbg'], period, offset: 0, limit: 1 }))
  const [row] = rows
  if (!row) throw new Error('one row')
  const raw = valueOf(await one.data.raw(row))
  expect(raw.artifactName).toBe('Sample data.csv')
  expect(raw.bytes.length).toBe(row.length)
})

it('gives a backup that brings everything back', async () => {
  const before = valueOf(await one.data.storage())
  const blob = valueOf(await one.data.backup())
  valueOf(await one.data.removeEverything())
  expect(valueOf(await other.data.home()).empty).toBe(true)
  const restored = valueOf(await other.data.restore(new File([blob], 'basalt-backup-2026-01-01.basalt')))
  expect(restored).toEqual({ artifacts: before.artifactCount, records: before.recordCount })
})

it('says what the storage is like', async () => {
  const state = valueOf(await one.data.storage())
  expect(state.quotaBytes).toBeGreaterThan(1e6)
  expect(state.usedBytes).toBeGreaterThan(0)
})
