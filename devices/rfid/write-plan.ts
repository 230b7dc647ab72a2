/**
 * In which order the blocks of a tag are written, so that a tag that is lifted at any moment says
 * its old content, or its new content, or nothing — never a mixture.
 * Block 0 is cleared first and written last: without the head of its identifier nothing of a tag is
 * believed, whatever the model. (The order that the Danish model invites, its checksum last, is not
 * enough: its `11 01 01` begins an identifier of ISO 28560-2 once the checksum is wrong.)
 */

export interface BlockWrite {
  readonly block: number
  readonly bytes: Uint8Array
}

/** The blocks that differ, in the order to write them; both images of the same length. */
export const planWrite = (
  before: Uint8Array,
  after: Uint8Array,
  blockBytes: number,
): readonly BlockWrite[] => {
  if (before.length !== after.length || before.length % blockBytes !== 0) {
    throw new RangeError('images of different lengths')
  }
  const blockAt = (image: Uint8Array, block: number): Uint8Array =>
    image.slice(block * blockBytes, (block + 1) * blockBytes)
  const changed = Array.from({ length: before.length / blockBytes }, (_, block) => block)
    .filter((block) => {
      const old = blockAt(before, block)
      return blockAt(after, block).some((byte, n) => byte !== old[n])
    })
    .map((block): BlockWrite => ({ block, bytes: blockAt(after, block) }))
  if (changed.length <= 1) return changed
  const zero = new Uint8Array(blockBytes)
  const isCleared = blockAt(before, 0).every((byte) => byte === 0)
  return [
    ...(isCleared ? [] : [{ block: 0, bytes: zero }]),
    ...changed.filter(({ block }) => block > 0).toReversed(),
    { block: 0, bytes: blockAt(after, 0) },
  ]
}

/** Every block is of the one image or the other, or the first is cleared: ours, whole or begun. */
export const isPartOf = (
  current: Uint8Array,
  before: Uint8Array,
  after: Uint8Array,
  blockBytes: number,
): boolean =>
  current.length === after.length &&
  Array.from({ length: current.length / blockBytes }, (_, block) => block).every((block) => {
    const from = block * blockBytes
    const bytes = current.subarray(from, from + blockBytes)
    const isOf = (image: Uint8Array): boolean => bytes.every((byte, n) => byte === image[from + n])
    return isOf(before) || isOf(after) || (block === 0 && bytes.every((byte) => byte === 0))
  })
