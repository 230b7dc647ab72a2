import type { shelfListZh } from './shelf-list-zh-CN.ts'

export const shelfListEn: typeof shelfListZh = {
  title: 'Shelf list',
  shelf: 'Shelf',
  all: 'All shelves',
  unnamed: 'Without a shelf',
  from: 'Call number from',
  to: 'to',
  count: '{{count}} items in shelf order. Scan a book to find its place.',
  none: 'Nothing stands here',
  noneHint:
    'Choose another shelf, or other call numbers. Only items of this branch with a call number are listed.',
  notHere:
    '{{barcode}} does not stand here: it may be of another shelf, another branch, or have no call number.',
  down: 'Next item',
  up: 'Item before',
  pageDown: 'A screen down',
  pageUp: 'A screen up',
  first: 'First item',
  last: 'Last item',
  open: 'Open the item',
}
