import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { systemClock } from '#devices/ports/clock.ts'
import { drain } from '#devices/ports/drain.ts'
import { guarded } from '#devices/ports/guarded.ts'
import { createInbox } from '#devices/ports/inbox.ts'
import type { Port } from '#devices/ports/port.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { createFakeClock } from '../../helpers/fakeClock.ts'
import { codeOf } from '../reading.ts'
import { anything } from './browserStubs.ts'

const failureOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'no failure', codeOf)
/** Answers each packet with two: the packet, and the packet with its first byte raised. */
const echo = { receive: (packet: Uint8Array) => [packet, packet.map((byte, i) => (i === 0 ? byte + 1 : byte))] }

describe('a simulated port', () => {
  it('gives the answers in order, each after its latency', async () => {
    const clock = createFakeClock()
    const port = openSimulated(echo, anything, { clock, latencyMs: 20 })
    await port.write(Uint8Array.of(1))
    await port.write(Uint8Array.of(5))
    const times: number[] = []
    const bytes: (number | undefined)[] = []
    for (let i = 0; i < 4; i++) {
      bytes.push((await port.read(1000))[0])
      times.push(clock.nowMs())
    }
    expect(bytes).toEqual([1, 2, 5, 6])
    expect(times).toEqual([20, 40, 60, 80])
  })

  it('gives copies: neither side can change the other’s memory', async () => {
    const memory = Uint8Array.of(7)
    const port = openSimulated({ receive: () => [memory] }, anything, { clock: createFakeClock() })
    await port.write(Uint8Array.of(1))
    ;(await port.read(100)).fill(0)
    expect(memory).toEqual(Uint8Array.of(7))
  })

  it('is closed after closing', async () => {
    const port = openSimulated(echo, anything, { clock: createFakeClock() })
    await port.close()
    await port.close()
    expect(await failureOf(port.read(100))).toBe('bug')
    expect(await failureOf(port.write(Uint8Array.of(1)))).toBe('bug')
  })
})

describe('a guarded port', () => {
  it('sends exactly what was judged, also when the caller or the judge changes the array', async () => {
    const sent: Uint8Array[] = []
    const inner: Port = {
      async write(bytes) {
        sent.push(bytes)
      },
      read: () => Promise.reject(new Error('not asked')),
      async close() {},
    }
    const port = guarded(inner, bytes => {
      const allowed = bytes[0] === 1
      return allowed
    })
    const bytes = Uint8Array.of(1)
    const writing = port.write(bytes)
    bytes[0] = 2
    await writing
    expect(sent).toEqual([Uint8Array.of(1)])
  })

  it('takes nothing but true for a yes', async () => {
    const port = openSimulated(echo, (() => 'yes') as unknown as () => boolean, { clock: createFakeClock() }) // On purpose.
    expect(await failureOf(port.write(Uint8Array.of(1)))).toBe('command-refused')
  })
})

describe('draining', () => {
  it('drops what is there and ends after the quiet time', async () => {
    const clock = createFakeClock()
    const port = openSimulated(echo, anything, { clock })
    await port.write(Uint8Array.of(1, 1, 1))
    expect(await drain(port, clock, 100)).toBe(6)
    expect(clock.nowMs()).toBe(100)
  })

  it('ends although the device goes on talking', async () => {
    const clock = createFakeClock()
    const inbox = createInbox(clock)
    const talk = () => {
      inbox.push(Uint8Array.of(1))
      if (clock.nowMs() < 60_000) clock.after(90, talk)
    }
    talk()
    await drain({ write: async () => undefined, read: inbox.read, close: async () => undefined }, clock, 100)
    expect(clock.nowMs()).toBeLessThanOrEqual(2100)
  })

  it('passes on that the cable was pulled', async () => {
    const clock = createFakeClock()
    const port = openSimulated(echo, anything, { clock, faults: [{ atStep: 1, kind: 'unplug' }] })
    await port.write(Uint8Array.of(1))
    expect(await failureOf(drain(port, clock, 100))).toBe('unplugged')
  })
})

describe('an inbox', () => {
  it('refuses two reads at once', async () => {
    const inbox = createInbox(createFakeClock())
    const first = inbox.read(100)
    expect(await failureOf(inbox.read(100))).toBe('bug')
    inbox.push(Uint8Array.of(1))
    expect(await first).toEqual(Uint8Array.of(1))
  })

  it('leaves nothing hanging on the signal, however a read ends', async () => {
    const clock = createFakeClock()
    const inbox = createInbox(clock)
    const { signal } = new AbortController()
    await failureOf(inbox.read(10, signal))
    const arriving = inbox.read(10, signal)
    inbox.push(Uint8Array.of(1))
    await arriving
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(clock.waiting()).toBe(0)
  })

  it('ends when a device sends without end and nobody reads', async () => {
    const inbox = createInbox(createFakeClock())
    for (let i = 0; i < 5; i++) inbox.push(new Uint8Array(1_000_000))
    expect(inbox.failure()?.code).toBe('wrong-answer')
  })
})

describe('the system’s clock', () => {
  it('waits, calls back, takes back and is cancelled', async () => {
    const before = systemClock.nowMs()
    await systemClock.sleep(5)
    expect(systemClock.nowMs()).toBeGreaterThanOrEqual(before + 4)
    let called = false
    systemClock.after(1, () => {
      called = true
    })()
    const abort = new AbortController()
    const waiting = failureOf(systemClock.sleep(10_000, abort.signal))
    abort.abort()
    expect(await waiting).toBe('cancelled')
    expect(await failureOf(systemClock.sleep(1, abort.signal))).toBe('cancelled')
    await systemClock.sleep(3)
    expect(called).toBe(false)
  })
})
