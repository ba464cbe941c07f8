/**
 * Who the pump is, how it does, and its settings: everything of an upload that is not a page. Sheet §4 and §5.
 *
 * Neither pump nor bridge say which question an answer belongs to. The settings count only when the pump's own serial
 * number, asked for at the end once more, comes in its place: then no answer before was lost or doubled.
 */
import type { DeviceIdentity } from '#records/records.ts'
import { DeviceError } from '../../errors.ts'
import type { Download } from '../../driver.ts'
import type { Clock } from '../../ports/port.ts'
import { type Family, familyOf } from '../decode/family.ts'
import type { Asking } from './asking.ts'
import { Opcode, readOf, settingsOf } from './commands.ts'
import { clockOf, modelOf, textOf } from './replies.ts'

export interface Greeting {
  readonly family: Family
  readonly device: DeviceIdentity
  readonly clock: Download['clock']
  /** Bodies as they came, by opcode, in the order in which they were asked for. */
  readonly replies: ReadonlyMap<number, Uint8Array>
  /** The pump's battery is so low that its radio may be weak. */
  readonly isBatteryLow: boolean
}

const FIRMWARE = 0x74
const BATTERY = 0x72

/**
 * Asks the pump who it is and all its settings. Throws DeviceError `wrong-device`, `bolus-running`, `alarm-waiting`,
 * `device-busy`, and as the bridge.
 */
export async function greet(asking: Asking, clock: Clock, pumpSerial: string): Promise<Greeting> {
  const replies = new Map<number, Uint8Array>()
  const insist = async (opcode: number) => {
    const bytes = await asking.insist(readOf(opcode))
    replies.set(opcode, bytes)
    return bytes
  }
  /** False when the pump refuses. */
  const request = async (opcode: number) => {
    const bytes = await asking.tryAsk(readOf(opcode))
    if (bytes) replies.set(opcode, bytes)
    return bytes !== undefined
  }

  const step = 'asking which pump it is'
  const model = modelOf(await insist(Opcode.MODEL))
  const family = familyOf(model)
  if (!family) throw new DeviceError('wrong-device', { step, detail: `a pump that calls itself "${model}"` })
  const serial = textOf(await insist(Opcode.PUMP_ID))
  if (serial !== pumpSerial) throw new DeviceError('wrong-device', { step, detail: 'another serial number' })

  await request(Opcode.STATUS)
  if (replies.get(Opcode.STATUS)?.[1]) throw new DeviceError('bolus-running', { step: 'asking how the pump does' })
  const [alarm] = await insist(Opcode.ERROR_STATUS)
  if (alarm) throw new DeviceError('alarm-waiting', { step: 'asking how the pump does', detail: `alarm ${alarm}` })
  const device = clockOf(await insist(Opcode.CLOCK))
  const hostMs = clock.nowMs()

  const refused: number[] = []
  for (const opcode of settingsOf(family)) if (!(await request(opcode))) refused.push(opcode)
  // It may have been busy just then.
  for (const opcode of refused) await request(opcode)
  if (textOf(await insist(Opcode.PUMP_ID)) !== pumpSerial) {
    throw new DeviceError('weak-radio', { step: 'reading the settings', detail: 'answers and questions out of step' })
  }

  const firmware = textOf(replies.get(FIRMWARE) ?? new Uint8Array(0))
  return {
    family,
    device: {
      kind: 'pump',
      manufacturer: 'Medtronic',
      model: nameOf(model, family),
      serial,
      ...(firmware !== '' && { firmware }),
    },
    clock: device === undefined ? undefined : { device, hostMs },
    replies,
    isBatteryLow: replies.get(BATTERY)?.[0] === 1,
  }
}

/** What the pump is called; `model` are the digits that it says itself. */
function nameOf(model: string, { number }: Family): string {
  switch (number) {
    case 23:
      return `MiniMed Paradigm Revel ${model}`
    case 51:
      return `MiniMed 530G ${model}`
    case 54:
      return `MiniMed Paradigm Veo ${model}`
    case 12:
    case 15:
    case 22:
      return `MiniMed Paradigm ${model}`
  }
}
