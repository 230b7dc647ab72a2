import type { CopyRefusalWords } from './refusal-words.ts'

export const copyRefusalsEn: CopyRefusalWords = {
  'unknown-copy-target': {
    title: 'No such source',
    what: 'This desk holds no such source of records.',
    why: 'It was removed, or has not reached this desk yet.',
    next: 'Look again after the next update, or choose another source.',
  },
  'copy-target-changed': {
    title: 'Source changed elsewhere',
    what: 'What is on the screen is not the latest.',
    why: 'Writing it would cover what was changed elsewhere.',
    next: 'Look at the source as it is now, and change it again.',
  },
  'copy-target-invalid': {
    title: 'Settings do not fit',
    what: 'The address or an index is not one of this kind of source.',
    why: 'An address holds no user name and no blank; at least one index is needed.',
    next: 'Compare with the example beside it.',
  },
  'copy-target-not-trusted': {
    title: 'Records of this source are reviewed',
    what: 'Records of {{source}} do not enter the catalogue at once.',
    why: 'Cataloguers take in at once only what comes from a source that the city trusts.',
    next: 'Take it into a draft and submit it, or ask a reviewer to take it in.',
  },
  'title-known-already': {
    title: 'Title known already',
    what: 'A title with this control number is here: {{title}}.',
    why: 'One book has one title.',
    next: 'Choose it among our own titles and merge; items need no copying.',
  },
  'protection-changed': {
    title: 'Protection changed elsewhere',
    what: 'What is on the screen is not the latest.',
    why: 'Writing it would cover what was changed elsewhere.',
    next: 'Look at the rules as they are now, and change them again.',
  },
}
