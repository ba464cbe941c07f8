/**
 * A USB/IP server: lends virtual devices to the guest's kernel over TCP. Knows the wire format and nothing of USB.
 * Source: Documentation/usb/usbip_protocol.rst of the Linux kernel, version 1.1.1.
 *
 * | offset | size | header of a command (all numbers big-endian)          | of its answer        |
 * | 0      | 4    | 1 SUBMIT, 2 UNLINK                                    | 3, 4                 |
 * | 4      | 4    | sequence number                                       | the same             |
 * | 8      | 4    | device                                                | 0                    |
 * | 12     | 4    | direction: 0 out, 1 in                                | 0                    |
 * | 16     | 4    | endpoint                                              | 0                    |
 * | 20     | 4    | flags; for UNLINK the number to take back             | status               |
 * | 24     | 4    | length of the transfer                                | length transferred   |
 * | 40     | 8    | setup packet                                          | zeros                |
 * | 48     |      | data, when out                                        | data, when in        |
 */
import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { Reader } from '#bytes/reader.ts'
import { Writer } from '#bytes/writer.ts'
import type { VirtualDevice } from './device.ts'

const VERSION = 0x0111
const IMPORT_REQUEST = 0x8003
const IMPORT_BYTES = 40
const HEADER_BYTES = 48
const ECONNRESET = -104
const FULL_SPEED = 2

const Command = { SUBMIT: 1, UNLINK: 2, SUBMIT_ANSWER: 3, UNLINK_ANSWER: 4 } as const

export interface UsbIpServer {
  readonly port: number
  /** From here on the guest may attach this device by this name, such as `1-1`. */
  lend(busId: string, device: VirtualDevice): void
  /** Pulls the cable if it is in, and lends it no more. */
  takeBack(busId: string): void
  close(): Promise<void>
}

export async function startUsbIpServer(): Promise<UsbIpServer> {
  const lent = new Map<string, { readonly device: VirtualDevice; socket?: Socket }>()
  const sockets = new Set<Socket>()
  const server: Server = createServer(socket => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    // A guest that is switched off does not say goodbye.
    socket.on('error', () => socket.destroy())
    serve(socket, busId => {
      const entry = lent.get(busId)
      if (entry) entry.socket = socket
      return entry?.device
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // A server that listens on a TCP port has an AddressInfo.
    port: (server.address() as AddressInfo).port,
    lend: (busId, device) => void lent.set(busId, { device }),
    takeBack(busId) {
      lent.get(busId)?.socket?.destroy()
      lent.delete(busId)
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function serve(socket: Socket, borrow: (busId: string) => VirtualDevice | undefined): void {
  let bytes: Uint8Array = new Uint8Array(0)
  let device: VirtualDevice | undefined
  /** How to take back what has been submitted and is not answered yet. */
  const pending = new Map<number, () => boolean>()

  socket.on('close', () => device?.pulled())
  socket.on('data', (arrived: Buffer) => {
    bytes = Buffer.concat([bytes, arrived])
    while (!socket.destroyed && (device ? takeCommand(device) : takeImport())) {
      // Goes on as long as something whole has arrived.
    }
  })

  function takeImport(): boolean {
    if (bytes.length < IMPORT_BYTES) return false
    const reader = new Reader(bytes)
    reader.skip(2)
    const code = reader.u16be()
    reader.skip(4)
    const busId = reader.text(32).replace(/\0.*$/s, '')
    bytes = bytes.subarray(IMPORT_BYTES)
    const found = code === IMPORT_REQUEST ? borrow(busId) : undefined
    socket.write(importAnswer(busId, found))
    if (!found) {
      socket.end()
      return false
    }
    device = found
    device.plug(() => socket.destroy())
    return true
  }

  function takeCommand(to: VirtualDevice): boolean {
    if (bytes.length < HEADER_BYTES) return false
    const reader = new Reader(bytes)
    const command = reader.u32be()
    const sequence = reader.u32be()
    reader.skip(4)
    const isIn = reader.u32be() === 1
    const endpoint = reader.u32be()
    const flagsOrSequence = reader.u32be()
    const length = reader.u32be()
    reader.skip(12)
    if (command === Command.UNLINK) {
      bytes = bytes.subarray(HEADER_BYTES)
      const takeBack = pending.get(flagsOrSequence)
      pending.delete(flagsOrSequence)
      socket.write(answer(Command.UNLINK_ANSWER, sequence, takeBack?.() ? ECONNRESET : 0))
      return true
    }
    const whole = HEADER_BYTES + (isIn ? 0 : length)
    if (bytes.length < whole) return false
    const setup = {
      requestType: reader.u8(),
      request: reader.u8(),
      value: reader.u16le(),
      index: reader.u16le(),
      length: reader.u16le(),
    }
    const data = bytes.slice(HEADER_BYTES, whole)
    bytes = bytes.subarray(whole)
    let answered = false
    const takeBack = to.submit({ endpoint, isIn, length, setup, data }, completion => {
      answered = true
      pending.delete(sequence)
      if (socket.destroyed) return
      const done = isIn ? completion.data.length : completion.status === 0 ? length : 0
      socket.write(answer(Command.SUBMIT_ANSWER, sequence, completion.status, done, completion.data))
    })
    if (!answered) pending.set(sequence, takeBack)
    return true
  }
}

function answer(command: number, sequence: number, status: number, length = 0, data?: Uint8Array): Uint8Array {
  const writer = new Writer().u32be(command).u32be(sequence).fill(12).i32be(status).u32be(length)
  writer.fill(HEADER_BYTES - writer.length)
  return data ? writer.bytes(data).done() : writer.done()
}

/** Eight bytes and, when there is such a device, the 312 that describe it. */
function importAnswer(busId: string, device: VirtualDevice | undefined): Uint8Array {
  const writer = new Writer()
    .u16be(VERSION)
    .u16be(0x0003)
    .u32be(device ? 0 : 1)
  if (!device) return writer.done()
  const { vendorId, productId, release = 0x0100, class: deviceClass = 0, interfaces } = device.description
  const [bus = 1, number = 1] = busId.split('-').map(Number)
  const padded = (text: string, size: number) => writer.text(text).fill(size - text.length)
  padded(`/sys/devices/bench/${busId}`, 256)
  padded(busId, 32)
  writer.u32be(bus).u32be(number).u32be(FULL_SPEED)
  writer.u16be(vendorId).u16be(productId).u16be(release)
  return writer.bytes(Uint8Array.of(deviceClass, 0, 0, 1, 1, interfaces.length)).done()
}
