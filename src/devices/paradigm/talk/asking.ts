/**
 * Asking the pump through any bridge: wakes it when it is silent or about to fall asleep, and turns its refusals into
 * what the person can do about them. Sheet §2.2, §5 and §9.
 */
import { DeviceError } from '../../errors.ts'
import { type Bridge, type BridgeContext, type PumpCommand, PumpRefused } from './bridge.ts'
import { NakReason } from './radio.ts'

/** The pump listens for ten minutes after it was woken (§2.2). */
const WAKE_AGAIN_MS = 9 * 60_000
const MAX_WAKES = 2
/** What a busy pump asks for with reason 1 (§1.5). */
const BUSY_PAUSE_MS = 3000
const BUSY_TRIES = 3

export interface Asking {
  /** Throws PumpRefused, and DeviceError `bolus-running`, `alarm-waiting` or as the bridge. */
  ask(command: PumpCommand): Promise<Uint8Array>
  /** For what every pump must answer: a refusal means that it is busy. Throws DeviceError `device-busy` too. */
  insist(command: PumpCommand): Promise<Uint8Array>
  /** For what a pump may not have: `undefined` when it refuses. */
  tryAsk(command: PumpCommand): Promise<Uint8Array | undefined>
}

export function createAsking(bridge: Bridge, session: BridgeContext['session']): Asking {
  const { clock } = session
  let wakeAtMs = clock.nowMs() + WAKE_AGAIN_MS

  async function wake(): Promise<void> {
    session.log('note', 'waking the pump')
    await bridge.wake()
    wakeAtMs = clock.nowMs() + WAKE_AGAIN_MS
  }

  async function ask(command: PumpCommand): Promise<Uint8Array> {
    if (clock.nowMs() >= wakeAtMs) await wake()
    for (let wakes = 0; ; wakes++) {
      try {
        return await bridge.ask(command)
      } catch (error) {
        if (error instanceof PumpRefused) throw meaningOf(error)
        if (!(error instanceof DeviceError && error.code === 'out-of-range') || wakes >= MAX_WAKES) throw error
      }
      await wake()
    }
  }

  async function insist(command: PumpCommand): Promise<Uint8Array> {
    for (let turn = 1; ; turn++) {
      try {
        return await ask(command)
      } catch (error) {
        if (!(error instanceof PumpRefused)) throw error
        const step = 'asking the pump'
        if (turn >= BUSY_TRIES) throw new DeviceError('device-busy', { step, detail: error.message, cause: error })
      }
      await clock.sleep(BUSY_PAUSE_MS, session.signal)
    }
  }

  async function tryAsk(command: PumpCommand): Promise<Uint8Array | undefined> {
    try {
      return await ask(command)
    } catch (error) {
      if (!(error instanceof PumpRefused)) throw error
      session.log('note', `${command.opcode.toString(16)}: ${error.message}`)
      return undefined
    }
  }

  return { ask, insist, tryAsk }
}

/** The refusals that a person can do something about. */
function meaningOf(refusal: PumpRefused): Error {
  const info = { step: 'asking the pump', detail: refusal.message, cause: refusal }
  switch (refusal.reason) {
    case NakReason.BOLUS_RUNNING:
      return new DeviceError('bolus-running', info)
    case NakReason.PUMP_IN_ERROR:
      return new DeviceError('alarm-waiting', info)
    default:
      return refusal
  }
}
