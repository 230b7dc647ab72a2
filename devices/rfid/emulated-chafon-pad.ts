/** A CF-RH320U-93 without the pad: it answers for whichever tag came first, as the real one does. */
import type { DeviceEnds } from '../replay-port.ts'
import { CHAFON_COMMAND } from './chafon-pad.ts'
import type { EmulatedField } from './emulated-field.ts'
import { reversed, uidToBytes } from './pad-driver.ts'

const HEAD_BYTES = 11
const ANSWER_ID = 0x02

export class EmulatedChafonPad implements DeviceEnds {
  readonly #field: EmulatedField
  #answer = new Uint8Array()

  constructor(field: EmulatedField) {
    this.#field = field
  }

  written(): readonly Uint8Array[] {
    return []
  }

  featureWritten(report: Uint8Array): void {
    const length = report[10] ?? 0
    const body = report.slice(10, 11 + length)
    const xor = body.reduce((sum, byte) => sum ^ byte, 0)
    const isSound = report[11 + length] === xor && report[12 + length] === 0xbb
    this.#answer = new Uint8Array(256)
    this.#answer[0] = ANSWER_ID
    this.#answer.set(isSound ? this.#content(body[1] ?? 0, body.slice(2)) : [1, 1], HEAD_BYTES)
  }

  featureAsked(): Uint8Array {
    return this.#answer
  }

  #content(command: number, content: Uint8Array): readonly number[] {
    const tags = this.#field.inventory()
    const [tag] = tags
    if (tag === undefined) return [1, 1]
    if (command === CHAFON_COMMAND.inventory) {
      const uids = tags.flatMap(({ uid }) => [...reversed(uidToBytes(uid)), 0, 0])
      return [0, tags.length, 0, 0, ...uids]
    }
    const [, first = 0, count = 0] = content
    const at = first * tag.blockBytes
    if (command === CHAFON_COMMAND.read) {
      return [0, count, ...tag.memory.subarray(at, at + count * tag.blockBytes)]
    }
    return this.#field.write(tag, first, content.slice(3)) ? [0] : [1, 1]
  }
}
