/**
 * From a choice in the list to an open port: finds the permitted device again in this thread (device objects cannot
 * cross threads) and opens it with its driver's whitelist. The one place that touches `navigator`.
 * Source: cable sheet §7.2.
 */
import type { Connection } from '../driver.ts'
import { DeviceError } from '../errors.ts'
import { openHid } from './hid.ts'
import type { Clock, Port, Whitelist } from './port.ts'
import { openSerial } from './serial.ts'
import { openUsb } from './usb.ts'

/** What a browser may offer; each is missing where the browser, the thread or a policy does not give it. */
export interface DeviceApis {
  readonly hid?: HID
  readonly usb?: USB
  readonly serial?: Serial
}

/** What this thread's browser offers. The types promise all three; real browsers do not. */
export function deviceApis(): DeviceApis {
  const { navigator }: { readonly navigator?: DeviceApis } = globalThis
  return {
    ...(navigator?.hid && { hid: navigator.hid }),
    ...(navigator?.usb && { usb: navigator.usb }),
    ...(navigator?.serial && { serial: navigator.serial }),
  }
}

/**
 * Opens the one permitted and plugged-in device of this connection. Only bytes that `mayWrite` allows are ever sent.
 * Throws DeviceError `browser-unsupported`, `device-missing`, `device-ambiguous`, `device-in-use`, `permission-lost`.
 */
export async function openDevice(
  connection: Connection,
  mayWrite: Whitelist,
  clock: Clock,
  apis: DeviceApis = deviceApis(),
): Promise<Port> {
  switch (connection.transport) {
    case 'hid': {
      const hid = apis.hid ?? unsupported('WebHID')
      return openHid(only(matching(connection, await hid.getDevices())), mayWrite, { clock, hid })
    }
    case 'usb': {
      const usb = apis.usb ?? unsupported('WebUSB')
      return openUsb(only(matching(connection, await usb.getDevices())), mayWrite, {
        clock,
        usb,
        ...(connection.transferBytes === undefined ? {} : { transferBytes: connection.transferBytes }),
      })
    }
    case 'serial': {
      const serial = apis.serial ?? unsupported('Web Serial')
      const port = only(pluggedPorts(connection, await serial.getPorts()))
      return openSerial(port, mayWrite, { clock, baudRate: connection.baudRate })
    }
  }
}

/** Those of the connections that have a permitted device plugged in now. */
export async function permittedConnections(
  connections: readonly Connection[],
  apis: DeviceApis = deviceApis(),
): Promise<readonly Connection[]> {
  const hids = (await apis.hid?.getDevices()) ?? []
  const usbs = (await apis.usb?.getDevices()) ?? []
  const ports = (await apis.serial?.getPorts()) ?? []
  return connections.filter(connection => {
    switch (connection.transport) {
      case 'hid':
        return matching(connection, hids).length > 0
      case 'usb':
        return matching(connection, usbs).length > 0
      case 'serial':
        return pluggedPorts(connection, ports).length > 0
    }
  })
}

type Ids = Pick<Connection, 'vendorId' | 'productId'>

const matching = <T extends Ids>({ vendorId, productId }: Ids, devices: readonly T[]): readonly T[] =>
  devices.filter(device => device.vendorId === vendorId && device.productId === productId)

/** Permitted ports stay in the list while their cable is away; `connected` tells (it is missing before Chrome 130). */
const pluggedPorts = ({ vendorId, productId }: Ids, ports: readonly SerialPort[]): readonly SerialPort[] =>
  ports.filter(port => {
    const { usbVendorId, usbProductId } = port.getInfo()
    return usbVendorId === vendorId && usbProductId === productId && port.connected !== false
  })

function only<T>(found: readonly T[]): T {
  const [device, ...others] = found
  if (device === undefined) throw new DeviceError('device-missing', { step: 'looking for the device' })
  if (others.length > 0) {
    throw new DeviceError('device-ambiguous', { step: 'looking for the device', detail: `${found.length} equal ones` })
  }
  return device
}

function unsupported(name: string): never {
  throw new DeviceError('browser-unsupported', { step: 'looking for the device', detail: `no ${name} here` })
}
