/**
 * The typeface of paper: Source Sans 3 (SIL Open Font License), regular and semibold, with Latin, Greek, Cyrillic, arrows
 * and the marks that reports use; its figures are all of one width. Fetched when a PDF is made, and kept for offline use
 * by the service worker. The same bytes lay the page out and are embedded in the file, so that places agree.
 */
import regularUrl from 'source-sans/TTF/SourceSans3-Regular.ttf?url'
import semiboldUrl from 'source-sans/TTF/SourceSans3-Semibold.ttf?url'

export const PAPER_FONT = 'Basalt Paper'

export interface PaperFonts {
  readonly regular: Uint8Array<ArrayBuffer>
  readonly semibold: Uint8Array<ArrayBuffer>
}

let fetched: Promise<PaperFonts> | undefined

/** Both weights; fetched once. Throws when they can be had neither from the network nor from the cache. */
export function paperFonts(): Promise<PaperFonts> {
  fetched ??= Promise.all([bytesAt(regularUrl), bytesAt(semiboldUrl)]).then(
    ([regular, semibold]) => ({ regular, semibold }),
    error => {
      fetched = undefined
      throw error
    },
  )
  return fetched
}

async function bytesAt(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`The paper's font could not be had: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
