/** A hold as a row of a list: its title, and whom it is for as far as this desk knows. */
import type { Hold } from '../../domain/hold-records.ts'
import type { Item } from '../../domain/records.ts'
import { maskedName } from '../../domain/words/masked-name.ts'
import type { Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

export interface HeldRow {
  readonly hold: Hold | null
  readonly item: Item | null
  readonly title: TitleRow | null
  /** Masked; null where the desk does not hold the reader. */
  readonly reader: { readonly name: string; readonly cardTail: string } | null
}

interface Pair {
  readonly hold: Hold | null
  readonly item: Item | null
}

export function heldRows({ replica, catalogue }: Stores, pairs: readonly Pair[]): HeldRow[] {
  const titleIds = pairs.map(({ hold, item }) => hold?.titleId ?? item?.titleId)
  const titleOf = titleRows(catalogue, titleIds)
  return pairs.map(({ hold, item }, at) => {
    const reader = hold === null ? null : replica.row('reader', hold.readerId)
    return {
      hold,
      item,
      title: titleOf(titleIds[at]),
      reader:
        reader === null
          ? null
          : { name: maskedName(reader.name), cardTail: reader.cardNumber.slice(-4) },
    }
  })
}
