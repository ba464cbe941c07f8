/**
 * Real history in the simulated pump: read over the simulated radio, slice by slice, it gives the same events as the
 * recorded transfers themselves.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import type { Download } from '#devices/driver.ts'
import { readGroup } from '#devices/minimed-600/decode/blocks.ts'
import { cutEvents } from '#devices/minimed-600/decode/events.ts'
import { driver } from '#devices/minimed-600/driver.ts'
import { models } from '#devices/minimed-600/models.ts'
import type { HistoryBlock } from '#devices/minimed-600/simulate/pump.ts'
import { packBlocks, writeBlock } from '#devices/minimed-600/simulate/writeEvents.ts'
import { captures } from '../../helpers/captures.ts'
import { read } from '../reading.ts'
import { pairOf } from './pumps.ts'

const folder = captures('minimed-600')
const raw = { page: 0, offset: 0, length: 1 }

const groupsOf = (name: string) =>
  readFileSync(`${folder}/${name}`, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => readGroup(bytesFromHex(line.trim())))

const blocksOf = (name: string): readonly HistoryBlock[] =>
  groupsOf(name)
    .flatMap(({ blocks }) => blocks)
    .map(({ bytes }) => {
      const rtcs = cutEvents(bytes, raw).events.map(({ rtc }) => rtc)
      return { fromRtc: Math.min(...rtcs), toRtc: Math.max(...rtcs), bytes: writeBlock([bytes]) }
    })

/** Every event of the history pages, whole, each once. */
const eventsOf = (download: Download | undefined): ReadonlySet<string> =>
  new Set(
    (download?.pages ?? [])
      .filter(({ kind }) => kind.startsWith('history'))
      .flatMap(({ bytes }) => readGroup(bytes).blocks)
      .flatMap(({ bytes }) => cutEvents(bytes, raw).events)
      .map(({ view }) => hexFromBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))),
  )

describe.skipIf(!folder)('real history (skipped without the captures beside the checkout)', () => {
  it.each([
    ['history-pump-640g-20171221.hex', 2, 884],
    ['history-sensor-20170923.hex', 3, 329],
  ] as const)('%s comes through the simulated pump whole', async (name, type, count) => {
    const [model] = models
    if (!model) throw new Error('no model')
    const blocks = blocksOf(name)
    const rtc = Math.max(...blocks.map(({ toRtc }) => toRtc)) + 60
    const { meter } = pairOf({
      memory: { rtc, offset: -1_600_000_000, blocks: { 2: [], 3: [], [type]: blocks }, pack: packBlocks },
      airFault: packet => (packet > 60 && packet % 17 === 0 ? 'lose' : undefined),
    })
    const { download, error } = await read({ driver, model, simulator: meter })
    expect(error).toBeUndefined()
    const expected = groupsOf(name)
      .flatMap(group => group.blocks)
      .flatMap(({ bytes }) => cutEvents(bytes, raw).events)
      .map(({ view }) => hexFromBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)))
    expect(expected).toHaveLength(count)
    expect(eventsOf(download)).toEqual(new Set(expected))
  })
})
