/**
 * The encryption between computer and pump: AES-128 in cipher feedback mode over full blocks (CFB128), no padding,
 * every message by itself. Pure. Source: minimed-600 sheet §7.
 */
import { cfb } from '@noble/ciphers/aes.js'

export interface Cipher {
  encrypt(clear: Uint8Array): Uint8Array
  decrypt(encrypted: Uint8Array): Uint8Array
}

/** For messages on this radio channel with this key of 16 bytes. The starting value is the key, its first byte the channel. */
export function createCipher(key: Uint8Array, channel: number): Cipher {
  const start = Uint8Array.of(channel, ...key.subarray(1))
  return {
    encrypt: clear => cfb(key, start).encrypt(clear),
    decrypt: encrypted => cfb(key, start).decrypt(encrypted),
  }
}
