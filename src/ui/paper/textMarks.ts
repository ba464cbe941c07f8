/** Text where the browser laid it out: a text node as one run for each line, and its place on the baseline. */
import { inkOf, pixelsOf } from './ink.ts'
import type { TextMark } from './marks.ts'
import { type PaperFrame, PT } from './paperFrame.ts'

/** A run of text on one line, in pixels of the frame. */
export interface Run {
  readonly text: string
  readonly left: number
  readonly top: number
  readonly width: number
}

/** The runs of a text node; white space at their ends takes no part. */
export function runsOf(node: Text, range: Range): readonly Run[] {
  const { data } = node
  const first = data.search(/\S/)
  if (first < 0) return []
  const last = data.trimEnd().length
  const whole = rectsOf(node, range, first, last)
  if (whole.length === 0) return []
  if (whole.length === 1) return [run(data.slice(first, last), whole)]
  return linesOf(node, range, first, last)
}

/** Word by word, joined where they stand on the same line; a word that is broken goes letter by letter. */
function linesOf(node: Text, range: Range, first: number, last: number): readonly Run[] {
  const runs: { text: string; left: number; right: number; top: number }[] = []
  const add = (from: number, to: number) => {
    const [rect, second] = rectsOf(node, range, from, to)
    if (!rect) return
    if (second && to - from > 1) {
      for (let at = from; at < to; at += 1) add(at, at + 1)
      return
    }
    const before = runs.at(-1)
    const text = node.data.slice(from, to)
    if (
      before &&
      Math.abs(before.top - rect.top) < 1 &&
      rect.left >= before.right - 1 &&
      rect.left - before.right < 60
    ) {
      const gap = /\s/.test(node.data.charAt(from - 1)) ? ' ' : ''
      before.text += gap + text
      before.right = rect.right
    } else runs.push({ text, left: rect.left, right: rect.right, top: rect.top })
  }
  for (const word of node.data.slice(first, last).matchAll(/\S+/g)) {
    add(first + word.index, first + word.index + word[0].length)
  }
  return runs.map(({ text, left, right, top }) => ({ text, left, top, width: right - left }))
}

function rectsOf(node: Text, range: Range, from: number, to: number): readonly DOMRect[] {
  range.setStart(node, from)
  range.setEnd(node, to)
  return distinct(range.getClientRects()).filter(rect => rect.width > 0)
}

/** Each rectangle once: the head of a table that goes on tells its place again for each page. */
export function distinct(rects: DOMRectList): readonly DOMRect[] {
  const isSame = (a: DOMRect, b: DOMRect) =>
    a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height
  return [...rects].filter((rect, index, all) => all.findIndex(other => isSame(rect, other)) === index)
}

const run = (text: string, [rect]: readonly DOMRect[]): Run => ({
  text: text.replace(/\s+/g, ' '),
  left: rect?.left ?? 0,
  top: rect?.top ?? 0,
  width: rect?.width ?? 0,
})

/** From the top of a line's letters down to its baseline, by size and weight, as this browser rounds it. */
export function createAscents(frame: PaperFrame): (style: CSSStyleDeclaration, zoom: number) => number {
  const known = new Map<string, number>()
  return (style, zoom) => {
    const { fontWeight } = style
    const fontSize = `${pixelsOf(style.fontSize) * zoom}px`
    const key = `${fontSize} ${fontWeight}`
    const before = known.get(key)
    if (before !== undefined) return before
    const probe = frame.document.createElement('div')
    probe.className = 'paper-probe'
    probe.style.fontSize = fontSize
    probe.style.fontWeight = fontWeight
    const text = frame.document.createTextNode('x')
    const foot = frame.document.createElement('i')
    probe.append(text, foot)
    frame.document.body.append(probe)
    const range = frame.document.createRange()
    range.selectNodeContents(text)
    const ascent = foot.getBoundingClientRect().bottom - range.getBoundingClientRect().top
    probe.remove()
    known.set(key, ascent)
    return ascent
  }
}

/** What a style says of its letters. */
export function lettersOf(
  style: CSSStyleDeclaration,
  opacity: number,
  zoom: number,
): Pick<TextMark, 'sizePt' | 'bold' | 'ink'> | undefined {
  const ink = inkOf(style.color, opacity)
  return ink && { sizePt: pixelsOf(style.fontSize) * zoom * PT, bold: isBold(style), ink }
}

export const isBold = (style: CSSStyleDeclaration): boolean => Number(style.fontWeight) >= 550

/** The text as `text-transform` shows it. */
export function shownText(text: string, style: CSSStyleDeclaration): string {
  if (style.textTransform === 'uppercase') return text.toUpperCase()
  if (style.textTransform === 'lowercase') return text.toLowerCase()
  return text
}
