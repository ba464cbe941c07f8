/**
 * What a USB device says of itself: written as plain data, turned into the bytes that the system asks for.
 * Knows nothing of what the device does. Source: USB 2.0 specification, chapter 9.6.
 */
import { Writer } from '#bytes/writer.ts'

export interface EndpointDescription {
  /** With bit 7 set for "in", towards the computer. */
  readonly address: number
  readonly type: 'bulk' | 'interrupt'
  /** 64 when absent, the most that a full-speed device can. */
  readonly packetBytes?: number
}

export interface InterfaceDescription {
  readonly class: number
  readonly subclass?: number
  readonly protocol?: number
  /** Class-specific descriptors, between the interface's own and its endpoints'. */
  readonly extra?: readonly number[]
  readonly endpoints: readonly EndpointDescription[]
}

export interface UsbDescription {
  readonly vendorId: number
  readonly productId: number
  readonly manufacturer: string
  readonly product: string
  readonly serial: string
  /** bcdUSB; 0x0200 when absent. */
  readonly usbVersion?: number
  /** bcdDevice; 0x0100 when absent. Bridge drivers tell chip generations by it. */
  readonly release?: number
  readonly class?: number
  readonly interfaces: readonly InterfaceDescription[]
}

export const DEFAULT_PACKET_BYTES = 64

export function deviceDescriptor(device: UsbDescription): Uint8Array {
  const { usbVersion = 0x0200, release = 0x0100 } = device
  return new Writer()
    .u8(18)
    .u8(1)
    .u16le(usbVersion)
    .bytes(Uint8Array.of(device.class ?? 0, 0, 0, DEFAULT_PACKET_BYTES))
    .u16le(device.vendorId)
    .u16le(device.productId)
    .u16le(release)
    .bytes(Uint8Array.of(1, 2, 3, 1))
    .done()
}

/** The one configuration with everything in it. */
export function configurationDescriptor({ interfaces }: UsbDescription): Uint8Array {
  const body = interfaces.flatMap((each, number) => [
    ...[9, 4, number, 0, each.endpoints.length, each.class, each.subclass ?? 0, each.protocol ?? 0, 0],
    ...(each.extra ?? []),
    ...each.endpoints.flatMap(({ address, type, packetBytes = DEFAULT_PACKET_BYTES }) => {
      const bulk = type === 'bulk'
      return [7, 5, address, bulk ? 2 : 3, packetBytes & 0xff, packetBytes >> 8, bulk ? 0 : 1]
    }),
  ])
  const BUS_POWERED = 0x80
  return new Writer()
    .bytes(Uint8Array.of(9, 2))
    .u16le(9 + body.length)
    .bytes(Uint8Array.of(interfaces.length, 1, 0, BUS_POWERED, 50, ...body))
    .done()
}

/** String `index`: 0 names the language (English), 1 to 3 are the device's names. `undefined` when there is none. */
export function stringDescriptor(device: UsbDescription, index: number): Uint8Array | undefined {
  if (index === 0) return Uint8Array.of(4, 3, 0x09, 0x04)
  const text = [device.manufacturer, device.product, device.serial][index - 1]
  if (text === undefined) return undefined
  return Uint8Array.of(
    2 + 2 * text.length,
    3,
    ...Array.from(text, char => [char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8]).flat(),
  )
}
