/**
 * CareLink itself reading a 522 through a Contour NEXT LINK (captures/paradigm/522-contour-next-link), replayed both
 * ways: our simulated meter and pump answer CareLink's reports with the captured ones, and our bridge, given the
 * captured answers, says what CareLink said and brings home the same pages.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { isigPageCrcIsRight, pageCrcIsRight } from '#devices/paradigm/decode/crc16.ts'
import { createLink as createSimulatedLink } from '#devices/paradigm/simulate/link.ts'
import { createPump, type PumpAnswer, type SimulatedPump } from '#devices/paradigm/simulate/pump.ts'
import { cgmPage, historyPage, readOf } from '#devices/paradigm/talk/commands.ts'
import { createLink } from '#devices/paradigm/talk/link.ts'
import { isLinkReport } from '#devices/paradigm/talk/linkFrame.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { deviceTimeFromIso } from '#records/time.ts'
import { captures } from '../../../helpers/captures.ts'
import { createFakeClock } from '../../../helpers/fakeClock.ts'

const folder = captures('paradigm')

interface Line {
  readonly dir: 'in' | 'out'
  readonly hex: string
}

const lines: readonly Line[] = folder
  ? readFileSync(`${folder}/522-contour-next-link/hid-reports.jsonl`, 'utf8')
      .trim()
      .split('\n')
      // The README names the fields of each line.
      .map(line => JSON.parse(line) as Line)
  : []

const fileOf = (name: string) => new Uint8Array(readFileSync(`${folder}/522-contour-next-link/${name}.bin`))
const two = (n: number) => String(n).padStart(2, '0')
const historyFiles = () => Array.from({ length: 32 }, (_, n) => fileOf(`history-${two(n)}`))
const cgmNumbers = [99, 98, 97, 96, 95, 94]

/** Single-frame answers and profiles in the capture, by the opcode that asked; cut out without our code. */
function capturedReplies(): ReadonlyMap<number, Uint8Array> {
  const replies = new Map<number, Uint8Array>()
  let opcode = 0
  let body: number[] = []
  for (const { dir, hex } of lines) {
    const report = bytesFromHex(hex)
    if (dir === 'out') {
      // 4 bytes of report, 33 of envelope, then A7, serial, opcode.
      opcode = report[37] === 0xa7 && report[32] === 7 ? (report[41] ?? 0) : 0
      body = []
    } else if (opcode !== 0) {
      const isFirst = report[4] === 0x51 && report[5] === 0x01
      if (isFirst && report[32] !== 0x40) opcode = 0
      else body.push(...report.subarray(isFirst ? 37 : 4, 4 + (report[3] ?? 0)))
      if (body.length > 0 && body.length % 64 === 0) replies.set(opcode, Uint8Array.from(body))
    }
  }
  return replies
}

/** The captured pump. What CareLink does and we never do (suspend 4D, timestamp 28) is answered as captured: ACK. */
function capturedPump(): SimulatedPump {
  const replies = capturedReplies()
  const pump = createPump({
    model: '522',
    serial: '665455',
    clock: deviceTimeFromIso('2013-05-08T15:37:57') ?? raise('no time'),
    replies,
    history: historyFiles(),
    historyCounter: 514,
    glucose: new Map(cgmNumbers.map(n => [n, fileOf(`glucose-${n}`)])),
    isig: new Map(cgmNumbers.map(n => [n, fileOf(`isig-${n}`)])),
  })
  return {
    ...pump,
    hear(serial, opcode, params): PumpAnswer {
      if (opcode === 0x4d || opcode === 0x28) return { kind: 'ack' }
      const reply = replies.get(opcode)
      return reply && params.length === 0 ? { kind: 'data', bytes: reply } : pump.hear(serial, opcode, params)
    },
  }
}

/** The text of the captured meter's header: between frame number and CR ETB. */
function capturedHeader(): string {
  const message = lines
    .slice(1, 5)
    .map(({ hex }) => bytesFromHex(hex))
    .flatMap(report => [...report.subarray(4, 4 + (report[3] ?? 0))])
  return String.fromCharCode(...message.slice(3, message.indexOf(0x17) - 1))
}

function raise(problem: string): never {
  throw new Error(problem)
}

describe.skipIf(!folder)('the captured conversation of CareLink with a 522 (skipped without the captures)', () => {
  it('gets from our simulated meter and pump the captured answer to each report, frame by frame', () => {
    const link = createSimulatedLink(capturedPump(), { header: capturedHeader() })
    let answered: string[] = []
    let compared = 0
    lines.forEach(({ dir, hex }, line) => {
      if (dir === 'out') {
        expect({ line, unasked: answered }).toEqual({ line, unasked: [] })
        answered = link.receive(bytesFromHex(hex)).map(report => hexFromBytes(report))
      } else {
        expect({ line, hex: answered.shift() }).toEqual({ line, hex })
        compared++
      }
    })
    expect(answered).toEqual([])
    expect(lines.length).toBe(1359)
    expect(compared).toBe(lines.filter(({ dir }) => dir === 'in').length)
    expect(link.mode()).toBe('idle')
  })

  it('lets our bridge say what CareLink said, and read the same pages', async () => {
    let at = 0
    const said: string[] = []
    /** Plays the captured answers to the captured report that is equal to ours. */
    const tape = {
      receive(packet: Uint8Array): readonly Uint8Array[] {
        const hex = hexFromBytes(packet)
        const line = lines.findIndex((each, i) => i >= at && each.dir === 'out' && each.hex === hex)
        if (line < 0) raise(`CareLink did not say ${hex} after line ${at}`)
        said.push(hex)
        const next = lines.findIndex((each, i) => i > line && each.dir === 'out')
        at = next < 0 ? lines.length : next
        return lines.slice(line + 1, at).map(each => bytesFromHex(each.hex))
      },
    }
    const clock = createFakeClock()
    const notes: string[] = []
    const port = openSimulated(tape, isLinkReport, { clock })
    const session = {
      clock,
      signal: new AbortController().signal,
      log: (_direction: string, what: Uint8Array | string) => {
        if (typeof what === 'string') notes.push(what)
      },
    }
    const bridge = createLink({ port, session, pumpSerial: '665455' })
    const replies = capturedReplies()
    const isShared = ({ dir, hex }: Line) => {
      const opcode = bytesFromHex(hex)[41] ?? 0
      return dir === 'out' && hex.slice(74, 76) === 'a7' && hex.slice(64, 66) === '07' && replies.has(opcode)
    }
    const questions = lines.filter(isShared).map(({ hex }) => bytesFromHex(hex)[41] ?? 0)

    const settingIs = async (opcode: number) => {
      const body = await bridge.ask(readOf(opcode))
      expect({ opcode, body }).toEqual({ opcode, body: replies.get(opcode) })
    }

    await bridge.open()
    // The last of them, the count of sensor pages, CareLink asks for once more between history and sensor.
    for (const opcode of questions.slice(0, -1)) await settingIs(opcode)
    for (const [n, page] of historyFiles().entries()) {
      const read = await bridge.ask(historyPage(n))
      expect(hexFromBytes(read)).toBe(hexFromBytes(page))
      expect(pageCrcIsRight(read)).toBe(true)
    }
    await settingIs(questions.at(-1) ?? 0)
    for (const n of cgmNumbers) {
      const read = await bridge.ask(cgmPage('glucose', n))
      expect(hexFromBytes(read)).toBe(hexFromBytes(fileOf(`glucose-${n}`)))
      expect(pageCrcIsRight(read)).toBe(true)
    }
    for (const n of cgmNumbers) {
      const read = await bridge.ask(cgmPage('isig', n))
      expect(hexFromBytes(read)).toBe(hexFromBytes(fileOf(`isig-${n}`)))
      expect(isigPageCrcIsRight(read)).toBe(true)
    }
    await bridge.close()

    // Everything but what changes the pump: 28 once, 4D in short and long packets with their second reports.
    const never = lines.filter(({ dir, hex }, i) => {
      const opcode = bytesFromHex(hex)[41]
      const before = bytesFromHex(lines[i - 1]?.hex ?? '')[41]
      const isSecond = hex.startsWith('0000002c')
      return dir === 'out' && (opcode === 0x4d || opcode === 0x28 || (isSecond && before === 0x4d))
    })
    const all = lines.filter(line => line.dir === 'out' && !never.includes(line)).map(({ hex }) => hex)
    expect(said).toEqual(all)
    expect(said.every(hex => isLinkReport(bytesFromHex(hex)))).toBe(true)
    expect(
      never.filter(({ hex }) => !hex.startsWith('0000002c')).some(({ hex }) => isLinkReport(bytesFromHex(hex))),
    ).toBe(false)
    // In the capture 87 short messages, less 4 that we never say; 3 for profiles, 44 for pages, 1 to open.
    expect(bridge.statistics).toMatchObject({ messages: 83 + 3 + 44 + 1, repeated: 0, damaged: 0, leftOver: 0 })
    expect(notes.some(note => note.includes('Bayer6200'))).toBe(true)
  })
})
