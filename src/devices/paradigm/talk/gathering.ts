/**
 * The download as it grows: pages by kind and number, kept after each of them, and how far it has come.
 */
import type { Download, Page, Session } from '../../driver.ts'

export interface Gathering {
  readonly download: Download
  /** A page takes the place of an earlier one of the same kind and number. */
  put(kind: string, index: number, bytes: Uint8Array): void
  /** Takes a page out that turned out to be something else than its number says. */
  remove(kind: string, index: number): void
  /** A page was read from the device: it is kept, and counts. */
  read(kind: string, index: number, bytes: Uint8Array): void
  keep(): void
  /** How many pages of this kind have still to be asked for. */
  plan(what: 'history' | 'cgm', pages: number): void
}

/** An empty download with this head. */
export function createGathering(session: Session, head: Omit<Download, 'pages' | 'complete'>): Gathering {
  const pages: Page[] = []
  // `pages` grows under this one object, so keeping costs nothing: whoever keeps it copies when it must.
  const download: Download = { ...head, pages, complete: false }
  const left = { history: 0, cgm: 0 }
  let done = 0

  const placeOf = (kind: string, index: number) => pages.findIndex(page => page.kind === kind && page.index === index)
  const keep = () => session.keep(download)
  const tell = () => session.progress(done, done + left.history + left.cgm, 'pages')

  function put(kind: string, index: number, bytes: Uint8Array): void {
    const at = placeOf(kind, index)
    pages.splice(at < 0 ? pages.length : at, 1, { kind, index, bytes })
  }

  return {
    download,
    put,
    keep,
    remove(kind, index) {
      const at = placeOf(kind, index)
      if (at >= 0) pages.splice(at, 1)
    },
    read(kind, index, bytes) {
      put(kind, index, bytes)
      done++
      keep()
    },
    plan(what, count) {
      left[what] = count
      tell()
    },
  }
}

/**
 * Puts the neighbours of pages just read beside them, from what is known: a bolus and its wizard, or a reading and its
 * calibration, may stand on both sides of a page's end.
 */
export function carryOver(
  gathering: Gathering,
  kind: string,
  known: ReadonlyMap<number, Uint8Array>,
  read: Iterable<number>,
): void {
  const numbers = new Set(read)
  for (const neighbour of [...numbers].flatMap(number => [number - 1, number + 1])) {
    const bytes = known.get(neighbour)
    if (bytes && !numbers.has(neighbour)) gathering.put(kind, neighbour, bytes)
  }
}
