/** Writes numbers and text into bytes: the mirror image of `reader.ts`. Grows as needed. */
export class Writer {
  #bytes = new Uint8Array(64)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Unsigned numbers; each throws RangeError when the number does not fit. */
  u8(value: number): this {
    return this.#put(value, 1, true)
  }
  u16be(value: number): this {
    return this.#put(value, 2, false)
  }
  u16le(value: number): this {
    return this.#put(value, 2, true)
  }
  u24be(value: number): this {
    return this.#put(value, 3, false)
  }
  u24le(value: number): this {
    return this.#put(value, 3, true)
  }
  u32be(value: number): this {
    return this.#put(value, 4, false)
  }
  u32le(value: number): this {
    return this.#put(value, 4, true)
  }
  i16be(value: number): this {
    return this.#signed(value, 2, false)
  }
  i16le(value: number): this {
    return this.#signed(value, 2, true)
  }
  i32be(value: number): this {
    return this.#signed(value, 4, false)
  }

  bytes(bytes: Uint8Array): this {
    this.#grow(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    return this
  }

  /** Text of characters U+0000 to U+00FF, one byte each. Throws RangeError on any other. */
  text(text: string): this {
    for (let i = 0; i < text.length; i++) this.u8(text.charCodeAt(i))
    return this
  }

  /** `count` times the same byte. */
  fill(count: number, byte = 0): this {
    for (let i = 0; i < count; i++) this.u8(byte)
    return this
  }

  /** A copy of everything written so far. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  #put(value: number, size: number, littleEndian: boolean): this {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** size) {
      throw new RangeError(`${value} does not fit into ${size} unsigned bytes`)
    }
    this.#grow(size)
    for (let i = 0; i < size; i++) {
      const shift = littleEndian ? i : size - 1 - i
      this.#bytes[this.#length + i] = Math.floor(value / 256 ** shift) % 256
    }
    this.#length += size
    return this
  }

  #signed(value: number, size: number, littleEndian: boolean): this {
    const span = 256 ** size
    if (value < -span / 2 || value >= span / 2) throw new RangeError(`${value} does not fit into ${size} signed bytes`)
    return this.#put(value < 0 ? value + span : value, size, littleEndian)
  }

  #grow(by: number): void {
    if (this.#length + by <= this.#bytes.length) return
    const bigger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + by))
    bigger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = bigger
  }
}
