/**
 * What a pump is asked besides clock and history: status, who it is, settings and basal patterns; each answer is a page.
 * Source: minimed-600 sheet §7.1, §8, §9.2 to §9.7.
 */
import type { Page } from '../../driver.ts'
import { DeviceError, during } from '../../errors.ts'
import { errorOfRefusal, type Exchange, isUnknownToPump, Refused } from './exchange.ts'
import type { Link } from './linkMeter.ts'
import { Answer, asPage, Command } from './message.ts'
import { receiveMultipacket } from './transfer.ts'

interface Question {
  readonly kind: 'status' | 'identity' | 'setting' | 'pattern'
  readonly command: Command
  readonly answer: number
  readonly parameters?: Uint8Array
  /** The command's number when absent. */
  readonly index?: number
}

/** Patterns are numbered 1 to 8. */
const patterns = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** All that is asked besides clock and history, in CareLink's order. A pump without such a thing is not asked further. */
export async function readSettings(exchange: Exchange, { pumpMac }: Link): Promise<readonly Page[]> {
  const questions: readonly Question[] = [
    { kind: 'status', command: Command.STATUS, answer: Answer.STATUS, index: 0 },
    { kind: 'setting', command: Command.TARGETS, answer: Answer.TARGETS },
    { kind: 'setting', command: Command.CARB_RATIOS, answer: Answer.CARB_RATIOS },
    { kind: 'setting', command: Command.SENSITIVITIES, answer: Answer.SENSITIVITIES },
    { kind: 'setting', command: Command.BASIC_PARAMETERS, answer: Answer.BASIC_PARAMETERS },
    {
      kind: 'identity',
      command: Command.DEVICE_CHARACTERISTICS,
      answer: Answer.DEVICE_CHARACTERISTICS,
      parameters: Uint8Array.of(0x02, ...pumpMac),
    },
    {
      kind: 'identity',
      command: Command.DEVICE_STRING,
      answer: Answer.DEVICE_STRING,
      parameters: Uint8Array.of(0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x04, 0x00),
    },
    ...patterns.map(number => ({
      kind: 'pattern' as const,
      command: Command.BASAL_PATTERN,
      answer: Answer.BASAL_PATTERN,
      parameters: Uint8Array.of(number),
      index: number,
    })),
  ]
  const pages: Page[] = []
  for (const question of questions) {
    const bytes = await ask(exchange, question)
    if (bytes) pages.push({ kind: question.kind, index: question.index ?? question.command, bytes })
  }
  return pages
}

/** The answer, command first; `undefined` when the pump has no such thing. */
async function ask(
  exchange: Exchange,
  { kind, command, answer, parameters = new Uint8Array(0), index }: Question,
): Promise<Uint8Array | undefined> {
  // Patterns answer with their own number, so that a late answer is not taken for another pattern's.
  const fits = (page: Uint8Array) =>
    page.length > 2 && (page[0] ?? 0) * 256 + (page[1] ?? 0) === answer && (kind !== 'pattern' || page[2] === index)
  try {
    // Long answers come in packets.
    const message = await exchange.request(
      command,
      parameters,
      heard => heard.command === Answer.MULTIPACKET || fits(asPage(heard)),
    )
    const page = message.command === Answer.MULTIPACKET ? await receiveMultipacket(exchange, message) : asPage(message)
    if (fits(page)) return page
    throw new DeviceError('wrong-answer', { step: 'reading the settings', detail: 'a long answer to something else' })
  } catch (error) {
    if (!(error instanceof Refused)) throw during('reading the settings', error)
    if (!isUnknownToPump(error)) throw errorOfRefusal(error, 'reading the settings')
    // Unconfirmed: that a pump goes on answering after such a NAK; 620G and 630G lack some of these.
    exchange.wire.note(error.message)
    return undefined
  }
}
