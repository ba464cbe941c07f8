/**
 * What a page is made of: text and outlines at places, measured in the browser's layout and written by `writePdf.ts`.
 * Lengths are points; x from the left of the text area, y down from its top.
 */

/** An outline in absolute coordinates: move, line, cubic curve, close. */
export type Segment =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']
export type Outline = readonly Segment[]

/** Red, green, blue 0 to 255, opacity 0 to 1. */
export interface Ink {
  readonly rgb: readonly [number, number, number]
  readonly alpha: number
}

export interface Stroke {
  readonly ink: Ink
  readonly widthPt: number
  readonly dash?: readonly number[]
  readonly cap?: 'butt' | 'round' | 'square'
  readonly join?: 'miter' | 'round' | 'bevel'
}

/** Lines in a small tile that is repeated over a shape: hatching. */
export interface Hatch {
  readonly tile: readonly [number, number]
  readonly outline: Outline
  readonly stroke: Stroke
}

interface Placed {
  /** What it belongs to in the document's structure: index into the nodes, or -1 for mere decoration. */
  readonly node: number
}

export interface TextMark extends Placed {
  readonly type: 'text'
  readonly text: string
  readonly x: number
  readonly baseline: number
  /** As wide as the browser made it. */
  readonly widthPt: number
  readonly sizePt: number
  readonly bold: boolean
  readonly ink: Ink
  /** Clockwise around the start of the baseline, in degrees. */
  readonly turn?: number
  /** Drawn around the letters before them, so that they stand out on lines. */
  readonly halo?: Stroke
}

export interface ShapeMark extends Placed {
  readonly type: 'shape'
  readonly outline: Outline
  readonly fill?: Ink
  readonly evenOdd?: boolean
  readonly hatch?: Hatch
  readonly stroke?: Stroke
  /** Drawn only where all of these are. */
  readonly clips?: readonly Outline[]
}

export type Mark = TextMark | ShapeMark

/** A node of the document's structure, for screen readers: standard structure types of PDF. */
export interface StructureNode {
  readonly role: Role
  readonly parent: number
  /** What a picture shows, in words. */
  readonly alt?: string
}

export type Role =
  | 'Document'
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'L'
  | 'LI'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Caption'
  | 'Figure'

/** A report on pages, as high as the paper has room for. */
export interface Layout {
  readonly title: string
  /** Stands at the top of every page. */
  readonly head: readonly Mark[]
  readonly headPt: number
  /** By page; y from below the head. */
  readonly pages: readonly (readonly Mark[])[]
  readonly nodes: readonly StructureNode[]
}
