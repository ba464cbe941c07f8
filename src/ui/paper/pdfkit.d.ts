/** What `writePdf.ts` uses of pdfkit 0.20, which ships no types. */
declare module 'pdfkit' {
  export interface GlyphRun {
    readonly glyphs: readonly {
      readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] }
    }[]
    readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[]
  }

  export interface EmbeddedFont {
    readonly font: {
      readonly unitsPerEm: number
      hasGlyphForCodePoint(codePoint: number): boolean
      layout(text: string): GlyphRun
    }
  }

  export interface StructureElement {
    add(child: StructureElement | StructureContent): this
    end(): void
  }
  /** A stretch of a page's content that belongs to an element. */
  export interface StructureContent {
    readonly refs: readonly unknown[]
  }
  export interface TilingPattern {
    readonly xStep: number
  }
  type Color = readonly [number, number, number]

  interface Options {
    readonly autoFirstPage: boolean
    readonly bufferPages: boolean
    readonly pdfVersion: string
    readonly tagged: boolean
    readonly lang: string
    readonly displayTitle: boolean
    readonly font: null
    readonly info: Readonly<Record<string, string | Date>>
    readonly userPassword?: string
    readonly ownerPassword?: string
    readonly permissions?: Readonly<Record<string, boolean | string>>
  }

  export default class PDFDocument {
    constructor(options: Options)
    /** The encryption dictionary's owner; null without a password. */
    readonly _security: {
      readonly encryptionKey: Uint8Array
      readonly dictionary: { readonly data: Record<string, unknown> }
    } | null
    readonly _font: EmbeddedFont
    on(event: 'data', listener: (bytes: Uint8Array<ArrayBuffer>) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (error: unknown) => void): this
    off(event: string, listener: unknown): this
    end(): void
    addPage(options: { readonly size: readonly [number, number]; readonly margin: number }): this
    switchToPage(index: number): void
    registerFont(name: string, bytes: Uint8Array): this
    font(name: string): this
    fontSize(size: number): this
    widthOfString(text: string): number
    text(
      text: string,
      x: number,
      y: number,
      options: { readonly lineBreak: false; readonly baseline: 'alphabetic'; readonly characterSpacing?: number },
    ): this
    save(): this
    restore(): this
    translate(x: number, y: number): this
    rotate(degrees: number, options: { readonly origin: readonly [number, number] }): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): this
    closePath(): this
    clip(): this
    fill(rule?: 'even-odd'): this
    stroke(): this
    fillColor(color: Color | readonly [TilingPattern, Color]): this
    strokeColor(color: Color): this
    fillOpacity(alpha: number): this
    strokeOpacity(alpha: number): this
    lineWidth(width: number): this
    lineCap(cap: 'butt' | 'round' | 'square'): this
    lineJoin(join: 'miter' | 'round' | 'bevel'): this
    dash(lengths: readonly number[]): this
    undash(): this
    pattern(box: readonly number[], xStep: number, yStep: number, content: string): TilingPattern
    struct(role: string, options?: { readonly alt?: string; readonly title?: string }): StructureElement
    addStructure(element: StructureElement): this
    markContent(tag: 'Artifact', options: { readonly type: 'Pagination' | 'Layout' }): this
    markContent(tag: 'Span', options: { readonly actual: string }): this
    image(dataUrl: string, x: number, y: number, options: { readonly width: number }): this
    markStructureContent(tag: string): StructureContent
    endMarkedContent(): this
  }
}
