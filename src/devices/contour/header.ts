/**
 * The H record: who the meter is, how it is set, what time it shows. Used by `driver.ts` to know whom it talks to and
 * by `decode.ts` for units and limits. Pure. Source: contour sheet §4.
 */
import type { DeviceIdentity } from '#records/records.ts'
import { type DeviceTime, deviceTimeOf } from '#records/time.ts'
import { type Separators, separatorsOf } from '../shared/astm.ts'
import { type ContourModel, models } from './models.ts'

export interface Header {
  readonly separators: Separators
  /** As sent: `Bayer6210`, `Contour7800`. */
  readonly product: string
  readonly versions: readonly string[]
  /** As sent, without blanks: `6213-1065043`. */
  readonly serial: string
  readonly sku: string
  /** Of the radio, on meters that have one: `BG1065043B`. */
  readonly rfSerial?: string
  /** What the meter shows; each result names its own unit. */
  readonly displayUnits?: 'mg/dL' | 'mmol/L'
  /** Measuring range. Always mg/dL, also on meters that show mmol/L. */
  readonly lowMgdl: number
  readonly highMgdl: number
  /** How many results the meter says it has. Not to be trusted. */
  readonly resultCount?: number
  /** The meter's clock, where it is a possible time. */
  readonly time?: DeviceTime
}

/** Of all Contour strips; used when the header does not tell. */
export const usualLimitsMgdl = { lowMgdl: 20, highMgdl: 600 } as const

/** Reads an H record's text; `undefined` when it is not one or does not name a product. */
export function readHeader(text: string): Header | undefined {
  if (!text.startsWith('H')) return undefined
  const separators = separatorsOf(text)
  const fields = text.split(separators.field)
  const [product = '', versions = '', serial = '', sku = '', rfSerial = ''] = (fields[4] ?? '').split(
    separators.component,
  )
  if (fields[0] !== 'H' || product.trim() === '') return undefined

  const info = new Map((fields[5] ?? '').split(separators.component).map(keyAndValue))
  const units = { '0': 'mg/dL', '1': 'mmol/L' } as const
  const displayUnits = Object.entries(units).find(([code]) => code === info.get('U'))?.[1]
  const limits = /^(\d{2})(\d{3})$/.exec(info.get('V') ?? '')
  const count = /^\d{1,6}$/.exec(fields[6] ?? '')
  const time = readTime(fields[13] ?? '')
  return {
    separators,
    product: product.trim(),
    versions: versions.split(separators.repeat).filter(version => version !== ''),
    serial: serial.replace(/\s/g, ''),
    sku,
    ...(rfSerial && { rfSerial }),
    ...(displayUnits && { displayUnits }),
    ...(limits ? { lowMgdl: Number(limits[1]), highMgdl: Number(limits[2]) } : usualLimitsMgdl),
    ...(count && { resultCount: Number(count[0]) }),
    ...(time !== undefined && { time }),
  }
}

/** Whether it is a meter of this family, known to us or not. */
export const isContour = ({ product }: Header): boolean => /^(Bayer|Contour)/i.test(product)

/** The model that sent this header, which need not be the chosen one. */
export function modelOf({ product }: Header): ContourModel | undefined {
  return models.find(({ products }) => products.some(number => product.endsWith(number)))
}

export function identityOf(header: Header): DeviceIdentity {
  const model = modelOf(header)
  return {
    kind: 'meter',
    manufacturer: 'Ascensia',
    model: model?.name ?? `Contour (${header.product})`,
    serial: header.serial,
    ...(header.versions.length > 0 && { firmware: header.versions.join(' / ') }),
  }
}

/** The wall time of 12 digits (YYYYMMDDHHmm) or 14 (with seconds); `undefined` when there is no such time. */
export function readTime(text: string): DeviceTime | undefined {
  const digits = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$/.exec(text)
  if (!digits) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits
    .slice(1)
    .map(part => Number(part ?? 0))
  return deviceTimeOf(year, month, day, hour, minute, second)
}

function keyAndValue(text: string): [string, string] {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
