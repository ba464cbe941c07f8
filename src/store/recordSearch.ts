/**
 * Finds stored records by the words and numbers in them, without making objects of sensor values. Used by the list of
 * everything stored (`recordList.ts`); knows nothing of the screen but the words it is given.
 */
import { type GlucoseChunk, type SourceKey, type StoredFact } from './rows.ts'
import { saidAt } from './glucoseChunk.ts'

export interface SearchOptions {
  /** What the person typed: words and numbers, all of which must be found in a record. */
  readonly text: string
  /** How the screen calls each type of record. */
  readonly typeNames: Readonly<Record<string, string>>
  /**
   * How the screen writes stored words: of a whole text, of its first word, or of a field that is yes or no, such as
   * "suspended:true". Both are found.
   */
  readonly words?: Readonly<Record<string, string>>
  readonly deviceNames: Readonly<Record<SourceKey, string>>
}

export interface RecordSearch {
  readonly hasFact: (source: SourceKey, record: StoredFact) => boolean
  /** Of one chunk, by its rows. */
  readonly hasGlucose: (chunk: GlucoseChunk) => (row: number) => boolean
}

interface Term {
  readonly text: string
  /** Numbers are found by how they begin, words anywhere: "12.5" is not in 112.5, but "wind" is in "rewind". */
  readonly isNumber: boolean
}

/** Not contents: where a record stands, what it is called inside, and moments, which the period chooses. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  'id',
  'artifactId',
  'decoderVersion',
  'raw',
  'supporting',
  'seq',
  'deviceTime',
  'startTime',
  'to',
  'from',
  'durationMs',
])

/** `undefined` when nothing is searched for. */
export function recordSearch({ text, typeNames, words = {}, deviceNames }: SearchOptions): RecordSearch | undefined {
  const terms = termsOf(text)
  const shown = new Map(Object.entries(words).map(([stored, onScreen]) => [stored, onScreen.toLowerCase()]))
  if (terms.length === 0) return undefined
  /** What is left to be found when source and type have been looked at; the same for all of one kind. */
  const left = new Map<string, readonly Term[]>()
  const leftOf = (source: SourceKey, type: string): readonly Term[] => {
    const key = `${source} ${type}`
    const known = left.get(key)
    if (known) return known
    const head = ` ${type} ${typeNames[type] ?? ''} ${deviceNames[source] ?? ''}`.toLowerCase()
    const found = terms.filter(term => !isInHead(head, term))
    left.set(key, found)
    return found
  }
  return {
    hasFact: (source, record) => leftOf(source, record.type).every(term => holds(record, term, shown)),
    hasGlucose: chunk => {
      const wanted = leftOf(chunk.source, 'cbg')
      // A year has a hundred thousand values, but only some hundred different ones.
      const byValue = new Map<number, readonly Term[]>()
      return row => {
        const key = (chunk.steps[row] ?? 0) * 256 + (chunk.flags[row] ?? 0)
        const known = byValue.get(key)
        const rest = known ?? wanted.filter(term => !holds(saidAt(chunk, row), term, shown))
        if (!known) byValue.set(key, rest)
        return rest.every(term => isCurrent(chunk.isigNa[row], term))
      }
    },
  }
}

/** A decimal comma is a decimal point. */
function termsOf(text: string): readonly Term[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map(word => {
      const isNumber = /^-?\d+(?:[.,]\d*)?$/.test(word)
      return { text: isNumber ? word.replace(',', '.') : word, isNumber }
    })
}

/** A long number may be part of a serial number; a short one inside "780G" would find all that this pump ever told. */
const isInHead = (head: string, { text, isNumber }: Term): boolean =>
  head.includes(isNumber && text.length < 5 ? ` ${text}` : text)

/** Whether any field holds the term, however deep it lies, as it is stored or as the screen says it. */
function holds(value: unknown, term: Term, shown: ReadonlyMap<string, string>): boolean {
  switch (typeof value) {
    case 'string': {
      if (value.toLowerCase().includes(term.text)) return true
      const onScreen = shown.get(value) ?? shown.get(value.split(' ', 1)[0] ?? '')
      return onScreen?.includes(term.text) ?? false
    }
    case 'number':
      return term.isNumber && isNumberOf(value, term.text)
    case 'object':
      if (value === null) return false
      return Object.entries(value).some(([name, part]) => {
        if (PASSED_OVER.has(name)) return false
        if (typeof part === 'boolean') return shown.get(`${name}:${part}`)?.includes(term.text) ?? false
        return holds(part, term, shown)
      })
    default:
      return false
  }
}

const isCurrent = (isigNa: number | undefined, term: Term): boolean =>
  // Seven digits are what a Float32 keeps.
  term.isNumber && isigNa !== undefined && isNumberOf(Number(isigNa.toPrecision(7)), term.text)

const isNumberOf = (value: number, text: string): boolean =>
  String(value).startsWith(text) || (text !== '' && value === Number(text))
