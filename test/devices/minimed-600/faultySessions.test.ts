/**
 * Sessions in which things go wrong on the cable, on the radio, in the pump and with the person, at random but
 * repeatable. `BASALT_SESSIONS=100000` runs that many instead of the slice that every test run takes.
 */
import { expect, it } from 'vitest'
import { hexFromBytes } from '#bytes/hex.ts'
import type { Download, Driver } from '#devices/driver.ts'
import { deviceErrorCodes } from '#devices/errors.ts'
import { models } from '#devices/minimed-600/models.ts'
import { upload } from '#devices/minimed-600/talk/upload.ts'
import { mayWrite } from '#devices/minimed-600/talk/whitelist.ts'
import { type Fault, faultKinds } from '#devices/ports/faults.ts'
import { codeOf, read, type Reading } from '../reading.ts'
import { pairOf, type PumpFill } from './pumps.ts'

const SESSIONS = Number(process.env['BASALT_SESSIONS'] ?? 400)
const FIRST_SEED = Number(process.env['BASALT_SEED'] ?? 1)
/** The driver's own patience, once more for each thing that goes wrong. */
const PATIENCE_MS = 150_000
/** Where the radio loses every other packet, each of some forty requests may be repeated for half a minute. */
const BAD_RADIO_MS = 1_800_000

const talker: Driver = {
  id: 'minimed-600',
  decoderVersion: 1,
  mayWrite,
  download: (port, session) => upload(port, session, 'minimed-600'),
  decode: ({ device }) => ({ device, records: [], skipped: [] }),
}

/** Numbers from 0 up to and without `below`, the same for the same seed. */
function chanceOf(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0
  return below => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return Math.floor((((state ^ (state >>> 13)) >>> 0) / 2 ** 32) * below)
  }
}

interface Plan {
  readonly fill: PumpFill
  readonly faults: readonly Fault[]
  readonly cancelAtPacket?: number
  /** Nothing went wrong but on the radio: then the meter must be left idle. */
  readonly isCableGood: boolean
  readonly isRadioGood: boolean
}

const airFaults = ['lose', 'twice', 'late', 'damage', 'dropped'] as const
const commandFaults = ['unheard', 'silent', 'noisy', 'failed', 'lost', 'stuck', 'mute'] as const

function planOf(seed: number): Plan {
  const chance = chanceOf(seed)
  const oneOf = <T>(list: readonly T[]): T => list[chance(list.length)] ?? never()
  const faults: Fault[] = []
  const cable = chance(2)
  for (let i = 0; i < cable * (1 + chance(3)); i++) {
    faults.push({ atStep: chance(190), kind: oneOf(faultKinds), bit: chance(512), delayMs: oneOf([300, 2000, 20_000]) })
  }
  const airEvery = chance(3) === 0 ? 0 : 2 + chance(40)
  const airKinds = airFaults.filter(() => chance(2) === 0)
  const commandAt = new Map(
    Array.from({ length: chance(3) }, () => [chance(40), oneOf(commandFaults)] as const).filter(() => chance(2) === 0),
  )
  const refusals = new Map(chance(6) === 0 ? [[chance(30), chance(0x18)]] : [])
  const air = chanceOf(seed + 1_000_000)
  const fill: PumpFill = {
    days: chance(3),
    sensorDays: chance(2),
    refusals,
    airFault: () => (airEvery > 0 && air(airEvery) === 0 ? airKinds[air(Math.max(1, airKinds.length))] : undefined),
    commandFault: command => commandAt.get(command),
    linked:
      chance(40) === 0 ? 'none' : { channel: oneOf([0x14, 0x11, 0x0e, 0x17, 0x1a]), outOfRange: chance(40) === 0 },
    meter: { asksFirst: chance(2) === 0, leftOpen: chance(5) === 0 },
  }
  const stuck = [...commandAt.values()].some(fault => fault === 'stuck' || fault === 'mute')
  const cancels = chance(8) === 0
  return {
    fill,
    faults,
    ...(cancels && { cancelAtPacket: chance(60) }),
    isCableGood: faults.length === 0 && !stuck,
    isRadioGood: airEvery === 0,
  }
}

const historyOf = (download: Download | undefined): readonly string[] =>
  (download?.pages ?? []).filter(({ kind }) => kind.startsWith('history')).map(({ bytes }) => hexFromBytes(bytes))

/** The last thing said to the meter, command by command. */
const saidLast = ({ written }: Reading): readonly string[] =>
  written.slice(-5).map(packet => (packet.slice(8, 12) === '5103' ? `op ${packet.slice(44, 46)}` : packet.slice(8, 12)))

/** What is wrong with how a session ended; empty when nothing is. */
async function problemsOf(seed: number, cleanOf: (fill: PumpFill) => Promise<Reading>): Promise<readonly string[]> {
  const [model] = models
  if (!model) throw new Error('no model')
  const { fill, faults, cancelAtPacket, isCableGood, isRadioGood } = planOf(seed)
  const { meter } = pairOf(fill)
  const cancel = cancelAtPacket === undefined ? {} : { cancelAtPacket }
  const reading = await read({ driver: talker, model, simulator: meter, faults, ...cancel })
  const clean = await cleanOf(fill)
  const problems: string[] = []
  const right = new Set(historyOf(clean.download))

  if (reading.download) {
    const had = new Set(historyOf(reading.download))
    // A pump that says "I have no such thing" is believed.
    const denies = [...(fill.refusals?.values() ?? [])].some(reason => [0x08, 0x0b, 0x0d, 0x15].includes(reason))
    if (!denies && [...right].some(page => !had.has(page))) problems.push('complete without all of the history')
  } else {
    const code = codeOf(reading.error)
    if (!deviceErrorCodes.some(known => known === code)) problems.push(code)
    if (code === 'bug' || code === 'command-refused') problems.push(String(reading.error))
    if (code === 'cancelled' && cancelAtPacket === undefined) problems.push('cancelled by nobody')
  }
  for (const page of historyOf(reading.download ?? reading.kept)) {
    if (!right.has(page)) problems.push('history that the pump does not have')
  }
  if (reading.timersLeft > 0) problems.push(`left ${reading.timersLeft} timers`)
  const allowedMs = (2 + faults.length) * PATIENCE_MS + (isRadioGood ? 0 : BAD_RADIO_MS)
  if (reading.tookMs > allowedMs) problems.push(`took ${reading.tookMs} ms`)

  const unplugged = codeOf(reading.error) === 'unplugged' || faults.some(({ kind }) => kind === 'unplug')
  const opened = reading.written.some(packet => packet.slice(8, 12) === '5103' && packet.slice(44, 46) === '10')
  if (opened && !unplugged) {
    const said = saidLast(reading)
    // CLOSE_CONNECTION, the three pairs, EOT (twice when its ENQ is lost).
    const way = said[4] === '0400' && said[3] === '0400' ? reading.written.slice(0, -1) : reading.written
    const last = saidLast({ ...reading, written: way })
    if (last.join() !== 'op 11,577c,517c,307c,0400') problems.push(`left with ${last.join()}`)
  }
  if (isCableGood && (meter.state() !== 'idle' || meter.isOpen() || meter.isStuck())) {
    problems.push(`the meter is left ${meter.state()}, open ${meter.isOpen()}, stuck ${meter.isStuck()}`)
  }
  return problems
}

it(`ends each of ${SESSIONS} faulty sessions with the right history or a named failure, and takes the way back`, {
  timeout: 60_000 + SESSIONS * 100,
}, async () => {
  // Hundreds of thousands of deadlines pass in here, each an error whose stack nobody reads.
  Error.stackTraceLimit = 0
  const cleans = new Map<string, Promise<Reading>>()
  const cleanOf = (fill: PumpFill): Promise<Reading> => {
    const { days = 0, sensorDays = 0 } = fill
    const [model] = models
    if (!model) throw new Error('no model')
    const known = cleans.get(`${days} ${sensorDays}`)
    const clean = known ?? read({ driver: talker, model, simulator: pairOf({ days, sensorDays }).meter })
    cleans.set(`${days} ${sensorDays}`, clean)
    return clean
  }
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SESSIONS; seed++) {
    expect({ seed, problems: await problemsOf(seed, cleanOf) }).toEqual({ seed, problems: [] })
  }
})

function never(): never {
  throw new Error('an empty list')
}
