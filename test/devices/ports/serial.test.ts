import { describe, expect, it, vi } from 'vitest'
import { openSerial } from '#devices/ports/serial.ts'
import { createFakeClock } from '../../helpers/fakeClock.ts'
import { codeOf } from '../reading.ts'
import { anything, domError, type SerialStub, serialStub } from './browserStubs.ts'

const open = async (stub: SerialStub, mayWrite = anything) => {
  const clock = createFakeClock()
  return { clock, port: await openSerial(stub.port, mayWrite, { clock, baudRate: 9600 }) }
}
const failureOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'no failure', codeOf)

describe('a serial port', () => {
  it('opens with a large buffer and powers the cable', async () => {
    const stub = serialStub()
    await open(stub)
    expect(stub.calls).toEqual([
      'open {"baudRate":9600,"bufferSize":16384}',
      'setSignals {"dataTerminalReady":true,"requestToSend":true}',
    ])
  })

  it('gives bytes as they come and sends what the whitelist holds', async () => {
    const stub = serialStub()
    const { port } = await open(stub, bytes => bytes[0] === 1)
    stub.arrive(Uint8Array.of(1, 2))
    expect(await port.read(100)).toEqual(Uint8Array.of(1, 2))
    await port.write(Uint8Array.of(1, 5))
    expect(await failureOf(port.write(Uint8Array.of(2)))).toBe('command-refused')
    expect(stub.sent).toEqual([Uint8Array.of(1, 5)])
    expect(await failureOf(port.read(100))).toBe('no-answer')
  })

  it.each(['BreakError', 'FramingError', 'ParityError', 'BufferOverrunError'])('lives on after %s', async name => {
    const stub = serialStub()
    const { port } = await open(stub)
    stub.arrive(Uint8Array.of(1))
    expect(await port.read(100)).toEqual(Uint8Array.of(1))
    stub.lineError(name)
    const next = port.read(100)
    stub.arrive(Uint8Array.of(2))
    expect(await next).toEqual(Uint8Array.of(2))
  })

  it('gives up on a line that makes nothing but errors', async () => {
    const stub = serialStub()
    const { port, clock } = await open(stub)
    for (let i = 0; i < 100; i++) {
      stub.lineError('FramingError')
      await clock.sleep(1)
    }
    expect(await failureOf(port.read(100))).toBe('wrong-answer')
  })

  it('forgives any number of line errors as long as bytes come between them', async () => {
    const stub = serialStub()
    const { port, clock } = await open(stub)
    for (let i = 0; i < 300; i++) {
      if (i % 50 === 0) {
        stub.arrive(Uint8Array.of(i / 50))
        expect(await port.read(100)).toEqual(Uint8Array.of(i / 50))
      }
      stub.lineError('ParityError')
      await clock.sleep(1)
    }
    stub.arrive(Uint8Array.of(99))
    expect(await port.read(100)).toEqual(Uint8Array.of(99))
  })

  it('says unplugged', async () => {
    const stub = serialStub()
    const { port } = await open(stub)
    const waiting = failureOf(port.read(5000))
    stub.unplug()
    expect(await waiting).toBe('unplugged')
    expect(await failureOf(port.write(Uint8Array.of(1)))).toBe('unplugged')
  })

  it.each([
    ['NetworkError', 'device-in-use'],
    ['InvalidStateError', 'device-in-use'],
    ['SecurityError', 'permission-lost'],
  ])('that fails to open with %s says %s', async (name, code) => {
    const stub = serialStub()
    stub.fails.open = domError(name)
    expect(await failureOf(open(stub))).toBe(code)
  })

  it('gives back a cable that opens only after nobody waits for it any more', async () => {
    const stub = serialStub()
    let openAtLast = () => {}
    stub.fails.opensLate = new Promise(resolve => {
      openAtLast = resolve
    })
    expect(await failureOf(open(stub))).toBe('no-answer')
    openAtLast()
    await vi.waitFor(() => expect(stub.calls).toContain('close'))
  })

  it('does not wait for ever for a cable that never takes its lines', async () => {
    const stub = serialStub()
    stub.fails.signalsHang = true
    expect(await failureOf(open(stub))).toBe('no-answer')
    expect(stub.calls).toContain('close')
  })

  it('gives the cable back with its streams, twice if asked', async () => {
    const stub = serialStub()
    const { port, clock } = await open(stub)
    await port.write(Uint8Array.of(1))
    await port.close()
    expect(stub.calls).toContain('close')
    await port.close()
    expect(clock.waiting()).toBe(0)
    expect(await failureOf(port.read(100))).toBe('bug')
  })
})
