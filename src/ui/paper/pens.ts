/** Draws marks on a page of a PDF document. */
import type PDFDocument from 'pdfkit'
import type { TilingPattern } from 'pdfkit'
import type { Hatch, Ink, Mark, Outline, Segment, ShapeMark, Stroke, TextMark } from './marks.ts'
import { outlineOfPath, transformed } from './pathData.ts'

export const REGULAR = 'regular'
export const SEMIBOLD = 'semibold'
/** A difference in width that nobody sees, points a letter. */
const UNSEEN_PT = 0.004

/** Draws one mark after the other; patterns are kept for the whole document. */
export function createPens(doc: PDFDocument): (mark: Mark) => void {
  const patterns = new Map<string, TilingPattern>()
  const canWrite = createLetterCheck()
  return mark => {
    if (mark.type === 'text') {
      doc.font(mark.bold ? SEMIBOLD : REGULAR).fontSize(mark.sizePt)
      if (canWrite(doc, mark.text)) return drawText(doc, mark)
      return [...mark.text].every(letter => letter in symbols || canWrite(doc, letter))
        ? drawWithSymbols(doc, mark)
        : drawForeignText(doc, mark)
    }
    return drawShape(doc, mark, hatch => patternOf(doc, patterns, hatch))
  }
}

function trace(doc: PDFDocument, outline: Outline): void {
  for (const segment of outline) {
    if (segment[0] === 'M') doc.moveTo(segment[1], segment[2])
    else if (segment[0] === 'L') doc.lineTo(segment[1], segment[2])
    else if (segment[0] === 'C')
      doc.bezierCurveTo(segment[1], segment[2], segment[3], segment[4], segment[5], segment[6])
    else doc.closePath()
  }
}

function setStroke(doc: PDFDocument, { ink, widthPt, cap, join, dash }: Stroke): void {
  doc.strokeColor(ink.rgb).lineWidth(widthPt)
  if (ink.alpha < 1) doc.strokeOpacity(ink.alpha)
  if (cap && cap !== 'butt') doc.lineCap(cap)
  if (join && join !== 'miter') doc.lineJoin(join)
  if (dash) doc.dash(dash)
}

function setFill(doc: PDFDocument, { rgb, alpha }: Ink): void {
  doc.fillColor(rgb)
  if (alpha < 1) doc.fillOpacity(alpha)
}

function drawShape(doc: PDFDocument, shape: ShapeMark, pattern: (hatch: Hatch) => TilingPattern): void {
  doc.save()
  for (const clip of shape.clips ?? []) {
    trace(doc, clip)
    doc.clip()
  }
  const rule = shape.evenOdd ? 'even-odd' : undefined
  if (shape.fill) {
    setFill(doc, shape.fill)
    trace(doc, shape.outline)
    doc.fill(rule)
  }
  if (shape.hatch) {
    doc.fillColor([pattern(shape.hatch), shape.hatch.stroke.ink.rgb])
    trace(doc, shape.outline)
    doc.fill(rule)
  }
  if (shape.stroke) {
    setStroke(doc, shape.stroke)
    trace(doc, shape.outline)
    doc.stroke()
  }
  doc.restore()
}

function patternOf(doc: PDFDocument, known: Map<string, TilingPattern>, hatch: Hatch): TilingPattern {
  const { tile, outline, stroke } = hatch
  const [width, height] = tile.map(length => Number(length.toFixed(3)))
  const lines = outline.map(([letter, ...numbers]) => {
    const operator = { M: 'm', L: 'l', C: 'c', Z: 'h' }[letter]
    return `${numbers.map(number => Number(number).toFixed(3)).join(' ')} ${operator}`
  })
  const content = `${stroke.widthPt.toFixed(3)} w ${lines.join(' ')} S`
  const before = known.get(content)
  if (before) return before
  const made = doc.pattern([0, 0, width ?? 4, height ?? 4], width ?? 4, height ?? 4, content)
  known.set(content, made)
  return made
}

function drawText(doc: PDFDocument, mark: TextMark): void {
  doc.save()
  if (mark.turn !== undefined) doc.rotate(mark.turn, { origin: [mark.x, mark.baseline] })
  if (mark.halo) drawHalo(doc, mark, mark.halo)
  setFill(doc, mark.ink)
  // The browser's width holds; what remains is rounding, or letter spacing.
  const spacing = (mark.widthPt - doc.widthOfString(mark.text)) / mark.text.length
  doc.text(mark.text, mark.x, mark.baseline, {
    lineBreak: false,
    baseline: 'alphabetic',
    ...(Math.abs(spacing) > UNSEEN_PT ? { characterSpacing: spacing } : {}),
  })
  doc.restore()
}

/** Whether the embedded font has all letters of a text. */
function createLetterCheck(): (doc: PDFDocument, text: string) => boolean {
  const known = new Map<string, boolean>()
  return (doc, text) =>
    [...text].every(letter => {
      const before = known.get(letter)
      if (before !== undefined) return before
      const has = doc._font.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)
      known.set(letter, has)
      return has
    })
}

/** Marks that the font does not have, as outlines around their middle, for letters of size 1. */
const symbols: Readonly<Record<string, Outline>> = {
  '★': Array.from({ length: 10 }, (_, index): Segment => {
    const radius = index % 2 === 0 ? 0.42 : 0.17
    const turn = (index * Math.PI) / 5
    return [index === 0 ? 'M' : 'L', radius * Math.sin(turn), -radius * Math.cos(turn)]
  }),
}
/** The middle of capital letters above the baseline, for letters of size 1. */
const MIDDLE = 0.33

/** Letters by the font, symbols as outlines; these share the width that the letters leave. */
function drawWithSymbols(doc: PDFDocument, mark: TextMark): void {
  const pieces = mark.text.split(/(?=[★])|(?<=[★])/u)
  const letters = pieces.filter(piece => !(piece in symbols))
  const lettersPt = letters.reduce((sum, piece) => sum + doc.widthOfString(piece), 0)
  const symbolPt = (mark.widthPt - lettersPt) / (pieces.length - letters.length)
  let { x } = mark
  for (const piece of pieces) {
    const outline = symbols[piece]
    const widthPt = outline ? symbolPt : doc.widthOfString(piece)
    if (outline) {
      doc.save().markContent('Span', { actual: piece })
      setFill(doc, mark.ink)
      const { sizePt } = mark
      trace(doc, transformed(outline, [sizePt, 0, 0, sizePt, x + widthPt / 2, mark.baseline - MIDDLE * sizePt]))
      doc.fill().endMarkedContent().restore()
    } else drawText(doc, { ...mark, text: piece, x, widthPt })
    x += widthPt
  }
}

/** Pixels a point: 600 an inch. */
const PICTURE_SCALE = 600 / 72

/** A name in a script that the font does not have: a picture of it in the browser's own fonts, with its text behind. */
function drawForeignText(doc: PDFDocument, mark: TextMark): void {
  const [above, below] = [mark.sizePt * 1.1, mark.sizePt * 0.4]
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(mark.widthPt * PICTURE_SCALE)
  canvas.height = Math.ceil((above + below) * PICTURE_SCALE)
  const context = canvas.getContext('2d')
  if (!context || canvas.width === 0) return
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.font = `${mark.bold ? 600 : 400} ${mark.sizePt * PICTURE_SCALE}px system-ui, sans-serif`
  context.fillStyle = `rgb(${mark.ink.rgb.join(' ')} / ${mark.ink.alpha})`
  context.fillText(mark.text, 0, above * PICTURE_SCALE, canvas.width)
  doc.save()
  if (mark.turn !== undefined) doc.rotate(mark.turn, { origin: [mark.x, mark.baseline] })
  doc.markContent('Span', { actual: mark.text })
  // A PNG would be unpacked in a worker of the library's own making, which the page's policy forbids.
  doc.image(canvas.toDataURL('image/jpeg', 0.95), mark.x, mark.baseline - above, {
    width: canvas.width / PICTURE_SCALE,
  })
  doc.endMarkedContent()
  doc.restore()
}

/** Around the letters' outlines, not as text: it would be read and copied twice. */
function drawHalo(doc: PDFDocument, mark: TextMark, halo: Stroke): void {
  const { font } = doc._font
  const scale = mark.sizePt / font.unitsPerEm
  const { glyphs, positions } = font.layout(mark.text)
  setStroke(doc, halo)
  let x = mark.x
  for (const [index, glyph] of glyphs.entries()) {
    const path = glyph.path.commands.map(({ command, args }) => `${letters[command] ?? ''}${args.join(' ')}`).join('')
    trace(doc, transformed(outlineOfPath(path), [scale, 0, 0, -scale, x, mark.baseline]))
    x += (positions[index]?.xAdvance ?? 0) * scale
  }
  doc.stroke()
}

const letters: Readonly<Record<string, string>> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
}
