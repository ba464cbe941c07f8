/** Reads of a pump with 36 pages through bridges that take their time. For the test and for the benchmark. */
import type { Simulator } from '#devices/driver.ts'
import { createLink, linkLatencyMs } from '#devices/paradigm/simulate/link.ts'
import { createPump } from '#devices/paradigm/simulate/pump.ts'
import { busMs, createStick } from '#devices/paradigm/simulate/stick.ts'
import { download, mayWrite } from '#devices/paradigm/talk/download.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { createFakeClock, type FakeClock } from '../../helpers/fakeClock.ts'
import { memoryOf, SERIAL, sessionBy, type Way } from './readPump.ts'

export interface Timed {
  /** On the read's own clock. */
  readonly tookMs: number
  /** What radio and bus needed at least. */
  readonly wireMs: number
  readonly pages: number
  /** Packets that the driver wrote. */
  readonly written: number
}

interface Timing {
  readonly simulator: Simulator
  readonly latencyMs: number | ((packet: Uint8Array) => number)
  wireMs(): number
}

/** Each frame comes when the radio brings it; see `radioMs`. */
function slowStick(clock: FakeClock, isAsleep: boolean): Timing {
  const simulator = createStick(createPump(memoryOf({ model: '723' }), { isAsleep }), { clock })
  return { simulator, latencyMs: busMs, wireMs: simulator.wireMs }
}

/** The meter does all the waiting by itself: each report takes what it took on a real bus. */
function slowLink(isAsleep: boolean): Timing {
  let wireMs = 0
  const latencyMs = (report: Uint8Array) => {
    const ms = linkLatencyMs(report)
    wireMs += ms
    return ms
  }
  return {
    simulator: createLink(createPump(memoryOf({ model: '723' }), { isAsleep })),
    latencyMs,
    wireMs: () => wireMs,
  }
}

export async function readTimed(way: Way, isAsleep: boolean): Promise<Timed> {
  const clock = createFakeClock()
  const { simulator, latencyMs, wireMs } = way === 'stick' ? slowStick(clock, isAsleep) : slowLink(isAsleep)
  let written = 0
  const counted: Simulator = {
    receive(packet) {
      written++
      return simulator.receive(packet)
    },
  }
  const port = openSimulated(counted, mayWrite, { clock, latencyMs })
  const { pages } = await download(port, sessionBy(way, clock, SERIAL))
  const tookMs = clock.nowMs()
  await port.close()
  return { tookMs, wireMs: wireMs(), pages: pages.filter(({ kind }) => kind === 'history').length, written }
}
