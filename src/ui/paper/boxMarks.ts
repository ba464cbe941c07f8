/** Backgrounds, borders and underlines of HTML elements as outlines. */
import { inkOf, pixelsOf } from './ink.ts'
import type { Ink, Outline, ShapeMark, Stroke } from './marks.ts'
import { PT } from './paperFrame.ts'
import { outlineOfRect } from './pathData.ts'

/** One fragment of an element; it has more than one where a page ends inside it. */
export interface Fragment {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly isFirst: boolean
  readonly isLast: boolean
}

type Shape = Omit<ShapeMark, 'node'>
/** Screens round lines up to a whole pixel; on paper those are hairlines. */
const HAIRLINE_PT = 0.5

/** What the elements above do to all that stands in them. */
export interface Surroundings {
  readonly opacity: number
  /** Places are told with it, lengths of styles without. */
  readonly zoom: number
}

interface Side {
  readonly widthPt: number
  readonly ink: Ink
  readonly dash: readonly number[] | undefined
}

function sideOf(width: string, color: string, style: string, { opacity, zoom }: Surroundings): Side | undefined {
  const pixels = pixelsOf(width) * zoom
  const ink = inkOf(color, opacity)
  if (pixels <= 0 || style === 'none' || style === 'hidden' || !ink) return undefined
  const widthPt = pixels <= 1 ? HAIRLINE_PT : pixels * PT
  const dash = style === 'dashed' ? [3 * widthPt, 2 * widthPt] : style === 'dotted' ? [widthPt, widthPt] : undefined
  return { widthPt, ink, dash }
}

/** True when the element paints something itself; asking this first spares measuring the others. */
export function hasBox(style: CSSStyleDeclaration): boolean {
  return (
    inkOf(style.backgroundColor) !== undefined ||
    [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth].some(
      width => pixelsOf(width) > 0,
    )
  )
}

/** Background and borders of one fragment; lengths in points. */
export function boxShapes(style: CSSStyleDeclaration, box: Fragment, around: Surroundings): readonly Shape[] {
  const { opacity, zoom } = around
  const shapes: Shape[] = []
  const radius = pixelsOf(style.borderTopLeftRadius) * zoom * PT || percentOf(style.borderTopLeftRadius, box)
  const background = inkOf(style.backgroundColor, opacity)
  if (background && box.width > 0 && box.height > 0) {
    shapes.push({
      type: 'shape',
      outline: outlineOfRect(box.x, box.y, box.width, box.height, radius),
      fill: background,
    })
  }
  const top = sideOf(style.borderTopWidth, style.borderTopColor, style.borderTopStyle, around)
  const right = sideOf(style.borderRightWidth, style.borderRightColor, style.borderRightStyle, around)
  const bottom = sideOf(style.borderBottomWidth, style.borderBottomColor, style.borderBottomStyle, around)
  const left = sideOf(style.borderLeftWidth, style.borderLeftColor, style.borderLeftStyle, around)
  if (top && right && bottom && left) {
    const half = top.widthPt / 2
    const outline = outlineOfRect(
      box.x + half,
      box.y + half,
      box.width - top.widthPt,
      box.height - top.widthPt,
      Math.max(0, radius - half),
    )
    return [...shapes, { type: 'shape', outline, stroke: strokeOf(top) }]
  }
  const line = (side: Side | undefined, outline: (half: number) => Outline) => {
    if (side) shapes.push({ type: 'shape', outline: outline(side.widthPt / 2), stroke: strokeOf(side) })
  }
  const [endX, endY] = [box.x + box.width, box.y + box.height]
  if (box.isFirst) line(top, half => lineOf(box.x, box.y + half, endX, box.y + half))
  if (box.isLast) line(bottom, half => lineOf(box.x, endY - half, endX, endY - half))
  line(left, half => lineOf(box.x + half, box.y, box.x + half, endY))
  line(right, half => lineOf(endX - half, box.y, endX - half, endY))
  return shapes
}

export const lineOf = (x1: number, y1: number, x2: number, y2: number): Outline => [
  ['M', x1, y1],
  ['L', x2, y2],
]

const strokeOf = ({ widthPt, ink, dash }: Side): Stroke => ({ widthPt, ink, ...(dash ? { dash } : {}) })

const percentOf = (length: string, { width, height }: Fragment): number =>
  length.endsWith('%') ? (Number.parseFloat(length) / 100) * Math.min(width, height) : 0
