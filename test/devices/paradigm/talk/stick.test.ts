/** The white stick's bridge against a stick and an air that do not behave. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import type { Simulator } from '#devices/driver.ts'
import { createPump } from '#devices/paradigm/simulate/pump.ts'
import { createStick as createSimulatedStick, type StickTroubles } from '#devices/paradigm/simulate/stick.ts'
import { PumpRefused } from '#devices/paradigm/talk/bridge.ts'
import { historyPage, readOf, wakeFor } from '#devices/paradigm/talk/commands.ts'
import { createStick } from '#devices/paradigm/talk/stick.ts'
import { buildReadRadio, buildTransmit, firstMessage } from '#devices/paradigm/talk/stickFrame.ts'
import { isStickPacket } from '#devices/paradigm/talk/whitelist.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { createFakeClock } from '../../../helpers/fakeClock.ts'
import { codeOf } from '../../reading.ts'
import { memoryOf, numbersOf, pageOf, readPump, SERIAL } from '../readPump.ts'

describe('packets to the stick', () => {
  // Printed in the sheet, from captures and from the programs that others run.
  it.each([
    ['665455', wakeFor(10), '0100A701 665455 8002 55000000 5D E6 010A A2'],
    ['345192', wakeFor(10), '0100A701 345192 8002 55000000 5D 89 010A A2'],
    ['665455', readOf(0x8d), '0100A701 665455 8000 00020100 8D 5B 00'],
    ['665455', readOf(0x75), '0100A701 665455 8000 00020100 75 D7 00'],
    ['665455', readOf(0x83), '0100A701 665455 8000 00020100 83 2E 00'],
    ['208850', historyPage(3), '0100A701 208850 8001 00020200 80 9B 03 36'],
  ])('are those of the sheet: %s', (serial, command, hex) => {
    const packet = buildTransmit(serial, command)
    expect(hexFromBytes(packet)).toBe(hexFromBytes(bytesFromHex(hex)))
    expect(isStickPacket(packet)).toBe(true)
  })

  it.each(['', '12345', '1234567', '12a456', '１２３４５６'])('cannot be built for a serial number "%s"', serial => {
    expect(() => buildTransmit(serial, readOf(0x8d))).toThrow(RangeError)
  })

  it('ask for what has come by its size', () => {
    expect(hexFromBytes(buildReadRadio(78))).toBe('0c00004e95')
    expect(hexFromBytes(buildReadRadio(15))).toBe('0c00000fc6')
    expect(hexFromBytes(buildReadRadio(142))).toBe('0c00008e56')
  })

  it('are refused when they do more than read, whatever their checksums', () => {
    const none = new Uint8Array(0)
    const forbidden = Array.from({ length: 256 }, (_, opcode) => opcode).filter(opcode =>
      isStickPacket(buildTransmit(SERIAL, { opcode, params: none })),
    )
    // Bolus 42, temp basal 4C and 69, suspend 4D, keypad 5B, clock 40, timestamp 28 and all setters are not among them.
    expect(hexFromBytes(Uint8Array.from(forbidden))).toBe(
      '707172737475767983868788898a8b8c8d8e8f9091929394959798999c9d9fc0c1c3c5c6c7cdcecfd1d2d3d4f0f1f3',
    )
    const withOne = Array.from({ length: 256 }, (_, opcode) => opcode).filter(opcode =>
      isStickPacket(buildTransmit(SERIAL, { opcode, params: Uint8Array.of(1) })),
    )
    expect(withOne).toEqual([0x80])
    const wakes = Array.from({ length: 65_536 }, (_, i) => i).filter(i =>
      isStickPacket(buildTransmit(SERIAL, { opcode: 0x5d, params: Uint8Array.of(i >> 8, i & 0xff) })),
    )
    expect(wakes).toEqual(Array.from({ length: 30 }, (_, i) => 0x101 + i))
  })
})

describe('a stream of bytes from the stick', () => {
  const reply = bytesFromHex(`015500${'00'.repeat(61)}`)
  const radio = bytesFromHex('02000100e08001a701345192120000')

  it('is cut by the lengths that the messages tell', () => {
    const stream = Uint8Array.of(...reply, ...radio)
    expect(firstMessage(stream)).toMatchObject({ length: 64, message: { reply: { isOk: true, reason: 0 } } })
    expect(firstMessage(stream.subarray(64))).toEqual({
      length: 15,
      message: { radio: { kind: 1, serial: '345192', isLast: true, data: Uint8Array.of(0), isWhole: true } },
    })
    for (let end = 0; end < 64; end++) expect(firstMessage(reply.subarray(0, end))).toBeUndefined()
    for (let end = 0; end < 15; end++) expect(firstMessage(radio.subarray(0, end))).toBeUndefined()
  })

  it('with any bit of a radio header turned is noise, and with one of its data turned not whole', () => {
    for (let bit = 0; bit < 8 * radio.length; bit++) {
      const turned = radio.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      const first = firstMessage(turned)
      if (bit < 8 * 13) expect(first === 'noise' || first === undefined).toBe(true)
      else expect(first).toMatchObject({ message: { radio: { isWhole: false } } })
    }
  })

  it('of any bytes at all never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        const first = firstMessage(bytes)
        if (first !== undefined && first !== 'noise') expect(first.length).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })
})

/** Page 3 of a pump with 6 pages, through a stick with troubles or a wire that changes what it says. */
async function askPage(troubles: StickTroubles, through: (simulator: Simulator) => Simulator = each => each) {
  const clock = createFakeClock()
  const pump = createPump(memoryOf({ counter: 5 }))
  const port = openSimulated(through(createSimulatedStick(pump, { troubles })), isStickPacket, { clock })
  const session = { clock, signal: new AbortController().signal, log: () => undefined }
  const stick = createStick({ port, session, pumpSerial: SERIAL })
  await stick.open()
  const body = await stick.ask(historyPage(3)).catch((error: unknown) => error)
  await stick.close()
  return { body, statistics: stick.statistics, asked: pump.asked.get(0x80) }
}

/** The same stick behind a serial line, which cuts and joins as it likes. */
const cutEvery =
  (size: number) =>
  (simulator: Simulator): Simulator => ({
    receive: packet =>
      simulator
        .receive(packet)
        .flatMap(answer =>
          Array.from({ length: Math.ceil(answer.length / size) }, (_, i) => answer.slice(i * size, (i + 1) * size)),
        ),
  })

describe('one page through the stick', () => {
  it.each([1, 7, 13, 63, 64, 65, 1000])('comes whole when the line cuts its bytes at every %d-th', async size => {
    expect((await askPage({}, cutEvery(size))).body).toEqual(pageOf(2))
  })

  it('is asked for again when a chunk is damaged, at most three times', async () => {
    const once = await askPage({ damagesEvery: 12 })
    expect(once.body).toEqual(pageOf(2))
    const always = await askPage({ damagesEvery: 1 })
    expect(codeOf(always.body)).toBe('weak-radio')
    expect(always.asked).toBe(4)
    expect(always.statistics).toMatchObject({ repeated: 3, damaged: 4 })
  })

  it('is not mixed with what an earlier program has left in the stick', async () => {
    const { body, asked } = await askPage({ leftOver: 7 })
    expect(body).toEqual(pageOf(2))
    expect(asked).toBe(1)
  })

  it('is passed over when it is not for us', async () => {
    let foreign = 0
    const { body, statistics } = await askPage({}, simulator => ({
      receive: packet =>
        simulator.receive(packet).map(answer => {
          if (answer[0] !== 2 || foreign++ > 0) return answer
          // Another pump's frame, with checksums that are right.
          return bytesFromHex(`02000400df0040a701665455${'15'}${'11'.repeat(64)}12`)
        }),
    }))
    expect(body).toEqual(pageOf(2))
    expect(statistics['foreign']).toBe(1)
  })

  it('refused by the pump says why', async () => {
    const clock = createFakeClock()
    const port = openSimulated(createSimulatedStick(createPump(memoryOf({ counter: 5 }))), isStickPacket, { clock })
    const session = { clock, signal: new AbortController().signal, log: () => undefined }
    const stick = createStick({ port, session, pumpSerial: SERIAL })
    await stick.open()
    await expect(stick.ask(historyPage(36))).rejects.toEqual(new PumpRefused(8))
  })
})

describe('a whole read through the stick', () => {
  it.each([
    ['every 9th command is lost on the air', { troubles: { losesEvery: 9 } }],
    ['every 50th chunk is damaged', { stickTroubles: { damagesEvery: 50 } }],
    ['the signal is weak', { stickTroubles: { signalStrength: 20 } }],
    ['an earlier program left something', { stickTroubles: { leftOver: 5 } }],
  ])('comes to its end when %s', async (_, troubles) => {
    const memory = memoryOf({ model: '554', counter: 40, cgmPages: 4 })
    const { download, error } = await readPump(memory, troubles)
    expect(error).toBeUndefined()
    expect(numbersOf(download, 'history')).toHaveLength(36)
    for (const { kind, index, bytes } of download?.pages ?? [])
      if (kind === 'history') expect(bytes).toEqual(pageOf(index))
  })

  it('of a stick that falls silent asks for it to be pulled', async () => {
    const { error } = await readPump(memoryOf(), { faults: [{ atStep: 100, kind: 'silence' }] })
    expect(codeOf(error)).toBe('replug-needed')
  })

  it('without a stick that answers says so', async () => {
    const { error, tookMs } = await readPump(memoryOf(), { through: () => ({ receive: () => [] }) })
    expect(codeOf(error)).toBe('no-answer')
    expect(tookMs).toBeLessThan(5000)
  })
})
