/**
 * Puts the blocks of all pages into one order: each event once, oldest first. Slices overlap because the pump gives
 * whole blocks, the newest block grows between reads, and pages come newest slice first. Knows which stretches are
 * here without a hole, so that nobody concludes anything from what was merely not read. Pure.
 * Source: minimed-600 sheet §9.1, §10.2, §20.
 */
import { EventType } from './eventTypes.ts'
import { type HistoryEvent, hexAt, i32, u32 } from './events.ts'
import { localTime } from './time.ts'

/** Events that follow one another in the pump's memory, of one block. */
export interface LogBlock {
  /** In the memory this block comes straight after the one before it in the list. */
  readonly followsOn: boolean
  readonly events: readonly HistoryEvent[]
}

/** Both in RTC seconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What was logged while the counter ran on without a reset. */
export interface Log {
  /** Ascending in RTC, without those that hold no record. */
  readonly events: readonly HistoryEvent[]
  /** True when all that the pump logged from one RTC to the other is here. */
  isWhole(fromRtc: number, toRtc: number): boolean
  /** The first event at or after an RTC. */
  firstFrom(rtc: number): HistoryEvent | undefined
}

/**
 * Two thirds of a log that hold no record: day marks, and every five minutes the state of suspending before low. What
 * that does is told by 1E and 1F, what it saw by D6. They only show that the log has no hole.
 */
const idleTypes: ReadonlySet<number> = new Set([
  EventType.START_OF_DAY,
  EventType.END_OF_DAY,
  EventType.PLGM_CONTROLLER_STATE,
])

/** The logs, oldest first: one, or one more for each reset of the counter. `covered` are stretches read whole. */
export function logsOf(blocks: readonly LogBlock[], covered: readonly Span[]): readonly Log[] {
  const resetTimes = blocks
    .flatMap(({ events }) => events.filter(({ type }) => type === EventType.TIME_RESET))
    .map(({ time }) => time)
    .sort((a, b) => a - b)
    .filter((time, i, all) => time !== all[i - 1])
  // The counter begins again, but the wall clock goes on: it tells what came before a reset and what after.
  const epochOf = (event: HistoryEvent): number =>
    resetTimes.length === 0 ? 0 : resetTimes.filter(time => event.time > time).length

  const epochs = Array.from({ length: resetTimes.length + 1 }, () => ({
    events: [] as HistoryEvent[],
    spans: [] as { from: number; to: number }[],
  }))
  let run: { readonly epoch: number; readonly span: { from: number; to: number } } | undefined
  for (const { followsOn, events } of blocks) {
    if (!followsOn) run = undefined
    for (const event of events) {
      const epoch = epochOf(event)
      if (!idleTypes.has(event.type)) epochs[epoch]?.events.push(event)
      if (run?.epoch !== epoch) {
        run = { epoch, span: { from: event.rtc, to: event.rtc } }
        epochs[epoch]?.spans.push(run.span)
      }
      run.span.to = Math.max(run.span.to, event.rtc)
    }
  }
  return epochs.map(({ events, spans }, epoch) => {
    const ordered = eachOnce(events)
    const last = ordered.at(-1)?.rtc ?? 0
    // Ranges are asked for in the counter's present run, and say nothing about what comes after the last event.
    const asked = epoch === epochs.length - 1 ? covered.map(({ from, to }) => ({ from, to: Math.min(to, last) })) : []
    return {
      events: ordered,
      isWhole: within(joined([...spans, ...asked])),
      firstFrom: rtc => ordered[indexFrom(ordered, rtc)],
    }
  })
}

/** When the counter ran on after a reset, by the event that tells of it. */
export const timeAfterReset = (event: HistoryEvent) => localTime(u32(event, 0x0b), i32(event, 0x0f))

/** Ascending, stable; an event that stands in several blocks is here as often as in the block that has it most often. */
function eachOnce(events: readonly HistoryEvent[]): HistoryEvent[] {
  const ordered = [...events].sort((a, b) => a.rtc - b.rtc)
  const kept: HistoryEvent[] = []
  for (let first = 0; first < ordered.length; ) {
    const one = ordered[first]
    let end = first + 1
    let isOfOneBlock = true
    for (; end < ordered.length && ordered[end]?.rtc === one?.rtc; end++)
      isOfOneBlock &&= ordered[end]?.view === one?.view
    const moment = isOfOneBlock ? undefined : withoutRepeats(ordered.slice(first, end))
    for (let i = first; i < end; i++) {
      const event = ordered[i]
      if (event && (moment?.has(event) ?? true)) kept.push(event)
    }
    first = end
  }
  return kept
}

/** A block has one view, so the view names it. */
function withoutRepeats(moment: readonly HistoryEvent[]): ReadonlySet<HistoryEvent> {
  const seen = new Map<string, { kept: number; readonly byBlock: Map<DataView, number> }>()
  const isNew = (event: HistoryEvent): boolean => {
    const bytes = hexAt(event, 0, event.size)
    const counts = seen.get(bytes) ?? { kept: 0, byBlock: new Map<DataView, number>() }
    seen.set(bytes, counts)
    const before = counts.byBlock.get(event.view) ?? 0
    counts.byBlock.set(event.view, before + 1)
    if (before < counts.kept) return false
    counts.kept++
    return true
  }
  return new Set(moment.filter(isNew))
}

function joined(spans: readonly Span[]): readonly Span[] {
  const result: { from: number; to: number }[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else result.push({ from, to })
  }
  return result
}

const within =
  (spans: readonly Span[]) =>
  (fromRtc: number, toRtc: number): boolean =>
    spans.some(({ from, to }) => from <= fromRtc && toRtc <= to)

function indexFrom(events: readonly HistoryEvent[], rtc: number): number {
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((events[middle]?.rtc ?? 0) < rtc) low = middle + 1
    else high = middle
  }
  return low
}
