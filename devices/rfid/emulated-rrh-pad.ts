/** An RRHFOEM04 pad without the pad: byte for byte what the driver of rrhfoem04-pad.ts talks to. */
import type { DeviceEnds } from '../replay-port.ts'
import type { EmulatedField, EmulatedTag } from './emulated-field.ts'
import { bytesToUid, reversed, uidToBytes } from './pad-driver.ts'
import { decodeRrhFrame, encodeRrhFrame, RRH_COMMAND } from './rrhfoem04-pad.ts'

const OK = [0, 0] as const
const FAILED = [0xff, 0xff] as const
const TAGS_A_REPORT = 7
const HAS_DSFID_AFI_MEMORY = 0x07

export class EmulatedRrhPad implements DeviceEnds {
  readonly #field: EmulatedField

  constructor(field: EmulatedField) {
    this.#field = field
  }

  written(bytes: Uint8Array): readonly Uint8Array[] {
    const frame = decodeRrhFrame(bytes.subarray(1))
    if (frame === null) return []
    const { command, content } = frame
    return [encodeRrhFrame(command, this.#answer(command, content))]
  }

  featureWritten(): void {
    // It has no feature reports.
  }

  featureAsked(): Uint8Array {
    return new Uint8Array()
  }

  #answer(command: number, content: Uint8Array): readonly number[] {
    if (command === RRH_COMMAND.version) return [...OK, ...Buffer.from('RRHFOEM04-000001')]
    if (command === RRH_COMMAND.fieldOff || command === RRH_COMMAND.fieldOn) return OK
    if (command === RRH_COMMAND.inventory16) {
      const tags = this.#field.inventory().slice(0, TAGS_A_REPORT)
      if (tags.length === 0) return FAILED
      return [...OK, tags.length, ...tags.flatMap(({ uid }) => [...reversed(uidToBytes(uid))])]
    }
    const tag = this.#field.tag(bytesToUid(reversed(content.subarray(1, 9))))
    return tag === null ? FAILED : this.#ofTag(tag, command, content.subarray(9))
  }

  #ofTag(tag: EmulatedTag, command: number, content: Uint8Array): readonly number[] {
    const said = (isDone: boolean): readonly number[] => (isDone ? OK : FAILED)
    const { memory, blockBytes } = tag
    if (command === RRH_COMMAND.describe) {
      const size = [memory.length / blockBytes - 1, blockBytes - 1, 0x01]
      const uid = reversed(uidToBytes(tag.uid))
      return [...OK, 0, HAS_DSFID_AFI_MEMORY, ...uid, tag.dsfid, tag.afi, ...size]
    }
    if (command === RRH_COMMAND.readSeveral) {
      const [bytes = 0, first = 0, count = 0] = content
      return [...OK, 0, ...memory.subarray(first * bytes, (first + count) * bytes)]
    }
    if (command === RRH_COMMAND.write) {
      return said(this.#field.write(tag, content[1] ?? 0, content.slice(2)))
    }
    if (command === RRH_COMMAND.writeAfi) return said(this.#field.setAfi(tag, content[0] ?? 0))
    if (command === RRH_COMMAND.writeDsfid) {
      tag.dsfid = content[0] ?? 0
      return OK
    }
    if (tag.eas === null) return FAILED
    tag.eas = command === RRH_COMMAND.setEas
    return OK
  }
}
