/**
 * As much of a PDF as the tests must know: text by page, page sizes, fonts. Reads what our own writer makes (classic
 * objects, Flate streams, fonts with ToUnicode maps), independent of the library that writes it. Source: ISO 32000-1, 7 and 9.
 */
import { inflateSync } from 'node:zlib'

export interface PdfFont {
  readonly name: string
  readonly subtype: string
  /** True when the font's program is in the file. */
  readonly isEmbedded: boolean
}

export interface ReadPdf {
  readonly pages: readonly { readonly widthPt: number; readonly heightPt: number; readonly text: string }[]
  readonly fonts: readonly PdfFont[]
  readonly isTagged: boolean
  /** How many paths the pages paint and how many pictures they show: vectors, and no pictures. */
  readonly paths: number
  readonly pictures: number
}

interface PdfObject {
  readonly dictionary: string
  readonly stream: Buffer | undefined
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const objects = objectsOf(Buffer.from(bytes))
  const at = (reference: string | undefined): PdfObject | undefined => objects.get(Number(reference))
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary))
  const maps = new Map<number, ReadonlyMap<string, string>>()
  const fonts: PdfFont[] = []
  for (const [number, { dictionary }] of objects) {
    const unicode = /\/ToUnicode (\d+) 0 R/.exec(dictionary)?.[1]
    if (unicode) maps.set(number, unicodeMap(at(unicode)?.stream?.toString('latin1') ?? ''))
    if (!/\/Type \/Font\b/.test(dictionary)) continue
    const subtype = /\/Subtype \/(\w+)/.exec(dictionary)?.[1] ?? ''
    if (subtype.startsWith('CIDFont')) continue
    const descendant = at(/\/DescendantFonts \[(\d+) 0 R/.exec(dictionary)?.[1])
    const descriptor = at(/\/FontDescriptor (\d+) 0 R/.exec(descendant?.dictionary ?? dictionary)?.[1])
    fonts.push({
      name: /\/BaseFont \/([\w+-]+)/.exec(dictionary)?.[1] ?? '',
      subtype,
      isEmbedded: /\/FontFile[23]? \d+/.test(descriptor?.dictionary ?? ''),
    })
  }
  let [paths, pictures] = [0, 0]
  const read = pages.map(({ dictionary }) => {
    const [, width = '0', height = '0'] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(dictionary) ?? []
    const content = at(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1])?.stream?.toString('latin1') ?? ''
    const resources = at(/\/Resources (\d+) 0 R/.exec(dictionary)?.[1])?.dictionary ?? ''
    const fontNumbers = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', number]) => [name, Number(number)]),
    )
    paths += content.match(/^(?:f\*?|S|B)$/gm)?.length ?? 0
    pictures += content.match(/ Do$/gm)?.length ?? 0
    return { widthPt: Number(width), heightPt: Number(height), text: textOf(content, fontNumbers, maps) }
  })
  return { pages: read, fonts, isTagged: bytesInclude(objects, '/StructTreeRoot'), paths, pictures }
}

const bytesInclude = (objects: ReadonlyMap<number, PdfObject>, text: string): boolean =>
  [...objects.values()].some(({ dictionary }) => dictionary.includes(text))

function objectsOf(file: Buffer): ReadonlyMap<number, PdfObject> {
  const text = file.toString('latin1')
  const objects = new Map<number, PdfObject>()
  for (const start of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const begin = start.index + start[0].length
    const end = text.indexOf('\nendobj', begin)
    const body = text.slice(begin, end)
    const streamAt = body.indexOf('\nstream\n')
    const dictionary = streamAt < 0 ? body : body.slice(0, streamAt)
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0)
    const from = begin + streamAt + '\nstream\n'.length
    const raw = streamAt < 0 ? undefined : file.subarray(from, from + length)
    const stream = raw && dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw
    objects.set(Number(start[1]), { dictionary: dictionary.replace(/\s+/g, ' '), stream })
  }
  return objects
}

/** Codes of a font, as in the content (four hexadecimal digits), to text. */
function unicodeMap(cmap: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  const textOfHex = (hex: string) =>
    String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map(unit => Number.parseInt(unit, 16)))
  for (const [, body = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', list = ''] of body.matchAll(/<(\w+)>\s*<\w+>\s*\[([^\]]*)\]/g)) {
      const first = Number.parseInt(from, 16)
      for (const [index, [, hex = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries()) {
        map.set((first + index).toString(16).padStart(4, '0'), textOfHex(hex.replaceAll(' ', '')))
      }
    }
  }
  return map
}

/** The page's pieces of text, one a line. */
function textOf(
  content: string,
  fonts: ReadonlyMap<string, number>,
  maps: ReadonlyMap<number, ReadonlyMap<string, string>>,
): string {
  return [...content.matchAll(/^BT$([\s\S]*?)^ET$/gm)]
    .map(([, body = '']) => {
      const map = maps.get(fonts.get(/\/(F\d+) /.exec(body)?.[1] ?? '') ?? -1)
      return [...body.matchAll(/<([0-9a-f]+)>/g)]
        .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
        .map(code => map?.get(code) ?? '\uFFFD')
        .join('')
    })
    .join('\n')
}
