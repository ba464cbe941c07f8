/** Simulators with something wrong with them. Deterministic, as all simulators are. */
import type { Simulator } from '#devices/driver.ts'

/** Answers everything with one packet of bytes that mean nothing. */
export function garbage(packetBytes: number): Simulator {
  let state = 1
  const byte = () => {
    state = (state * 48_271) % 2_147_483_647
    return state & 0xff
  }
  return { receive: () => [Uint8Array.from({ length: packetBytes }, byte)] }
}

/** Says this before its first answer, as devices and cables do that were spoken to by somebody else before. */
export function withNoiseFirst(simulator: Simulator, noise: Uint8Array): Simulator {
  let first = true
  return {
    receive(packet) {
      const answer = simulator.receive(packet)
      if (!first) return answer
      first = false
      return [noise, ...answer]
    },
  }
}

/**
 * A device that never says anything right, for `--break`. Other bits than `withDamage` flips by itself: the two together
 * would make some answers right again.
 */
export const broken = (simulator: Simulator): Simulator => withDamage(simulator, 1, 0x5a)

/** Every `nth` answer arrives with a byte flipped in its first packet; asked again, it says it rightly. */
export function withDamage(simulator: Simulator, nth: number, bits = 0xff): Simulator {
  let answers = 0
  return {
    receive(packet) {
      const [first, ...others] = simulator.receive(packet)
      if (!first) return []
      answers++
      return answers % nth === 0 ? [withByteFlipped(first, bits), ...others] : [first, ...others]
    },
  }
}

/** Byte 20, or the last of a shorter packet: in most devices' packets neither a mark nor a length. */
export function withByteFlipped(packet: Uint8Array, bits = 0xff): Uint8Array {
  const flipped = packet.slice()
  const at = Math.min(20, flipped.length - 1)
  flipped[at] = (flipped[at] ?? 0) ^ bits
  return flipped
}
