import type { duplicatesZh } from './quality-zh-CN.ts'

/** Operations on titles as a whole, as the day's list names them. */
export const titleKindsEn = {
  'title.merge': 'Titles merged',
  'title.suppress': 'Title hidden from readers',
  'title.unsuppress': 'Title shown to readers again',
  'title.set-apart': 'Titles told apart',
  'title.correct': 'Records corrected in a batch',
  'title.take-back': 'Batch taken back',
}

/** Titles that might be one. */
export const duplicatesEn: typeof duplicatesZh = {
  title: 'Duplicates',
  groups: 'Possible duplicates',
  none: 'No duplicates found',
  noneHint: 'The whole catalogue was looked through. Look again when new titles come.',
  choose: 'Choose a group',
  chooseHint: 'Each group on the left may be one work; the arrow keys choose.',
  certain: 'Most likely one work',
  likely: 'Perhaps one work',
  byIsbn: 'Same ISBN',
  byWords: 'Same title, author and publication',
  more: 'Look further',
  fromStart: 'From the start',
  looked: '{{count}} groups on this page; the rest of the catalogue is still to be looked through.',
  end: '{{count}} groups on this page; the whole catalogue was looked through.',
  keep: 'Stays',
  goes: 'Goes',
  work: 'Title',
  members: 'Titles of this group',
  member: '{{publisher}}, {{year}}, {{items}} items',
  swap: 'Swap',
  apart: 'Not duplicates',
  merge: 'Merge',
  compare: 'Field by field',
  tag: 'Field',
  take: 'Take',
  mine: 'The one that stays',
  theirs: 'The one that goes',
  both: 'Both',
  same: 'The two records say exactly the same.',
  follows:
    '{{count}} items go over to the title that stays, and holds and drafts with them. The numbers of the one that goes will lead here.',
  merged: 'Merged',
  mergedDetail: 'Moved: {{items}} items, {{holds}} holds, {{drafts}} drafts. Undo it under Today.',
  setApart: 'Noted; not proposed again',
  noRecord: 'This one has no full record and cannot be merged.',
}
