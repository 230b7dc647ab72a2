/** What is written on an item's tag. */
import type { Item } from '../records.ts'
import { encodeLibraryElements, usualLayout } from './encode-iso-28560-2.ts'
import type { Encoded } from './encode-iso-28560-2.ts'
import { noElements } from './tag-elements.ts'
import { AFI_IN_STOCK, AFI_ON_LOAN } from './tag-security.ts'

/** Of the city: libraries whose tags name another owner are not in it. */
export const CITY_OWNER_ISIL = 'CN-440300'

/** ISO 28560-1: circulating, and not circulating. */
const USAGE_CIRCULATING = '10'
const USAGE_REFERENCE = '20'

/** The memory of `memoryBytes` in whole blocks, or why it cannot be written. */
export const tagOfItem = (
  { barcode, itemType, isForLoan }: Pick<Item, 'barcode' | 'itemType' | 'isForLoan'>,
  { memoryBytes, blockBytes }: { readonly memoryBytes: number; readonly blockBytes: number },
): Encoded =>
  encodeLibraryElements(
    {
      ...noElements,
      primaryItemId: barcode,
      ownerIsil: CITY_OWNER_ISIL,
      typeOfUsage: isForLoan && itemType !== 'reference' ? USAGE_CIRCULATING : USAGE_REFERENCE,
    },
    { ...usualLayout, memoryBytes, blockBytes },
  )

export const afiOfItem = ({ state }: Pick<Item, 'state'>): number =>
  state === 'on-loan' ? AFI_ON_LOAN : AFI_IN_STOCK
