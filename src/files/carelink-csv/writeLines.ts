/**
 * Lines of CareLink's current export: the lines above the tables, the dividers, the rows. No person's name, no date of
 * birth: their places stay empty. Source: CareLink export sheet §2 (points 1, 2, 6), §3.
 */
import type { DeviceIdentity } from '#records/records.ts'
import { dateFromDeviceTime, type DeviceDay, isoFromDeviceTime, startOfDeviceDay } from '#records/time.ts'
import { textCell } from './cells.ts'
import { numberText } from './numbers.ts'
import { markedModel } from './simulated.ts'
import { type ColumnUnits, columnNames, rawColumnNames } from './writeColumns.ts'
import { COLUMN_PLACES, type Row } from './writeRow.ts'

/** eu: semicolons and decimal commas, as in all files known; us: commas and points. */
export type CsvStyle = 'eu' | 'us'

/** RawSensor: a second table of the sensor, for what is no number (`writeRaw.ts`). */
export type SectionKind = 'Pump' | 'AutoInsulin' | 'Sensor' | 'RawSensor'

/** What stands in a divider's last cell; that of meters is our own, readers of pumps take them for a pump. */
const LAST_OF_DIVIDER = { plain: '-------', auto: 'Aggregated Auto Insulin Data', meter: 'Meter' } as const

export interface ListedDevice {
  readonly device: DeviceIdentity
  readonly simulated: boolean
}

export interface LineWriter {
  /** The lines above the tables, with a byte order mark in front. */
  preamble(devices: readonly ListedDevice[], firstDay: DeviceDay, lastDay: DeviceDay): string
  /** A blank line, the divider and the names of the columns. */
  tableHead(device: ListedDevice, kind: SectionKind, units: ColumnUnits): string
  row(row: Row): string
}

/** Gives lines with their line ends. Rows are numbered through the whole file, so each file needs its own writer. */
export function createLineWriter(style: CsvStyle): LineWriter {
  const delimiter = style === 'eu' ? ';' : ','
  const blank: readonly string[] = columnNames({ glucose: 'mg/dL', carbs: 'grams' }).map(() => '')
  let index = 0

  const line = (cells: readonly string[]): string => `${cells.join(delimiter)}\r\n`
  const decimal = (text: string): string => (style === 'eu' ? text.replace('.', ',') : text)
  const text = (value: string): string => textCell(value, delimiter)
  const date = (day: DeviceDay): string => {
    const [year = '', month = '', date = ''] = dateFromDeviceTime(startOfDeviceDay(day)).split('-')
    return `"${style === 'eu' ? `${date}/${month}/${year}` : `${Number(month)}/${Number(date)}/${year}`} 00:00:00"`
  }

  return {
    preamble(devices, firstDay, lastDay) {
      // Side by side, as in a real file of two models, so that each serial number stands below its model.
      const titles = [
        ...devices.map(({ device, simulated }) => text(markedModel(device, simulated))),
        ...devices.flatMap(({ device }) => ['Hardware Version', '', 'Firmware Version', text(device.firmware ?? '')]),
      ]
      const serials = [...devices.map(({ device }) => text(device.serial)), 'Software Version', '']
      return (
        '\uFEFF' +
        line(['Last Name', 'First Name', 'Patient ID', 'System ID', 'Start Date', 'End Date', 'Device', ...titles]) +
        line(['""', '""', '""', '""', date(firstDay), date(lastDay), '"Serial Number"', ...serials]) +
        line(['Patient DOB', '', '', '', '', '', 'CGM', '']) +
        'Device data shown may exceed selected date range.\r\n'
      )
    },
    tableHead({ device, simulated }, kind, units) {
      const last =
        kind === 'AutoInsulin'
          ? LAST_OF_DIVIDER.auto
          : device.kind === 'meter'
            ? LAST_OF_DIVIDER.meter
            : LAST_OF_DIVIDER.plain
      const divider = [
        '-------',
        text(markedModel(device, simulated)),
        kind === 'Sensor' || kind === 'RawSensor' ? 'Sensor' : 'Pump',
        text(device.serial),
        last,
      ]
      const names = kind === 'RawSensor' ? rawColumnNames(units) : columnNames(units)
      return `\r\n${divider.join(delimiter)} \r\n${line(names)}`
    },
    row({ time, cells }) {
      const row = [...blank]
      const iso = isoFromDeviceTime(time)
      row[0] = decimal(`${index++}.00000`)
      row[1] = iso.slice(0, 10).replaceAll('-', '/')
      row[2] = iso.slice(11)
      for (const [name, value] of Object.entries(cells)) {
        const place = COLUMN_PLACES.get(name as keyof typeof cells) // Keys of Cells are columns.
        if (place === undefined || value === undefined) continue
        row[place] = typeof value === 'number' ? decimal(numberText(value)) : text(value)
      }
      return line(row)
    },
  }
}
