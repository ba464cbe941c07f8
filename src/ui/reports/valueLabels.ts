/**
 * Where the words of values stand: to the right of their mark, or to the left or above where another mark, its words or
 * the chart's end is in the way. Two numbers never stand so close that they read as one.
 */
import type { Label } from '../charts/spec.ts'

/** A mark with its words; lengths in pixels from the lane's foot and the day's beginning. */
export interface MarkedValue {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly text: string
}

type Place = Extract<Label['place'], 'right' | 'left' | 'above'>

interface Area {
  readonly left: number
  readonly right: number
  readonly foot: number
  readonly top: number
}

const LETTER_PX = 7.5
const HALF_LINE_PX = 6
const GAP_PX = 3
/** Between the words of two values: about the width of a space. */
const SPACE_PX = 5

/** One place for each value, in their order; the chart ends at `widthPx`. The last choice is above, whatever is there. */
export function valuePlaces(values: readonly MarkedValue[], widthPx: number): readonly Place[] {
  const outside: readonly Area[] = [
    { left: Number.NEGATIVE_INFINITY, right: 0, foot: Number.NEGATIVE_INFINITY, top: Number.POSITIVE_INFINITY },
    { left: widthPx, right: Number.POSITIVE_INFINITY, foot: Number.NEGATIVE_INFINITY, top: Number.POSITIVE_INFINITY },
  ]
  const taken = [...outside, ...values.map(({ x, y, radius }) => areaAround(x, y, radius, radius))]
  return values.map(value => {
    const place = places.find(one => !taken.some(area => overlap(area, areaOf(value, one)))) ?? 'above'
    const { left, right, ...rest } = areaOf(value, place)
    taken.push({ ...rest, left: left - SPACE_PX, right: right + SPACE_PX })
    return place
  })
}

const places: readonly Place[] = ['right', 'left', 'above']

function areaOf({ x, y, radius, text }: MarkedValue, place: Place): Area {
  const half = (text.length * LETTER_PX) / 2
  const beside = radius + GAP_PX + half
  if (place === 'above') return areaAround(x, y + radius + HALF_LINE_PX, half, HALF_LINE_PX)
  return areaAround(place === 'right' ? x + beside : x - beside, y, half, HALF_LINE_PX)
}

const areaAround = (x: number, y: number, halfWidth: number, halfHeight: number): Area => ({
  left: x - halfWidth,
  right: x + halfWidth,
  foot: y - halfHeight,
  top: y + halfHeight,
})

const overlap = (a: Area, b: Area): boolean => a.left < b.right && b.left < a.right && a.foot < b.top && b.foot < a.top
