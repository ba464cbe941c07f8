/**
 * Puts a long answer of the pump together from its packets: finds gaps, passes over what comes twice, refuses what
 * does not fit. Pure. Source: minimed-600 sheet §10.
 *
 * | offset | size | is: parameters of FF00, which announces             |
 * | 0      | 4    | bytes in all, u32be                                 |
 * | 4      | 2    | bytes of each packet but the last, u16be            |
 * | 6      | 2    | bytes of the last packet, u16be                     |
 * | 8      | 2    | number of packets, u16be                            |
 *
 * | offset | size | is: parameters of FF01, one packet                  |
 * | 0      | 2    | its number, from 0, u16be                           |
 * | 2      | n    | data                                                |
 */
import { Reader } from '#bytes/reader.ts'

/** What FF00 announces. */
export interface Announced {
  readonly totalBytes: number
  readonly packetBytes: number
  readonly lastBytes: number
  readonly packets: number
}

/** Sixteen blocks of 2048 bytes are 32 KB, compressed less; nothing real comes near this. */
const MAX_BYTES = 262_144

/** Reads the parameters of FF00; `undefined` when they contradict each other. */
export function readAnnouncement(parameters: Uint8Array): Announced | undefined {
  if (parameters.length < 10) return undefined
  const reader = new Reader(parameters)
  const announced = {
    totalBytes: reader.u32be(),
    packetBytes: reader.u16be(),
    lastBytes: reader.u16be(),
    packets: reader.u16be(),
  }
  const { totalBytes, packetBytes, lastBytes, packets } = announced
  const fits = packets > 0 && (packets - 1) * packetBytes + lastBytes === totalBytes && lastBytes > 0
  return fits && totalBytes <= MAX_BYTES && (packets === 1 || packetBytes > 0) ? announced : undefined
}

export interface Gap {
  readonly first: number
  readonly count: number
}

/** One long answer on its way. */
export interface Multipacket {
  readonly announced: Announced
  /** How many packets are here. */
  readonly received: () => number
  /** Takes the parameters of an FF01 in. */
  readonly take: (parameters: Uint8Array) => 'new' | 'again' | 'unfit'
  /** The first gap; `undefined` when nothing is missing. */
  readonly gap: () => Gap | undefined
  /** All packets joined: command and parameters of the answer. Missing ones are zeros. */
  readonly joined: () => Uint8Array
}

export function createMultipacket(announced: Announced): Multipacket {
  const { totalBytes, packetBytes, lastBytes, packets } = announced
  const bytes = new Uint8Array(totalBytes)
  const here = new Uint8Array(packets)
  let received = 0

  return {
    announced,
    received: () => received,
    joined: () => bytes.slice(),

    take(parameters) {
      if (parameters.length < 2) return 'unfit'
      const number = new Reader(parameters).u16be()
      const length = number === packets - 1 ? lastBytes : packetBytes
      if (number >= packets || parameters.length !== 2 + length) return 'unfit'
      if (here[number]) return 'again'
      here[number] = 1
      received++
      bytes.set(parameters.subarray(2), number * packetBytes)
      return 'new'
    },

    gap() {
      const first = here.indexOf(0)
      if (first < 0) return undefined
      const end = here.indexOf(1, first)
      return { first, count: (end < 0 ? packets : end) - first }
    },
  }
}
