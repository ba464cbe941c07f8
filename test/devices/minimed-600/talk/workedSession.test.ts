/**
 * The sheet's worked session (§22.1), 57 messages computed and checked without this code: our side says every byte of the
 * computer's, the simulated meter and pump every byte of theirs.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { findPump } from '#devices/minimed-600/talk/channel.ts'
import { createExchange } from '#devices/minimed-600/talk/exchange.ts'
import { createCounter, enterPassthrough, leave, readLink } from '#devices/minimed-600/talk/linkMeter.ts'
import { Answer, Command, HistoryType } from '#devices/minimed-600/talk/message.ts'
import { askHistoryInfo, type HistoryPart, readHistory } from '#devices/minimed-600/talk/transfer.ts'
import { mayWrite } from '#devices/minimed-600/talk/whitelist.ts'
import { createWire } from '#devices/minimed-600/talk/wire.ts'
import { createLinkMeter } from '#devices/minimed-600/simulate/linkMeter.ts'
import { createPump } from '#devices/minimed-600/simulate/pump.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import type { Simulator } from '#devices/driver.ts'
import { captures } from '../../../helpers/captures.ts'
import { createFakeClock } from '../../../helpers/fakeClock.ts'

interface Step {
  readonly dir: '>' | '<'
  readonly note: string
  readonly message: string
  readonly clear?: string
  readonly reports: readonly string[]
}
interface Session {
  readonly serial: string
  readonly fullSerial: string
  readonly linkMAC: string
  readonly pumpMAC: string
  readonly packedLinkKey: string
  readonly key: string
  readonly block: string
  readonly compressed: string
  readonly steps: readonly Step[]
}

const folder = captures('minimed-600')
const FROM_RTC = 0x867277e0
const ALL_RTC = 0xffffffff

describe.skipIf(!folder)('the worked session (skipped without the captures beside the checkout)', () => {
  const file = folder ? readFileSync(`${folder}/worked-session-synthetic.json`, 'utf8') : '{"steps":[]}'
  // The capture's own form, described in its README.
  const session = JSON.parse(file) as Session

  /** Says what the session's meter says, step by step, and remembers what it heard. */
  function replayer(heard: string[]): Simulator {
    let at = 0
    return {
      receive(packet) {
        for (let from = 0; from < packet.length; from += 64) heard.push(hexFromBytes(packet.subarray(from, from + 64)))
        while (session.steps[at]?.dir === '>') at++
        const answers: Uint8Array[] = []
        for (let step = session.steps[at]; step?.dir === '<'; step = session.steps[++at]) {
          answers.push(...step.reports.map(report => bytesFromHex(report)))
        }
        return answers
      },
    }
  }

  async function play(simulator: Simulator): Promise<readonly HistoryPart[]> {
    const clock = createFakeClock()
    const port = openSimulated(simulator, mayWrite, { clock })
    const wire = createWire(port, { clock, log: () => undefined, signal: new AbortController().signal })
    const numbers = createCounter(254)
    const progress = { awake: false, passthrough: false }
    const meter = await enterPassthrough(wire, progress)
    const link = await readLink(wire, numbers, meter, progress)
    const exchange = createExchange(wire, numbers, link, await findPump(wire, numbers, link))
    await exchange.begin()
    await exchange.request(Command.TIME, new Uint8Array(0), ({ command }) => command === Answer.TIME)
    await exchange.request(Command.STATUS, new Uint8Array(0), ({ command }) => command === Answer.STATUS)
    const stretch = { type: HistoryType.pump, fromRtc: FROM_RTC, toRtc: ALL_RTC }
    expect(await askHistoryInfo(exchange, stretch)).toEqual({ bytes: 2048, fromRtc: FROM_RTC })
    const parts: HistoryPart[] = []
    await readHistory(exchange, stretch, { onPart: part => parts.push(part), onPacket: () => undefined })
    await exchange.end(50)
    await leave(wire, numbers, progress, 2000)
    return parts
  }

  function simulated(heard: string[], said: string[]): Simulator {
    const param = (text: string) => bytesFromHex(text).slice(3, -2)
    const status = session.steps.find(({ note }) => note.startsWith('StatusResponse'))?.clear ?? ''
    const compressed = bytesFromHex(session.compressed)
    const pump = createPump({
      memory: {
        rtc: 0x8673c960,
        offset: 0xa115f667 - 2 ** 32,
        answers: new Map([[Answer.STATUS, param(status)]]),
        patterns: [],
        blocks: {
          [HistoryType.pump]: [{ fromRtc: FROM_RTC, toRtc: 0x8673c960, bytes: bytesFromHex(session.block) }],
          [HistoryType.sensor]: [],
        },
        pack: () => Uint8Array.of(2, 0, 0, 0, compressed.length, 0, 0, 8, 0, 1, ...compressed),
      },
    })
    const header = new TextDecoder().decode(bytesFromHex(session.steps[1]?.message ?? '').slice(3, -6))
    const meter = createLinkMeter({
      serial: session.serial,
      rfSerial: session.fullSerial,
      mac: bytesFromHex(session.linkMAC),
      header,
      packedKey: bytesFromHex(session.packedLinkKey),
      linked: { mac: bytesFromHex(session.pumpMAC), key: bytesFromHex(session.key), channel: 0x14, pump },
      messagesBefore: 0x1a6,
      // The session's author let the pump's own count jump behind the transfer.
      packetNumbers: [0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x40, 0x41],
    })
    return {
      receive(packet) {
        for (let from = 0; from < packet.length; from += 64) heard.push(hexFromBytes(packet.subarray(from, from + 64)))
        const answers = meter.receive(packet)
        said.push(...answers.map(report => hexFromBytes(report)))
        return answers
      },
    }
  }

  const reportsOf = (dir: Step['dir']) =>
    session.steps.filter(step => step.dir === dir).flatMap(({ reports }) => reports)

  it('is said by our side, byte for byte, and its history arrives', async () => {
    expect(session.steps).toHaveLength(57)
    const heard: string[] = []
    const parts = await play(replayer(heard))
    expect(heard).toEqual(reportsOf('>'))
    expect(parts.map(({ bytes, unpackedBytes }) => [hexFromBytes(bytes.subarray(12)), unpackedBytes])).toEqual([
      [session.compressed, 2048],
    ])
  })

  it('is said by the simulated meter and pump, byte for byte', async () => {
    const heard: string[] = []
    const said: string[] = []
    await play(simulated(heard, said))
    expect(heard).toEqual(reportsOf('>'))
    expect(said).toEqual(reportsOf('<'))
  })
})
