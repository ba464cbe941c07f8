import { describe, expect, it } from 'vitest'
import type { Connection } from '#devices/driver.ts'
import { type DeviceApis, openDevice, permittedConnections } from '#devices/ports/findDevice.ts'
import { createFakeClock } from '../../helpers/fakeClock.ts'
import { codeOf } from '../reading.ts'
import { anything, hidStub, serialStub, usbStub } from './browserStubs.ts'

const meter: Connection = { transport: 'hid', vendorId: 0x1a79, productId: 0x6210 }
const otherMeter: Connection = { transport: 'hid', vendorId: 0x1a79, productId: 0x6200 }
const bulk: Connection = { transport: 'usb', vendorId: 0x0403, productId: 0x6001 }
const cable: Connection = { transport: 'serial', vendorId: 0x1a79, productId: 0x6001, baudRate: 9600 }

const hidWith = (...devices: readonly HIDDevice[]): DeviceApis => {
  const { hid } = hidStub()
  Object.assign(hid, { getDevices: async () => devices })
  return { hid }
}
const failureOf = (connection: Connection, apis: DeviceApis): Promise<string> =>
  openDevice(connection, anything, createFakeClock(), apis).then(() => 'no failure', codeOf)

describe('finding a permitted device', () => {
  it('opens the one with the right vendor and product', async () => {
    const right = hidStub()
    const wrong = hidStub({ productId: 0x6200 })
    const port = await openDevice(meter, anything, createFakeClock(), hidWith(wrong.device, right.device))
    expect([right.opened(), wrong.opened()]).toEqual([true, false])
    await port.close()
  })

  it('says that none is there', async () => {
    expect(await failureOf(meter, hidWith())).toBe('device-missing')
    expect(await failureOf(otherMeter, hidWith(hidStub().device))).toBe('device-missing')
  })

  it('does not guess between two equal ones', async () => {
    const [first, second] = [hidStub(), hidStub()]
    expect(await failureOf(meter, hidWith(first.device, second.device))).toBe('device-ambiguous')
    expect([first.opened(), second.opened()]).toEqual([false, false])
  })

  it('says when the browser has no such interface', async () => {
    for (const connection of [meter, bulk, cable]) expect(await failureOf(connection, {})).toBe('browser-unsupported')
    // Node itself has none of the three.
    expect(await openDevice(meter, anything, createFakeClock()).catch(codeOf)).toBe('browser-unsupported')
  })

  it('opens USB devices and cables too', async () => {
    const { usb, calls } = usbStub()
    await openDevice(bulk, anything, createFakeClock(), { usb })
    expect(calls).toContain('claimInterface 1')
    const line = serialStub()
    await openDevice(cable, anything, createFakeClock(), { serial: line.serial })
    expect(line.calls[0]).toContain('9600')
  })

  it('passes over a cable that is permitted but not plugged in', async () => {
    expect(await failureOf(cable, { serial: serialStub({ connected: false }).serial })).toBe('device-missing')
  })

  it('gives the whitelist to what it opens', async () => {
    const stub = hidStub()
    const port = await openDevice(meter, () => false, createFakeClock(), hidWith(stub.device))
    expect(await port.write(Uint8Array.of(1)).catch(codeOf)).toBe('command-refused')
    expect(stub.sent).toEqual([])
  })
})

it('lists the connections that have a permitted device now', async () => {
  const apis = { hid: hidStub().hid, usb: usbStub().usb, serial: serialStub().serial }
  expect(await permittedConnections([meter, otherMeter, bulk, cable], apis)).toEqual([meter, bulk, cable])
  expect(await permittedConnections([meter, bulk, cable], {})).toEqual([])
})
