/** Which chute of the sorter takes a returned item: rows of the library, not code. Rule R19. */
import { z } from 'zod'
import { PlainText } from '../words/plain-text.ts'

/** A null matches anything. */
export const SorterBin = z.strictObject({
  /** As it is painted on the bin. */
  bin: PlainText(20).min(1),
  to: z.enum(['shelf', 'hold-shelf', 'transit', 'workroom', 'cataloguing', 'set-aside']).nullable(),
  /** Where it travels; of `transit` alone. */
  toBranchId: z.string().min(1).max(80).nullable(),
  ownerLibraryId: z.string().min(1).max(80).nullable(),
  itemType: z.string().min(1).max(60).nullable(),
  /** How its shelf mark begins: a collection. */
  shelfBegins: PlainText(40).nullable(),
})
export type SorterBin = z.infer<typeof SorterBin>

interface Sorted {
  readonly to: string
  readonly branchId: string | null
  readonly ownerLibraryId: string
  readonly itemType: string
  readonly shelf: string | null
}

/** The first bin that fits, or null: it goes by hand. */
export const binFor = (bins: readonly SorterBin[], one: Sorted): string | null =>
  bins.find(
    (row) =>
      (row.to === null || row.to === one.to) &&
      (row.toBranchId === null || row.toBranchId === one.branchId) &&
      (row.ownerLibraryId === null || row.ownerLibraryId === one.ownerLibraryId) &&
      (row.itemType === null || row.itemType === one.itemType) &&
      (row.shelfBegins === null || (one.shelf ?? '').startsWith(row.shelfBegins)),
  )?.bin ?? null
