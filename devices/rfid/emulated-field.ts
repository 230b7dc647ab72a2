/** Tags without a chip: what lies in the field of an emulated pad, and what goes wrong there. */
import type { TagUid } from './pad-driver.ts'

export interface EmulatedTag {
  readonly uid: TagUid
  readonly memory: Uint8Array
  readonly blockBytes: number
  afi: number
  dsfid: number
  /** null: this chip has no alarm bit. */
  eas: boolean | null
}

const BLOCK_BYTES = 4
const BLOCK_COUNT = 28

/** An SLIX: 28 blocks of four bytes; `memory` is written from block 0, the rest is zero. */
export const emulatedTag = (
  uid: TagUid,
  memory: Uint8Array,
  { afi = 0x07, dsfid = 0x06, eas = null as boolean | null } = {},
): EmulatedTag => {
  const whole = new Uint8Array(BLOCK_BYTES * BLOCK_COUNT)
  whole.set(memory.subarray(0, whole.length))
  return { uid, memory: whole, blockBytes: BLOCK_BYTES, afi, dsfid, eas }
}

export class EmulatedField {
  readonly #tagsByUid = new Map<TagUid, EmulatedTag>()
  readonly #liftedByUid = new Map<TagUid, EmulatedTag>()
  /** Whether a tag answers this time; a person's hand, a metal cover, the book above. */
  isHeard: (uid: TagUid) => boolean = () => true
  /** Whether a write reaches the chip; false: the pad says that it failed. */
  isWritable: (uid: TagUid, block: number | 'afi') => boolean = () => true
  /** Tags whose AFI stays as it is though the pad says that it was written. */
  readonly deafToAfi = new Set<TagUid>()
  /** Called after each block that reached a chip. */
  written: (uid: TagUid, block: number) => void = () => undefined

  put(tag: EmulatedTag): void {
    this.#tagsByUid.set(tag.uid, tag)
  }

  lift(uid: TagUid): void {
    const tag = this.#tagsByUid.get(uid)
    if (tag === undefined) return
    this.#tagsByUid.delete(uid)
    this.#liftedByUid.set(uid, tag)
  }

  /** A tag that lay here before, as it was left; null: there was none. */
  lifted(uid: TagUid): EmulatedTag | null {
    return this.#liftedByUid.get(uid) ?? null
  }

  /** One by one, as they answer an inventory. */
  inventory(): readonly EmulatedTag[] {
    return [...this.#tagsByUid.values()].filter(({ uid }) => this.isHeard(uid))
  }

  tag(uid: TagUid): EmulatedTag | null {
    const tag = this.#tagsByUid.get(uid)
    return tag === undefined || !this.isHeard(uid) ? null : tag
  }

  /** False: the chip did not take it. */
  write(tag: EmulatedTag, block: number, bytes: Uint8Array): boolean {
    const at = block * tag.blockBytes
    if (at + bytes.length > tag.memory.length || !this.isWritable(tag.uid, block)) return false
    tag.memory.set(bytes, at)
    this.written(tag.uid, block)
    return true
  }

  setAfi(tag: EmulatedTag, afi: number): boolean {
    if (!this.isWritable(tag.uid, 'afi')) return false
    if (!this.deafToAfi.has(tag.uid)) tag.afi = afi
    return true
  }
}
