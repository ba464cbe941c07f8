/**
 * One read of a pump, in order: meter, channel, clock, settings, history newest first, and whatever happens the way
 * back. Source: minimed-600 sheet §8.
 */
import { Reader } from '#bytes/reader.ts'
import type { DeviceTime } from '#records/time.ts'
import type { Download, Page, Session } from '../../driver.ts'
import { DeviceError, during } from '../../errors.ts'
import type { Port } from '../../ports/port.ts'
import { localTime } from '../decode/time.ts'
import { findPump } from './channel.ts'
import { createExchange, errorOfRefusal, type Exchange, QUIET_BEFORE_LEAVING_MS, Refused } from './exchange.ts'
import { readAllHistory } from './history.ts'
import { identityOf } from './identity.ts'
import { serialOfMac } from './linkKey.ts'
import { createCounter, enterPassthrough, leave, type Link, type Progress, readLink } from './linkMeter.ts'
import { carriedOver, gather, lastChannel, type Memory } from './memory.ts'
import { Answer, asPage, Command, type PumpMessage } from './message.ts'
import { readSettings } from './settings.ts'
import { PageKind } from './slices.ts'
import { createWire, type Wire } from './wire.ts'

const LEAVING_MS = 2000
/** A person who cancels does not wait for a meter that is silent. */
const LEAVING_WHEN_CANCELLED_MS = 400

/** Reads everything that earlier reads have not brought. Throws DeviceError only; the way back is always taken. */
export async function upload(port: Port, session: Session, driverId: string): Promise<Download> {
  const wire = createWire(port, session)
  const numbers = createCounter(254)
  const progress: Progress = { awake: false, passthrough: false }
  let exchange: Exchange | undefined
  let download: Download
  try {
    const meter = await enterPassthrough(wire, progress)
    const link = await readLink(wire, numbers, meter, progress)
    const serial = serialOfMac(link.pumpMac)
    const memory = await gather(serial === undefined ? [] : session.earlier({ kind: 'pump', serial }))
    const joined = await findPump(wire, numbers, link, lastChannel(memory))
    if (joined.signalPercent < 20) wire.note(`the signal is weak: ${joined.signalPercent} %`)
    exchange = createExchange(wire, numbers, link, joined)
    await exchange.begin()
    download = await readPump(exchange, session, driverId, {
      link,
      memory,
      radio: { kind: 'channel', index: joined.channel, bytes: joined.answer },
    })
  } catch (error) {
    if (error instanceof Refused) throw errorOfRefusal(error, 'asking the pump')
    throw error instanceof DeviceError ? error : during('reading the pump', error)
  } finally {
    wire.shield()
    const waitMs = session.signal.aborted ? LEAVING_WHEN_CANCELLED_MS : LEAVING_MS
    await leaveInOrder(wire, async () => exchange?.end(QUIET_BEFORE_LEAVING_MS))
    await leaveInOrder(wire, () => leave(wire, numbers, progress, waitMs))
  }
  if (session.signal.aborted) throw new DeviceError('cancelled', { step: 'leaving the meter' })
  return download
}

/** A step of the way back: its failure is noted, for the read's own end counts. */
async function leaveInOrder(wire: Wire, step: () => Promise<void>): Promise<void> {
  try {
    await step()
  } catch (error) {
    wire.note(`leaving: ${String(error)}`)
  }
}

interface Found {
  readonly link: Link
  readonly memory: Memory
  readonly radio: Page
}

async function readPump(
  exchange: Exchange,
  session: Session,
  driverId: string,
  { link, memory, radio }: Found,
): Promise<Download> {
  const time = await readTime(exchange)
  const hostMs = session.clock.nowMs()
  const nowRtc = new Reader(time.subarray(3)).u32be()
  const pages: Page[] = [{ kind: PageKind.time, index: 0, bytes: time }, radio]
  pages.push(...(await readSettings(exchange, link)))
  // Of a read that broke off, all is carried over: what belongs together may lie on both sides of the break.
  for (const { kind, bytes } of carriedOver(memory, nowRtc)) pages.push({ kind, index: pages.length, bytes })

  // `pages` grows under this one object, so keeping costs nothing: whoever keeps it copies when it must.
  const partial: Download = {
    driver: driverId,
    modelId: session.model.id,
    device: identityOf(session.model, link.pumpMac, pages),
    pages,
    complete: false,
    clock: { device: deviceTimeOf(time), hostMs },
  }
  session.keep(partial)

  await readAllHistory(exchange, session, { nowRtc, memory, pages, keep: () => session.keep(partial) })
  return { ...partial, complete: true }
}

/** The clock must be asked first: ranges of history are told in its seconds (sheet §8). Command first. */
async function readTime(exchange: Exchange): Promise<Uint8Array> {
  const step = 'asking for the pump’s clock'
  let message: PumpMessage
  try {
    message = await exchange.request(
      Command.TIME,
      new Uint8Array(0),
      ({ command, parameters }) => command === Answer.TIME && parameters.length >= 9,
    )
  } catch (error) {
    // The pump was there a moment ago. That it does not answer now, or not readably, means another key (sheet §19).
    const isSilence = error instanceof DeviceError && ['out-of-range', 'weak-radio'].includes(error.code)
    if (isSilence)
      throw new DeviceError('not-paired', { step, detail: 'the pump does not know this meter', cause: error })
    throw error
  }
  if (message.parameters[0] === 0) {
    throw new DeviceError('alarm-waiting', { step, detail: 'the pump’s clock is not set' })
  }
  return asPage(message)
}

/** The pump's wall clock of a time page. */
function deviceTimeOf(page: Uint8Array): DeviceTime {
  const reader = new Reader(page.subarray(3))
  return localTime(reader.u32be(), reader.i32be())
}
