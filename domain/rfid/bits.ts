/** Fields of a few bits, most significant first, as ISO/IEC 15962 packs characters. */

/** Reads fields one after the other; never past the end. */
export class BitReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length * 8 - this.#at
  }

  /** The next `width` bits as a number; null, and nothing consumed, where fewer are left. */
  take(width: number): number | null {
    if (this.left < width) return null
    let value = 0
    const end = this.#at + width
    for (; this.#at < end; this.#at += 1) {
      const byte = this.#bytes[this.#at >> 3] ?? 0
      value = (value << 1) | ((byte >> (7 - (this.#at & 7))) & 1)
    }
    return value
  }
}

/** Collects fields; `finish` fills the last byte with the leading bits of `pad`. */
export class BitWriter {
  readonly #bits: number[] = []

  put(value: number, width: number): void {
    for (let shift = width - 1; shift >= 0; shift -= 1) this.#bits.push((value >> shift) & 1)
  }

  finish(pad: readonly number[]): Uint8Array {
    const missing = (8 - (this.#bits.length % 8)) % 8
    const bits = [...this.#bits, ...Array.from({ length: missing }, (_, n) => pad[n] ?? 0)]
    const bytes = new Uint8Array(bits.length / 8)
    for (const [n, bit] of bits.entries()) {
      bytes[n >> 3] = (bytes[n >> 3] ?? 0) | (bit << (7 - (n & 7)))
    }
    return bytes
  }
}
