/** What was said on the wire during the last read, for a support report. Bounded: the newest lines stay. */
import { hexFromBytes } from '#bytes/hex.ts'
import type { Clock } from '#devices/ports/port.ts'

const MAX_LINES = 20_000

export interface Conversation {
  log(direction: 'out' | 'in' | 'note', what: Uint8Array | string): void
  /** One line each: seconds since the start, direction, bytes as hex or the note. */
  text(): string
}

export function createConversation(clock: Clock): Conversation {
  const startMs = clock.nowMs()
  const lines: string[] = []
  let dropped = 0
  return {
    log(direction, what) {
      const seconds = ((clock.nowMs() - startMs) / 1000).toFixed(3)
      lines.push(`${seconds} ${direction} ${typeof what === 'string' ? what : hexFromBytes(what, ' ')}`)
      // In stretches, because taking from the front each time is slow.
      if (lines.length >= MAX_LINES * 2) dropped += lines.splice(0, MAX_LINES).length
    },
    text() {
      const start = Math.max(0, lines.length - MAX_LINES)
      const left = dropped + start
      return [...(left > 0 ? [`(${left} lines before)`] : []), ...lines.slice(start)].join('\n')
    },
  }
}
