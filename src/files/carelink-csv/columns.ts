/**
 * The columns of CareLink's exports by name, and the header row that says where they stand. Names are English in every
 * generation but the oldest, which also exists in German; other languages of that one are read by position.
 * Source: CareLink export sheet §2 (points 3, 6, 7), §4, §5, §6.
 */
import type { GlucoseUnits } from '#records/units.ts'
import { csvCells } from '../csv.ts'

/** Generation R, in its order; names as normalized by {@link normalName}. */
export const RAW_COLUMNS = [
  'index',
  'date',
  'time',
  'timestamp',
  'new device time',
  'bg reading',
  'linked bg meter id',
  'temp basal amount',
  'temp basal type',
  'temp basal duration',
  'bolus type',
  'bolus volume selected',
  'bolus volume delivered',
  'programmed bolus duration',
  'prime type',
  'prime volume delivered',
  'suspend',
  'rewind',
  'bwz estimate',
  'bwz target high bg',
  'bwz target low bg',
  'bwz carb ratio',
  'bwz insulin sensitivity',
  'bwz carb input',
  'bwz bg input',
  'bwz correction estimate',
  'bwz food estimate',
  'bwz active insulin',
  'alarm',
  'sensor calibration bg',
  'sensor glucose',
  'isig value',
  'daily insulin total',
  'raw-type',
  'raw-values',
  'raw-id',
  'raw-upload id',
  'raw-seq num',
  'raw-device type',
] as const

/** The same columns in German. */
const RAW_COLUMNS_GERMAN = [
  'index',
  'datum',
  'zeit',
  'zeitstempel',
  'neue gerätezeit',
  'bz-messwert',
  'id des verb. bz-messgeräts',
  'tempor. basalrate',
  'art d. tempor. basalrate',
  'dauer temp basal',
  'bolustyp',
  'gewähltes bolusvolumen',
  'abgegebene bolusmenge',
  'bolusdauer',
  'füllart',
  'abgegebenes füllvolumen',
  'unterbrechen',
  'rücklauf',
  'bolusexpert-schätzung',
  'bolusexpert: hoher bz-grenzwert',
  'bolusexpert: niedriger bz-grenzwert',
  'bolusexpert: kh-faktor',
  'bolusexpert: korrekturfaktor',
  'bolusexpert: kh-eingabe',
  'bolusexpert: bz-eingabe',
  'bolusexpert: geschätzte korrektur',
  'bolusexpert: geschätzte nahrung',
  'bolusexpert: aktives insulin',
  'alarm',
  'bz-wert für sensorkalibrierung',
  'sensorglukose',
  'isig-wert',
  'tages-gesamtinsulin',
  'roh-typ',
  'roh-werte',
  'roh-id',
  'roh-upload id',
  'roh-seq num',
  'roh-gerätetyp',
] as const

/** What the later generations have beside them. */
const SECTION_COLUMNS = [
  'bg source',
  'basal rate',
  'bolus duration',
  'estimated reservoir volume after fill',
  'alert',
  'user cleared alerts',
  'bwz bg/sg input',
  'bwz status',
  'event marker',
  'bolus number',
  'bolus cancellation reason',
  'bwz unabsorbed insulin total',
  'final bolus estimate',
  'scroll step size',
  'insulin action curve time',
  'sensor calibration rejected reason',
  'preset bolus',
  'bolus source',
  'ble network device',
  'device update event',
  'network device associated reason',
  'network device disassociated reason',
  'network device disconnected reason',
  'sensor exception',
  'preset temp basal name',
  'sensor state',
  'smartguard correction bolus feature',
] as const

export type Column = (typeof RAW_COLUMNS)[number] | (typeof SECTION_COLUMNS)[number]

const COLUMN_OF_NAME = new Map<string, Column>([
  ...RAW_COLUMNS.map(name => [name, name] as const),
  ...SECTION_COLUMNS.map(name => [name, name] as const),
  ...RAW_COLUMNS_GERMAN.flatMap((name, i) => {
    const column = RAW_COLUMNS[i]
    return column === undefined ? [] : [[name, column] as const]
  }),
  // Generation R names this column either way.
  ['bolus duration', 'bolus duration'],
])

export interface Header {
  readonly delimiter: string
  /** Number of columns up to the last one that has a name. */
  readonly width: number
  /** Index i: what stands in cell i; `undefined` for a name that is not known. */
  readonly columns: readonly (Column | undefined)[]
  readonly positions: ReadonlyMap<Column, number>
  /** Names as written, trimmed. */
  readonly names: readonly string[]
  /** What stood in the last parentheses of each name, lower case: "mg/dl", "g/u", "grams". */
  readonly units: ReadonlyMap<Column, string>
}

/** Does a line begin with a cell "Index", as header rows do in all languages? */
export const isHeaderLine = (text: string): boolean => /^\uFEFF?\s*"?\s*index\s*"?\s*[;,\t]/i.test(text)

/** Reads a header row; the delimiter is whichever of `;` `,` and tab is most frequent in it. */
export function headerFrom(text: string): Header {
  const delimiter = [';', ',', '\t'].reduce((best, mark) => (count(text, mark) > count(text, best) ? mark : best))
  const names = csvCells(text, delimiter)
  while (names.length > 0 && names[names.length - 1] === '') names.pop()
  const columns: (Column | undefined)[] = []
  const positions = new Map<Column, number>()
  const units = new Map<Column, string>()
  names.forEach((name, i) => {
    const { plain, unit } = normalName(name)
    const column = COLUMN_OF_NAME.get(plain)
    const isNew = column !== undefined && !positions.has(column)
    columns.push(isNew ? column : undefined)
    if (!isNew) return
    positions.set(column, i)
    if (unit !== undefined) units.set(column, unit)
  })
  return { delimiter, width: names.length, columns, positions, names, units }
}

/** The header as if it named generation R's columns in their order: for languages that nobody has seen. */
export function asRawHeader(header: Header): Header {
  return {
    ...header,
    columns: RAW_COLUMNS,
    positions: new Map(RAW_COLUMNS.map((column, i) => [column, i])),
    units: new Map(),
  }
}

/** "BWZ Insulin Sensitivity (mg/dL/U)" is "bwz insulin sensitivity" with the unit "mg/dl/u". */
export function normalName(name: string): { plain: string; unit: string | undefined } {
  const match = /^(.*?)\s*\(([^()]*)\)\s*$/.exec(name)
  const plain = (match?.[1] ?? name).trim().replace(/\s+/g, ' ').toLowerCase()
  return { plain, unit: match?.[2]?.trim().toLowerCase() }
}

/** The glucose unit that a column's name states. */
export function glucoseUnitsOf(header: Header, column: Column): GlucoseUnits | undefined {
  const unit = header.units.get(column) ?? ''
  if (unit.startsWith('mg/dl')) return 'mg/dL'
  return unit.startsWith('mmol') ? 'mmol/L' : undefined
}

const count = (text: string, mark: string): number => text.split(mark).length - 1
