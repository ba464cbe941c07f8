/**
 * Reads numbers and text out of bytes from front to back.
 * Every driver reads its wire through this one class, so that running out of bytes is always the same error.
 */

/** Thrown when more bytes are asked for than are left. `offset` is where the reading stood. */
export class OutOfBytes extends Error {
  override readonly name = 'OutOfBytes'
  readonly offset: number
  constructor(offset: number, wanted: number, left: number) {
    super(`Wanted ${wanted} bytes at offset ${offset}, ${left} left`)
    this.offset = offset
  }
}

export class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Where the next byte is read, from the start of the bytes given. */
  get offset(): number {
    return this.#offset
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  /** Unsigned 8, 16, 24 and 32 bit numbers, big- and little-endian. All throw {@link OutOfBytes}. */
  u8(): number {
    return this.#view.getUint8(this.#take(1))
  }
  u16be(): number {
    return this.#view.getUint16(this.#take(2))
  }
  u16le(): number {
    return this.#view.getUint16(this.#take(2), true)
  }
  u24be(): number {
    const at = this.#take(3)
    return this.#view.getUint8(at) * 0x10000 + this.#view.getUint16(at + 1)
  }
  u24le(): number {
    const at = this.#take(3)
    return this.#view.getUint16(at, true) + this.#view.getUint8(at + 2) * 0x10000
  }
  u32be(): number {
    return this.#view.getUint32(this.#take(4))
  }
  u32le(): number {
    return this.#view.getUint32(this.#take(4), true)
  }
  /** Signed 16 and 32 bit numbers. */
  i16be(): number {
    return this.#view.getInt16(this.#take(2))
  }
  i16le(): number {
    return this.#view.getInt16(this.#take(2), true)
  }
  i32be(): number {
    return this.#view.getInt32(this.#take(4))
  }

  /** The next `count` bytes, a view of the same memory. */
  bytes(count: number): Uint8Array {
    const at = this.#take(count)
    return this.#bytes.subarray(at, at + count)
  }

  /** The next `count` bytes as text, one character a byte (ISO 8859-1). */
  text(count: number): string {
    return String.fromCharCode(...this.bytes(count))
  }

  skip(count: number): void {
    this.#take(count)
  }

  #take(count: number): number {
    if (count < 0 || count > this.remaining) throw new OutOfBytes(this.#offset, count, this.remaining)
    const at = this.#offset
    this.#offset += count
    return at
  }
}
