/** Where readers find a title: by library and branch, what is there and what could be borrowed now. */
import type { Branch, Item } from '../records.ts'

export interface ReaderHolding {
  readonly libraryId: string
  /** Null: of a branch that this desk does not know. */
  readonly branch: Branch | null
  /** As they stand on the shelf, each once; none where this desk does not hold the branch's items. */
  readonly callNumbers: readonly string[]
  readonly itemsCount: number
  readonly availableCount: number
}

/** What is gone is promised to nobody. */
const NOT_SHOWN: readonly Item['state'][] = ['withdrawn', 'lost', 'missing']

interface Copy {
  readonly item: Item
  readonly homeBranch: Branch | null
}

/** Libraries with most copies first, their branches likewise. */
export function readerHoldings(copies: readonly Copy[]): readonly ReaderHolding[] {
  const shown = copies.filter(({ item }) => !NOT_SHOWN.includes(item.state))
  const byLibrary = Map.groupBy(shown, ({ item }) => item.ownerLibraryId as string)
  return [...byLibrary]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .flatMap(([libraryId, ofLibrary]) =>
      [...Map.groupBy(ofLibrary, ({ item }) => item.homeBranchId).values()]
        .toSorted((one, other) => other.length - one.length)
        .map((ofBranch) => holdingOf(libraryId, ofBranch)),
    )
}

const holdingOf = (libraryId: string, copies: readonly Copy[]): ReaderHolding => ({
  libraryId,
  branch: copies[0]?.homeBranch ?? null,
  callNumbers: [...new Set(copies.flatMap(({ item }) => item.callNumber ?? []))],
  itemsCount: copies.length,
  availableCount: copies.filter(({ item }) => item.state === 'on-shelf' && item.isForLoan).length,
})
