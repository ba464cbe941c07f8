/**
 * What the pump layer needs of a bridge, the thing that turns USB into the pump's radio: the white stick (`stick.ts`)
 * and the Contour NEXT LINK (`link.ts`). Sheet §4 for the bodies, §1.5 for refusals.
 */
import type { Session } from '../../driver.ts'
import type { Port } from '../../ports/port.ts'

export interface PumpCommand {
  readonly opcode: number
  /** Empty: none, the command goes out as a short packet. */
  readonly params: Uint8Array
  /** What comes back: 0, 64, 192, 1024, 2048 bytes. */
  readonly reply: 'ack' | 'frame' | 'profile' | 'page' | 'isig'
}

/** The pump heard the command and refused it. */
export class PumpRefused extends Error {
  override readonly name = 'PumpRefused'
  /** The pump's own number: 08, 09, 0D, 0F and others. */
  readonly reason: number

  constructor(reason: number) {
    super(`the pump refused with reason ${reason.toString(16).padStart(2, '0')}`)
    this.reason = reason
  }
}

export interface Bridge {
  /** Ready to talk to the pump: bridge drained and in order. Wakes nobody. Throws DeviceError. */
  open(): Promise<void>
  /**
   * Wakes the pump for some minutes. Throws DeviceError `out-of-range`. A bridge whose opening wakes the pump by
   * itself has done it in `open`; its `wake` opens again.
   */
  wake(): Promise<void>
  /**
   * The body of the reply, exactly as many bytes as `reply` says; retries, CRCs and chunks are inside. Throws
   * PumpRefused and DeviceError: `out-of-range`, `weak-radio`, `replug-needed` and what the port throws.
   */
  ask(command: PumpCommand): Promise<Uint8Array>
  /** Leaves bridge and pump as they were. Never throws. */
  close(): Promise<void>
  /** Frames sent, repeated, damaged: for the log. */
  readonly statistics: Readonly<Record<string, number>>
}

export interface BridgeContext {
  readonly port: Port
  readonly session: Pick<Session, 'clock' | 'signal' | 'log'>
  /** 6 digits. */
  readonly pumpSerial: string
}
