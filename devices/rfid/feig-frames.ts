/**
 * Frames of FEIG's OBID protocol (H20800, ID ISC manuals).
 *   standard: LEN ADR CMD … CRC16      LEN counts everything, 5 to 255
 *   advanced: 02 ALENhi ALENlo ADR CMD … CRC16      ALEN counts everything, from 7
 * An answer has a STATUS behind CMD. CRC: reflected 8408, begins FFFF, low byte first.
 */

export const feigCrc = (bytes: Uint8Array): number => {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1
  }
  return crc
}

export interface FeigFrame {
  readonly address: number
  readonly command: number
  /** Behind the command, without the checksum: of an answer the status first. */
  readonly content: Uint8Array
}

export type FeigDialect = 'standard' | 'advanced'

const ADVANCED = 0x02
const STANDARD_MIN = 5
const ADVANCED_MIN = 7
/** A stack of 80 tags, or a tag's whole memory; more is noise. */
const LENGTH_MAX = 4_096
/** Any reader: the one that is plugged in. */
const BROADCAST = 0xff

export const encodeFeigFrame = (
  dialect: FeigDialect,
  command: number,
  content: readonly number[] | Uint8Array = [],
  address = BROADCAST,
): Uint8Array => {
  const isStandard = dialect === 'standard'
  const length = content.length + (isStandard ? STANDARD_MIN : ADVANCED_MIN)
  if (isStandard && length > 0xff) throw new RangeError('too long for a standard frame')
  const head = isStandard ? [length] : [ADVANCED, length >> 8, length & 0xff]
  const body = Uint8Array.of(...head, address, command, ...content)
  const crc = feigCrc(body)
  return Uint8Array.of(...body, crc & 0xff, crc >> 8)
}

export interface FeigReading {
  readonly frames: readonly FeigFrame[]
  /** Bytes that belong to no frame: a wrong checksum, a length that cannot be. */
  readonly discarded: number
}

/** Finds the frames in what a pad sends, however it is cut into reports. */
export class FeigFrameReader {
  #held = new Uint8Array()

  push(bytes: Uint8Array): FeigReading {
    this.#held = Uint8Array.of(...this.#held, ...bytes)
    const frames: FeigFrame[] = []
    for (;;) {
      const isAdvanced = this.#held[0] === ADVANCED
      if (this.#held.length < (isAdvanced ? 3 : 1)) return { frames, discarded: 0 }
      const length = isAdvanced
        ? ((this.#held[1] ?? 0) << 8) | (this.#held[2] ?? 0)
        : (this.#held[0] ?? 0)
      const shortest = isAdvanced ? ADVANCED_MIN : STANDARD_MIN
      if (length < shortest || length > LENGTH_MAX) return this.#discard(frames)
      if (this.#held.length < length) return { frames, discarded: 0 }
      const frame = this.#held.subarray(0, length)
      const crc = (frame[length - 2] ?? 0) | ((frame[length - 1] ?? 0) << 8)
      if (feigCrc(frame.subarray(0, length - 2)) !== crc) return this.#discard(frames)
      const at = isAdvanced ? 3 : 1
      frames.push({
        address: frame[at] ?? 0,
        command: frame[at + 1] ?? 0,
        content: frame.slice(at + 2, length - 2),
      })
      this.#held = this.#held.slice(length)
    }
  }

  /** Forgets a frame that was begun; a request that timed out leaves none behind. */
  reset(): void {
    this.#held = new Uint8Array()
  }

  /** Nothing marks the start of a frame, so all that came goes: the request is made again anyway. */
  #discard(frames: readonly FeigFrame[]): FeigReading {
    const discarded = this.#held.length
    this.#held = new Uint8Array()
    return { frames, discarded }
  }
}
