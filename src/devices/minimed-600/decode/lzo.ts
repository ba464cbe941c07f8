/**
 * Unpacks LZO1X, the packing of the pump's history. Knows nothing of what is inside. Pure, takes any bytes: every copy
 * is bounded by the source and by the announced length. Source: minimed-600 sheet §10.1.
 */

export interface Unpacked {
  /** What came out, up to the first problem. */
  readonly bytes: Uint8Array
  /** Why that is not all; absent when the stream is whole and as long as announced. */
  readonly problem?: string
}

const END_OF_STREAM = 0x11
/** Longest distances of the two short kinds of match, and what is added to the longest kind's. */
const NEAR = 1
const BEYOND_NEAR = 0x801
const BEYOND_MIDDLE = 0x4000
/** State after a run of four or more literals; 0 to 3 is the number of literals that followed the last match. */
const AFTER_RUN = 4
/** From here on a copy by the runtime is faster than a loop. */
const LONG_RUN = 32

/** Unpacks `source` into at most `length` bytes. */
export function unpack(source: Uint8Array, length: number): Unpacked {
  const out = new Uint8Array(length)
  const end = source.length
  let from = 0
  let to = 0
  let state = 0

  /** A long length: 255 for each zero byte, then the first other byte. Past the end: 0, and `from` says so. */
  const extended = (base: number): number => {
    let total = base
    while (from < end && source[from] === 0) {
      total += 255
      from++
    }
    return total + (source[from++] ?? 0)
  }
  /** Copies literals; false when source or room end before. */
  const literals = (count: number): boolean => {
    const whole = Math.min(count, end - from, length - to)
    if (whole > LONG_RUN) out.set(source.subarray(from, from + whole), to)
    else for (let i = 0; i < whole; i++) out[to + i] = source[from + i] ?? 0
    from += whole
    to += whole
    return whole === count
  }
  const stopped = (problem: string): Unpacked => ({ bytes: out.subarray(0, to), problem })
  const cut = () => stopped(to === length ? 'gives more than it announces' : 'ends in the middle')

  const first = source[0] ?? 0
  if (first > 17) {
    from = 1
    if (!literals(first - 17)) return cut()
    state = Math.min(first - 17, AFTER_RUN)
  }
  while (from < end) {
    const token = source[from++] ?? 0
    if (token < 16 && state === 0) {
      if (!literals(token === 0 ? extended(15) + 3 : token + 3)) return cut()
      state = AFTER_RUN
      continue
    }
    let count: number
    let distance: number
    if (token >= 64) {
      count = (token >> 5) + 1
      distance = ((source[from] ?? 0) << 3) + ((token >> 2) & 7) + NEAR
      from += 1
      state = token & 3
    } else if (token >= 16) {
      const isMiddle = token >= 32
      const mask = isMiddle ? 31 : 7
      count = ((token & mask) === 0 ? extended(mask) : token & mask) + 2
      const pair = (source[from] ?? 0) + ((source[from + 1] ?? 0) << 8)
      from += 2
      distance = isMiddle ? (pair >> 2) + NEAR : ((token & 8) << 11) + (pair >> 2)
      if (!isMiddle) {
        if (from > end) return cut()
        if (distance === 0) return finished(token)
        distance += BEYOND_MIDDLE
      }
      state = pair & 3
    } else {
      const isAfterRun = state === AFTER_RUN
      count = isAfterRun ? 3 : 2
      distance = ((source[from] ?? 0) << 2) + (token >> 2) + (isAfterRun ? BEYOND_NEAR : NEAR)
      from += 1
      state = token & 3
    }
    if (from > end) return cut()
    if (distance > to) return stopped('reaches back before its beginning')
    if (count > length - to) return stopped('gives more than it announces')
    // Byte by byte: a match may overlap what it writes.
    for (let i = 0; i < count; i++, to++) out[to] = out[to - distance] ?? 0
    if (!literals(state)) return cut()
  }
  return stopped('has no end mark')

  function finished(token: number): Unpacked {
    if (token !== END_OF_STREAM) return stopped('has a wrong end mark')
    if (from < end) return stopped('goes on behind its end mark')
    return to === length ? { bytes: out } : stopped('gives less than it announces')
  }
}

/** Packs without packing: one run of literals. For simulated pumps; any unpacker takes it. */
export function packLiterals(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const head: number[] = []
  if (bytes.length > 0 && bytes.length <= 238) head.push(17 + bytes.length)
  else if (bytes.length > 238) {
    let rest = bytes.length - 18
    head.push(0)
    for (; rest > 255; rest -= 255) head.push(0)
    head.push(rest)
  }
  const out = new Uint8Array(head.length + bytes.length + 3)
  out.set(head)
  out.set(bytes, head.length)
  out.set([END_OF_STREAM, 0, 0], head.length + bytes.length)
  return out
}
