/**
 * Reads a Contour meter over HID: the order of things. What is said stands in `commands.ts`, what it means in
 * `decode.ts`. Source: contour sheet §5. The remote command mode is not used: it holds commands that erase.
 */
import { DeviceError, during } from '../errors.ts'
import type { Download, Driver, Page, Session } from '../driver.ts'
import { drain } from '../ports/drain.ts'
import type { Port } from '../ports/port.ts'
import { type Frame, recordsOf } from '../shared/astm.ts'
import { REPORT_BYTES } from '../shared/contourReports.ts'
import { endTransfer, type Link, type Received, readNextFrame, Say, startTransfer } from './commands.ts'
import { decode } from './decode.ts'
import { type Header, identityOf, isContour, readHeader } from './header.ts'
import { models } from './models.ts'

const QUIET_MS = 100
/** Five times the largest memory: a meter that goes on for longer is broken. */
const MAX_FRAMES = 10_000
/** A larger count in the header is not believed and not shown. */
const MAX_CREDIBLE_RESULTS = 5000

export const driver: Driver = { id: 'contour', decoderVersion: 1, mayWrite, download, decode }

/** The whole whitelist: one of ACK, NAK, EOT, "X" alone in a report that begins with ABC or with three zeros. */
function mayWrite(bytes: Uint8Array): boolean {
  const mark = String.fromCharCode(...bytes.subarray(0, 3))
  const allowed: readonly (number | undefined)[] = Object.values(Say)
  return (
    bytes.length === REPORT_BYTES &&
    (mark === 'ABC' || mark === '\0\0\0') &&
    bytes[3] === 1 &&
    allowed.includes(bytes[4]) &&
    bytes.subarray(5).every(byte => byte === 0)
  )
}

async function download(port: Port, session: Session): Promise<Download> {
  const link: Link = { port, session }
  let started = false
  let results = 0
  let announced: number | undefined
  try {
    await drain(port, session.clock, QUIET_MS, session.signal)
    const linksToPump = models.find(({ id }) => id === session.model.id)?.linksToPump ?? false
    const first = await startTransfer(link, linksToPump ? Say.X : Say.EOT)
    const header = headerOf(first)
    if ((header.resultCount ?? Infinity) <= MAX_CREDIBLE_RESULTS) announced = header.resultCount
    started = true
    session.progress(0, announced, 'results')

    const pages: Page[] = []
    // `pages` grows under this one object, so keeping costs nothing: whoever keeps it copies when it must.
    const partial: Download = {
      driver: driver.id,
      modelId: session.model.id,
      device: identityOf(header),
      pages,
      complete: false,
      ...(header.time !== undefined && { clock: { device: header.time, hostMs: session.clock.nowMs() } }),
    }
    const add = ({ message }: Received) => {
      pages.push({ kind: 'record', index: pages.length, bytes: message })
      session.keep(partial)
    }

    add(first)
    let last = first.frame
    while (!holds(last, 'L')) {
      const next = await readNextFrame(link, last)
      if (holds(next.frame, 'H')) {
        throw new DeviceError('wrong-answer', { step: 'reading', detail: 'the meter started over' })
      }
      if (pages.length >= MAX_FRAMES) {
        throw new DeviceError('wrong-answer', { step: 'reading', detail: `more than ${MAX_FRAMES} frames` })
      }
      add(next)
      last = next.frame
      if (!holds(last, 'R')) continue
      results++
      session.progress(results, progressTotal(results, announced), 'results')
    }
    if (results !== header.resultCount) {
      session.log('note', `the meter announced ${header.resultCount} results and sent ${results}`)
    }
    await endTransfer(link)
    return { ...partial, complete: true }
  } catch (error) {
    if (!started) throw during('starting to read the meter', error)
    const of = progressTotal(results + 1, announced)
    throw during(`reading result ${results + 1}${of === undefined ? '' : ` of ${of}`}`, error)
  }
}

const holds = (frame: Frame, type: string): boolean => recordsOf(frame).some(({ text }) => text.startsWith(type))

/** A meter that sends more than it announced has announced wrongly. */
const progressTotal = (done: number, total: number | undefined): number | undefined =>
  total !== undefined && done <= total ? total : undefined

/** Throws DeviceError `wrong-device` unless a Contour meter speaks, `wrong-answer` when it does not say which. */
function headerOf({ frame }: Received): Header {
  const header = readHeader(recordsOf(frame)[0]?.text ?? '')
  const step = 'reading who the meter is'
  if (!header) throw new DeviceError('wrong-answer', { step, detail: frame.text })
  if (!isContour(header)) throw new DeviceError('wrong-device', { step, detail: header.product })
  // Records are named by serial number: two meters without one would become one.
  if (header.serial === '') throw new DeviceError('wrong-answer', { step, detail: 'no serial number' })
  return header
}
