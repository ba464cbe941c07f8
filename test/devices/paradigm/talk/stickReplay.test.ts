/**
 * The white stick's driver against recorded sessions of a real stick with a 723: the same commands become the same bytes,
 * packet by packet, and the recorded answers become the recorded pages.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { type PumpCommand, PumpRefused } from '#devices/paradigm/talk/bridge.ts'
import { historyPage, readOf, wakeFor } from '#devices/paradigm/talk/commands.ts'
import { createStick } from '#devices/paradigm/talk/stick.ts'
import { isStickPacket } from '#devices/paradigm/talk/whitelist.ts'
import { captures } from '../../../helpers/captures.ts'
import { createFakeClock } from '../../../helpers/fakeClock.ts'

const folder = captures('paradigm')
const SERIAL = '345192'
const sessions = ['stick-session-first-contact', 'stick-settings-reads', 'stick-history-download']

interface Line {
  readonly dir: 'in' | 'out'
  readonly hex: string
}

const linesOf = (name: string): readonly Line[] =>
  readFileSync(`${folder}/723-stick/${name}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line))

/** The session cut at each command to the pump: from its transmission to its last chunk. */
function exchangesOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const exchanges: Line[][] = []
  lines.forEach((line, at) => {
    const question = line.dir === 'out' ? line.hex : (lines[at - 1]?.hex ?? '')
    if (question.startsWith('0100a7')) {
      if (line.dir === 'out') exchanges.push([])
      exchanges.at(-1)?.push(line)
    } else if (question.startsWith('03') || question.startsWith('0c')) exchanges.at(-1)?.push(line)
  })
  return exchanges
}

/** What was asked, from the recorded transmission: opcode at 13, parameters behind the CRC at 14. */
function commandOf(exchange: readonly Line[]): PumpCommand {
  const packet = bytesFromHex(exchange[0]?.hex ?? '')
  const [opcode = 0, , page = 0] = packet.subarray(13)
  if (opcode === 0x5d) return wakeFor(packet[16] ?? 0)
  return opcode === 0x80 ? historyPage(page) : readOf(opcode)
}

/** Plays the exchange; everything written must be the next recorded packet. */
async function replay(exchange: readonly Line[]) {
  const clock = createFakeClock()
  let next = 0
  const wrong: string[] = []
  const receive = (packet: Uint8Array) => {
    const hex = hexFromBytes(packet)
    if (hex !== exchange[next]?.hex) wrong.push(`${hex} instead of ${exchange[next]?.hex}`)
    next += 2
    return [bytesFromHex(exchange[next - 1]?.hex ?? '')]
  }
  const port = openSimulated({ receive }, isStickPacket, { clock })
  const session = { clock, signal: new AbortController().signal, log: () => undefined }
  const stick = createStick({ port, session, pumpSerial: SERIAL })
  const command = commandOf(exchange)
  const body = await (command.reply === 'ack' ? stick.wake().then(() => new Uint8Array(0)) : stick.ask(command)).catch(
    (error: unknown) => error,
  )
  return { command, body, wrong, isPlayedOut: next === exchange.length }
}

describe.skipIf(!folder)('recorded sessions of a stick with a 723 (skipped without the captures)', () => {
  it.each(sessions)('%s: says the same bytes and hears the same answers', async name => {
    const played = await Promise.all(exchangesOf(linesOf(name)).map(replay))
    expect(played.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(played.filter(({ isPlayedOut }) => !isPlayedOut)).toEqual([])
    expect(played.length).toBeGreaterThan(2)
  })

  it('the history is the 36 recorded pages, and the page behind the last is refused with 08', async () => {
    const played = await Promise.all(exchangesOf(linesOf('stick-history-download')).map(replay))
    const pages = played.filter(({ command }) => command.opcode === 0x80)
    for (const { command, body } of pages) {
      const page = command.params[0] ?? 0
      if (page === 36) {
        expect(body).toEqual(new PumpRefused(8))
        continue
      }
      const name = `history-${String(page).padStart(2, '0')}.bin`
      expect(body instanceof Uint8Array && hexFromBytes(body)).toBe(
        readFileSync(`${folder}/723-stick/${name}`).toString('hex'),
      )
    }
    expect(new Set(pages.map(({ command }) => command.params[0])).size).toBe(37)
  })

  it('the settings are those of the sheet', async () => {
    const played = await Promise.all(exchangesOf(linesOf('stick-settings-reads')).map(replay))
    const bodyOf = (opcode: number) => {
      const body = played.find(({ command }) => command.opcode === opcode)?.body
      return body instanceof Uint8Array ? hexFromBytes(body) : String(body)
    }
    const padded = (hex: string) => hex.padEnd(128, '0')
    // Model 723; 1.28 V; 49.525 U left; serial number; 459 pages.
    expect(bodyOf(0x8d)).toBe(padded('03373233'))
    expect(bodyOf(0x72)).toBe(padded('000080'))
    expect(bodyOf(0x73)).toBe(padded('000007bd'))
    expect(bodyOf(0x71)).toBe(padded('333435313932'))
    expect(bodyOf(0x9d)).toBe(padded('000001cb'))
    expect(bodyOf(0xc0)).toBe(padded('000201050100960050000000000001640103001400640000'))
  })
})
