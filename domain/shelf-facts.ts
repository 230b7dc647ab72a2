/** What numbering, labelling and editing of items looks at. */
import { find, get, getAll, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { carriersOf, freeNumberOf } from './free-numbers.ts'
import type { Item, Title } from './records.ts'
import type {
  BookNumber,
  FormerBarcode,
  LabelSheet,
  NumberScheme,
  SpineLabel,
} from './shelf-records.ts'

export interface ShelfSubject {
  readonly titleId: string | null
  readonly bookNumberId: string | null
  /** Is this number of this class given to a title already? */
  readonly number: {
    readonly schemeId: string
    readonly classNumber: string
    readonly text: string
  } | null
  /** The next number that no copy of another title carries: for the city, which gives it. */
  readonly next: {
    readonly schemeId: string
    readonly classNumber: string
    readonly above: number
  } | null
  readonly itemIds: readonly string[]
  readonly sheetOfBranchId: string | null
  /** Labels about to be stuck on: was one of them replaced once? */
  readonly barcodes: readonly string[]
}

export const onShelves = (named: Partial<ShelfSubject>): ShelfSubject => ({
  titleId: null,
  bookNumberId: null,
  number: null,
  next: null,
  itemIds: [],
  sheetOfBranchId: null,
  barcodes: [],
  ...named,
})

export interface ShelfFacts {
  readonly schemes: readonly NumberScheme[]
  /** The city has their row. */
  readonly hasSchemes: boolean
  readonly title: Title | null
  readonly bookNumber: BookNumber | null
  /** Of the title, in every scheme. */
  readonly numbersOfTitle: readonly BookNumber[]
  /** Its items, as far as this store knows their call numbers. */
  readonly copies: readonly Item[]
  /** Who has the number that was named. */
  readonly numbersAlike: readonly BookNumber[]
  /** Copies at the places of the scheme that carry the number that was named. */
  readonly carriers: readonly Item[]
  /** From which on the numbers of the class are free; null where none was asked for. */
  readonly freeNumber: number | null
  readonly items: ReadonlyMap<string, Item>
  readonly labels: ReadonlyMap<string, SpineLabel>
  readonly sheet: LabelSheet | null
  readonly formerBarcodes: ReadonlyMap<string, FormerBarcode>
}

export const noShelf: ShelfFacts = {
  schemes: [],
  hasSchemes: false,
  title: null,
  bookNumber: null,
  numbersOfTitle: [],
  copies: [],
  numbersAlike: [],
  carriers: [],
  freeNumber: null,
  items: new Map(),
  labels: new Map(),
  sheet: null,
  formerBarcodes: new Map(),
}

export const gatherShelf = (subject: ShelfSubject | null): Gathering<ShelfFacts> =>
  subject === null ? known(noShelf) : gatherNamed(subject)

function* gatherNamed(subject: ShelfSubject): Gathering<ShelfFacts> {
  const { titleId, number } = subject
  const byId = new Map(subject.itemIds.map((id) => [id, id]))
  const [
    schemes,
    title,
    bookNumber,
    numbersOfTitle,
    copies,
    numbersAlike,
    items,
    labels,
    sheet,
    former,
  ] = yield* together(
    get('number-schemes', 'city'),
    get('title', titleId),
    get('book-number', subject.bookNumberId),
    find('bookNumbersOfTitle', titleId === null ? null : [titleId]),
    find('itemsOfTitle', titleId === null ? null : [titleId]),
    find('bookNumbersAlike', number && [number.schemeId, number.classNumber, number.text]),
    getAll('item', byId),
    getAll('spine-label', byId),
    get('label-sheet', subject.sheetOfBranchId),
    together(...subject.barcodes.map((one) => find('formerBarcodes', [one]))),
  )
  const all = schemes?.schemes ?? []
  const carriers = yield* carriersOf(all, number)
  const freeNumber = yield* freeNumberOf(all, subject.next)
  return {
    carriers,
    freeNumber,
    schemes: all,
    hasSchemes: schemes !== null,
    title,
    bookNumber,
    numbersOfTitle,
    copies,
    numbersAlike,
    items,
    labels,
    sheet,
    formerBarcodes: new Map(
      subject.barcodes.flatMap((barcode, index) => {
        const row = former[index]?.[0]
        return row === undefined ? [] : [[barcode, row] as const]
      }),
    ),
  }
}

/** The item whose label was replaced by another one. */
export function* itemFormerly(barcode: string | null): Gathering<Item | null> {
  const [former] = yield* find('formerBarcodes', barcode === null ? null : [barcode])
  return yield* get('item', former?.itemId ?? null)
}
