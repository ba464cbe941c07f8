/**
 * A picture of inline SVG as outlines and text: groups, the basic shapes, hatching patterns, clip paths, text. Gradients,
 * masks and filters are not drawn; no report uses them.
 */
import type { Surroundings as BoxSurroundings } from './boxMarks.ts'
import { inkOf, pixelsOf } from './ink.ts'
import type { Hatch, Outline, ShapeMark, Stroke, TextMark } from './marks.ts'
import { PT } from './paperFrame.ts'
import { type Matrix, outlineOfEllipse, outlineOfPath, outlineOfRect, transformed } from './pathData.ts'
import { lettersOf } from './textMarks.ts'

type SvgMark = Omit<ShapeMark, 'node'> | Omit<TextMark, 'node'>

interface Surroundings {
  readonly window: Window
  /** Where the picture begins on its page, in points. */
  readonly x: number
  readonly y: number
  readonly opacity: number
  /** Of the elements around the picture; its own matrices know nothing of it. */
  readonly zoom: number
  readonly clips: readonly Outline[]
}

/** What `svg` paints when its upper left corner stands at a place of the page, in points. */
export function svgMarks(
  svg: SVGSVGElement,
  window: Window,
  place: { readonly x: number; readonly y: number },
  { opacity, zoom }: BoxSurroundings,
): readonly SvgMark[] {
  const { x, y } = place
  const { overflowX } = window.getComputedStyle(svg)
  const { width, height } = svg.getBoundingClientRect()
  const clips = overflowX === 'visible' ? [] : [outlineOfRect(x, y, width * PT, height * PT)]
  const marks: SvgMark[] = []
  collect(svg, { window, x, y, opacity, zoom, clips }, marks)
  return marks
}

const passedOver = new Set(['defs', 'clipPath', 'pattern', 'symbol', 'title', 'desc', 'marker', 'mask'])

function collect(parent: Element, around: Surroundings, marks: SvgMark[]): void {
  for (const element of parent.children) {
    if (passedOver.has(element.tagName) || !isGraphics(element)) continue
    const style = around.window.getComputedStyle(element)
    if (style.display === 'none') continue
    const matrix = matrixOf(element, around)
    const here = {
      ...around,
      opacity: around.opacity * Number(style.opacity),
      clips: [...around.clips, ...clipsOf(style.clipPath, element, matrix)],
    }
    if (isText(element)) marks.push(...textOf(element, style, matrix, here))
    else if (element.tagName === 'g' || element.tagName === 'svg' || element.tagName === 'a')
      collect(element, here, marks)
    else if (style.visibility === 'visible') marks.push(...shapeOf(element, style, matrix, here))
  }
}

const isGraphics = (element: Element): element is SVGGraphicsElement => 'getCTM' in element
const isText = (element: SVGGraphicsElement): element is SVGTextContentElement => element.tagName === 'text'

/** From the element's own units to points of the page. */
function matrixOf(element: SVGGraphicsElement, { x, y, zoom }: Surroundings): Matrix {
  const { a, b, c, d, e, f } = element.getCTM() ?? new DOMMatrix()
  const scale = PT * zoom
  return [a * scale, b * scale, c * scale, d * scale, e * scale + x, f * scale + y]
}

const scaleOf = ([a, b, c, d]: Matrix): number => Math.sqrt(Math.abs(a * d - b * c))

function outlineOf(element: Element): Outline {
  const number = (name: string): number => Number.parseFloat(element.getAttribute(name) ?? '') || 0
  switch (element.tagName) {
    case 'path':
      return outlineOfPath(element.getAttribute('d') ?? '')
    case 'rect': {
      const rx = number(element.hasAttribute('rx') ? 'rx' : 'ry')
      const ry = number(element.hasAttribute('ry') ? 'ry' : 'rx')
      return outlineOfRect(number('x'), number('y'), number('width'), number('height'), rx, ry)
    }
    case 'circle':
      return outlineOfEllipse(number('cx'), number('cy'), number('r'), number('r'))
    case 'ellipse':
      return outlineOfEllipse(number('cx'), number('cy'), number('rx'), number('ry'))
    case 'line':
      return [
        ['M', number('x1'), number('y1')],
        ['L', number('x2'), number('y2')],
      ]
    case 'polyline':
      return outlineOfPath(`M${element.getAttribute('points') ?? ''}`)
    case 'polygon':
      return outlineOfPath(`M${element.getAttribute('points') ?? ''}Z`)
    default:
      return []
  }
}

function shapeOf(
  element: SVGGraphicsElement,
  style: CSSStyleDeclaration,
  matrix: Matrix,
  { opacity, zoom, clips, window }: Surroundings,
): readonly SvgMark[] {
  const outline = transformed(outlineOf(element), matrix)
  if (outline.length === 0) return []
  const fill = element.tagName === 'line' ? undefined : inkOf(style.fill, opacity * Number(style.fillOpacity))
  const hatch = hatchOf(style.fill, element, matrix, window)
  const stroke = strokeOf(style, matrix, opacity, zoom)
  if (!fill && !hatch && !stroke) return []
  return [
    {
      type: 'shape',
      outline,
      ...(fill ? { fill } : {}),
      ...(style.fillRule === 'evenodd' ? { evenOdd: true } : {}),
      ...(hatch ? { hatch } : {}),
      ...(stroke ? { stroke } : {}),
      ...(clips.length > 0 ? { clips } : {}),
    },
  ]
}

function strokeOf(style: CSSStyleDeclaration, matrix: Matrix, opacity: number, zoom = 1): Stroke | undefined {
  const ink = inkOf(style.stroke, opacity * Number(style.strokeOpacity))
  const scale = style.vectorEffect === 'non-scaling-stroke' ? PT * zoom : scaleOf(matrix)
  const widthPt = pixelsOf(style.strokeWidth) * scale
  if (!ink || widthPt <= 0) return undefined
  const dash =
    style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[\s,]+/).map(each => pixelsOf(each) * scale)
  return {
    ink,
    widthPt,
    cap: capOf(style.strokeLinecap),
    join: joinOf(style.strokeLinejoin),
    ...(dash.some(length => length > 0) ? { dash } : {}),
  }
}

const capOf = (text: string): 'butt' | 'round' | 'square' => (text === 'round' || text === 'square' ? text : 'butt')
const joinOf = (text: string): 'miter' | 'round' | 'bevel' => (text === 'round' || text === 'bevel' ? text : 'miter')

const referenceOf = (value: string): string | undefined => /^url\("?#([^")]+)"?\)/.exec(value)?.[1]

function hatchOf(fill: string, element: Element, matrix: Matrix, window: Window): Hatch | undefined {
  const id = referenceOf(fill)
  const pattern = id === undefined ? null : element.ownerDocument.getElementById(id)
  const line = pattern?.querySelector('path')
  if (!pattern || !line) return undefined
  const style = window.getComputedStyle(line)
  const scale = scaleOf(matrix)
  const stroke = strokeOf(style, [scale, 0, 0, scale, 0, 0], 1)
  const length = (name: string) => (Number.parseFloat(pattern.getAttribute(name) ?? '') || 0) * scale
  const outline = transformed(outlineOfPath(line.getAttribute('d') ?? ''), [scale, 0, 0, scale, 0, 0])
  return stroke && { tile: [length('width'), length('height')], outline, stroke }
}

function clipsOf(clipPath: string, element: Element, matrix: Matrix): readonly Outline[] {
  const id = referenceOf(clipPath)
  const found = id === undefined ? null : element.ownerDocument.getElementById(id)
  return found ? [[...found.children].flatMap(child => transformed(outlineOf(child), matrix))] : []
}

/** Above the baseline stand so many of the parts of a line of Source Sans: 1000 of 1000 + 326 units. */
const ASCENT_SHARE = 1000 / 1326

/** Where a letter's own baseline begins; the browser tells of the dominant one, which may run through its middle. */
function startOf(element: SVGTextContentElement, at: number, { dominantBaseline }: CSSStyleDeclaration) {
  const start = element.getStartPositionOfChar(at)
  if (dominantBaseline === 'auto' || dominantBaseline === 'alphabetic') return start
  const cell = element.getExtentOfChar(at)
  return { x: start.x, y: cell.y + cell.height * ASCENT_SHARE }
}

function textOf(
  element: SVGTextContentElement,
  style: CSSStyleDeclaration,
  matrix: Matrix,
  { opacity, window }: Surroundings,
): readonly SvgMark[] {
  const marks: SvgMark[] = []
  const texts = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const [a, b, c, d, e, f] = matrix
  const scale = scaleOf(matrix)
  let at = 0
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.nodeValue ?? ''
    const own = node.parentElement ? window.getComputedStyle(node.parentElement) : style
    const ink = inkOf(own.fill, opacity * Number(own.fillOpacity))
    const letters = lettersOf(own, opacity, 1)
    // White space that the browser has put together has no places of its own.
    if (text.trim() === '' || !ink || !letters || at + text.length > element.getNumberOfChars()) {
      if (text.trim() !== '') at += text.length
      continue
    }
    const start = startOf(element, at, own)
    const halo = own.paintOrder.startsWith('stroke') ? strokeOf(own, matrix, opacity) : undefined
    const turn = (Math.atan2(b, a) * 180) / Math.PI + element.getRotationOfChar(at)
    marks.push({
      type: 'text',
      text,
      x: a * start.x + c * start.y + e,
      baseline: b * start.x + d * start.y + f,
      widthPt: element.getSubStringLength(at, text.length) * scale,
      sizePt: (letters.sizePt / PT) * scale,
      bold: letters.bold,
      ink,
      ...(Math.abs(turn) > 0.01 ? { turn } : {}),
      ...(halo ? { halo } : {}),
    })
    at += text.length
  }
  return marks
}
