/**
 * The kinds of USB device that the bench can be: HID, vendor bulk, and the bridges inside serial cables, each with its
 * descriptors and the few requests that its driver insists on. A later driver adds a line to a table of cases and, for
 * a chip that is not here yet, one entry here. Sources: cable sheet §2 to §6; the drivers in Linux 6.1, which check
 * the answers named below; for the stick the Paradigm sheet §1.1.
 */
import type { EndpointDescription, UsbDescription } from './usbip/descriptors.ts'
import { inPackets, type Personality } from './usbip/device.ts'

/** Ids, and the names where they matter; the rest is told by the kind. */
export interface Ids {
  readonly vendorId: number
  readonly productId: number
  readonly product?: string
  readonly serial?: string
}

const VENDOR_CLASS = 0xff

const named = ({ vendorId, productId, product = 'Virtual device', serial = 'BENCH1' }: Ids) => ({
  vendorId,
  productId,
  manufacturer: 'Bench',
  product,
  serial,
})

const bulkPair = (inAddress: number, outAddress: number): readonly EndpointDescription[] => [
  { address: inAddress, type: 'bulk' },
  { address: outAddress, type: 'bulk' },
]

const vendorInterface = (ids: Ids, endpoints: readonly EndpointDescription[], release: number): UsbDescription => ({
  ...named(ids),
  release,
  interfaces: [{ class: VENDOR_CLASS, endpoints }],
})

/** 64-byte reports both ways, without report ids, on a vendor's usage page: what all HID meters of the sheets are. */
const REPORT_DESCRIPTOR = Uint8Array.from([
  ...[0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01], // usage page FF00, usage 1, collection (application)
  ...[0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x40], // 0 to 255, 8 bits, 64 of them
  ...[0x09, 0x02, 0x81, 0x02, 0x09, 0x03, 0x91, 0x02], // in, out
  0xc0, // end of the collection
])

export function hid(ids: Ids): Personality {
  const CLASS_DESCRIPTOR = [9, 0x21, 0x11, 0x01, 0, 1, 0x22, REPORT_DESCRIPTOR.length, 0]
  return {
    description: {
      ...named(ids),
      interfaces: [
        {
          class: 3,
          extra: CLASS_DESCRIPTOR,
          endpoints: [
            { address: 0x83, type: 'interrupt' },
            { address: 0x04, type: 'interrupt' },
          ],
        },
      ],
    },
    endpoints: { in: 0x83, out: 0x04 },
    control: ({ requestType, request, value }) =>
      requestType === 0x81 && request === 6 && value >> 8 === 0x22 ? REPORT_DESCRIPTOR : undefined,
    // A report is one packet, and none is empty.
    split: packet => [packet],
  }
}

/** A vendor's own class with one bulk endpoint each way, for WebUSB; the addresses are those of the white CareLink stick. */
export const vendorBulk = (ids: Ids): Personality => ({
  description: vendorInterface(ids, bulkPair(0x82, 0x01), 0x0100),
  endpoints: { in: 0x82, out: 0x01 },
})

/** FT232R: every packet towards the computer begins with two bytes of state, and comes at least every 16 ms. */
export function ftdi(ids: Ids): Personality {
  const STATE = Uint8Array.of(0x01, 0x60)
  const LATENCY_MS = 16
  const PAYLOAD_BYTES = 62
  return {
    description: vendorInterface(ids, bulkPair(0x81, 0x02), 0x0600),
    endpoints: { in: 0x81, out: 0x02 },
    control({ requestType, request }) {
      if (requestType !== 0xc0) return undefined
      // 5: modem state, 0x0a: latency timer.
      return request === 0x05 ? STATE : request === 0x0a ? Uint8Array.of(LATENCY_MS) : undefined
    },
    split: packet => inPackets(packet, PAYLOAD_BYTES).map(part => Uint8Array.of(...STATE, ...part)),
    idle: { everyMs: LATENCY_MS, packet: STATE },
  }
}

/**
 * FT8U100AX, which Linux calls SIO: as `ftdi`, and each packet from the computer begins with a byte that holds the number of
 * data bytes behind it, `count << 2 | 1`. Linux sends it to every FTDI device whose release is below 2.00.
 *
 * This is the byte that the first trial of such a bench wondered about: its virtual FT232R said release 1.00, a page wrote
 * the three bytes `DM?`, and the cable received `0D 44 4D 3F`. 0D is no carriage return and came from no probing program; it
 * is 3 << 2 | 1. Seen here with releases 1.00 and 6.00 side by side: one byte `41` arrives as `05 41` and as `41`, 63 bytes
 * with `FD` in front and bare, always in the same transfer as the data and never before the page writes.
 */
export function ftdiSio(ids: Ids): Personality {
  const PACKET_BYTES = 64
  const modern = ftdi(ids)
  return {
    ...modern,
    description: { ...modern.description, release: 0x0100 },
    unwrap(transfer) {
      const data: number[] = []
      for (let at = 0; at < transfer.length; at += PACKET_BYTES) {
        const [head = 0, ...rest] = transfer.subarray(at, at + PACKET_BYTES)
        // What does not begin so is handed on as it is, and the comparison with what was said fails.
        data.push(...(head === ((rest.length << 2) | 1) ? rest : [head, ...rest]))
      }
      return Uint8Array.from(data)
    },
  }
}

/** PL2303 HX: told from the others by USB 1.1 and release 3.00. */
export const pl2303 = (ids: Ids): Personality => ({
  description: {
    ...vendorInterface(ids, [{ address: 0x81, type: 'interrupt', packetBytes: 10 }, ...bulkPair(0x83, 0x02)], 0x0300),
    usbVersion: 0x0110,
  },
  endpoints: { in: 0x83, out: 0x02 },
})

export const cp210x = (ids: Ids): Personality => ({
  description: vendorInterface(ids, bulkPair(0x82, 0x01), 0x0100),
  endpoints: { in: 0x82, out: 0x01 },
  // The part number: 2 is the CP2102, whose clock sets the baud rates.
  control: ({ request, value }) => (request === 0xff && value === 0x370b ? Uint8Array.of(2) : undefined),
})

export const ch340 = (ids: Ids): Personality => ({
  description: vendorInterface(
    ids,
    [...bulkPair(0x82, 0x02), { address: 0x81, type: 'interrupt', packetBytes: 8 }],
    0x0264,
  ),
  endpoints: { in: 0x82, out: 0x02 },
  // 0x5f: version 0x31.
  control: ({ request }) => (request === 0x5f ? Uint8Array.of(0x31, 0x00) : undefined),
})

/** Two interfaces, one for control and one for data, joined by class descriptors. */
export function cdcAcm(ids: Ids): Personality {
  const HEADER = [5, 0x24, 0x00, 0x10, 0x01]
  const CALL_MANAGEMENT = [5, 0x24, 0x01, 0x00, 1]
  const LINE_REQUESTS = [4, 0x24, 0x02, 0x02]
  const UNION = [5, 0x24, 0x06, 0, 1]
  return {
    description: {
      ...named(ids),
      class: 2,
      interfaces: [
        {
          class: 2,
          subclass: 2,
          protocol: 1,
          extra: [...HEADER, ...CALL_MANAGEMENT, ...LINE_REQUESTS, ...UNION],
          endpoints: [{ address: 0x83, type: 'interrupt', packetBytes: 8 }],
        },
        { class: 0x0a, endpoints: bulkPair(0x82, 0x01) },
      ],
    },
    endpoints: { in: 0x82, out: 0x01 },
  }
}
