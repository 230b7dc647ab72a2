/** Where the new items of a title will stand, and as what. */
import type { AnswerOf } from '../../../contract/queries.ts'
import type { ItemType } from '../../../domain/records.ts'
import type { BookNumberId } from '../../../domain/words/ids.ts'

export type TitleCard = NonNullable<AnswerOf<'title-card'>>

/** As typed; empty where there is none. */
export interface Place {
  readonly branchId: string
  readonly shelf: string
  readonly callNumber: string
  /** The book number that was taken for it here; null where it was only typed. */
  readonly bookNumber: BookNumberId | null
  readonly itemType: (typeof ItemType)['options'][number]
  readonly price: string
}

/** Copies of a title stand together: what is added beside one is given its call number. */
export function placeAt({ items, title }: TitleCard, branchId: string): Place {
  const beside = items.find(
    ({ item }) => item.homeBranchId === branchId && item.callNumber !== null,
  )?.item
  const priceFen = beside?.priceFen ?? null
  return {
    branchId,
    shelf: beside?.shelf ?? '',
    callNumber: beside?.callNumber ?? title.clc ?? '',
    bookNumber: null,
    itemType: beside?.itemType ?? 'book',
    price: priceFen === null ? '' : String(priceFen / 100),
  }
}
