/**
 * What a Contour meter's frames mean: each page is one message as it came, each result record becomes a finger-stick
 * record. Pure; never throws, whatever the bytes. Source: contour sheet §4.
 *
 * H, P, O and L give no record of their own. They frame the results, so their bytes are the supporting bytes of the
 * result that follows, or of the last one; of a meter without results they are named as skipped.
 */
import type { RawRef, Skipped, Smbg } from '#records/records.ts'
import { type GlucoseUnits, mmolFromMgdl, roundHalfEven } from '#records/units.ts'
import type { Decoded, Download } from '../driver.ts'
import { parseFrame, recordsOf, type Separators, usualSeparators } from '../shared/astm.ts'
import { type Header, identityOf, isContour, modelOf, readHeader, readTime, usualLimitsMgdl } from './header.ts'

export function decode(download: Download): Decoded {
  const results: { readonly smbg: Smbg; readonly supporting: RawRef[] }[] = []
  const skipped: Skipped[] = []
  /** Bytes that frame the results, waiting for the next one. */
  let framing: RawRef[] = []
  let header: Header | undefined
  let inControlOrder = false

  download.pages.forEach(({ bytes }, page) => {
    const { frame, problem } = parseFrame(bytes)
    if (!frame) {
      if (bytes.length > 0)
        skipped.push({ page, offset: 0, length: bytes.length, reason: `no whole frame: ${problem}` })
      return
    }
    const records = recordsOf(frame)
    records.forEach(({ text }, i) => {
      // The frame's own bytes belong to its first and last record.
      const offset = i === 0 ? 0 : (records[i]?.offset ?? 0)
      const raw: RawRef = { page, offset, length: (records[i + 1]?.offset ?? bytes.length) - offset }
      const separators = header?.separators ?? usualSeparators
      const fields = text.split(separators.field)
      const newHeader = readHeader(text)
      if (newHeader) {
        header = newHeader
        framing.push(raw)
        return
      }
      switch (fields[0]) {
        case 'O':
          inControlOrder = fields[11]?.includes('Q') ?? false
          framing.push(raw)
          return
        case 'P':
        case 'L':
          framing.push(raw)
          return
        case 'R': {
          const result = readResult(fields, separators, header)
          if (typeof result === 'string') {
            skipped.push({ ...raw, reason: result })
            return
          }
          const control = result.controlSolution ?? (inControlOrder || undefined)
          results.push({ smbg: { ...result, raw, ...(control && { controlSolution: control }) }, supporting: framing })
          framing = []
          return
        }
        default:
          skipped.push({ ...raw, reason: `a record of an unknown kind: ${readable(text)}` })
      }
    })
  })

  const lastResult = results.at(-1)
  if (lastResult) lastResult.supporting.push(...framing)
  else
    skipped.push(
      ...framing.map(
        (raw): Skipped => ({
          ...raw,
          reason: 'describes the meter and the read, holds no result',
          holdsNothing: true,
        }),
      ),
    )

  return {
    device: header && isContour(header) && header.serial !== '' ? identityOf(header) : download.device,
    records: results.map(({ smbg, supporting }) => (supporting.length > 0 ? { ...smbg, supporting } : smbg)),
    skipped,
  }
}

/**
 * One result, or why there is none.
 *
 * | field | is                                                          |
 * | 1     | number, which shifts between reads                          |
 * | 2     | `^^^Glucose`                                                |
 * | 3     | value: whole mg/dL, or mmol/L with one decimal              |
 * | 4     | unit and reference: `mg/dL^P`                               |
 * | 6     | flags, separated by `/`                                     |
 * | 8     | time: YYYYMMDDHHmm, on some meters with seconds             |
 */
function readResult(
  fields: readonly string[],
  separators: Separators,
  header: Header | undefined,
): Omit<Smbg, 'raw'> | string {
  const [, , test = '', valueText = '', unitText = '', , flagText = '', , timeText = ''] = fields
  const testName = test.split(separators.component)[3] ?? ''
  if (testName !== 'Glucose') return `not a glucose result: ${readable(test)}`
  const units = unitsOf(unitText.split(separators.component)[0] ?? '')
  if (!units) return `a glucose result in an unknown unit: ${readable(unitText)}`
  const deviceTime = readTime(timeText)
  if (deviceTime === undefined) return `a glucose result with an impossible time: ${readable(timeText)}`

  const flags = flagText.split('/').filter(flag => flag !== '')
  if (flags.includes('<') && flags.includes('>')) return 'a glucose result both below and above the measuring range'
  const outOfRange = flags.includes('<') ? 'low' : flags.includes('>') ? 'high' : undefined
  const value =
    readValue(valueText, units) ?? (outOfRange && valueText === '' ? limitOf(outOfRange, units, header) : undefined)
  if (value === undefined) return `a glucose result with an impossible value: ${readable(valueText)}`

  const annotations = [
    ...(outOfRange ? ['bg/out-of-range'] : []),
    ...(flags.every(isKnownFlag) ? [] : ['app/unknown-flag']),
  ]
  return {
    type: 'smbg',
    subType: 'meter',
    deviceTime,
    // The number is left out: it counts from the newest or the oldest result and so differs from read to read. And so
    // are the person's marks: a result marked on the meter after it was read is still the same result.
    identity: [test, valueText, unitText, flags.filter(isMeasured).join('/'), timeText].join('|'),
    value,
    units,
    ...(outOfRange && { outOfRange }),
    ...personal(flags, header),
    ...(annotations.length > 0 && { annotations }),
  }
}

/** What the person said about the result. */
function personal(flags: readonly string[], header: Header | undefined): Partial<Smbg> {
  const before = flags.includes('B')
  const after = flags.includes('A')
  const quarters = flags.map(flag => QUARTERS_AFTER_MEAL.get(flag)).find(found => found !== undefined)
  const dIsLogbook = (header && modelOf(header))?.markD !== 'notFeelingRight'
  const marks = flags.flatMap(flag => (flag === 'D' && dIsLogbook ? 'logbook' : (MARKS.get(flag) ?? [])))
  return {
    ...(before !== after && { meal: before ? 'before' : 'after' }),
    ...(quarters !== undefined && { minutesAfterMeal: 15 * quarters }),
    ...(marks.length > 0 && { marks }),
    ...(flags.includes('C') && { controlSolution: true }),
  }
}

const MARKS: ReadonlyMap<string, NonNullable<Smbg['marks']>[number]> = new Map([
  ['I', 'sick'],
  ['S', 'stress'],
  ['X', 'activity'],
])

/** Z1 to Z9, ZA, ZB, ZC: quarters of an hour since the meal. */
const QUARTERS_AFTER_MEAL: ReadonlyMap<string, number> = new Map(
  Array.from('123456789ABC', (digit, i) => [`Z${digit}`, i + 1]),
)

/** M and T with a number are seen on NEXT and NEXT LINK meters; their meaning is not documented. */
const isKnownFlag = (flag: string): boolean => /^([<>CBADISX]|Z[1-9ABC]|[MT]\d+)$/.test(flag)

/** Flags that the meter sets itself: out of range, control solution. */
const isMeasured = (flag: string): boolean => flag === '<' || flag === '>' || flag === 'C'

function unitsOf(text: string): GlucoseUnits | undefined {
  return text === 'mg/dL' || text === 'mmol/L' ? text : undefined
}

/** The number of the record in its own unit; `undefined` for 0 and for what no meter can show. */
function readValue(text: string, units: GlucoseUnits): number | undefined {
  const form = units === 'mg/dL' ? /^\d{1,3}$/ : /^\d{1,2}(\.\d)?$/
  return form.test(text) && Number(text) > 0 ? Number(text) : undefined
}

/** The limit of the measuring range in the result's unit, mmol/L with one decimal. */
function limitOf(side: 'low' | 'high', units: GlucoseUnits, header: Header | undefined): number {
  const { lowMgdl, highMgdl } = header ?? usualLimitsMgdl
  const mgdl = side === 'low' ? lowMgdl : highMgdl
  return units === 'mg/dL' ? mgdl : roundHalfEven(mmolFromMgdl(mgdl), 1)
}

/** Foreign text for a reason: short, printable. */
const readable = (text: string): string => JSON.stringify(text.slice(0, 40)).replace(/[^\x20-\x7e]/g, '?')
