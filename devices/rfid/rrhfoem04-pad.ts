/**
 * RRHFOEM04 and its likes: 64-byte reports without a number.
 *   request: length · command (2) · flags … · CRC (2, high byte first)
 *   answer:  length · command (2) · error (2: 0000, or FFFF and nothing more) · … · CRC
 * Length counts itself, the command and what follows up to the checksum; CRC 1021, begins FFFF,
 * inverted. Identifiers least significant byte first. From the maker's published protocol; unproven
 * on hardware are system information (its text names no layout: read as ISO 15693 has it), the AFI
 * command (its table says 100A, its example 1004) and the alarm.
 */
import { crc16 } from '../../domain/rfid/crc-16.ts'
import type { Clock } from '../clock.ts'
import type { HidConnection } from '../hid-port.ts'
import {
  bytesToUid,
  PadFailure,
  reversed,
  uidToBytes,
  type PadDriver,
  type TagFacts,
  type TagSighting,
  type TagUid,
} from './pad-driver.ts'
import { PadExchange, READ_TIMEOUT_MS, WRITE_TIMEOUT_MS, type Question } from './pad-exchange.ts'

const REPORT_BYTES = 64
const HEAD_BYTES = 3
const ANSWER_HEAD_BYTES = 5
const CRC_BYTES = 2

export const RRH_COMMAND = {
  inventory16: 0x1002,
  write: 0x1007,
  readSeveral: 0x1009,
  writeAfi: 0x100a,
  writeDsfid: 0x100c,
  describe: 0x100e,
  setEas: 0x1102,
  resetEas: 0x1103,
  fieldOn: 0x0004,
  fieldOff: 0x0005,
  version: 0xf000,
} as const

/** 16 slots, high data rate; one slot would collide as soon as two tags lie there. */
const FLAGS_INVENTORY = 0x06
const FLAGS_ADDRESSED = 0x22
const BLOCK_BYTES = 4
/** What fits one report behind its head and one byte of flags. */
const BLOCKS_A_READ = 13
/** Of its documentation: it drops what comes sooner. */
const PAUSE_MS = 100

const rrhCrc = (bytes: Uint8Array): number => ~crc16(bytes) & 0xffff

export const encodeRrhFrame = (
  command: number,
  content: readonly number[] | Uint8Array,
): Uint8Array => {
  const body = Uint8Array.of(HEAD_BYTES + content.length, command >> 8, command & 0xff, ...content)
  const crc = rrhCrc(body)
  const report = new Uint8Array(REPORT_BYTES)
  report.set(body)
  report.set([crc >> 8, crc & 0xff], body.length)
  return report
}

/** The command and what stands behind it; null where length or checksum is wrong. */
export const decodeRrhFrame = (
  report: Uint8Array,
): { readonly command: number; readonly content: Uint8Array } | null => {
  const length = report[0] ?? 0
  if (length < HEAD_BYTES || length + CRC_BYTES > report.length) return null
  const crc = ((report[length] ?? 0) << 8) | (report[length + 1] ?? 0)
  if (rrhCrc(report.subarray(0, length)) !== crc) return null
  const command = ((report[1] ?? 0) << 8) | (report[2] ?? 0)
  return { command, content: report.slice(HEAD_BYTES, length) }
}

const question = (command: number, content: readonly number[], timeoutMs: number): Question => ({
  frame: encodeRrhFrame(command, content),
  isAnsweredBy: (report) => decodeRrhFrame(report)?.command === command,
  timeoutMs,
})

export class Rrhfoem04Pad implements PadDriver {
  readonly name = 'rrhfoem04'
  readonly #exchange: PadExchange

  constructor(connection: HidConnection, clock: Clock) {
    this.#exchange = new PadExchange({
      clock,
      pauseMs: PAUSE_MS,
      resync: question(RRH_COMMAND.version, [], READ_TIMEOUT_MS),
      send: (report) => connection.write(Uint8Array.of(0, ...report)),
    })
  }

  receive(report: Uint8Array): void {
    this.#exchange.receive(report)
  }

  async probe(): Promise<string> {
    const answer = await this.#ask(RRH_COMMAND.version, [], READ_TIMEOUT_MS)
    return Buffer.from(answer).toString('hex')
  }

  async resetField(): Promise<void> {
    await this.#ask(RRH_COMMAND.fieldOff, [], READ_TIMEOUT_MS)
    await this.#ask(RRH_COMMAND.fieldOn, [], READ_TIMEOUT_MS)
  }

  async inventory(): Promise<readonly TagSighting[]> {
    const { inventory16 } = RRH_COMMAND
    const answer = await this.#ask(inventory16, [FLAGS_INVENTORY], READ_TIMEOUT_MS, true)
    const count = answer[0] ?? 0
    if (answer.length < 1 + count * 8) {
      throw new PadFailure('bad-answer', `${count} tags: more than one report tells`)
    }
    return Array.from({ length: count }, (_, n) => ({
      uid: bytesToUid(reversed(answer.subarray(1 + n * 8, 9 + n * 8))),
      dsfid: null,
    }))
  }

  async describe(uid: TagUid): Promise<TagFacts> {
    const answer = await this.#tag(RRH_COMMAND.describe, uid, [], READ_TIMEOUT_MS)
    // Response flags, then ISO 15693: which fields follow, identifier, DSFID, AFI, memory, chip.
    const which = answer[1] ?? 0
    if (bytesToUid(reversed(answer.subarray(2, 10))) !== uid) {
      throw new PadFailure('bad-answer', 'system information of another tag')
    }
    let at = 10
    const field = (bit: number): number | null => {
      if ((which & bit) === 0) return null
      at += 1
      return answer[at - 1] ?? null
    }
    const dsfid = field(0x01)
    const afi = field(0x02)
    const hasMemory = (which & 0x04) !== 0
    return {
      dsfid,
      afi,
      blockCount: hasMemory ? (answer[at] ?? 0) + 1 : 28,
      blockBytes: hasMemory ? ((answer[at + 1] ?? 0) & 0x1f) + 1 : BLOCK_BYTES,
    }
  }

  async read(uid: TagUid, first: number, count: number): Promise<Uint8Array> {
    const bytes: number[] = []
    for (let block = first; block < first + count; block += BLOCKS_A_READ) {
      const blocks = Math.min(BLOCKS_A_READ, first + count - block)
      const content = [BLOCK_BYTES, block, blocks]
      const answer = await this.#tag(RRH_COMMAND.readSeveral, uid, content, READ_TIMEOUT_MS)
      if (answer.length !== 1 + blocks * BLOCK_BYTES) {
        throw new PadFailure('bad-answer', 'blocks of another number')
      }
      bytes.push(...answer.subarray(1))
    }
    return Uint8Array.from(bytes)
  }

  async write(uid: TagUid, block: number, bytes: Uint8Array): Promise<void> {
    const content = [bytes.length, block, ...bytes]
    await this.#tag(RRH_COMMAND.write, uid, content, WRITE_TIMEOUT_MS)
  }

  async setAfi(uid: TagUid, afi: number): Promise<void> {
    await this.#tag(RRH_COMMAND.writeAfi, uid, [afi], WRITE_TIMEOUT_MS)
  }

  async setDsfid(uid: TagUid, dsfid: number): Promise<void> {
    await this.#tag(RRH_COMMAND.writeDsfid, uid, [dsfid], WRITE_TIMEOUT_MS)
  }

  async setEas(uid: TagUid, isOn: boolean): Promise<void> {
    await this.#tag(isOn ? RRH_COMMAND.setEas : RRH_COMMAND.resetEas, uid, [], WRITE_TIMEOUT_MS)
  }

  #tag(
    command: number,
    uid: TagUid,
    content: readonly number[],
    timeoutMs: number,
  ): Promise<Uint8Array> {
    const addressed = [FLAGS_ADDRESSED, ...reversed(uidToBytes(uid)), ...content]
    return this.#ask(command, addressed, timeoutMs)
  }

  /** What stands behind the error code. `isNothingFine`: an error means that no tag is there. */
  async #ask(
    command: number,
    content: readonly number[],
    timeoutMs: number,
    isNothingFine = false,
  ): Promise<Uint8Array> {
    const report = await this.#exchange.ask(question(command, content, timeoutMs))
    const answer = decodeRrhFrame(report)?.content ?? new Uint8Array()
    if (answer.length < ANSWER_HEAD_BYTES - HEAD_BYTES) {
      throw new PadFailure('bad-answer', 'an answer without an error code')
    }
    if (answer[0] === 0 && answer[1] === 0) return answer.subarray(2)
    if (isNothingFine) return Uint8Array.of(0)
    // One code for all: the tag is the likeliest cause.
    throw new PadFailure('no-tag', 'error FFFF')
  }
}
