import type { ShelfRefusalWords } from './refusal-words.ts'

export const shelfRefusalsEn: ShelfRefusalWords = {
  'unknown-scheme': {
    title: 'No such scheme',
    what: 'This desk has no such book-number scheme.',
    why: 'It may have been changed just now, or has not arrived here.',
    next: 'Look again once the line is back, or choose another scheme.',
  },
  'scheme-changed-elsewhere': {
    title: 'Changed at another desk',
    what: 'The scheme is not what the screen shows.',
    why: 'Another desk saved it first; writing now would cover that.',
    next: 'Look at it as it is now, and change it again.',
  },
  'place-in-other-scheme': {
    title: 'Numbered in another scheme',
    what: '“{{branch}}” “{{shelf}}” is of “{{scheme}}” already.',
    why: 'Books of one place are numbered in one sequence.',
    next: 'Take it out of that scheme first.',
  },
  'place-twice': {
    title: 'A place is there twice',
    what: '“{{branch}}” “{{shelf}}” stands twice in this scheme.',
    why: 'Without a shelf, a place is the whole branch.',
    next: 'Take one of the lines away.',
  },
  'class-not-well-formed': {
    title: 'Not a class number',
    what: '“{{class}}” is not a well-formed class number.',
    why: 'A class begins with a letter; its digits have a point after each third.',
    next: 'Correct it from the record.',
  },
  'title-has-book-number': {
    title: 'The title has a book number',
    what: 'In this scheme it is “{{number}}”.',
    why: 'Copies and volumes of a title share one book number.',
    next: 'Use that one; where a label is on the spine already, print it again.',
  },
  'book-number-taken': {
    title: 'The number belongs to another title',
    what: '“{{number}}” of {{class}} was given to another title.',
    why: 'Two titles with one call number cannot be told apart on the shelf.',
    next: 'Take another number; where labels are on already, label one of the two again.',
  },
  'book-number-provisional': {
    title: 'Book number to come',
    what: 'This desk holds no numbers of this class.',
    why: 'The line is down, and the city gives the numbers.',
    next: 'Add the items as usual: the number comes with the line, and the labels after it.',
  },
  'numbered-by-hand': {
    title: 'Numbered by hand',
    what: 'This scheme counts its numbers; this one was typed.',
    why: 'It may meet a number that another room holds.',
    next: 'Make sure that the book had this number before.',
  },
  'call-number-provisional': {
    title: 'No label without a number',
    what: '{{barcode}}: the call number “{{callNumber}}” has no number yet.',
    why: 'A provisional number is not put on a book.',
    next: 'Print it once the city has given the number.',
  },
  'call-number-changed': {
    title: 'The call number has changed',
    what: '{{barcode}} is no longer “{{callNumber}}”.',
    why: 'Somebody has just changed it.',
    next: 'Look at the list again and print the new one.',
  },
  'item-changed-elsewhere': {
    title: 'Changed at another desk',
    what: '{{barcode}} is now “{{callNumber}}”, or its shelf, type or price changed.',
    why: 'Another desk saved it first.',
    next: 'Look at it as it is now, and change it again.',
  },
  'withdrawn-while-lent': {
    title: 'A reader has it',
    what: '{{barcode}} has not come back yet.',
    why: 'What is on loan is not withdrawn.',
    next: 'Wait for its return, or tell it lost.',
  },
  'last-of-title': {
    title: 'The last copy of the city',
    what: '{{barcode}} was the last copy of its title in the city; it is withdrawn.',
    why: 'No other copy is on a shelf, on loan or on its way.',
    next: 'To keep it, undo this under Today and send it to the store.',
  },
  'item-kept-for-reader': {
    title: 'Kept for a reader',
    what: '{{barcode}} is kept for somebody who asked for it.',
    why: 'A reader waits for this copy.',
    next: 'Take it off the hold shelf first, or give the reader another copy.',
  },
  'same-barcode': {
    title: 'It has this barcode already',
    what: '{{barcode}} is the barcode of this item.',
    why: 'There is nothing to replace.',
    next: 'Scan the new label.',
  },
  'title-has-items': {
    title: 'The title has items by now',
    what: '{{count}} items were added since the import, {{barcode}} among them.',
    why: 'Taking the import back would leave them without a title.',
    next: 'Take the adding of the items back first, then the import.',
  },
}
