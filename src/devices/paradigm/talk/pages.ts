/**
 * The pages of one upload as they gather: what was read now, what was carried over from before, what could not be read;
 * and the way a page is asked for until its checksum is right. Sheet §1.8 and §2.3.
 */
import { DeviceError } from '../../errors.ts'
import type { Page } from '../../driver.ts'
import { isigPageCrcIsRight, pageCrcIsRight } from '../decode/crc16.ts'
import type { Asking } from './asking.ts'
import { type PumpCommand, PumpRefused } from './bridge.ts'

export type PageKind = 'history' | 'glucose' | 'isig'

/** Tries for a page that comes whole but with a wrong checksum; each has tries of its own for what is lost on the way. */
const CRC_TRIES = 3
const REFUSED_TRIES = 2
/** So many failures one after the other are no accident any more. */
const MAX_FAILURES_IN_A_ROW = 3

export interface PageReader {
  /**
   * The page; `refused` when the pump does not have it; `failed` when it could not be read rightly. Throws DeviceError
   * `weak-radio` when that happens again and again.
   */
  read(kind: PageKind, number: number, command: PumpCommand): Promise<Uint8Array | 'refused' | 'failed'>
  /** Names of pages that could not be read. */
  readonly failed: ReadonlySet<string>
  /** Bytes of failed pages that came with a wrong checksum every time. */
  damaged(): readonly Page[]
}

export function createPageReader({ ask }: Asking, note: (text: string) => void): PageReader {
  const failed = new Set<string>()
  const damaged = new Map<string, Page>()
  let failuresInARow = 0

  async function read(kind: PageKind, number: number, command: PumpCommand) {
    const isRight = kind === 'isig' ? isigPageCrcIsRight : pageCrcIsRight
    const name = `${kind} page ${number}`
    let refusals = 0
    let bytes: Uint8Array | undefined
    let problem = 'a wrong checksum, again and again'
    for (let turn = 0; turn < CRC_TRIES; turn++) {
      try {
        bytes = await ask(command)
        if (isRight(bytes)) {
          failed.delete(name)
          damaged.delete(name)
          failuresInARow = 0
          return bytes
        }
        note(`${name} has a wrong checksum`)
      } catch (error) {
        if (error instanceof PumpRefused) {
          refusals++
          note(`${name}: ${error.message}`)
          if (refusals >= REFUSED_TRIES) return 'refused'
        } else if (error instanceof DeviceError && error.code === 'weak-radio') {
          problem = error.detail ?? error.message
          break
        } else throw error
      }
    }
    if (bytes) damaged.set(name, { kind, index: number, bytes })
    failed.add(name)
    failuresInARow++
    note(`${name} is left out: ${problem}`)
    if (failuresInARow >= MAX_FAILURES_IN_A_ROW) {
      throw new DeviceError('weak-radio', { step: `reading ${name}`, detail: problem })
    }
    return 'failed'
  }

  return { read, failed, damaged: () => [...damaged.values()] }
}
