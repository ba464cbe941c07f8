/**
 * All history that is not here yet: pump and sensor, newest first, slice by slice; what does not arrive whole is asked
 * for once more. Source: minimed-600 sheet §9.8, §10, §19 and §20.
 */
import type { Page, Session } from '../../driver.ts'
import { DeviceError, during } from '../../errors.ts'
import { isWholeGroup } from '../decode/blocks.ts'
import { errorOfRefusal, type Exchange, QUIET_BEFORE_LEAVING_MS, Refused } from './exchange.ts'
import type { Memory } from './memory.ts'
import { HistoryType } from './message.ts'
import { coveredBy, missingSlices, oldestRtc, PageKind, slicePage } from './slices.ts'
import { askHistoryInfo, type HistoryPart, readHistory, type Stretch } from './transfer.ts'

/** Transfers of a read that may be begun anew, and the pause before it. */
const MAX_RESTARTS = 2
const RESTART_MS = 2000
const DAY_SECONDS = 86_400
const BLOCK_BYTES = 2048
/** 16 blocks: the longest part that the pump sends. */
const PART_BYTES = 32_768

export interface HistoryOptions {
  readonly nowRtc: number
  readonly memory: Memory
  /** Grows by what comes. */
  readonly pages: Page[]
  /** Called after each part and each slice. */
  readonly keep: () => void
}

/**
 * Reads both histories to their end, counting days. Throws DeviceError; what came before a failure has been kept.
 */
export async function readAllHistory(exchange: Exchange, session: Session, options: HistoryOptions): Promise<void> {
  const { nowRtc, memory, pages, keep } = options
  const slices = await planSlices(exchange, nowRtc, memory)
  const days = countDays(session, slices)
  let restarts = 0
  let broken: Stretch | undefined
  for (const slice of slices) {
    let whole: boolean | undefined
    while (whole === undefined) {
      try {
        whole = await readSlice(exchange, slice, { pages, keep, onShare: share => days.report(slice, share) })
      } catch (error) {
        const isWeak = error instanceof DeviceError && error.code === 'weak-radio'
        if (isWeak && restarts < MAX_RESTARTS) {
          restarts++
          await startOver(exchange, String(error))
          continue
        }
        throw error instanceof Refused ? errorOfRefusal(error, days.step()) : during(days.step(), error)
      }
    }
    if (whole) pages.push({ kind: PageKind.slice, index: pages.length, bytes: slicePage(slice) })
    else broken ??= slice
    keep()
    days.done(slice)
  }
  if (broken) {
    const detail = `from ${broken.fromRtc} to ${broken.toRtc}, twice`
    throw new DeviceError('weak-radio', { step: 'reading history that did not arrive whole', detail })
  }
}

/** Progress in days of the longer history: grows steadily, never backwards. */
function countDays(session: Pick<Session, 'progress'>, slices: readonly Stretch[]) {
  const seconds = (some: readonly Stretch[]) => some.reduce((sum, { fromRtc, toRtc }) => sum + toRtc - fromRtc, 0)
  const longest = Math.max(...Object.values(HistoryType).map(type => seconds(slices.filter(is => is.type === type))))
  const totalDays = Math.ceil(longest / DAY_SECONDS)
  const totalSeconds = Math.max(1, seconds(slices))
  let doneSeconds = 0
  let reportedDays = -1
  const say = (atSeconds: number) => {
    const days = Math.floor((totalDays * atSeconds) / totalSeconds)
    if (days <= reportedDays) return
    reportedDays = days
    session.progress(days, totalDays, 'days')
  }
  say(0)
  return {
    report: (slice: Stretch, share: number) => say(doneSeconds + share * seconds([slice])),
    done(slice: Stretch) {
      doneSeconds += seconds([slice])
      say(doneSeconds)
    },
    step: () => `reading day ${Math.min(reportedDays + 1, totalDays)} of ${totalDays}`,
  }
}

/** A transfer that got stuck is left the way that a session is left, and begun anew. */
async function startOver(exchange: Exchange, why: string): Promise<void> {
  exchange.wire.note(`starting this slice over: ${why}`)
  await exchange.end(QUIET_BEFORE_LEAVING_MS)
  await exchange.wire.pause(RESTART_MS)
  await exchange.begin()
}

/** What is to be read of both histories, newest first; of one stretch of time the pump's own before the sensor's. */
async function planSlices(exchange: Exchange, nowRtc: number, memory: Memory): Promise<readonly Stretch[]> {
  const covered = coveredBy(memory.earlier, nowRtc)
  const slices: Stretch[] = []
  for (const type of Object.values(HistoryType)) {
    const all = { type, fromRtc: oldestRtc(nowRtc), toRtc: nowRtc }
    const info = await askHistoryInfo(exchange, all).catch((error: unknown) => {
      const none = type === HistoryType.sensor ? [0x08, 0x0b, 0x0d, 0x15] : [0x0d]
      if (!(error instanceof Refused && none.includes(error.reason))) throw error
      exchange.wire.note(error.message)
      return { bytes: 0, fromRtc: 0 }
    })
    if (info.bytes < BLOCK_BYTES) continue
    const fromRtc = Math.min(Math.max(all.fromRtc, info.fromRtc), nowRtc)
    slices.push(...missingSlices(type, fromRtc, nowRtc, covered))
  }
  return slices.sort((a, b) => b.toRtc - a.toRtc || a.type - b.type)
}

interface SliceOptions {
  readonly pages: Page[]
  readonly onShare: (share: number) => void
  readonly keep: () => void
}

/**
 * Reads one slice, at most twice. False when what came was short or damaged and the second time different: then the way
 * has lost something. The same twice is what the pump has.
 *
 * Unconfirmed: that a real pump never sends less than it announces (sheet §9.8 says "at least"); one that does costs
 * the second reading and nothing else.
 */
async function readSlice(exchange: Exchange, slice: Stretch, { pages, onShare, keep }: SliceOptions): Promise<boolean> {
  const { bytes } = await askHistoryInfo(exchange, slice)
  if (bytes === 0) return true
  const kind = slice.type === HistoryType.pump ? PageKind.pump : PageKind.sensor
  const begin = pages.length
  let before: readonly Uint8Array[] | undefined
  for (;;) {
    const parts: Uint8Array[] = []
    let unpacked = 0
    let sound = true
    await readHistory(exchange, slice, {
      onPacket: share => onShare(Math.min(1, (unpacked + share * Math.min(PART_BYTES, bytes - unpacked)) / bytes)),
      onPart(part: HistoryPart) {
        unpacked += part.unpackedBytes
        sound &&= isWholeGroup(part.bytes)
        parts.push(part.bytes)
        pages.push({ kind, index: pages.length, bytes: part.bytes })
        keep()
      },
    })
    if ((sound && unpacked >= bytes) || (before && isSame(before, parts))) {
      // What the first attempt brought is in the second too.
      if (before) pages.splice(begin, before.length)
      return true
    }
    exchange.wire.note(`${unpacked} of ${bytes} bytes came${sound ? '' : ', damaged'}`)
    if (before) return false
    before = parts
  }
}

const isSame = (first: readonly Uint8Array[], second: readonly Uint8Array[]): boolean =>
  first.length === second.length &&
  first.every((part, i) => part.length === second[i]?.length && part.every((byte, at) => byte === second[i]?.[at]))
