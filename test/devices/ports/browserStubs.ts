/**
 * Browser device objects made by hand: they behave as the WebHID, WebUSB and Web Serial specifications say, as far as
 * the ports use them. What goes wrong is set on them by the test.
 */
import type { Whitelist } from '#devices/ports/port.ts'

export const anything: Whitelist = () => true

export const domError = (name: string): DOMException => new DOMException(`made by the test: ${name}`, name)

const viewOf = (bytes: Uint8Array): DataView => {
  // Inside a larger buffer, as browsers give it: whoever forgets the offset reads wrong bytes.
  const larger = new Uint8Array(bytes.length + 7)
  larger.set(bytes, 5)
  return new DataView(larger.buffer, 5, bytes.length)
}

const copyOf = (source: BufferSource): Uint8Array =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source.slice(0))

export interface HidStub {
  readonly device: HIDDevice
  /** `navigator.hid` */
  readonly hid: HID
  readonly sent: { readonly reportId: number; readonly bytes: Uint8Array }[]
  /** `opensLate`: resolves when the test says that the system has opened it at last. */
  readonly fails: { open?: Error; sendReport?: Error; hangs?: boolean; opensLate?: Promise<void> }
  opened(): boolean
  /** How often an open device was closed. */
  closed(): number
  listeners(): number
  arrive(bytes: Uint8Array): void
  unplug(): void
}

export function hidStub({ reportId = 0, reportBytes = 64, vendorId = 0x1a79, productId = 0x6210 } = {}): HidStub {
  const events = new EventTarget()
  const hid = new EventTarget()
  const sent: { reportId: number; bytes: Uint8Array }[] = []
  const fails: HidStub['fails'] = {}
  let opened = false
  let closed = 0
  let listeners = 0
  const count = <T extends EventTarget>(target: T): T =>
    Object.assign(target, {
      addEventListener: (...args: Parameters<EventTarget['addEventListener']>) => {
        listeners++
        EventTarget.prototype.addEventListener.apply(target, args)
      },
      removeEventListener: (...args: Parameters<EventTarget['removeEventListener']>) => {
        listeners--
        EventTarget.prototype.removeEventListener.apply(target, args)
      },
    })
  const report = { reportId, items: [{ reportSize: 8, reportCount: reportBytes }] }
  const device = Object.assign(count(events), {
    vendorId,
    productId,
    productName: 'made by the test',
    collections: [{ inputReports: [report], outputReports: [report] }],
    async open() {
      if (fails.open) throw fails.open
      if (opened) throw domError('InvalidStateError')
      await fails.opensLate
      opened = true
    },
    async close() {
      if (opened) closed++
      opened = false
    },
    async sendReport(id: number, data: BufferSource) {
      if (fails.hangs) await new Promise(() => undefined)
      if (fails.sendReport) throw fails.sendReport
      if (!opened) throw domError('InvalidStateError')
      sent.push({ reportId: id, bytes: copyOf(data) })
    },
  })
  Object.assign(count(hid), { getDevices: async () => [device] })
  return {
    // The stub has every member that the ports use; the rest of the interface is never touched.
    device: device as unknown as HIDDevice,
    hid: hid as unknown as HID,
    sent,
    fails,
    opened: () => opened,
    closed: () => closed,
    listeners: () => listeners,
    arrive(bytes) {
      const data = viewOf(bytes)
      events.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data }))
      // Browsers may use the buffer again.
      new Uint8Array(data.buffer).fill(0)
    },
    unplug() {
      opened = false
      hid.dispatchEvent(Object.assign(new Event('disconnect'), { device }))
    },
  }
}

export interface UsbStub {
  readonly device: USBDevice
  readonly usb: USB
  readonly calls: string[]
  readonly sent: Uint8Array[]
  readonly fails: { open?: Error; claim?: Error; transferOut?: Error }
  /** Stalls that the next transfers meet. */
  readonly stalls: { in: number; out: number }
  arrive(bytes: Uint8Array): void
  unplug(): void
}

export function usbStub({ packetSize = 64, bulk = true } = {}): UsbStub {
  const usb = new EventTarget()
  const calls: string[] = []
  const sent: Uint8Array[] = []
  const fails: UsbStub['fails'] = {}
  const stalls = { in: 0, out: 0 }
  const arrived: Uint8Array[] = []
  let waiting:
    | { readonly resolve: (result: USBInTransferResult) => void; readonly reject: (error: Error) => void }
    | undefined
  // Results of this shape are what the specification names.
  const resultOf = (bytes: Uint8Array) => ({ status: 'ok', data: viewOf(bytes) }) as USBInTransferResult
  const endpoint = (direction: 'in' | 'out', endpointNumber: number) => ({
    direction,
    endpointNumber,
    type: bulk ? 'bulk' : 'interrupt',
    packetSize,
  })
  const interfaces = [
    { interfaceNumber: 0, alternate: { endpoints: [] } },
    { interfaceNumber: 1, alternate: { endpoints: [endpoint('in', 2), endpoint('out', 3)] } },
  ]
  const device = {
    vendorId: 0x0403,
    productId: 0x6001,
    configuration: undefined as unknown,
    async open() {
      calls.push('open')
      if (fails.open) throw fails.open
    },
    async close() {
      calls.push('close')
      waiting?.reject(domError('AbortError'))
      waiting = undefined
    },
    async selectConfiguration(value: number) {
      calls.push(`selectConfiguration ${value}`)
      device.configuration = { interfaces }
    },
    async claimInterface(value: number) {
      calls.push(`claimInterface ${value}`)
      if (fails.claim) throw fails.claim
    },
    async clearHalt(direction: string, endpointNumber: number) {
      calls.push(`clearHalt ${direction} ${endpointNumber}`)
    },
    async transferIn(): Promise<USBInTransferResult> {
      if (stalls.in-- > 0) return { status: 'stall' }
      const bytes = arrived.shift()
      if (bytes) return resultOf(bytes)
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject }
      })
    },
    async transferOut(_: number, data: BufferSource) {
      if (fails.transferOut) throw fails.transferOut
      if (stalls.out-- > 0) return { status: 'stall', bytesWritten: 0 }
      sent.push(copyOf(data))
      return { status: 'ok', bytesWritten: data.byteLength }
    },
  }
  Object.assign(usb, { getDevices: async () => [device] })
  return {
    // The stub has every member that the ports use; the rest of the interface is never touched.
    device: device as unknown as USBDevice,
    usb: usb as unknown as USB,
    calls,
    sent,
    fails,
    stalls,
    arrive(bytes) {
      if (!waiting) arrived.push(bytes)
      else {
        const { resolve } = waiting
        waiting = undefined
        resolve(resultOf(bytes))
      }
    },
    unplug() {
      waiting?.reject(domError('NotFoundError'))
      waiting = undefined
      usb.dispatchEvent(Object.assign(new Event('disconnect'), { device }))
    },
  }
}

export interface SerialStub {
  readonly port: SerialPort
  readonly serial: Serial
  readonly calls: string[]
  readonly sent: Uint8Array[]
  /** `opensLate` as for HID; `signalsHang`: the cable never takes its two lines. */
  readonly fails: { open?: Error; write?: Error; opensLate?: Promise<void>; signalsHang?: boolean }
  arrive(bytes: Uint8Array): void
  /** The line fails: after one of the survivable errors `readable` is a new stream, after others it is null. */
  lineError(name: string): void
  unplug(): void
}

const SURVIVABLE = ['BreakError', 'FramingError', 'ParityError', 'BufferOverrunError']

export function serialStub({ connected = true } = {}): SerialStub {
  const events = new EventTarget()
  const calls: string[] = []
  const sent: Uint8Array[] = []
  const fails: SerialStub['fails'] = {}
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const newStream = () =>
    new ReadableStream<Uint8Array>({
      start(given) {
        controller = given
      },
    })
  const port = Object.assign(events, {
    connected,
    readable: null as ReadableStream<Uint8Array> | null,
    writable: null as WritableStream<Uint8Array> | null,
    getInfo: () => ({ usbVendorId: 0x1a79, usbProductId: 0x6001 }),
    async open(options: SerialOptions) {
      calls.push(`open ${JSON.stringify(options)}`)
      if (fails.open) throw fails.open
      await fails.opensLate
      port.readable = newStream()
      port.writable = new WritableStream({
        write(chunk) {
          if (fails.write) throw fails.write
          sent.push(chunk.slice())
        },
      })
    },
    async setSignals(signals: SerialOutputSignals) {
      calls.push(`setSignals ${JSON.stringify(signals)}`)
      if (fails.signalsHang) await new Promise(() => undefined)
    },
    async close() {
      // As specified: closing fails while a reader or writer holds a stream.
      if (port.readable?.locked || port.writable?.locked) throw new TypeError('the streams are locked')
      calls.push('close')
    },
  })
  const serial = Object.assign(new EventTarget(), { getPorts: async () => [port] })
  return {
    // The stub has every member that the ports use; the rest of the interface is never touched.
    port: port as unknown as SerialPort,
    serial: serial as unknown as Serial,
    calls,
    sent,
    fails,
    arrive: bytes => controller?.enqueue(bytes),
    lineError(name) {
      const broken = controller
      port.readable = SURVIVABLE.includes(name) ? newStream() : null
      broken?.error(domError(name))
    },
    unplug() {
      const broken = controller
      port.readable = null
      broken?.error(domError('NetworkError'))
      events.dispatchEvent(new Event('disconnect'))
    },
  }
}
