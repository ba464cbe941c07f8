/** Where the number of a carb mark may stand in a strip of the Weekly review: to the right, else to the left, else not. */

export interface CarbMark {
  /** The dot's middle, in the picture's units. */
  readonly x: number
  readonly radius: number
  readonly text: string
}

export interface CarbLabel {
  readonly x: number
  readonly anchor: 'start' | 'end'
}

/** Of one character in the widest type that the strips are written in, in the picture's units. */
const CHARACTER = 7.5
/** Between dot and number. */
const GAP = 2

/**
 * The place of each mark's number in a strip of this width, marks in order of time; `undefined` where it would lie on a
 * neighbouring dot or number. The dot stays, and the day has the sum.
 */
export function carbLabels(marks: readonly CarbMark[], width: number): readonly (CarbLabel | undefined)[] {
  /** Up to where dots and numbers already stand. */
  let taken = 0
  return marks.map(({ x, radius, text }, i) => {
    const length = text.length * CHARACTER
    const next = marks[i + 1]
    const right = x + radius + GAP
    const left = x - radius - GAP
    const before = taken
    taken = Math.max(before, x + radius)
    if (right + length <= Math.min(width, next ? next.x - next.radius : width)) {
      taken = right + length
      return { x: right, anchor: 'start' }
    }
    return left - length >= before ? { x: left, anchor: 'end' } : undefined
  })
}
