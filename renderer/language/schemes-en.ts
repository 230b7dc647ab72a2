import type { schemesZh } from './schemes-zh-CN.ts'

export const schemesEn: typeof schemesZh = {
  title: 'Book-number schemes',
  none: 'No scheme yet',
  noneHint:
    'A scheme is a group of places that share book numbers: within a class no two titles there have the same one.',
  begin: 'New scheme',
  choose: 'Choose a scheme',
  chooseHint: 'Or begin a new one.',
  mayNot: 'Reviewers and branch heads change schemes.',
  nameZh: 'Name in Chinese',
  nameEn: 'Name in English',
  numbersBy: 'Numbers are',
  by: { sequence: 'counted (book numbers)', author: 'typed (author numbers)' },
  blockSize: 'Numbers in a block',
  blockDays: 'Days a block is good for',
  places: 'Places that share it',
  place: 'Place {{number}}: {{field}}',
  branch: 'Branch',
  shelf: 'Shelf (empty: all)',
  addPlace: 'Add a place',
  removePlace: 'Remove place {{number}}',
  save: 'Save for the city',
  saved: 'Saved',
  count: '{{count}} places',
}
