/** The CareLink file of the sample data and back, in the real Chromium with the real workers and its own database. */
import { proxy } from 'comlink'
import { afterAll, expect, it } from 'vitest'
import { startClients } from '#workers/client.ts'
import { valueOf } from './fixtures.ts'

const { data } = startClients()

afterAll(async () => {
  await data.removeEverything()
})

it('brings the sample data back into an emptied store, with the same counts and the same overview', async () => {
  valueOf(await data.open())
  valueOf(await data.removeEverything())
  valueOf(await data.importSample())
  const lastDay = valueOf(await data.lastDayWithData()) ?? 0
  const period = { firstDay: lastDay - 13, lastDay }
  const told = async () => {
    const { devices, ...overview } = valueOf(await data.report('overview', { period }))
    expect(devices).toHaveLength(1)
    return { overview, counts: valueOf(await data.home()).devices.map(({ counts }) => counts) }
  }
  const before = await told()
  const { file, written, leftOut } = valueOf(await data.exportCareLink({}))
  expect(leftOut).toEqual({})
  expect(written).toBe(valueOf(await data.storage()).recordCount)
  valueOf(await data.removeEverything())
  const [outcome] = await data.importFiles(
    [new File([file], 'Basalt CareLink export.csv')],
    proxy(() => {}),
  )
  expect(outcome && valueOf(outcome)).toMatchObject({ skippedCount: 0, warnings: [] })
  expect(await told()).toEqual(before)
})
