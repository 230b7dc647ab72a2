/**
 * FEIG OBID pads (CPR, ISC, MR; also inside other makers' pads): host commands B0 for ISO 15693,
 * B1 for NXP's own. The frames and the B0 vectors are from public descriptions and tests
 * (reference/hid-rfid.md 3.1); unproven on hardware are the carriage in 64-byte reports (one count
 * byte, bit 7 set while more follow), MORE of the inventory, and the custom command for the alarm.
 */
import type { Clock } from '../clock.ts'
import type { HidConnection } from '../hid-port.ts'
import { encodeFeigFrame, FeigFrameReader, type FeigFrame } from './feig-frames.ts'
import {
  bytesToUid,
  PadFailure,
  uidToBytes,
  type PadDriver,
  type PadFailureKind,
  type TagFacts,
  type TagSighting,
  type TagUid,
} from './pad-driver.ts'
import { PadExchange, READ_TIMEOUT_MS, WRITE_TIMEOUT_MS, type Question } from './pad-exchange.ts'

const REPORT_BYTES = 64
const CHUNK_BYTES = REPORT_BYTES - 1
const MORE_FOLLOWS = 0x80

export const FEIG_COMMAND = {
  resetField: 0x69,
  version: 0x65,
  iso15693: 0xb0,
  custom: 0xb1,
} as const

export const FEIG_ISO = {
  inventory: 0x01,
  read: 0x23,
  write: 0x24,
  writeAfi: 0x27,
  writeDsfid: 0x29,
  describe: 0x2b,
} as const

export const FEIG_EAS = { set: 0xa2, reset: 0xa3, manufacturerNxp: 0x04 } as const

export const FEIG_STATUS = {
  ok: 0x00,
  noTag: 0x01,
  crc: 0x02,
  writeError: 0x03,
  address: 0x04,
  unknownCommand: 0x80,
  length: 0x81,
  rfCommunication: 0x83,
  moreFollows: 0x84,
} as const

const MODE_ADDRESSED = 0x01
const MODE_ALL = 0x00
const MODE_MORE = 0x80
const SIGHTING_BYTES = 10
/** Five bytes a block: the answer to 32 still fits the standard frame. */
const BLOCKS_A_READ = 32
/** No stack is higher; a pad that never ends is broken. */
const PAGES_MAX = 16

/** A frame in the reports of a HID pad: `[count | 80 while more follow][63 bytes]`. */
export const toFeigReports = (frame: Uint8Array): readonly Uint8Array[] => {
  const reports: Uint8Array[] = []
  for (let from = 0; from < frame.length; from += CHUNK_BYTES) {
    const piece = frame.subarray(from, from + CHUNK_BYTES)
    const report = new Uint8Array(REPORT_BYTES)
    report[0] = piece.length | (from + CHUNK_BYTES < frame.length ? MORE_FOLLOWS : 0)
    report.set(piece, 1)
    reports.push(report)
  }
  return reports
}

/** What a report carries; empty where its count cannot be. */
export const fromFeigReport = (report: Uint8Array): Uint8Array => {
  const count = (report[0] ?? 0) & ~MORE_FOLLOWS
  return count > report.length - 1 ? new Uint8Array() : report.subarray(1, 1 + count)
}

const FAILURES: Readonly<Record<number, PadFailureKind>> = {
  [FEIG_STATUS.noTag]: 'no-tag',
  [FEIG_STATUS.crc]: 'no-tag',
  [FEIG_STATUS.rfCommunication]: 'no-tag',
  [FEIG_STATUS.unknownCommand]: 'unsupported',
}

/** Blocks travel most significant byte first, the reverse of the tag's memory. */
const turned = (bytes: Uint8Array, blockBytes: number): Uint8Array =>
  Uint8Array.from(bytes, (_byte, n) => {
    const start = n - (n % blockBytes)
    return bytes[start + blockBytes - 1 - (n - start)] ?? 0
  })

export class FeigPad implements PadDriver {
  readonly name = 'feig-obid'
  readonly #frames = new FeigFrameReader()
  readonly #exchange: PadExchange
  #discardedCount = 0

  constructor(connection: HidConnection, clock: Clock) {
    this.#exchange = new PadExchange({
      clock,
      pauseMs: 0,
      resync: question(FEIG_COMMAND.version, [], READ_TIMEOUT_MS),
      send: async (frame) => {
        this.#frames.reset()
        for (const report of toFeigReports(frame)) {
          // The leading zero is the report id that unnumbered reports do not have.
          await connection.write(Uint8Array.of(0, ...report))
        }
      },
    })
  }

  /** Bytes that were no frame, and answers that came too late. */
  get lostCount(): number {
    return this.#discardedCount + this.#exchange.strayCount
  }

  receive(report: Uint8Array): void {
    const { frames, discarded } = this.#frames.push(fromFeigReport(report))
    this.#discardedCount += discarded
    for (const frame of frames)
      this.#exchange.receive(Uint8Array.of(frame.command, ...frame.content))
  }

  async probe(): Promise<string> {
    const { content } = await this.#ask(FEIG_COMMAND.version, [], READ_TIMEOUT_MS)
    return Buffer.from(content.subarray(1)).toString('hex')
  }

  async resetField(): Promise<void> {
    await this.#ask(FEIG_COMMAND.resetField, [], READ_TIMEOUT_MS)
  }

  async inventory(): Promise<readonly TagSighting[]> {
    const sightings: TagSighting[] = []
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const mode = page === 0 ? MODE_ALL : MODE_MORE
      const content = [FEIG_ISO.inventory, mode]
      const answer = await this.#ask(FEIG_COMMAND.iso15693, content, READ_TIMEOUT_MS, [
        FEIG_STATUS.noTag,
        FEIG_STATUS.moreFollows,
      ])
      const status = answer.content[0]
      if (status === FEIG_STATUS.noTag) return sightings
      sightings.push(...sightingsIn(answer.content.subarray(1)))
      if (status !== FEIG_STATUS.moreFollows) return sightings
    }
    throw new PadFailure('bad-answer', 'an inventory without end')
  }

  async describe(uid: TagUid): Promise<TagFacts> {
    const { content } = await this.#tag(FEIG_ISO.describe, uid, [], READ_TIMEOUT_MS)
    // STATUS DSFID UID(8) AFI block bytes − 1, blocks − 1, chip
    if (content.length < 13 || bytesToUid(content.subarray(2, 10)) !== uid) {
      throw new PadFailure('bad-answer', 'system information of another tag')
    }
    return {
      dsfid: content[1] ?? 0,
      afi: content[10] ?? 0,
      blockBytes: ((content[11] ?? 0) & 0x1f) + 1,
      blockCount: (content[12] ?? 0) + 1,
    }
  }

  async read(uid: TagUid, first: number, count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    for (let block = first; block < first + count; block += BLOCKS_A_READ) {
      const blocks = Math.min(BLOCKS_A_READ, first + count - block)
      const { content } = await this.#tag(FEIG_ISO.read, uid, [block, blocks], READ_TIMEOUT_MS)
      parts.push(blocksIn(content.subarray(1), blocks))
    }
    return Uint8Array.from(parts.flatMap((part) => [...part]))
  }

  async write(uid: TagUid, block: number, bytes: Uint8Array): Promise<void> {
    const content = [block, 1, bytes.length, ...turned(bytes, bytes.length)]
    await this.#tag(FEIG_ISO.write, uid, content, WRITE_TIMEOUT_MS)
  }

  async setAfi(uid: TagUid, afi: number): Promise<void> {
    await this.#tag(FEIG_ISO.writeAfi, uid, [afi], WRITE_TIMEOUT_MS)
  }

  async setDsfid(uid: TagUid, dsfid: number): Promise<void> {
    await this.#tag(FEIG_ISO.writeDsfid, uid, [dsfid], WRITE_TIMEOUT_MS)
  }

  async setEas(uid: TagUid, isOn: boolean): Promise<void> {
    const command = isOn ? FEIG_EAS.set : FEIG_EAS.reset
    const content = [command, FEIG_EAS.manufacturerNxp, MODE_ADDRESSED, ...uidToBytes(uid)]
    await this.#ask(FEIG_COMMAND.custom, content, WRITE_TIMEOUT_MS)
  }

  #tag(
    command: number,
    uid: TagUid,
    content: readonly number[],
    timeoutMs: number,
  ): Promise<FeigFrame> {
    const addressed = [command, MODE_ADDRESSED, ...uidToBytes(uid), ...content]
    return this.#ask(FEIG_COMMAND.iso15693, addressed, timeoutMs)
  }

  async #ask(
    command: number,
    content: readonly number[],
    timeoutMs: number,
    alsoFine: readonly number[] = [],
  ): Promise<FeigFrame> {
    const answer = await this.#exchange.ask(question(command, content, timeoutMs))
    const status = answer[1]
    if (status === undefined) throw new PadFailure('bad-answer', 'an answer without a status')
    if (status !== FEIG_STATUS.ok && !alsoFine.includes(status)) {
      const kind = FAILURES[status] ?? 'refused'
      throw new PadFailure(kind, `status ${status.toString(16).padStart(2, '0')}`)
    }
    return { address: 0, command, content: answer.subarray(1) }
  }
}

const question = (command: number, content: readonly number[], timeoutMs: number): Question => ({
  frame: encodeFeigFrame('standard', command, content),
  isAnsweredBy: (bytes) => bytes[0] === command,
  timeoutMs,
})

const sightingsIn = (content: Uint8Array): readonly TagSighting[] => {
  const count = content[0] ?? 0
  if (content.length !== 1 + count * SIGHTING_BYTES) {
    throw new PadFailure('bad-answer', 'an inventory of another length')
  }
  return Array.from({ length: count }, (_, n) => {
    // Transponder type, data format, eight bytes of identifier.
    const at = 1 + n * SIGHTING_BYTES
    return { dsfid: content[at + 1] ?? 0, uid: bytesToUid(content.subarray(at + 2, at + 10)) }
  })
}

/** `n, size, n × (lock status, size bytes)`. */
const blocksIn = (content: Uint8Array, wanted: number): Uint8Array => {
  const count = content[0] ?? 0
  const size = content[1] ?? 0
  if (count !== wanted || size === 0 || content.length !== 2 + count * (size + 1)) {
    throw new PadFailure('bad-answer', 'blocks of another number')
  }
  const blocks = Array.from({ length: count }, (_, n) => {
    const at = 2 + n * (size + 1) + 1
    return [...turned(content.subarray(at, at + size), size)]
  })
  return Uint8Array.from(blocks.flat())
}
