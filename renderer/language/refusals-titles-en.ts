import type { TitleRefusalWords } from './refusal-words.ts'

export const titleRefusalsEn: TitleRefusalWords = {
  'same-title': {
    title: 'One and the same title',
    what: 'Both that were chosen are the same record.',
    why: 'A merge needs one that stays and one that goes.',
    next: 'Choose another one.',
  },
  'titles-merged-already': {
    title: 'Merged already',
    what: 'These two were merged elsewhere.',
    why: 'Where two desks merge at once, the first to reach the city counts.',
    next: 'Nothing is left to do.',
  },
  'title-without-record': {
    title: 'No full record',
    what: 'One of them is a title typed at a counter.',
    why: 'It stands for the one book in a hand and is never merged by its words.',
    next: 'Give its item a real title under exceptions.',
  },
  'title-too-large': {
    title: 'Too much hangs on it',
    what: 'The title that would go has 500 items or holds, or more.',
    why: 'One operation cannot move as many.',
    next: 'Merge the other way: keep the one with more items.',
  },
  'title-kinds-differ': {
    title: 'Different kinds',
    what: 'The two are of different kinds of material.',
    why: 'A book is seldom the same as a disc or a serial.',
    next: 'Look again before you merge.',
  },
  'profiles-differ': {
    title: 'Different formats',
    what: 'The records are of different formats; neither can take fields of the other.',
    why: 'One tag means different things in the two.',
    next: 'Keep one of them whole, or convert it first.',
  },
  'merge-choices-dropped': {
    title: 'No fields taken over',
    what: 'One of them became part of another title; they are merged, and no field is taken.',
    why: 'Nobody compared the two that stand now.',
    next: 'Edit the record that stays, where needed.',
  },
  'title-suppressed-already': {
    title: 'Hidden already',
    what: 'Readers do not see this title.',
    why: 'It was hidden before, here or elsewhere.',
    next: 'Nothing is left to do.',
  },
  'title-not-suppressed': {
    title: 'Readers see it',
    what: 'This title is not hidden from readers.',
    why: 'It was shown again before, here or elsewhere.',
    next: 'Nothing is left to do.',
  },
  'one-is-suppressed': {
    title: 'One of them is hidden',
    what: 'Readers do not see one of the two titles.',
    why: 'After the merge it is as with the title that stays: shown or hidden as it was.',
    next: 'Look which one stays; change what readers see, where needed.',
  },
  'records-left': {
    title: 'Some records left as they are',
    what: '{{count}} records were not changed.',
    why: 'The fix has nothing to do there, would leave no title, or the record is gone.',
    next: 'Nothing is left to do.',
  },
  'records-changed-since': {
    title: 'Some records changed since',
    what: '{{count}} records stay as they are now.',
    why: 'Somebody changed them after the batch; taking it back would cover that.',
    next: 'Open them one by one and edit where needed.',
  },
}
