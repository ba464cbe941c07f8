import { describe, expect, it } from 'vitest'
import { type Fault, withFaults } from '#devices/ports/faults.ts'
import { createInbox } from '#devices/ports/inbox.ts'
import type { Port } from '#devices/ports/port.ts'
import { createFakeClock } from '../../helpers/fakeClock.ts'
import { codeOf } from '../reading.ts'

const A = Uint8Array.of(1, 2, 3, 4)
const B = Uint8Array.of(5, 6)

/** A wire with these faults; `arrive` brings packets from the device, `sent` is what reached it. */
function wireWith(...faults: readonly Fault[]) {
  const clock = createFakeClock()
  const inbox = createInbox(clock)
  const sent: { bytes: Uint8Array; atMs: number }[] = []
  const inner: Port = {
    async write(bytes) {
      sent.push({ bytes, atMs: clock.nowMs() })
    },
    read: inbox.read,
    async close() {},
  }
  return { clock, sent, arrive: inbox.push, port: withFaults(inner, faults, clock) }
}
const failureOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'no failure', codeOf)

describe('faults on what comes in', () => {
  it('drop one packet', async () => {
    const { port, arrive } = wireWith({ atStep: 0, kind: 'drop' })
    arrive(A)
    arrive(B)
    expect(await port.read(100)).toEqual(B)
  })

  it('turn exactly one bit', async () => {
    const { port, arrive } = wireWith({ atStep: 0, kind: 'corrupt', bit: 9 }, { atStep: 1, kind: 'corrupt', bit: 16 })
    arrive(A)
    arrive(B)
    expect(await port.read(100)).toEqual(Uint8Array.of(1, 2 ^ 2, 3, 4))
    expect(await port.read(100)).toEqual(Uint8Array.of(5 ^ 1, 6))
  })

  it('split one into two, and two into one', async () => {
    const { port, arrive } = wireWith({ atStep: 0, kind: 'split' }, { atStep: 1, kind: 'merge' })
    arrive(A)
    arrive(B)
    arrive(A)
    expect(await port.read(100)).toEqual(Uint8Array.of(1, 2))
    expect(await port.read(100)).toEqual(Uint8Array.of(3, 4))
    expect(await port.read(100)).toEqual(Uint8Array.of(5, 6, 1, 2, 3, 4))
  })

  it('hold a packet back until the next one comes, however late', async () => {
    const { port, arrive } = wireWith({ atStep: 0, kind: 'merge' })
    arrive(A)
    expect(await failureOf(port.read(100))).toBe('no-answer')
    arrive(B)
    expect(await port.read(100)).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6))
  })

  it('bring a packet late: the deadline passes, and then it is there', async () => {
    const { port, arrive, clock } = wireWith({ atStep: 0, kind: 'delay', delayMs: 250 })
    arrive(A)
    arrive(B)
    expect(await failureOf(port.read(100))).toBe('no-answer')
    expect(clock.nowMs()).toBe(100)
    expect(await port.read(1000)).toEqual(A)
    expect(clock.nowMs()).toBe(250)
    expect(await port.read(100)).toEqual(B)
  })

  it('can be cancelled while a late packet is awaited', async () => {
    const { port, arrive, clock } = wireWith({ atStep: 0, kind: 'delay' })
    const abort = new AbortController()
    arrive(A)
    clock.after(30, () => abort.abort())
    expect(await failureOf(port.read(5000, abort.signal))).toBe('cancelled')
  })

  it('bring a packet twice', async () => {
    const { port, arrive } = wireWith({ atStep: 0, kind: 'duplicate' })
    arrive(A)
    expect(await port.read(100)).toEqual(A)
    expect(await port.read(100)).toEqual(A)
  })

  it('pull the cable, for good', async () => {
    const { port, arrive } = wireWith({ atStep: 1, kind: 'unplug' })
    arrive(A)
    arrive(B)
    expect(await port.read(100)).toEqual(A)
    expect(await failureOf(port.read(100))).toBe('unplugged')
    expect(await failureOf(port.write(A))).toBe('unplugged')
  })

  it('fall silent, for good', async () => {
    const { port, arrive, sent } = wireWith({ atStep: 0, kind: 'silence' })
    arrive(A)
    arrive(B)
    expect(await failureOf(port.read(100))).toBe('no-answer')
    await port.write(A)
    expect(sent).toEqual([])
  })
})

describe('faults on what goes out', () => {
  it.each<readonly [Fault['kind'], readonly Uint8Array[]]>([
    ['drop', [B]],
    ['split', [A.slice(0, 2), A.slice(2), B]],
    ['merge', [Uint8Array.of(...A, ...B)]],
    ['duplicate', [A, A, B]],
    ['corrupt', [Uint8Array.of(0, 2, 3, 4), B]],
    ['silence', []],
  ])('%s', async (kind, expected) => {
    const { port, sent } = wireWith({ atStep: 0, kind })
    await port.write(A)
    await port.write(B)
    expect(sent.map(({ bytes }) => bytes)).toEqual(expected)
  })

  it('delay', async () => {
    const { port, sent } = wireWith({ atStep: 0, kind: 'delay', delayMs: 500 })
    await port.write(A)
    expect(sent).toEqual([{ bytes: A, atMs: 500 }])
  })

  it('unplug', async () => {
    const { port, sent } = wireWith({ atStep: 0, kind: 'unplug' })
    expect(await failureOf(port.write(A))).toBe('unplugged')
    expect(sent).toEqual([])
  })
})

it('count both directions, packet by packet', async () => {
  const { port, arrive, sent } = wireWith({ atStep: 2, kind: 'drop' })
  arrive(A)
  await port.write(A)
  expect(await port.read(100)).toEqual(A)
  await port.write(B)
  await port.write(A)
  expect(sent.map(({ bytes }) => bytes)).toEqual([A, A])
})

it('without faults change nothing', async () => {
  const { port, arrive, sent } = wireWith()
  arrive(A)
  await port.write(B)
  expect(await port.read(100)).toEqual(A)
  expect(sent.map(({ bytes }) => bytes)).toEqual([B])
})
