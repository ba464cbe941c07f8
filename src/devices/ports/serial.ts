/**
 * A port over Web Serial: a packet is any number of bytes; boundaries mean nothing. Knows no device.
 * Sources: Web Serial specification; cable sheet §7.6.
 */
import { DeviceError } from '../errors.ts'
import { errorOnOpening, errorOnTransfer, nameOf } from './browserError.ts'
import { openWithin, withDeadline } from './clock.ts'
import { guarded } from './guarded.ts'
import { createInbox, type Inbox } from './inbox.ts'
import type { Clock, Port, Whitelist } from './port.ts'

const WRITE_DEADLINE_MS = 3000
/** The default of 255 bytes overruns while the page is busy. */
const BUFFER_BYTES = 16_384
/** After these the browser gives a new stream and the line works on; the lost bytes are the driver's checksum's case. */
const SURVIVABLE = new Set(['BreakError', 'FramingError', 'ParityError', 'BufferOverrunError'])
/** A line that gives nothing but such errors has the wrong speed or a half-inserted plug. */
const MAX_NOISE = 100

export interface SerialSurroundings {
  readonly clock: Clock
  readonly baudRate: number
}

/**
 * Opens a permitted serial port, 8 data bits, no parity, 1 stop bit. Only bytes that `mayWrite` allows are ever sent.
 * Throws DeviceError `device-in-use`, `permission-lost`, `device-missing`.
 */
export async function openSerial(
  port: SerialPort,
  mayWrite: Whitelist,
  { clock, baudRate }: SerialSurroundings,
): Promise<Port> {
  const step = 'opening the cable'
  try {
    await openWithin(clock, WRITE_DEADLINE_MS, step, {
      opening: port.open({ baudRate, bufferSize: BUFFER_BYTES }),
      close: () => port.close(),
    })
  } catch (error) {
    throw errorOnOpening(step, error)
  }

  const inbox = createInbox(clock)
  const onDisconnect = () => inbox.fail(new DeviceError('unplugged', { step: 'listening to the cable' }))
  port.addEventListener('disconnect', onDisconnect)
  const ears = listen(port, inbox)

  async function close(): Promise<void> {
    port.removeEventListener('disconnect', onDisconnect)
    inbox.fail(new DeviceError('bug', { step: 'listening to the cable', detail: 'the port is closed' }))
    try {
      await withDeadline(clock, WRITE_DEADLINE_MS, 'closing the cable', ears.stop())
      await withDeadline(clock, WRITE_DEADLINE_MS, 'closing the cable', port.close())
    } catch {
      // Closing never throws: an unplugged cable is closed already.
    }
  }

  try {
    // Many cables feed the meter's side from these two lines.
    const lines = port.setSignals({ dataTerminalReady: true, requestToSend: true })
    await withDeadline(clock, WRITE_DEADLINE_MS, step, lines)
  } catch (error) {
    await close()
    throw errorOnOpening(step, error)
  }

  return guarded(
    {
      async write(bytes) {
        const failure = inbox.failure()
        if (failure) throw failure
        const writer = port.writable?.getWriter()
        if (!writer) throw new DeviceError('unplugged', { step: 'sending to the cable' })
        try {
          await withDeadline(clock, WRITE_DEADLINE_MS, 'sending to the cable', writer.write(bytes))
        } catch (error) {
          throw inbox.failure() ?? errorOnTransfer('sending to the cable', error)
        } finally {
          writer.releaseLock()
        }
      },
      read: inbox.read,
      close,
    },
    mayWrite,
  )
}

/** Reads all that comes into the inbox until the stream ends; `stop` ends it and gives the stream back. */
function listen(port: SerialPort, inbox: Inbox): { stop(): Promise<void> } {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  let stopped = false

  async function readStream(stream: ReadableStream<Uint8Array>): Promise<'noise' | 'ended'> {
    reader = stream.getReader()
    try {
      for (;;) {
        const { value, done } = await reader.read()
        if (done) return 'ended'
        noise = 0
        if (value.length > 0) inbox.push(value.slice())
      }
    } catch (error) {
      if (SURVIVABLE.has(nameOf(error))) return 'noise'
      throw error
    } finally {
      reader.releaseLock()
    }
  }

  let noise = 0
  async function readAll(): Promise<void> {
    // After each survivable error `readable` is a new stream.
    while (!stopped && port.readable && noise < MAX_NOISE) {
      if ((await readStream(port.readable)) === 'ended') break
      noise++
    }
    const code = noise >= MAX_NOISE ? 'wrong-answer' : 'unplugged'
    inbox.fail(new DeviceError(code, { step: 'listening to the cable', detail: `${noise} line errors in a row` }))
  }
  const finished = readAll().catch((error: unknown) => inbox.fail(errorOnTransfer('listening to the cable', error)))

  return {
    async stop() {
      stopped = true
      await reader?.cancel().catch(() => undefined)
      await finished
    },
  }
}
