/**
 * The lines above the first header row: which devices, which period, how many rows. Names, dates of birth and patient
 * numbers stand there too and are not read. Source: CareLink export sheet §3.
 */
import { careLinkCells } from './cells.ts'
import { type DateReadings, dateReadings, splitDateAndTime } from './dates.ts'

export interface ListedDevice {
  readonly kind: 'pump' | 'meter'
  readonly model: string
  readonly serial: string
  readonly firmware?: string
}

export interface Preamble {
  readonly devices: readonly ListedDevice[]
  /** From and to, as the file names them. */
  readonly periods: readonly (readonly [DateReadings, DateReadings])[]
  /** What "DEVICE DATA (n records)" promises. */
  readonly promisedRows: number | undefined
}

/** Reads the lines in front of the first header row. */
export function preambleFrom(lines: readonly string[]): Preamble {
  const rows = lines.map(line => careLinkCells(line, line.split(';').length > line.split(',').length ? ';' : ','))
  const promised = lines.map(line => /\((\d+)\s+\p{L}+\)/u.exec(line)?.[1]).find(text => text !== undefined)
  return {
    devices: [...rows.flatMap(labelledDevice), ...devicesOfTitleRows(rows)],
    periods: rows.flatMap(periodOf),
    promisedRows: promised === undefined ? undefined : Number(promised),
  }
}

/** Generation R: `Pump:,Paradigm 522,#665455,`. */
function labelledDevice(cells: readonly string[]): ListedDevice[] {
  const [label = '', model = '', serial = ''] = cells
  if (!label.endsWith(':') || !/^#\S/.test(serial) || model === '') return []
  const kind = /^(meter|messger|bz-messger|glu[ck]om|lecteur|medidor)/i.test(label) ? 'meter' : 'pump'
  return [{ kind, model, serial: serial.slice(1).trim() }]
}

/** Later generations: one row of titles with the models in it, below each model its serial number. */
function devicesOfTitleRows(rows: readonly (readonly string[])[]): ListedDevice[] {
  const at = rows.findIndex(cells => cells.includes('Device') && cells.includes('Firmware Version'))
  const titles = rows[at]
  const values = rows[at + 1]
  if (!titles || !values) return []
  const from = titles.indexOf('Device') + 1
  const devices: ListedDevice[] = []
  const models = new Set<string>()
  const versions = titles.filter((_, i) => titles[i - 1] === 'Firmware Version')
  for (let i = from; i < titles.length; i++) {
    const title = titles[i] ?? ''
    const isVersion = /Version$/.test(titles[i - 1] ?? '')
    if (title === '' || isVersion || /Version$/.test(title)) continue
    models.add(title)
    const serial = values[i] ?? ''
    if (serial !== '') devices.push({ kind: 'pump', model: title, serial })
  }
  const [firmware] = versions
  const onlyOne = devices.length === 1 && models.size === 1 && versions.length === 1 && firmware
  return onlyOne ? devices.map(device => ({ ...device, firmware })) : devices
}

function periodOf(cells: readonly string[]): (readonly [DateReadings, DateReadings])[] {
  const dates = cells.map(cell => dateReadings(splitDateAndTime(cell).date)).filter(date => date !== undefined)
  const [from, to] = dates
  return from && to ? [[from, to]] : []
}
