/** Of call numbers, spine labels and the labels of items. */
export const shelfRefusals = [
  'unknown-scheme',
  'scheme-changed-elsewhere',
  'place-in-other-scheme',
  'place-twice',
  'class-not-well-formed',
  'title-has-book-number',
  'book-number-taken',
  'book-number-provisional',
  'numbered-by-hand',
  'call-number-provisional',
  'call-number-changed',
  'item-changed-elsewhere',
  'withdrawn-while-lent',
  'last-of-title',
  'item-kept-for-reader',
  'same-barcode',
  'title-has-items',
] as const
export type ShelfRefusal = (typeof shelfRefusals)[number]
