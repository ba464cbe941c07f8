/** Reports that are drawn in the page, as one PDF file. Loaded when the first file is made. */
import { layoutReport } from './layoutReport.ts'
import type { Layout } from './marks.ts'
import { paperFonts } from './paperFonts.ts'
import { openPaper, TEXT_WIDTH_PT } from './paperFrame.ts'
import { MARGIN_PT, paperSizes, type PdfContent, writePdf } from './writePdf.ts'

export interface PdfRequest extends Omit<PdfContent, 'layouts'> {
  readonly paper: 'A4' | 'Letter'
  /** In the order of the file; each is drawn and complete when it comes, and no longer needed when the next is asked for. */
  readonly reports: Iterable<DrawnReport> | AsyncIterable<DrawnReport>
  readonly signal?: AbortSignal
}

export interface DrawnReport {
  readonly title: string
  readonly element: Element
}

export interface PdfFile {
  /** `undefined` when no report came. */
  readonly file: Blob | undefined
  readonly pages: number
}

/** Fetches what a first file would have to wait for. */
export const fetchFonts = async (): Promise<void> => void (await paperFonts())

/** Makes the file; rejects with the signal's reason when it is called off. */
export async function makePdf(request: PdfRequest): Promise<PdfFile> {
  const { reports, signal } = request
  const paper = paperSizes[request.paper]
  const fonts = await paperFonts()
  const frame = await openPaper(document, fonts)
  const layouts: Layout[] = []
  const pause = async () => {
    await turnOfTheWindow()
    signal?.throwIfAborted()
  }
  try {
    for await (const { title, element } of reports) {
      signal?.throwIfAborted()
      frame.restyle()
      layouts.push(layoutReport(frame, element, title, paper.heightPt - 2 * MARGIN_PT))
      await pause()
    }
  } finally {
    frame.close()
  }
  signal?.throwIfAborted()
  if (layouts.length === 0) return { file: undefined, pages: 0 }
  const file = await writePdf({ ...request, layouts }, paper, TEXT_WIDTH_PT, fonts, pause)
  signal?.throwIfAborted()
  return { file, pages: layouts.reduce((sum, { pages }) => sum + pages.length, 0) }
}

/** Lets the window answer the person between two reports. */
const turnOfTheWindow = () => new Promise(resolve => setTimeout(resolve))
