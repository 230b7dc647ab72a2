/**
 * Frames of the security module (SAM_A, SAM_V) in readers of second-generation identity cards:
 *   asked:    AA AA AA 96 69 · length (2, high byte first) · command · parameter · checksum
 *   answered: AA AA AA 96 69 · length (2) · SW1 SW2 SW3 · … · checksum
 * The length counts what follows it, checksum included; the checksum is the exclusive or of all
 * bytes from the length on. Over a serial line (115200 8N1) the frames follow each other as they
 * are; over HID they are cut into reports of 64 bytes, the last one filled up with zeros.
 *
 * From public descriptions of the module's protocol; the bytes below are theirs. Unproven on
 * hardware: the cutting into HID reports (descriptions name bulk pipes and serial lines only).
 */

const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69] as const
const HEAD_BYTES = PREAMBLE.length + 2
/** Three status bytes and the checksum. */
const LENGTH_MIN = 4
/** Text, photo and both fingerprints take 2,314; nothing longer is ever sent. */
const LENGTH_MAX = 2_400

export const SAM_REPORT_BYTES = 64

export const SAM_COMMAND = {
  /** Answers 90 when the module is in order. */
  status: [0x11, 0xff],
  find: [0x20, 0x01],
  select: [0x20, 0x02],
  /** Text and photo, without fingerprints. */
  read: [0x30, 0x01],
} as const
export type SamCommand = (typeof SAM_COMMAND)[keyof typeof SAM_COMMAND]

/** SW3; SW1 and SW2 are the card's own and zero as a rule. */
export const SAM_STATUS = {
  done: 0x90,
  found: 0x9f,
  notFound: 0x80,
  notSelected: 0x81,
  notRead: 0x41,
  selfTestFailed: 0x60,
  notLicensed: 0x66,
} as const

export interface SamAnswer {
  /** SW3. */
  readonly status: number
  readonly content: Uint8Array
}

const checksum = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum ^ byte, 0)

const frameOf = (body: readonly number[]): Uint8Array => {
  const length = body.length + 1
  const summed = Uint8Array.of(length >> 8, length & 0xff, ...body)
  return Uint8Array.of(...PREAMBLE, ...summed, checksum(summed))
}

export const encodeSamCommand = (command: SamCommand): Uint8Array => frameOf(command)

export const encodeSamAnswer = ({ status, content }: SamAnswer): Uint8Array =>
  frameOf([0, 0, status, ...content])

/** Cut into reports, the last one filled up. */
export const toSamReports = (frame: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(frame.length / SAM_REPORT_BYTES) }, (_, n) => {
    const report = new Uint8Array(SAM_REPORT_BYTES)
    report.set(frame.subarray(n * SAM_REPORT_BYTES, (n + 1) * SAM_REPORT_BYTES))
    return report
  })

/**
 * Answers out of a stream of bytes, however it was cut. Whatever is not a whole frame with a right
 * checksum is passed over; it holds at most one frame and one piece.
 */
export class SamFrameReader {
  #bytes: Uint8Array = new Uint8Array()
  #brokenCount = 0

  /** Heads that no frame followed. */
  get brokenCount(): number {
    return this.#brokenCount
  }

  push(piece: Uint8Array): readonly SamAnswer[] {
    this.#bytes = Uint8Array.of(...this.#bytes, ...piece)
    const answers: SamAnswer[] = []
    for (;;) {
      const at = headAt(this.#bytes)
      this.#bytes = this.#bytes.slice(at)
      if (this.#bytes.length < HEAD_BYTES) return answers
      const length = ((this.#bytes[5] ?? 0) << 8) | (this.#bytes[6] ?? 0)
      const isPossible = length >= LENGTH_MIN && length <= LENGTH_MAX
      if (isPossible && this.#bytes.length < HEAD_BYTES + length) return answers
      const end = HEAD_BYTES + length
      // Its own checksum added, the sum of a right frame is zero.
      if (isPossible && checksum(this.#bytes.subarray(PREAMBLE.length, end)) === 0) {
        answers.push({
          status: this.#bytes[9] ?? 0,
          content: this.#bytes.slice(HEAD_BYTES + 3, end - 1),
        })
        this.#bytes = this.#bytes.slice(end)
      } else {
        this.#brokenCount += 1
        this.#bytes = this.#bytes.slice(1)
      }
    }
  }

  /** Forgets a frame that was begun. */
  clear(): void {
    this.#bytes = new Uint8Array()
  }
}

/** Where a head begins, or may begin with the bytes still to come. */
const headAt = (bytes: Uint8Array): number => {
  for (let at = 0; at < bytes.length; at += 1) {
    const isHead = PREAMBLE.every((byte, n) => at + n >= bytes.length || bytes[at + n] === byte)
    if (isHead) return at
  }
  return bytes.length
}
