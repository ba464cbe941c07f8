/**
 * A read from end to end: chooses the bridge, opens it, closes it whatever happens; and what may be sent at all. The
 * order of an upload is in `upload.ts`. Sheet §0 and §5.
 */
import { DeviceError, during } from '../../errors.ts'
import type { Download, Session } from '../../driver.ts'
import type { Port } from '../../ports/port.ts'
import { PumpRefused } from './bridge.ts'
import { createLink } from './link.ts'
import { isLinkReport } from './linkFrame.ts'
import { createStick } from './stick.ts'
import { upload } from './upload.ts'
import { isStickPacket } from './whitelist.ts'

/** The whole whitelist: what reads, packed for one bridge or the other. */
export const mayWrite = (bytes: Uint8Array): boolean => isStickPacket(bytes) || isLinkReport(bytes)

/** Reads the pump with the serial number of the answer `pumpSerial` through the session's bridge. Throws DeviceError. */
export async function download(port: Port, session: Session): Promise<Download> {
  const pumpSerial = session.answers['pumpSerial'] ?? ''
  if (!/^\d{6}$/.test(pumpSerial)) {
    throw new DeviceError('bug', { step: 'looking for the pump', detail: 'asked without its serial number' })
  }
  const create = session.connection.bridge === 'carelink-stick' ? createStick : createLink
  const bridge = create({ port, session, pumpSerial })
  let whole: Download
  try {
    await bridge.open()
    whole = await upload({ bridge, session, pumpSerial, driverId: 'paradigm' })
  } catch (error) {
    if (error instanceof PumpRefused) {
      throw new DeviceError('device-busy', { step: 'reading the pump', detail: error.message, cause: error })
    }
    throw error instanceof DeviceError ? error : during('reading the pump', error)
  } finally {
    await bridge.close()
  }
  // The bridge's farewell does not fail, also not when it is cut short.
  if (session.signal.aborted) throw new DeviceError('cancelled', { step: 'leaving the pump' })
  return whole
}
