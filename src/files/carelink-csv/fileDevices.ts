/**
 * Which device a row or a section belongs to: from the section's divider, else from the lines above the table, else a
 * stand-in that is the same for every file of that model. Source: CareLink export sheet §2 (point 6), §3, §4.
 */
import type { Header } from './columns.ts'
import type { ListedDevice, Preamble } from './preamble.ts'
import type { Output } from './rows.ts'

export function createFileDevices({ devices }: Preamble, out: Output) {
  const ofRows = new Map<string, number>()
  const standIns = new Set<string>()

  function register(kind: 'pump' | 'meter' | 'sensor', model: string, serial: string, firmware?: string): number {
    const manufacturer = kind === 'meter' ? '' : 'Medtronic'
    const identity = { kind, manufacturer, model, serial: serial.replace(/\s+/g, '') }
    return out.device(firmware === undefined ? identity : { ...identity, firmware })
  }

  function withoutSerial(kind: 'pump' | 'meter' | 'sensor', model: string, why: string): number {
    const standIn = `UNKNOWN-${(model || kind).toUpperCase().replace(/[^A-Z0-9]+/g, '-')}`
    if (!standIns.has(standIn)) out.warning(`${why} Its data are kept under the stand-in "${standIn}".`)
    standIns.add(standIn)
    return register(kind, model || 'Unknown device', standIn)
  }

  function listed(model: string): readonly ListedDevice[] {
    return distinct(devices.filter(device => device.model.toLowerCase() === model.toLowerCase()))
  }

  return {
    /** Generation R: by "Raw-Device Type", the name that the lines above the table use too. */
    deviceOfRow(rawDeviceType: string): number {
      const seen = ofRows.get(rawDeviceType)
      if (seen !== undefined) return seen
      const pumps = distinct(devices.filter(({ kind }) => kind === 'pump'))
      const candidates = rawDeviceType === '' && pumps.length === 1 ? pumps : listed(rawDeviceType)
      const [only] = candidates
      const number =
        candidates.length === 1 && only
          ? register(only.kind, only.model, only.serial)
          : withoutSerial(
              isMeterName(rawDeviceType) ? 'meter' : 'pump',
              rawDeviceType,
              candidates.length > 1
                ? `The file lists two devices "${rawDeviceType}" and does not say which row is whose.`
                : `The file does not say the serial number of "${rawDeviceType || 'its device'}".`,
            )
      ofRows.set(rawDeviceType, number)
      return number
    },

    /** Later generations: by the divider; a file that begins below it, by the only device listed. */
    deviceOfSection(model: string | undefined, serial: string | undefined, isMeter: boolean): number {
      const all = distinct(devices)
      const [only] = all
      if (model === undefined && all.length === 1 && only)
        return register('pump', only.model, only.serial, only.firmware)
      const kind = isMeter ? 'meter' : /guardian connect/i.test(model ?? '') ? 'sensor' : 'pump'
      if (!serial)
        return withoutSerial(kind, model ?? '', `The file does not say the serial number of ${model || 'its device'}.`)
      const firmware = devices.find(device => device.serial === serial)?.firmware
      return register(kind, model ?? '', serial, firmware)
    },

    /** A last row that breaks off inside "Raw-Device Type", its last cell. */
    isCutName(cells: readonly string[], header: Header): boolean {
      const at = header.positions.get('raw-device type')
      const name = at === undefined ? undefined : cells[at]
      return name !== undefined && !ofRows.has(name) && [...ofRows.keys()].some(known => known.startsWith(name))
    },
  }
}

const isMeterName = (name: string): boolean =>
  !/^(paradigm|minimed|medtronic|guardian)\b/i.test(name) || /^paradigm (link|system)\b/i.test(name)

function distinct(devices: readonly ListedDevice[]): readonly ListedDevice[] {
  return [...new Map(devices.map(device => [`${device.model}|${device.serial}`, device])).values()]
}
