/**
 * A port over WebUSB's bulk endpoints: one packet is one transfer. Knows no device.
 * Sources: WebUSB specification; cable sheet §7.3 and §7.6.
 */
import { DeviceError } from '../errors.ts'
import { errorOnOpening, errorOnTransfer, nameOf } from './browserError.ts'
import { openWithin, withDeadline } from './clock.ts'
import { guarded } from './guarded.ts'
import { createInbox } from './inbox.ts'
import type { Clock, Port, Whitelist } from './port.ts'

const WRITE_DEADLINE_MS = 3000
const DISCONNECT_GRACE_MS = 300
/** A multiple of every packet size (64, 512), else a long transfer ends in `babble`. */
const TRANSFER_BYTES = 4096

export interface UsbSurroundings {
  readonly clock: Clock
  /** `navigator.usb`: where `disconnect` arrives. */
  readonly usb: EventTarget
  /** See `Connection`. */
  readonly transferBytes?: number
}

/**
 * Opens a permitted USB device on the first interface with a bulk endpoint each way. Only bytes that `mayWrite` allows
 * are ever sent. Throws DeviceError `device-in-use`, `permission-lost`, `device-missing`.
 */
export async function openUsb(device: USBDevice, mayWrite: Whitelist, surroundings: UsbSurroundings): Promise<Port> {
  const { clock, usb, transferBytes = TRANSFER_BYTES } = surroundings
  const inbox = createInbox(clock)
  let closing = false

  const onDisconnect = (event: Event) => {
    // Guaranteed by the WebUSB specification: `disconnect` on USB is a USBConnectionEvent.
    if ((event as USBConnectionEvent).device === device) {
      inbox.fail(new DeviceError('unplugged', { step: 'listening to the device' }))
    }
  }
  usb.addEventListener('disconnect', onDisconnect)

  async function close(): Promise<void> {
    closing = true
    usb.removeEventListener('disconnect', onDisconnect)
    inbox.fail(new DeviceError('bug', { step: 'listening to the device', detail: 'the port is closed' }))
    try {
      // Closing releases the interface and ends the waiting transfer.
      await withDeadline(clock, WRITE_DEADLINE_MS, 'closing the device', device.close())
    } catch {
      // Closing never throws: an unplugged device is closed already.
    }
  }

  let pipe: Pipe
  try {
    pipe = await claimPipe(device, clock)
  } catch (error) {
    await close()
    throw error
  }

  /** The one permanent transfer in: WebUSB has no deadline, and a second transfer would steal bytes of the first. */
  async function listen(): Promise<void> {
    let stalled = false
    while (!closing) {
      const { status, data } = await device.transferIn(pipe.inEndpoint, transferBytes)
      if (status === 'stall') {
        if (stalled) throw new DeviceError('wrong-answer', { step: 'listening to the device', detail: 'stalled twice' })
        stalled = true
        await device.clearHalt('in', pipe.inEndpoint)
        continue
      }
      if (status === 'babble') {
        throw new DeviceError('wrong-answer', { step: 'listening to the device', detail: 'babble' })
      }
      stalled = false
      if (data && data.byteLength > 0) {
        inbox.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice())
      }
    }
  }
  listen().catch(async (error: unknown) => {
    if (nameOf(error) === 'InvalidStateError') await clock.sleep(DISCONNECT_GRACE_MS)
    inbox.fail(errorOnTransfer('listening to the device', error))
  })

  async function transferOut(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const step = 'sending to the device'
    const once = () => withDeadline(clock, WRITE_DEADLINE_MS, step, device.transferOut(pipe.outEndpoint, bytes))
    try {
      let { status } = await once()
      if (status === 'stall') {
        await device.clearHalt('out', pipe.outEndpoint)
        status = (await once()).status
      }
      if (status !== 'ok') throw new DeviceError('wrong-answer', { step, detail: `transfer ended with ${status}` })
    } catch (error) {
      if (nameOf(error) === 'InvalidStateError' && !inbox.failure()) await clock.sleep(DISCONNECT_GRACE_MS)
      throw inbox.failure() ?? errorOnTransfer(step, error)
    }
  }

  return guarded(
    {
      async write(bytes) {
        const failure = inbox.failure()
        if (failure) throw failure
        await transferOut(bytes.slice())
        // A full last packet looks as if more came: an empty one ends the transfer.
        if (bytes.length > 0 && bytes.length % pipe.outPacketBytes === 0) await transferOut(new Uint8Array(0))
      },
      read: inbox.read,
      close,
    },
    mayWrite,
  )
}

interface Pipe {
  readonly inEndpoint: number
  readonly outEndpoint: number
  readonly outPacketBytes: number
}

async function claimPipe(device: USBDevice, clock: Clock): Promise<Pipe> {
  const step = 'opening the device'
  try {
    await openWithin(clock, WRITE_DEADLINE_MS, step, { opening: device.open(), close: () => device.close() })
    // Selecting the configuration that is chosen already fails where a system driver holds another interface.
    if (!device.configuration) await withDeadline(clock, WRITE_DEADLINE_MS, step, device.selectConfiguration(1))
    for (const { interfaceNumber, alternate } of device.configuration?.interfaces ?? []) {
      const bulk = alternate.endpoints.filter(endpoint => endpoint.type === 'bulk')
      const input = bulk.find(endpoint => endpoint.direction === 'in')
      const output = bulk.find(endpoint => endpoint.direction === 'out')
      if (!input || !output) continue
      await withDeadline(clock, WRITE_DEADLINE_MS, step, device.claimInterface(interfaceNumber))
      return {
        inEndpoint: input.endpointNumber,
        outEndpoint: output.endpointNumber,
        outPacketBytes: output.packetSize,
      }
    }
  } catch (error) {
    throw errorOnOpening(step, error)
  }
  throw new DeviceError('wrong-device', { step, detail: 'no interface with bulk endpoints both ways' })
}
