/**
 * Asks the browser for a device. Only the window may, and only right after a click; opening and reading happen in the
 * device worker, which finds the device again by its ids.
 */
import type { Connection, Model } from '#devices/driver.ts'
import type { PortChoice } from '#workers/api.ts'
import type { Outcome } from '#workers/outcome.ts'
import { systemOf } from './system.ts'

export type RealChoice = Exclude<PortChoice, { readonly transport: 'simulated' }>
export type Transport = Connection['transport']

/** Which ways to a device this browser has. */
export const browserTransports = (): Readonly<Record<Transport, boolean>> => ({
  hid: 'hid' in navigator,
  usb: 'usb' in navigator,
  serial: 'serial' in navigator,
})

/** What is to be reached, and by which way where the person has said so. */
export interface Wanted {
  readonly model: Model
  readonly bridge?: string
  readonly transport?: Transport
}

/**
 * The ways that this browser has, best first. On Linux the system's own driver holds what is a serial port too, so that
 * is tried first there.
 */
export function usableConnections({ model, bridge, transport }: Wanted, system = systemOf()): readonly Connection[] {
  const has = browserTransports()
  const isWanted = (connection: Connection) =>
    has[connection.transport] &&
    (bridge === undefined || connection.bridge === bridge) &&
    (transport === undefined || connection.transport === transport)
  const rank = (connection: Connection) => Number((connection.transport === 'serial') !== (system === 'linux'))
  return model.connections.filter(isWanted).toSorted((a, b) => rank(a) - rank(b))
}

/** Another kind of way to the same thing than the one taken or, where none was taken yet, than the first. */
export function otherTransport({ model, bridge, transport }: Wanted): Transport | undefined {
  const all = usableConnections({ model, ...(bridge === undefined ? {} : { bridge }) })
  const taken = transport ?? all[0]?.transport
  return all.find(connection => connection.transport !== taken)?.transport
}

/**
 * Opens the browser's chooser with nothing but what is wanted in it. Call it from a click handler.
 * Fails with `no-device-chosen`, `browser-unsupported` or `bug`.
 */
export async function askForDevice(wanted: Wanted): Promise<Outcome<RealChoice>> {
  const connections = usableConnections(wanted)
  const transport = connections[0]?.transport
  if (!transport) return { ok: false, failure: { code: 'browser-unsupported', step: 'asking for the device' } }
  const ids = connections.filter(connection => connection.transport === transport)
  try {
    const chosen = await openChooser(transport, ids)
    if (!chosen) return { ok: false, failure: { code: 'no-device-chosen', step: 'choosing the device' } }
    return { ok: true, value: { transport, modelId: wanted.model.id, ...chosen } }
  } catch (error) {
    const nothingChosen = error instanceof DOMException && error.name === 'NotFoundError'
    const code = nothingChosen ? 'no-device-chosen' : 'bug'
    return { ok: false, failure: { code, step: 'choosing the device', detail: String(error) } }
  }
}

/** Gives the permission of every device with one of this model's ids back. Returns how many were forgotten. */
export async function forgetDevices(model: Model): Promise<number> {
  const isOurs = (ids: Ids) =>
    model.connections.some(one => one.vendorId === ids.vendorId && one.productId === ids.productId)
  const has = browserTransports()
  const held = [
    ...(has.hid ? await navigator.hid.getDevices() : []),
    ...(has.usb ? await navigator.usb.getDevices() : []),
  ].filter(isOurs)
  const ports = has.serial
    ? (await navigator.serial.getPorts()).filter(port => {
        const { usbVendorId = 0, usbProductId = 0 } = port.getInfo()
        return isOurs({ vendorId: usbVendorId, productId: usbProductId })
      })
    : []
  for (const device of [...held, ...ports]) await device.forget()
  return held.length + ports.length
}

interface Ids {
  readonly vendorId: number
  readonly productId: number
}

async function openChooser(transport: Transport, ids: readonly Ids[]): Promise<Ids | undefined> {
  const filters = ids.map(({ vendorId, productId }) => ({ vendorId, productId }))
  switch (transport) {
    case 'hid': {
      const device = (await navigator.hid.requestDevice({ filters }))[0]
      return device && { vendorId: device.vendorId, productId: device.productId }
    }
    case 'usb': {
      const { vendorId, productId } = await navigator.usb.requestDevice({ filters })
      return { vendorId, productId }
    }
    case 'serial': {
      const port = await navigator.serial.requestPort({
        filters: ids.map(({ vendorId, productId }) => ({ usbVendorId: vendorId, usbProductId: productId })),
      })
      const { usbVendorId = 0, usbProductId = 0 } = port.getInfo()
      return { vendorId: usbVendorId, productId: usbProductId }
    }
  }
}
