/**
 * The waist of the hourglass: above it no code knows USB, HID or serial, below it none knows a device.
 * A port carries messages in the transport's own packets; what a packet means is the driver's business.
 */

export interface Port {
  /**
   * Sends all bytes, split as the wire needs. Throws DeviceError `unplugged`, `permission-lost`, `command-refused`.
   */
  write(bytes: Uint8Array): Promise<void>
  /**
   * The next packet as it arrived: on HID one report, on bulk one transfer, on serial any number of bytes.
   * Throws DeviceError `no-answer` after `timeoutMs`, `unplugged`, `cancelled` when `signal` fires.
   */
  read(timeoutMs: number, signal?: AbortSignal): Promise<Uint8Array>
  /** Gives the device back. Never throws; safe to call twice. */
  close(): Promise<void>
}

/** Time as the ports and drivers see it; tests give a clock that jumps. */
export interface Clock {
  nowMs(): number
  /** Resolves after `ms`, or rejects with DeviceError `cancelled` when `signal` fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls back after `ms`; the returned function takes it back. */
  after(ms: number, callback: () => void): () => void
}

/** Says whether bytes about to be written are a command that the driver may send. */
export type Whitelist = (bytes: Uint8Array) => boolean
