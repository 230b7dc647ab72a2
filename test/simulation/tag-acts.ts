/** Tags that leave a pad too early, and come to another one: few chips, so that desks meet. */
import type { Stores } from '../../main/engine/stores.ts'
import type { Doing } from './act.ts'
import type { Random } from './random.ts'

const CHIPS = 6

export function withTags(random: Random, { replica }: Stores, barcode: string): Doing {
  const tag = `e00401500000000${random.int(0, CHIPS - 1)}`
  const owed = replica.row('tag-debt', tag)
  const wanted = random.pick(['in-stock', 'on-loan'] as const)
  return owed !== null && random.chance(0.6)
    ? { kind: 'tag.settle', payload: { tag, barcode: owed.barcode, wanted: owed.wanted } }
    : { kind: 'tag.owe', payload: { tag, barcode, wanted } }
}
