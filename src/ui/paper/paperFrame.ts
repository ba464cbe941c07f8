/**
 * A document beside the page, out of sight, in which reports are laid out as on paper: the width of the text area, the
 * rules for print, the paper's font. Columns stand for pages, one beside the other, so the browser itself cuts the pages
 * by the same rules as when it prints (`break-inside`, heads of tables, lines kept whole).
 */
import { PAPER_FONT, type PaperFonts } from './paperFonts.ts'
import { printRules } from './printRules.ts'

/** Points a CSS pixel. */
export const PT = 0.75
/** The text area that A4 and Letter both have room for (reports sheet §5.4). */
export const TEXT_WIDTH_PT = 523
/** Between two pages that lie side by side; more than anything sticks out of a page. */
export const GAP_PT = 200

export interface PaperFrame {
  readonly document: Document
  readonly window: Window
  /** Takes the page's style sheets over as they are now; those of a report come with its code. */
  restyle(): void
  close(): void
}

const rules = `
  :root { --font: '${PAPER_FONT}'; --font-mono: '${PAPER_FONT}'; color-scheme: light; }
  html { overflow: visible; scrollbar-gutter: auto; font-family: '${PAPER_FONT}'; font-synthesis: none;
    text-rendering: geometricPrecision; background: #ffffff; }
  *, *::before, *::after { transition: none !important; animation: none !important; }
  .paper-pages { inline-size: ${TEXT_WIDTH_PT}pt; column-gap: ${GAP_PT}pt; column-fill: auto; orphans: 2; widows: 2; }
  .paper-pages thead, .paper-pages tr { break-inside: avoid; }
  .paper-head { display: flow-root; inline-size: ${TEXT_WIDTH_PT}pt; font-size: 8.5pt; line-height: 1.3; color: #1b1f24; }
  .paper-probe { position: absolute; inset-block-start: 0; inset-inline-start: 0; line-height: 1; white-space: nowrap; }
  .paper-probe i { display: inline-block; inline-size: 1px; block-size: 0; }
`

/** Opens the document in the style of `page`; close it when the reports are measured. */
export async function openPaper(page: Document, fonts: PaperFonts): Promise<PaperFrame> {
  const frame = page.createElement('iframe')
  frame.setAttribute('aria-hidden', 'true')
  frame.setAttribute('scrolling', 'no')
  frame.tabIndex = -1
  Object.assign(frame.style, {
    position: 'fixed',
    insetBlockStart: '0',
    insetInlineStart: '-20000px',
    inlineSize: `${TEXT_WIDTH_PT}pt`,
    blockSize: '1200px',
    border: '0',
    pointerEvents: 'none',
  })
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve, { once: true }))
  // Without a doctype tables would be laid out by other rules.
  frame.srcdoc = '<!doctype html>'
  page.body.append(frame)
  await loaded
  const { contentDocument: document, contentWindow: window } = frame
  if (!document || !window) throw new Error('The frame for paper has no document')
  // A window has all globals of the page; the types tell only of its own.
  const { CSSStyleSheet, FontFace } = window as unknown as typeof globalThis
  document.documentElement.lang = page.documentElement.lang
  document.documentElement.dir = page.documentElement.dir
  document.documentElement.className = page.documentElement.className
  const sheet = new CSSStyleSheet()
  let styled = ''
  const restyle = () => {
    const now = printRules(page)
    if (now === styled) return
    styled = now
    sheet.replaceSync(now + rules)
  }
  restyle()
  document.adoptedStyleSheets = [sheet]
  const faces = [
    new FontFace(PAPER_FONT, fonts.regular, { weight: '1 549' }),
    new FontFace(PAPER_FONT, fonts.semibold, { weight: '550 1000' }),
  ]
  for (const face of faces) document.fonts.add(await face.load())
  return { document, window, restyle, close: () => frame.remove() }
}
