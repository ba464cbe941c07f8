/**
 * A report as pages of marks: a copy of what is on the screen is laid out as on paper (`paperFrame.ts`) and walked through.
 * Nothing is computed anew, so a number on paper is the number on the screen.
 */
import { boxShapes, type Fragment, hasBox, lineOf, type Surroundings } from './boxMarks.ts'
import type { Layout, Mark, Role, ShapeMark, StructureNode, TextMark } from './marks.ts'
import { GAP_PT, type PaperFrame, PT, TEXT_WIDTH_PT } from './paperFrame.ts'
import { type Matrix, transformed } from './pathData.ts'
import { svgMarks } from './svgMarks.ts'
import { createAscents, distinct, lettersOf, runsOf, shownText } from './textMarks.ts'

/** Cards up to this share of a page are moved to the next page rather than cut. */
const WHOLE_CARD = 0.7
/** Letters smaller than this share of their size would not be read. */
const SMALLEST_TABLE = 0.6
const STRIDE_PX = (TEXT_WIDTH_PT + GAP_PT) / PT

/** Lays out one report; `heightPt` is the room on a page with its head. */
export function layoutReport(frame: PaperFrame, report: Element, title: string, heightPt: number): Layout {
  const { document } = frame
  const copy = paperCopy(report, document)
  const head = document.createElement('div')
  head.className = 'paper-head'
  const shown = copy.querySelector('.print-head')
  if (shown) head.append(shown)
  const pages = document.createElement('div')
  pages.className = 'paper-pages'
  pages.append(copy)
  document.body.replaceChildren(head, pages)
  const headPt = head.getBoundingClientRect().height * PT
  const roomPt = heightPt - headPt
  fitTables(copy)
  keepCardsWhole(copy, (roomPt / PT) * WHOLE_CARD)
  pages.style.columnWidth = `${TEXT_WIDTH_PT}pt`
  pages.style.height = `${roomPt}pt`

  const walk = createWalk(frame)
  const top = pages.getBoundingClientRect()
  const headMarks = walk.marksOf(head, head.getBoundingClientRect())[0] ?? []
  const marks = walk.marksOf(pages, top)
  document.body.replaceChildren()
  return { title, head: headMarks, headPt, pages: marks, nodes: walk.nodes }
}

/** The report without what is for the screen only; what a person chose in its lists is kept. */
function paperCopy(report: Element, document: Document): Element {
  const copy = document.importNode(report, true)
  const selects = [...report.querySelectorAll('select')]
  for (const [index, select] of [...copy.querySelectorAll('select')].entries()) {
    const text = document.createElement('span')
    text.textContent = selects[index]?.selectedOptions[0]?.text ?? ''
    select.replaceWith(text)
  }
  for (const canvas of copy.querySelectorAll('canvas[aria-label]')) {
    canvas.closest('figure')?.setAttribute('aria-label', canvas.getAttribute('aria-label') ?? '')
  }
  for (const each of copy.querySelectorAll('.screen-only, canvas, script, dialog')) each.remove()
  // The content security policy looks at style attributes that are copied, not at styles that are set.
  const styled = report.querySelectorAll<HTMLElement>('[style]')
  for (const [index, each] of [...copy.querySelectorAll<HTMLElement>('[style]')].entries()) {
    const source = styled[index]
    if (source && each.style.length === 0) each.style.cssText = source.style.cssText
  }
  return copy
}

/** A table that is wider than its place is drawn smaller rather than cut off. */
function fitTables(copy: Element): void {
  for (const table of copy.querySelectorAll('table')) {
    const room = table.parentElement?.clientWidth ?? 0
    const { width } = table.getBoundingClientRect()
    if (room > 0 && width > room + 1) table.style.zoom = String(Math.max(SMALLEST_TABLE, room / width))
  }
}

/** Small cards move to the next page whole; a card that takes most of a page is cut between its rows. */
function keepCardsWhole(copy: Element, mostPx: number): void {
  for (const card of copy.querySelectorAll<HTMLElement>('.report-card, section')) {
    if (card.getBoundingClientRect().height <= mostPx) card.style.breakInside = 'avoid'
  }
}

const roles: Readonly<Record<string, Role>> = {
  H1: 'H1',
  H2: 'H2',
  H3: 'H3',
  H4: 'H3',
  P: 'P',
  DT: 'P',
  DD: 'P',
  TABLE: 'Table',
  CAPTION: 'Caption',
  TR: 'TR',
  TH: 'TH',
  TD: 'TD',
  UL: 'L',
  OL: 'L',
  LI: 'LI',
  FIGURE: 'Figure',
}
const containers = new Set<Role>(['Document', 'Sect', 'Table', 'TR', 'L'])

/** How a mark that an element paints is kept: its page is found by its place. */
interface Walk {
  readonly nodes: readonly StructureNode[]
  /** By page; places count from the upper left corner of `origin`. */
  marksOf(root: Element, origin: DOMRect): readonly (readonly Mark[])[]
}

function createWalk(frame: PaperFrame): Walk {
  const nodes: StructureNode[] = [{ role: 'Sect', parent: -1 }]
  const ascentOf = createAscents(frame)
  const range = frame.document.createRange()
  return {
    nodes,
    marksOf(root, origin) {
      const pages: Mark[][] = []
      const place = (left: number, top: number) => {
        const page = Math.max(0, Math.floor((left - origin.left + GAP_PT / 2) / STRIDE_PX))
        return { page, x: (left - origin.left - page * STRIDE_PX) * PT, y: (top - origin.top) * PT }
      }
      /** Marks of the table heads that are being visited. */
      let recorded: { page: number; mark: Mark }[] | undefined
      const put = (page: number, mark: Mark) => {
        recorded?.push({ page, mark })
        while (pages.length <= page) pages.push([])
        pages[page]?.push(mark)
      }
      const nodeFor = (element: Element, parent: number): number => {
        const role = element.matches('.print-title') ? 'H1' : roles[element.tagName]
        if (!role) return parent
        const alt = role === 'Figure' ? (element.getAttribute('aria-label') ?? undefined) : undefined
        return nodes.push({ role, parent, ...(alt ? { alt } : {}) }) - 1
      }
      const boxes = (element: Element, style: CSSStyleDeclaration, around: Surroundings) => {
        const rects = distinct(element.getClientRects())
        for (const [index, rect] of rects.entries()) {
          const { page, x, y } = place(rect.left, rect.top)
          const fragment: Fragment = {
            x,
            y,
            width: rect.width * PT,
            height: rect.height * PT,
            isFirst: index === 0,
            isLast: index === rects.length - 1,
          }
          for (const shape of boxShapes(style, fragment, around)) put(page, { ...shape, node: -1 })
        }
      }
      const text = (node: Text, style: CSSStyleDeclaration, { opacity, zoom }: Surroundings, owner: number) => {
        const letters = lettersOf(style, opacity, zoom)
        if (!letters || letters.sizePt === 0) return
        for (const run of runsOf(node, range)) {
          const { page, x, y } = place(run.left, run.top)
          const baseline = y + ascentOf(style, zoom) * PT
          const mark: TextMark = {
            type: 'text',
            text: shownText(run.text, style),
            x,
            baseline,
            widthPt: run.width * PT,
            ...letters,
            node: owner,
          }
          put(page, mark)
          const line = underline(style, mark)
          if (line) put(page, line)
        }
      }
      /** The browser leaves room for the head above the rows on each page; what stands there is for us to repeat. */
      const repeatHead = (head: Element, visitHead: () => void) => {
        const table = head.closest('table')
        recorded = []
        visitHead()
        const marks = recorded
        recorded = undefined
        const [first, ...later] = table ? distinct(table.getClientRects()) : []
        if (!first || head.getClientRects().length < 2) return
        const from = place(first.left, head.getBoundingClientRect().top)
        for (const fragment of later) {
          const to = place(fragment.left, fragment.top)
          for (const { page, mark } of marks) {
            put(page + to.page - from.page, { ...moved(mark, to.x - from.x, to.y - from.y), node: -1 })
          }
        }
      }
      const visit = (element: Element, parent: number, above: Surroundings) => {
        if (element.tagName === 'THEAD' && !recorded) {
          return repeatHead(element, () => visitOne(element, parent, above))
        }
        return visitOne(element, parent, above)
      }
      const visitOne = (element: Element, parent: number, above: Surroundings) => {
        const style = frame.window.getComputedStyle(element)
        if (style.display === 'none' || style.clipPath === 'inset(50%)') return
        const around = {
          opacity: above.opacity * Number(style.opacity),
          zoom: above.zoom * (Number(style.zoom) || 1),
        }
        if (isSvg(element)) {
          const rect = element.getBoundingClientRect()
          const { page, x, y } = place(rect.left, rect.top)
          const inFigure = parent > 0 && nodes[parent]?.role === 'Figure' ? parent : -1
          for (const mark of svgMarks(element, frame.window, { x, y }, around)) put(page, { ...mark, node: inFigure })
          return
        }
        const node = nodeFor(element, parent)
        if (style.visibility === 'visible' && hasBox(style)) boxes(element, style, around)
        for (const child of element.childNodes) {
          if (child.nodeType === Node.ELEMENT_NODE) {
            // A node of this type is an element.
            visit(child as Element, node, around)
          } else if (child.nodeType === Node.TEXT_NODE && style.visibility === 'visible') {
            if (/\S/.test(child.nodeValue ?? '')) {
              const role = nodes[node]?.role
              const owner = role && containers.has(role) ? nodes.push({ role: 'P', parent: node }) - 1 : node
              // A node of this type is text.
              text(child as Text, style, around, owner)
            }
          }
        }
      }
      visit(root, 0, { opacity: 1, zoom: 1 })
      return pages
    },
  }
}

function moved(mark: Mark, dx: number, dy: number): Mark {
  if (mark.type === 'text') return { ...mark, x: mark.x + dx, baseline: mark.baseline + dy }
  const by: Matrix = [1, 0, 0, 1, dx, dy]
  return {
    ...mark,
    outline: transformed(mark.outline, by),
    ...(mark.clips ? { clips: mark.clips.map(clip => transformed(clip, by)) } : {}),
  }
}

const isSvg = (element: Element): element is SVGSVGElement => element.tagName === 'svg'

function underline(style: CSSStyleDeclaration, mark: TextMark): ShapeMark | undefined {
  if (!style.textDecorationLine.includes('underline')) return undefined
  const y = mark.baseline + mark.sizePt * 0.12
  return {
    type: 'shape',
    outline: lineOf(mark.x, y, mark.x + mark.widthPt, y),
    stroke: { ink: mark.ink, widthPt: mark.sizePt * 0.05 },
    node: -1,
  }
}
