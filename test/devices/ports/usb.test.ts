import { describe, expect, it } from 'vitest'
import { openUsb } from '#devices/ports/usb.ts'
import { createFakeClock } from '../../helpers/fakeClock.ts'
import { codeOf } from '../reading.ts'
import { anything, domError, type UsbStub, usbStub } from './browserStubs.ts'

const open = async (stub: UsbStub, mayWrite = anything) => {
  const clock = createFakeClock()
  return { clock, port: await openUsb(stub.device, mayWrite, { clock, usb: stub.usb }) }
}
const failureOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'no failure', codeOf)

describe('a USB port', () => {
  it('opens the interface that has bulk endpoints both ways', async () => {
    const stub = usbStub()
    await open(stub)
    expect(stub.calls).toEqual(['open', 'selectConfiguration 1', 'claimInterface 1'])
  })

  it('does not choose a configuration that is chosen', async () => {
    const stub = usbStub()
    await stub.device.selectConfiguration(1)
    stub.calls.length = 0
    await open(stub)
    expect(stub.calls).toEqual(['open', 'claimInterface 1'])
  })

  it('gives transfers one by one and passes over empty ones', async () => {
    const stub = usbStub()
    const { port } = await open(stub)
    stub.arrive(Uint8Array.of(1, 2))
    stub.arrive(new Uint8Array(0))
    stub.arrive(Uint8Array.of(3))
    expect(await port.read(100)).toEqual(Uint8Array.of(1, 2))
    expect(await port.read(100)).toEqual(Uint8Array.of(3))
    expect(await failureOf(port.read(100))).toBe('no-answer')
  })

  it('sends an empty packet after a full last one, and only then', async () => {
    const stub = usbStub({ packetSize: 8 })
    const { port } = await open(stub)
    await port.write(new Uint8Array(16).fill(1))
    await port.write(new Uint8Array(15).fill(2))
    expect(stub.sent.map(bytes => bytes.length)).toEqual([16, 0, 15])
  })

  it('refuses what the whitelist does not hold', async () => {
    const stub = usbStub()
    const { port } = await open(stub, bytes => bytes[0] === 1)
    expect(await failureOf(port.write(Uint8Array.of(2)))).toBe('command-refused')
    expect(stub.sent).toEqual([])
  })

  it('clears a stall once in each direction and goes on', async () => {
    const stub = usbStub()
    stub.stalls.in = 1
    const { port } = await open(stub)
    stub.arrive(Uint8Array.of(1))
    expect(await port.read(100)).toEqual(Uint8Array.of(1))
    stub.stalls.out = 1
    await port.write(Uint8Array.of(9))
    expect(stub.sent).toEqual([Uint8Array.of(9)])
    expect(stub.calls).toEqual(expect.arrayContaining(['clearHalt in 2', 'clearHalt out 3']))
  })

  it('gives up at a second stall in a row', async () => {
    const stub = usbStub()
    stub.stalls.in = 2
    const { port } = await open(stub)
    expect(await failureOf(port.read(100))).toBe('wrong-answer')
    const other = usbStub()
    const second = await open(other)
    other.stalls.out = 2
    expect(await failureOf(second.port.write(Uint8Array.of(1)))).toBe('wrong-answer')
  })

  it('says unplugged', async () => {
    const stub = usbStub()
    const { port } = await open(stub)
    const waiting = failureOf(port.read(5000))
    stub.unplug()
    expect(await waiting).toBe('unplugged')
    expect(await failureOf(port.write(Uint8Array.of(1)))).toBe('unplugged')
  })

  it.each([
    ['NetworkError', 'device-in-use'],
    ['SecurityError', 'permission-lost'],
  ])('that cannot claim its interface for %s says %s and closes the device', async (name, code) => {
    const stub = usbStub()
    stub.fails.claim = domError(name)
    expect(await failureOf(open(stub))).toBe(code)
    expect(stub.calls.at(-1)).toBe('close')
  })

  it('says device-in-use when it cannot open, wrong-device without bulk endpoints', async () => {
    const busy = usbStub()
    busy.fails.open = domError('NetworkError')
    expect(await failureOf(open(busy))).toBe('device-in-use')
    expect(await failureOf(open(usbStub({ bulk: false })))).toBe('wrong-device')
  })

  it('gives the device back, twice if asked', async () => {
    const stub = usbStub()
    const { port, clock } = await open(stub)
    await port.close()
    await port.close()
    expect(stub.calls).toContain('close')
    expect(await failureOf(port.read(100))).toBe('bug')
    expect(clock.waiting()).toBe(0)
  })
})
