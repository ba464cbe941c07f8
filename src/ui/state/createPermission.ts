/**
 * Asks the browser for a device. Only the window may, and only right after a click; opening and reading happen in the
 * device worker, which finds the device again by its ids.
 */
import type { Connection, Model } from '#devices/driver.ts'
import type { PortChoice } from '#workers/api.ts'
import type { Outcome } from '#workers/outcome.ts'

export type RealChoice = Exclude<PortChoice, { readonly transport: 'simulated' }>
export type Transport = Connection['transport']

/** Which ways to a device this browser has. */
export const browserTransports = (): Readonly<Record<Transport, boolean>> => ({
  hid: 'hid' in navigator,
  usb: 'usb' in navigator,
  serial: 'serial' in navigator,
})

/** The ways to this model that this browser has, best first. */
export function usableConnections(model: Model): readonly Connection[] {
  const has = browserTransports()
  return model.connections.filter(connection => has[connection.transport])
}

/**
 * Opens the browser's chooser with nothing but this model in it. Call it from a click handler.
 * Fails with `no-device-chosen`, `browser-unsupported` or `bug`.
 */
export async function askForDevice(model: Model): Promise<Outcome<RealChoice>> {
  const connections = usableConnections(model)
  const transport = connections[0]?.transport
  if (!transport) return { ok: false, failure: { code: 'browser-unsupported', step: 'asking for the device' } }
  const ids = connections.filter(connection => connection.transport === transport)
  try {
    const chosen = await openChooser(transport, ids)
    if (!chosen) return { ok: false, failure: { code: 'no-device-chosen', step: 'choosing the device' } }
    return { ok: true, value: { transport, modelId: model.id, ...chosen } }
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
