import { describe, expect, it, vi } from 'vitest'
import { openHid } from '#devices/ports/hid.ts'
import { createFakeClock } from '../../helpers/fakeClock.ts'
import { codeOf } from '../reading.ts'
import { anything, domError, type HidStub, hidStub } from './browserStubs.ts'

const open = async (stub: HidStub, mayWrite = anything) => {
  const clock = createFakeClock()
  return { clock, port: await openHid(stub.device, mayWrite, { clock, hid: stub.hid }) }
}
const failureOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'no failure', codeOf)

describe('a HID port', () => {
  it('gives reports one by one, in order, as copies', async () => {
    const stub = hidStub()
    const { port } = await open(stub)
    stub.arrive(Uint8Array.of(1, 2, 3))
    stub.arrive(Uint8Array.of(4))
    expect(await port.read(100)).toEqual(Uint8Array.of(1, 2, 3))
    expect(await port.read(100)).toEqual(Uint8Array.of(4))
    const later = port.read(100)
    stub.arrive(Uint8Array.of(5))
    expect(await later).toEqual(Uint8Array.of(5))
  })

  it('fills reports up to the size of the descriptor and splits what is longer', async () => {
    const stub = hidStub({ reportId: 7, reportBytes: 4 })
    const { port } = await open(stub)
    await port.write(Uint8Array.of(1, 2, 3, 4, 5))
    expect(stub.sent).toEqual([
      { reportId: 7, bytes: Uint8Array.of(1, 2, 3, 4) },
      { reportId: 7, bytes: Uint8Array.of(5, 0, 0, 0) },
    ])
  })

  it('sends 64 bytes and report id 0 where the descriptor says nothing', async () => {
    const stub = hidStub()
    Object.assign(stub.device, { collections: [] })
    const { port } = await open(stub)
    await port.write(Uint8Array.of(9))
    expect(stub.sent[0]?.reportId).toBe(0)
    expect(stub.sent[0]?.bytes).toHaveLength(64)
  })

  it('refuses what the whitelist does not hold', async () => {
    const stub = hidStub()
    const { port } = await open(stub, bytes => bytes[0] === 1)
    expect(await failureOf(port.write(Uint8Array.of(2)))).toBe('command-refused')
    expect(stub.sent).toEqual([])
    await port.write(Uint8Array.of(1))
    expect(stub.sent).toHaveLength(1)
  })

  it('ends a read at its deadline, and not before', async () => {
    const { port, clock } = await open(hidStub())
    expect(await failureOf(port.read(5000))).toBe('no-answer')
    expect(clock.nowMs()).toBe(5000)
  })

  it('ends a read when cancelled', async () => {
    const { port, clock } = await open(hidStub())
    const abort = new AbortController()
    clock.after(70, () => abort.abort())
    expect(await failureOf(port.read(5000, abort.signal))).toBe('cancelled')
    expect(clock.nowMs()).toBe(70)
    expect(await failureOf(port.read(5000, abort.signal))).toBe('cancelled')
    expect(clock.waiting()).toBe(0)
  })

  it('says unplugged to the waiting read and to all that follow, but gives first what had come', async () => {
    const stub = hidStub()
    const { port } = await open(stub)
    stub.arrive(Uint8Array.of(1))
    stub.unplug()
    expect(await port.read(100)).toEqual(Uint8Array.of(1))
    expect(await failureOf(port.read(100))).toBe('unplugged')
    expect(await failureOf(port.write(Uint8Array.of(1)))).toBe('unplugged')

    const other = hidStub()
    const second = await open(other)
    const waiting = failureOf(second.port.read(5000))
    other.unplug()
    expect(await waiting).toBe('unplugged')
  })

  it('does not care when another device is unplugged', async () => {
    const stub = hidStub()
    const { port } = await open(stub)
    stub.hid.dispatchEvent(Object.assign(new Event('disconnect'), { device: hidStub().device }))
    stub.arrive(Uint8Array.of(1))
    expect(await port.read(100)).toEqual(Uint8Array.of(1))
  })

  it.each([
    ['NetworkError', 'device-in-use'],
    ['InvalidStateError', 'device-in-use'],
    ['NotAllowedError', 'permission-lost'],
    ['SecurityError', 'permission-lost'],
    ['NotFoundError', 'device-missing'],
    ['TypeError', 'bug'],
  ])('that fails to open with %s says %s and leaves no listener', async (name, code) => {
    const stub = hidStub()
    stub.fails.open = domError(name)
    expect(await failureOf(open(stub))).toBe(code)
    expect(stub.listeners()).toBe(0)
  })

  it.each([
    ['NetworkError', 'unplugged'],
    ['NotAllowedError', 'permission-lost'],
    ['TypeError', 'bug'],
  ])('that fails to send with %s says %s', async (name, code) => {
    const stub = hidStub()
    const { port } = await open(stub)
    stub.fails.sendReport = domError(name)
    expect(await failureOf(port.write(Uint8Array.of(1)))).toBe(code)
  })

  it('tells a closed device that is unplugged from one whose permission was taken back', async () => {
    const taken = hidStub()
    const first = await open(taken)
    await taken.device.close()
    expect(await failureOf(first.port.write(Uint8Array.of(1)))).toBe('permission-lost')

    const pulled = hidStub()
    const second = await open(pulled)
    await pulled.device.close()
    second.clock.after(100, () => pulled.unplug())
    expect(await failureOf(second.port.write(Uint8Array.of(1)))).toBe('unplugged')
  })

  it('does not wait for ever for a device that takes no report', async () => {
    const stub = hidStub()
    const { port, clock } = await open(stub)
    stub.fails.hangs = true
    expect(await failureOf(port.write(Uint8Array.of(1)))).toBe('no-answer')
    expect(clock.nowMs()).toBeLessThanOrEqual(5000)
  })

  it('gives back a device that opens only after nobody waits for it any more', async () => {
    const stub = hidStub()
    let openAtLast = () => {}
    stub.fails.opensLate = new Promise(resolve => {
      openAtLast = resolve
    })
    expect(await failureOf(open(stub))).toBe('no-answer')
    openAtLast()
    await vi.waitFor(() => expect(stub.closed()).toBe(1))
    delete stub.fails.opensLate
    const { port } = await open(stub)
    await port.close()
    expect(stub.listeners()).toBe(0)
  })

  it('gives the device back, twice if asked, and after unplugging too', async () => {
    const stub = hidStub()
    const { port, clock } = await open(stub)
    await port.close()
    await port.close()
    expect(stub.opened()).toBe(false)
    expect(clock.waiting()).toBe(0)
    expect(await failureOf(port.write(Uint8Array.of(1)))).toBe('bug')
    const again = await open(stub)
    stub.unplug()
    await again.port.close()
  })
})
