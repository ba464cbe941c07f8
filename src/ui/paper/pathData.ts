/**
 * SVG path data as an outline of absolute lines and cubic curves (SVG 2, chapter 9), and the outlines of the other basic
 * shapes. Arcs become curves of at most a quarter turn each (SVG 2, appendix B.2.4).
 */
import type { Outline, Segment } from './marks.ts'

/** Numbers that a command takes. */
const counts: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 }
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy
/** Control points of a quarter circle of radius 1. */
const QUARTER = 0.5522847498

/** The outline of a `d` attribute; what follows a fault in it is left out, as browsers do. */
export function outlineOfPath(data: string): Outline {
  const outline: Segment[] = []
  let [x, y, startX, startY] = [0, 0, 0, 0]
  /** The control point that a smooth curve mirrors. */
  let control: readonly [number, number] | undefined
  let previous = ''
  for (const { letter, numbers } of commandsOf(data)) {
    const upper = letter.toUpperCase()
    const [dx, dy] = letter === upper ? [0, 0] : [x, y]
    const at = (index: number): number => (numbers[index] ?? 0) + (index % 2 === 0 ? dx : dy)
    const curve = (x1: number, y1: number, x2: number, y2: number, toX: number, toY: number) => {
      outline.push(['C', x1, y1, x2, y2, toX, toY])
      control = [x2, y2]
      ;[x, y] = [toX, toY]
    }
    const mirrored = (kinds: string): readonly [number, number] =>
      control && kinds.includes(previous) ? [2 * x - control[0], 2 * y - control[1]] : [x, y]
    const quadratic = (cx: number, cy: number, toX: number, toY: number) => {
      curve(
        x + (2 / 3) * (cx - x),
        y + (2 / 3) * (cy - y),
        toX + (2 / 3) * (cx - toX),
        toY + (2 / 3) * (cy - toY),
        toX,
        toY,
      )
      control = [cx, cy]
    }
    const line = (toX: number, toY: number) => {
      outline.push(['L', toX, toY])
      ;[x, y] = [toX, toY]
    }
    switch (upper) {
      case 'M':
        outline.push(['M', at(0), at(1)])
        ;[x, y, startX, startY] = [at(0), at(1), at(0), at(1)]
        break
      case 'L':
        line(at(0), at(1))
        break
      case 'H':
        line(at(0), y)
        break
      case 'V':
        line(x, (numbers[0] ?? 0) + dy)
        break
      case 'C':
        curve(at(0), at(1), at(2), at(3), at(4), at(5))
        break
      case 'S': {
        const [cx, cy] = mirrored('CS')
        curve(cx, cy, at(0), at(1), at(2), at(3))
        break
      }
      case 'Q':
        quadratic(at(0), at(1), at(2), at(3))
        break
      case 'T': {
        const [cx, cy] = mirrored('QT')
        quadratic(cx, cy, at(0), at(1))
        break
      }
      case 'A':
        for (const each of arc([x, y], numbers, [(numbers[5] ?? 0) + dx, (numbers[6] ?? 0) + dy])) outline.push(each)
        ;[x, y] = [(numbers[5] ?? 0) + dx, (numbers[6] ?? 0) + dy]
        break
      default:
        outline.push(['Z'])
        ;[x, y] = [startX, startY]
    }
    previous = upper
  }
  return outline
}

interface Command {
  readonly letter: string
  readonly numbers: readonly number[]
}

function* commandsOf(data: string): Generator<Command> {
  let at = 0
  let letter = ''
  const skip = () => {
    while (/[\s,]/.test(data.charAt(at))) at += 1
  }
  for (skip(); at < data.length; skip()) {
    if (/[a-z]/i.test(data.charAt(at))) {
      letter = data.charAt(at)
      at += 1
    } else if (letter.toUpperCase() === 'M') letter = letter === 'M' ? 'L' : 'l'
    const count = counts[letter.toUpperCase()]
    if (count === undefined) return
    const numbers: number[] = []
    while (numbers.length < count) {
      skip()
      const isFlag = letter.toUpperCase() === 'A' && (numbers.length === 3 || numbers.length === 4)
      const number = isFlag ? /[01]/y : NUMBER
      number.lastIndex = at
      const found = number.exec(data)?.[0]
      if (found === undefined) return
      at += found.length
      numbers.push(Number(found))
    }
    yield { letter, numbers }
    if (count === 0) letter = ''
  }
}

function arc(from: readonly [number, number], numbers: readonly number[], to: readonly [number, number]): Outline {
  const [wantedX = 0, wantedY = 0, degrees = 0, large = 0, sweep = 0] = numbers
  let [rx, ry] = [Math.abs(wantedX), Math.abs(wantedY)]
  if (from[0] === to[0] && from[1] === to[1]) return []
  if (rx === 0 || ry === 0) return [['L', to[0], to[1]]]
  const turn = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [halfX, halfY] = [(from[0] - to[0]) / 2, (from[1] - to[1]) / 2]
  const [px, py] = [cos * halfX + sin * halfY, cos * halfY - sin * halfX]
  const tooSmall = (px / rx) ** 2 + (py / ry) ** 2
  if (tooSmall > 1) {
    rx *= Math.sqrt(tooSmall)
    ry *= Math.sqrt(tooSmall)
  }
  const square = (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2
  const root = Math.sqrt(Math.max(0, square) / ((rx * py) ** 2 + (ry * px) ** 2)) * (large === sweep ? -1 : 1)
  const [cx, cy] = [(root * rx * py) / ry, (-root * ry * px) / rx]
  const middleX = cos * cx - sin * cy + (from[0] + to[0]) / 2
  const middleY = sin * cx + cos * cy + (from[1] + to[1]) / 2
  const start = Math.atan2((py - cy) / ry, (px - cx) / rx)
  let sweepAngle = Math.atan2((-py - cy) / ry, (-px - cx) / rx) - start
  if (sweep === 0 && sweepAngle > 0) sweepAngle -= 2 * Math.PI
  if (sweep === 1 && sweepAngle < 0) sweepAngle += 2 * Math.PI
  const pieces = Math.max(1, Math.ceil(Math.abs(sweepAngle) / (Math.PI / 2) - 1e-9))
  const step = sweepAngle / pieces
  const reach = (4 / 3) * Math.tan(step / 4)
  const place = (x: number, y: number): readonly [number, number] => [
    middleX + cos * rx * x - sin * ry * y,
    middleY + sin * rx * x + cos * ry * y,
  ]
  return Array.from({ length: pieces }, (_, index): Segment => {
    const [a, b] = [start + index * step, start + (index + 1) * step]
    const first = place(Math.cos(a) - reach * Math.sin(a), Math.sin(a) + reach * Math.cos(a))
    const second = place(Math.cos(b) + reach * Math.sin(b), Math.sin(b) - reach * Math.cos(b))
    const end = index === pieces - 1 ? to : place(Math.cos(b), Math.sin(b))
    return ['C', ...first, ...second, ...end]
  })
}

/** A rectangle; radii round its corners. */
export function outlineOfRect(x: number, y: number, width: number, height: number, rx = 0, ry = rx): Outline {
  const [a, b] = [Math.min(rx, width / 2), Math.min(ry, height / 2)]
  const [right, bottom] = [x + width, y + height]
  if (a <= 0 || b <= 0) {
    return [['M', x, y], ['L', right, y], ['L', right, bottom], ['L', x, bottom], ['Z']]
  }
  const [ka, kb] = [a * (1 - QUARTER), b * (1 - QUARTER)]
  return [
    ['M', x + a, y],
    ['L', right - a, y],
    ['C', right - ka, y, right, y + kb, right, y + b],
    ['L', right, bottom - b],
    ['C', right, bottom - kb, right - ka, bottom, right - a, bottom],
    ['L', x + a, bottom],
    ['C', x + ka, bottom, x, bottom - kb, x, bottom - b],
    ['L', x, y + b],
    ['C', x, y + kb, x + ka, y, x + a, y],
    ['Z'],
  ]
}

/** An ellipse around a middle. */
export function outlineOfEllipse(cx: number, cy: number, rx: number, ry: number): Outline {
  return outlineOfRect(cx - rx, cy - ry, 2 * rx, 2 * ry, rx, ry)
}

/** Six numbers a to f as in CSS: x′ = a·x + c·y + e, y′ = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number]

/** The outline after a transformation. */
export function transformed(outline: Outline, [a, b, c, d, e, f]: Matrix): Outline {
  const x = (px: number, py: number) => a * px + c * py + e
  const y = (px: number, py: number) => b * px + d * py + f
  return outline.map((segment): Segment => {
    if (segment[0] === 'Z') return segment
    if (segment[0] === 'C') {
      const [, x1, y1, x2, y2, x3, y3] = segment
      return ['C', x(x1, y1), y(x1, y1), x(x2, y2), y(x2, y2), x(x3, y3), y(x3, y3)]
    }
    return [segment[0], x(segment[1], segment[2]), y(segment[1], segment[2])]
  })
}
