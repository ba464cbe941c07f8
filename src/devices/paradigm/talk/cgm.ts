/**
 * The sensor's pages, newest first, each page of glucose with its page of currents. They are asked for by numbers that
 * never change; only the newest is still being filled. Sheet §2.3 and §5.
 */
import { Reader } from '#bytes/reader.ts'
import { CGM_PAGES, cgmPage } from './commands.ts'
import { carryOver, type Gathering } from './gathering.ts'
import type { Known } from './known.ts'
import type { PageReader } from './pages.ts'

const kinds = ['glucose', 'isig'] as const

export interface CgmPage {
  readonly kind: (typeof kinds)[number]
  readonly number: number
}

/** The pages to ask for, by the counter's reply (CD). All that the pump keeps when `known` is not of its memory. */
export function missingCgm(counter: Uint8Array | undefined, known: Known | undefined): readonly CgmPage[] {
  if (!counter) return []
  const body = new Reader(counter)
  const newest = body.u32be()
  const counts = { glucose: body.u16be(), isig: body.u16be() }
  const isTrusted = known !== undefined && newest >= (known.counters.cgm ?? 0)
  const ages = Array.from({ length: CGM_PAGES }, (_, age) => age)
  return ages
    .flatMap(age => kinds.filter(kind => age < counts[kind]).map(kind => ({ kind, number: newest - age })))
    .filter(({ number }) => number >= 0)
    .filter(({ kind, number }) => number === newest || !isTrusted || !known[kind].has(number))
}

/** Reads these pages. `known`, where there is one, gives their neighbours. Throws DeviceError. */
export async function readCgm(
  missing: readonly CgmPage[],
  reader: PageReader,
  known: Known | undefined,
  gathering: Gathering,
): Promise<void> {
  const read: CgmPage[] = []
  let left = missing.length
  for (const { kind, number } of missing) {
    const bytes = await reader.read(kind, number, cgmPage(kind, number))
    left--
    if (typeof bytes !== 'string') {
      gathering.read(kind, number, bytes)
      read.push({ kind, number })
    }
    gathering.plan('cgm', left)
  }
  // Each kind gets the neighbours of both, so that they stay pairs.
  const numbers = read.map(({ number }) => number)
  for (const kind of kinds) {
    if (known) carryOver(gathering, kind, withoutRead(known[kind], kind, read), numbers)
  }
}

const withoutRead = (
  pages: ReadonlyMap<number, Uint8Array>,
  kind: CgmPage['kind'],
  read: readonly CgmPage[],
): ReadonlyMap<number, Uint8Array> =>
  new Map([...pages].filter(([number]) => !read.some(page => page.kind === kind && page.number === number)))
