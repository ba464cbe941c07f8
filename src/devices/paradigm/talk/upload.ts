/**
 * One upload, the same through every bridge: who the pump is, its settings, its pages, newest first and only those that
 * are not known yet. Never suspends the pump. Sheet §5.
 */
import { DeviceError } from '../../errors.ts'
import type { Download, Session } from '../../driver.ts'
import { createAsking } from './asking.ts'
import type { Bridge } from './bridge.ts'
import { missingCgm, readCgm } from './cgm.ts'
import { Opcode, readOf } from './commands.ts'
import { createGathering } from './gathering.ts'
import { greet } from './greeting.ts'
import { readHistory } from './history.ts'
import { collectKnown } from './known.ts'
import { createPageReader } from './pages.ts'

export interface UploadOptions {
  readonly bridge: Bridge
  readonly session: Session
  /** 6 digits. */
  readonly pumpSerial: string
  readonly driverId: string
}

/**
 * Reads the pump behind an open bridge. Throws DeviceError; whatever came before has been kept. A page that cannot be
 * read does not end the upload, but makes it end in `weak-radio` once all others are there.
 */
export async function upload({ bridge, session, pumpSerial, driverId }: UploadOptions): Promise<Download> {
  const note = (text: string) => session.log('note', text)
  session.progress(0, undefined, 'pages')
  const known = await collectKnown(session, driverId, pumpSerial)
  const asking = createAsking(bridge, session)
  const { family, device, clock, replies, isBatteryLow } = await greet(asking, session.clock, pumpSerial)

  const gathering = createGathering(session, {
    driver: driverId,
    modelId: session.model.id,
    device,
    ...(clock && { clock }),
  })
  for (const [opcode, body] of replies) gathering.put('reply', opcode, body)
  try {
    const cgmCounter = family.hasSensor ? await asking.tryAsk(readOf(Opcode.CGM_COUNTER)) : undefined
    if (cgmCounter) gathering.put('reply', Opcode.CGM_COUNTER, cgmCounter)
    gathering.keep()
    gathering.plan('cgm', missingCgm(cgmCounter, known).length)

    const reader = createPageReader(asking, note)
    const isSameMemory = await readHistory({ family, asking, reader, known, gathering, note })
    gathering.keep()
    const trusted = isSameMemory ? known : undefined
    await readCgm(missingCgm(cgmCounter, trusted), reader, trusted, gathering)
    for (const { kind, index, bytes } of reader.damaged()) gathering.put(kind, index, bytes)
    gathering.keep()
    if (reader.failed.size > 0) {
      const detail = `left out: ${[...reader.failed].join(', ')}`
      throw new DeviceError('weak-radio', { step: 'reading the pages', detail })
    }
    return { ...gathering.download, complete: true }
  } catch (error) {
    const isRadio = error instanceof DeviceError && (error.code === 'weak-radio' || error.code === 'out-of-range')
    if (!isRadio || !isBatteryLow) throw error
    throw new DeviceError('low-battery', { step: error.step, detail: error.message, cause: error })
  }
}
