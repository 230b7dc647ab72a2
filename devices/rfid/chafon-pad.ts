/**
 * Chafon CF-RH320U-93 (FFFF:0035, interface 1): feature report 1 asks, feature report 2 answers, 256
 * bytes each.
 *   ask: 01 00×5 08 00 AA 00 · length · command … · XOR of these · BB · 00 …
 *   answer: 11 bytes of head · 00 done or 01 not · …
 * It takes a tag's identifier and ignores it: commands reach whichever tag answers, so nothing is
 * read or written unless exactly one tag is there, before and after. From a public driver; unproven
 * on hardware. It can neither set the AFI nor the alarm: a station for encoding, not for lending.
 */
import type { Clock } from '../clock.ts'
import { HidFailure, type HidConnection } from '../hid-port.ts'
import {
  bytesToUid,
  PadFailure,
  reversed,
  type PadDriver,
  type TagFacts,
  type TagSighting,
  type TagUid,
} from './pad-driver.ts'

const REPORT_BYTES = 256
const ASK_ID = 0x01
const ANSWER_ID = 0x02
const ASK_HEAD = [ASK_ID, 0, 0, 0, 0, 0, 0x08, 0, 0xaa, 0] as const
const ASK_END = 0xbb
const STATUS_AT = 11
const CONTENT_AT = 13
const BLOCK_BYTES = 4
/** NXP's SLI and SLIX, which is what this pad is sold for; it cannot ask. */
const BLOCK_COUNT = 28

export const CHAFON_COMMAND = { inventory: 0x10, read: 0x11, write: 0x12 } as const
const FLAG_NOT_ADDRESSED = 0x02

export const encodeChafonAsk = (command: number, content: readonly number[]): Uint8Array => {
  const body = [1 + content.length, command, ...content]
  const report = new Uint8Array(REPORT_BYTES)
  report.set([...ASK_HEAD, ...body, body.reduce((xor, byte) => xor ^ byte, 0), ASK_END])
  return report
}

export class ChafonPad implements PadDriver {
  readonly name = 'chafon-rh320u-93'
  readonly #connection: HidConnection
  #last: Promise<unknown> = Promise.resolve()

  constructor(connection: HidConnection, _clock: Clock) {
    this.#connection = connection
  }

  receive(_report: Uint8Array): void {
    // It sends none: answers are asked for.
  }

  async probe(): Promise<string> {
    const answer = await this.#ask(CHAFON_COMMAND.inventory, [0x06, 0, 0])
    return Buffer.from(answer.subarray(0, STATUS_AT)).toString('hex')
  }

  resetField(): Promise<void> {
    return Promise.resolve()
  }

  async inventory(): Promise<readonly TagSighting[]> {
    const answer = await this.#ask(CHAFON_COMMAND.inventory, [0x06, 0, 0])
    if (answer[STATUS_AT] !== 0) return []
    const count = answer[STATUS_AT + 1] ?? 0
    if (15 + count * 10 > answer.length + 2) {
      throw new PadFailure('bad-answer', `${count} tags in one report`)
    }
    return Array.from({ length: count }, (_, n) => ({
      uid: bytesToUid(reversed(answer.subarray(15 + 10 * n, 23 + 10 * n))),
      dsfid: null,
    }))
  }

  async describe(uid: TagUid): Promise<TagFacts> {
    await this.#onlyThis(uid)
    return { afi: null, dsfid: null, blockCount: BLOCK_COUNT, blockBytes: BLOCK_BYTES }
  }

  async read(uid: TagUid, first: number, count: number): Promise<Uint8Array> {
    await this.#onlyThis(uid)
    const answer = await this.#ask(CHAFON_COMMAND.read, [FLAG_NOT_ADDRESSED, first, count])
    await this.#onlyThis(uid)
    if (answer[STATUS_AT] !== 0) throw new PadFailure('no-tag', 'the tag did not answer')
    return answer.slice(CONTENT_AT, CONTENT_AT + count * BLOCK_BYTES)
  }

  async write(uid: TagUid, block: number, bytes: Uint8Array): Promise<void> {
    await this.#onlyThis(uid)
    const blocks = bytes.length / BLOCK_BYTES
    const content = [FLAG_NOT_ADDRESSED, block, blocks, ...bytes]
    const answer = await this.#ask(CHAFON_COMMAND.write, content)
    if (answer[STATUS_AT] !== 0) throw new PadFailure('no-tag', 'the tag did not answer')
  }

  setAfi(): Promise<void> {
    return Promise.reject(new PadFailure('unsupported', 'this pad cannot set the AFI'))
  }

  setDsfid(): Promise<void> {
    return Promise.reject(new PadFailure('unsupported', 'this pad cannot set the DSFID'))
  }

  setEas(): Promise<void> {
    return Promise.reject(new PadFailure('unsupported', 'this pad cannot set the alarm'))
  }

  async #onlyThis(uid: TagUid): Promise<void> {
    const sightings = await this.inventory()
    if (sightings.length !== 1) {
      throw new PadFailure('not-exactly-one', `${sightings.length} tags are on the pad`)
    }
    if (sightings[0]?.uid !== uid) throw new PadFailure('no-tag', 'another tag is on the pad')
  }

  /** One ask and its answer before the next. */
  #ask(command: number, content: readonly number[]): Promise<Uint8Array> {
    const answer = this.#last.then(() => this.#askNow(command, content))
    this.#last = answer.catch(() => undefined)
    return answer
  }

  async #askNow(command: number, content: readonly number[]): Promise<Uint8Array> {
    try {
      await this.#connection.writeFeature(encodeChafonAsk(command, content))
      const answer = await this.#connection.readFeature(ANSWER_ID, REPORT_BYTES)
      if (answer[0] !== ANSWER_ID || answer.length <= STATUS_AT) {
        throw new PadFailure('bad-answer', 'no feature report 2')
      }
      return answer
    } catch (error) {
      if (!(error instanceof HidFailure)) throw error
      throw new PadFailure(error.kind === 'gone' ? 'gone' : 'silent', error.message, {
        cause: error,
      })
    }
  }
}
