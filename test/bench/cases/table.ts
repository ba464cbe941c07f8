/**
 * All cases of the bench, one line each, in the lanes in which they run. A new device adds lines here and, when it is
 * the first of its driver, a file like `contour.ts` beside this one.
 */
import { contour } from './contour.ts'
import { echoes, echoesAfterReplug, echoesBehind, loopbacks, takenMeanwhile } from './loopback.ts'
import { pump600 } from './minimed600.ts'
import { linkPump, stickPump } from './paradigm.ts'
import * as story from './stories.ts'
import { claimingInterface, hidNodes, lockingTty, takingFromHidDriver } from './takers.ts'
import { garbage, withDamage, withNoiseFirst } from './troubles.ts'

export interface Case {
  readonly name: string
  readonly story: story.Story
}

/**
 * Cases that run one after the other in a tab of their own, while those of the other lanes run in theirs. No two lanes
 * may have devices that look alike to Chromium: it lists them by their vendor and product.
 */
export type Lane = readonly Case[]

const meter = (count: number) => () => contour({ count })
const fullMeter = () => contour({ modelId: 'contour-next-link', count: 2000 })
const damagedMeter = () => contour({ count: 30, through: simulator => withDamage(simulator, 5) })
/** A report that carries one carriage return. */
const carriageReturn = Uint8Array.from({ length: 64 }, (_, at) => [0x41, 0x42, 0x43, 1, 0x0d][at] ?? 0)
const noisyMeter = () => contour({ count: 10, through: simulator => withNoiseFirst(simulator, carriageReturn) })

/** The Contour NEXT LINK 2.4, as a meter and in front of a pump. */
const meters: Lane = [
  { name: 'Contour: read whole', story: story.readWhole(meter(80)) },
  { name: 'Contour: pulled in the middle, plugged in and read again', story: story.pulledAndPluggedInAgain(meter(50)) },
  { name: 'Contour: two tabs', story: story.twoTabs(meter(40)) },
  { name: 'Contour: taken by another program', story: story.takenByAnotherProgram(meter(10), takingFromHidDriver) },
  { name: 'Contour: not allowed by the computer', story: story.notAllowedByComputer(meter(10), hidNodes) },
  { name: 'Contour: page loaded anew in the middle', story: story.reloadedInTheMiddle(meter(40)) },
  {
    name: 'Contour: garbage, then plugged in anew',
    story: story.failsUntilPluggedInAnew(meter(5), 'wrong-answer', { simulator: garbage(64) }),
  },
  {
    name: 'Contour: never answers, then plugged in anew',
    story: story.failsUntilPluggedInAnew(meter(5), 'no-answer', { mishaps: [{ at: 0, kind: 'silence' }] }),
  },
  {
    name: 'Contour: stalls once in the middle',
    story: story.readWhole(meter(20), { mishaps: [{ at: 31, kind: 'stall' }] }),
  },
  { name: 'Contour: slow', story: story.readWhole(meter(4), { delayMs: 400 }) },
  { name: 'Contour: every fifth frame damaged', story: story.readWhole(damagedMeter) },
  { name: 'Contour: noise before the first answer', story: story.readWhole(noisyMeter) },
  {
    name: 'MiniMed 640G: pulled in the middle, plugged in and read on to the end',
    story: story.pulledAndPluggedInAgain(() => pump600({ count: 200 })),
  },
]

/** Everything else. Stories of pumps are few: reading one has long pauses of its own. */
const cables: Lane = [
  {
    name: 'Paradigm, stick: pulled in the middle, plugged in and read on to the end',
    story: story.pulledAndPluggedInAgain(() => stickPump({ count: 200 })),
  },
  { name: 'WebUSB, vendor bulk', story: echoes(loopbacks.bulk) },
  { name: 'WebUSB, vendor bulk: stalls once', story: echoes(loopbacks.bulk, [{ at: 3, kind: 'stall' }]) },
  { name: 'WebUSB, vendor bulk: pulled and plugged in again', story: echoesAfterReplug(loopbacks.bulk) },
  { name: 'WebUSB, vendor bulk: taken by another program', story: takenMeanwhile(loopbacks.bulk, claimingInterface) },
  { name: 'Web Serial, FTDI', story: echoes(loopbacks.ftdi) },
  { name: 'Web Serial, FTDI: pulled and plugged in again', story: echoesAfterReplug(loopbacks.ftdi) },
  { name: 'Web Serial, FTDI: taken by another program', story: takenMeanwhile(loopbacks.ftdi, lockingTty) },
  {
    name: 'Web Serial, FTDI SIO: a length before what the page says',
    story: echoesBehind(loopbacks.ftdiSio, ({ length }) => [(length << 2) | 1]),
  },
  { name: 'Web Serial, PL2303', story: echoes(loopbacks.pl2303) },
  { name: 'Web Serial, CP210x', story: echoes(loopbacks.cp210x) },
  { name: 'Web Serial, CDC-ACM', story: echoes(loopbacks.cdcAcm) },
  { name: 'Web Serial, CH340', story: echoes(loopbacks.ch340) },
  { name: 'Contour NEXT LINK: 2,000 results', story: story.readWhole(fullMeter) },
  {
    name: 'Paradigm, Contour NEXT LINK: pulled in the middle, plugged in and read on to the end',
    story: story.pulledAndPluggedInAgain(() => linkPump({ count: 200 })),
  },
]

export const lanes: readonly Lane[] = [meters, cables]
