/**
 * Packs as LZO1X what repeats one byte for long: the filler behind a block's events. Everything else stays literal. The
 * mirror image of `decode/lzo.ts`, for simulated pumps; any unpacker takes it. Source: minimed-600 sheet §10.1.
 */

/** Shorter repeats are not worth a token, and every run of literals must have four. */
const LEAST_REPEATS = 40
const LEAST_LITERALS = 4
const MOST_SHORT_LITERALS = 18
const MOST_FIRST_LITERALS = 238
/** A match with a long length: what its token leaves to the bytes behind it. */
const MATCH = 0x20
const MATCH_BASE = 33
const END = [0x11, 0x00, 0x00] as const

export function packRuns(bytes: Uint8Array): Uint8Array {
  const packed: number[] = []
  let from = 0
  while (from < bytes.length) {
    const { start, end } = nextRepeats(bytes, from)
    // Literals up to and with the first four of the repeats, then the rest of them by reaching one byte back.
    const literals = Math.min(bytes.length, start + LEAST_LITERALS)
    packed.push(...literalHead(literals - from, from === 0), ...bytes.subarray(from, literals))
    if (end > literals) packed.push(MATCH, ...extended(end - literals - MATCH_BASE), 0, 0)
    from = Math.max(end, literals)
  }
  return Uint8Array.from([...packed, ...END])
}

/** The next long stretch of one byte; an empty one at the end when there is none. */
function nextRepeats(bytes: Uint8Array, from: number): { readonly start: number; readonly end: number } {
  let start = from
  for (let at = from; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at] === bytes[start]) continue
    if (at - start >= LEAST_REPEATS) return { start, end: at }
    start = at
  }
  return { start: bytes.length, end: bytes.length }
}

function literalHead(count: number, isFirst: boolean): readonly number[] {
  if (isFirst && count <= MOST_FIRST_LITERALS) return [17 + count]
  return count <= MOST_SHORT_LITERALS ? [count - 3] : [0, ...extended(count - MOST_SHORT_LITERALS)]
}

/** A number from 1 on: a zero byte for each 255, then what is left. */
function extended(rest: number): readonly number[] {
  const zeros = Math.floor((rest - 1) / 255)
  return [...Array.from({ length: zeros }, () => 0), rest - 255 * zeros]
}
