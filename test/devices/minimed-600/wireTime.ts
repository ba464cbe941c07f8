/**
 * The first read of a pump with 90 days of history through a meter and a radio that take their time. For the test and for
 * the benchmark. As much comes as from a real 640G (sheet §20: 221 KB of the pump's own, 145 KB of the sensor's, packed),
 * in as many parts.
 */
import { models } from '#devices/minimed-600/models.ts'
import { HistoryType } from '#devices/minimed-600/talk/message.ts'
import { upload } from '#devices/minimed-600/talk/upload.ts'
import { mayWrite } from '#devices/minimed-600/talk/whitelist.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { createFakeClock } from '../../helpers/fakeClock.ts'
import { blocksOf, pairOf } from './pumps.ts'

export interface Timed {
  /** On the read's own clock. */
  readonly tookMs: number
  /** What meter, radio and pump need at least for what they say. */
  readonly wireMs: number
  /** What the protocol lets the computer wait before its acknowledgements, 300 ms each; contained in `tookMs` only. */
  readonly prescribedMs: number
  readonly segments: number
}

const PRESCRIBED_MS = 300
/** A part of 16 packed blocks is as long as 7 that are not. */
const BLOCKS_AT_ONCE = 7
/** So that there are 108 blocks and 71. */
const PUMP_SECONDS = 900
const SENSOR_SECONDS = 1370

export async function readTimed(): Promise<Timed> {
  const [model] = models
  const connection = model?.connections[0]
  if (!model || !connection) throw new Error('no model')
  const clock = createFakeClock()
  const blocks = {
    [HistoryType.pump]: blocksOf(0x0b, 90, PUMP_SECONDS),
    [HistoryType.sensor]: blocksOf(0xd6, 90, SENSOR_SECONDS),
  }
  const { meter, pump } = pairOf({ memory: { blocks, blocksAtOnce: BLOCKS_AT_ONCE } })
  let wireMs = 0
  let segments = 0
  const latencyMs = (report: Uint8Array) => {
    const ms = meter.tookMs(report)
    wireMs += ms
    if (ms === 50) segments++
    return ms
  }
  const port = openSimulated(meter, mayWrite, { clock, latencyMs })
  const download = await upload(
    port,
    {
      model,
      connection,
      answers: {},
      clock,
      signal: new AbortController().signal,
      async *earlier() {},
      progress: () => undefined,
      log: () => undefined,
      keep: () => undefined,
    },
    'minimed-600',
  )
  await port.close()
  if (!download.complete) throw new Error('not read whole')
  const acknowledged = pump.heard.filter(({ command }) => command === 0x00fe).length
  return { tookMs: clock.nowMs(), wireMs, prescribedMs: PRESCRIBED_MS * acknowledged, segments }
}
