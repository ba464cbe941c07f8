/**
 * Writes laid out reports as one PDF file: vectors and text, the font embedded with the letters that are used, tagged for
 * screen readers, the report's head on each page and page numbers over the whole file, with a password if one is wanted.
 */
import PDFDocument, { type StructureElement } from 'pdfkit'
import type { Ink, Layout, Mark } from './marks.ts'
import { strengthenPassword } from './password.ts'
import type { PaperFonts } from './paperFonts.ts'
import { createPens, REGULAR, SEMIBOLD } from './pens.ts'

export interface PaperSize {
  readonly widthPt: number
  readonly heightPt: number
}

/** Sizes of ISO 216 and ANSI; margins leave the same text area on both (reports sheet §5.4). */
export const paperSizes: Readonly<Record<'A4' | 'Letter', PaperSize>> = {
  A4: { widthPt: 595.28, heightPt: 841.89 },
  Letter: { widthPt: 612, heightPt: 792 },
}
export const MARGIN_PT = 36

export interface PdfContent {
  readonly title: string
  readonly language: string
  readonly creator: string
  readonly madeAt: Date
  readonly layouts: readonly Layout[]
  /** On every page at the bottom: what the pages are not for. */
  readonly warning: string
  /** "Page 2 of 5". */
  readonly pageText: (page: number, pages: number) => string
  readonly password?: string | undefined
}

const FOOT_SIZE_PT = 7.5
const footInk: Ink = { rgb: [0x55, 0x5c, 0x65], alpha: 1 }

/** The file's bytes. `pause` is awaited after each page, so that the window can answer the person; it may throw. */
export async function writePdf(
  content: PdfContent,
  paper: PaperSize,
  textWidthPt: number,
  fonts: PaperFonts,
  pause: () => Promise<void>,
): Promise<Blob> {
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: false,
    pdfVersion: content.password ? '1.7ext3' : '1.7',
    tagged: true,
    lang: content.language,
    displayTitle: true,
    font: null,
    info: { Title: content.title, Creator: content.creator, Producer: content.creator, CreationDate: content.madeAt },
    ...(content.password
      ? { userPassword: content.password, ownerPassword: content.password, permissions: allowed }
      : {}),
  })
  const bytes = bytesOf(doc)
  if (content.password) strengthenPassword(doc, content.password)
  doc.registerFont(REGULAR, fonts.regular).registerFont(SEMIBOLD, fonts.semibold)
  const draw = createPens(doc)
  const root = doc.struct('Document', { title: content.title })
  doc.addStructure(root)
  const pages = content.layouts.reduce((sum, { pages: own }) => sum + own.length, 0)
  const left = (paper.widthPt - textWidthPt) / 2
  let number = 0
  for (const layout of content.layouts) {
    const elements = structureOf(doc, root, layout)
    for (const [index, marks] of layout.pages.entries()) {
      number += 1
      doc.addPage({ size: [paper.widthPt, paper.heightPt], margin: 0 })
      doc.translate(left, MARGIN_PT)
      if (index === 0) drawTagged(doc, layout, layout.head, elements, draw)
      else drawAside(doc, layout.head, draw)
      doc.translate(0, layout.headPt)
      drawTagged(doc, layout, marks, elements, draw)
      doc.translate(0, -layout.headPt)
      drawAside(doc, footOf(doc, content, paper, textWidthPt, number, pages), draw)
      await pause()
    }
    for (const element of [...elements.values()].toReversed()) element.end()
  }
  root.end()
  doc.end()
  return new Blob([...(await bytes)], { type: 'application/pdf' })
}

/** Whoever has the password may do everything. */
const allowed = {
  printing: 'highResolution',
  modifying: true,
  copying: true,
  annotating: true,
  fillingForms: true,
  contentAccessibility: true,
  documentAssembly: true,
}

function bytesOf(doc: PDFDocument): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array<ArrayBuffer>[] = []
    doc.on('data', part => parts.push(part))
    doc.on('end', () => resolve(parts))
    doc.on('error', reject)
  })
}

/** The elements of the nodes that show something, by the nodes' indices; pdfkit cannot end a file with others. */
function structureOf(doc: PDFDocument, root: StructureElement, layout: Layout): Elements {
  const used = new Set<number>()
  for (const { node } of [...layout.head, ...layout.pages.flat()]) {
    for (let at = node; at >= 0 && !used.has(at); at = layout.nodes[at]?.parent ?? -1) used.add(at)
  }
  const elements = new Map<number, StructureElement>()
  for (const [index, { role, parent, alt }] of layout.nodes.entries()) {
    if (!used.has(index)) continue
    const element = doc.struct(role, { ...(alt ? { alt } : {}), ...(index === 0 ? { title: layout.title } : {}) })
    elements.set(index, element)
    ;(elements.get(parent) ?? root).add(element)
  }
  return elements
}

type Elements = ReadonlyMap<number, StructureElement>

/** Neighbouring marks of one element make one stretch of content. */
function drawTagged(
  doc: PDFDocument,
  layout: Layout,
  marks: readonly Mark[],
  elements: Elements,
  draw: (mark: Mark) => void,
): void {
  let open: number | undefined
  for (const mark of marks) {
    if (mark.node !== open) {
      if (open !== undefined) doc.endMarkedContent()
      open = mark.node
      const element = elements.get(open)
      const role = layout.nodes[open]?.role
      if (element && role) element.add(doc.markStructureContent(role))
      else doc.markContent('Artifact', { type: 'Layout' })
    }
    draw(mark)
  }
  if (open !== undefined) doc.endMarkedContent()
}

/** What is on every page and is read out only once. */
function drawAside(doc: PDFDocument, marks: readonly Mark[], draw: (mark: Mark) => void): void {
  if (marks.length === 0) return
  doc.markContent('Artifact', { type: 'Pagination' })
  for (const mark of marks) draw(mark)
  doc.endMarkedContent()
}

function footOf(
  doc: PDFDocument,
  content: PdfContent,
  paper: PaperSize,
  textWidthPt: number,
  page: number,
  pages: number,
): readonly Mark[] {
  doc.font(REGULAR).fontSize(FOOT_SIZE_PT)
  const foot = (text: string, x: (widthPt: number) => number): Mark => {
    const widthPt = doc.widthOfString(text)
    const baseline = paper.heightPt - 2 * MARGIN_PT + 18
    return {
      type: 'text',
      text,
      x: x(widthPt),
      baseline,
      widthPt,
      sizePt: FOOT_SIZE_PT,
      bold: false,
      ink: footInk,
      node: -1,
    }
  }
  return [foot(content.warning, () => 0), foot(content.pageText(page, pages), width => textWidthPt - width)]
}
