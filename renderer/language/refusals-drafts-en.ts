import type { DraftRefusalWords } from './refusal-words.ts'

export const draftRefusalsEn: DraftRefusalWords = {
  'unknown-draft': {
    title: 'No such draft',
    what: 'This desk holds no such draft.',
    why: 'It may not have reached this desk yet.',
    next: 'Look again after the next update.',
  },
  'draft-of-other': {
    title: 'Draft of somebody else',
    what: 'Another cataloguer began this draft.',
    why: 'A draft is worked on by whoever began it, or by a reviewer.',
    next: 'Ask whoever began it, or a reviewer.',
  },
  'draft-saved-elsewhere': {
    title: 'Draft saved elsewhere',
    what: 'The draft now stands at saving {{revision}}.',
    why: 'What was on the screen is not the latest; writing it would cover that.',
    next: 'Open the draft again, compare, and go on.',
  },
  'draft-state-differs': {
    title: 'Draft has moved on',
    what: 'The draft was submitted, returned, published or discarded meanwhile.',
    why: 'Each step follows the one before.',
    next: 'Open the draft and look at its state.',
  },
  'record-faulty': {
    title: 'Faults in the record',
    what: '{{count}} rules are broken: {{rules}}.',
    why: 'A faulty record does not enter the union catalogue.',
    next: 'Correct it by the rules, then submit again.',
  },
  'record-without-title': {
    title: 'No title',
    what: 'The record has no title proper.',
    why: 'A record without a title cannot be found.',
    next: 'Enter the title proper.',
  },
  'record-changed-elsewhere': {
    title: 'Record changed elsewhere',
    what: 'Fields changed on both sides: {{tags}}.',
    why: 'The same record was published elsewhere since this was begun; neither value covers the other.',
    next: 'Compare the two, choose, and publish again; the draft is kept as it is.',
  },
  'record-doubtful': {
    title: 'Doubts about the record',
    what: '{{count}} warnings: {{rules}}.',
    why: 'These rules warn and do not stop.',
    next: 'Look at them before the review.',
  },
}
