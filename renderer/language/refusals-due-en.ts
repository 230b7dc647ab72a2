import type { DueRefusalWords } from './refusal-words.ts'

export const dueRefusalsEn: DueRefusalWords = {
  'returned-late-hours': {
    title: 'Returned after the hour',
    what: '{{hours}} hours late, fee {{fee}}.',
    why: 'A loan of hours ends by the clock; hours behind closed doors are free.',
    next: 'A fee is on the card; tell the reader.',
  },
  'due-date-beyond-policy': {
    title: 'Later than the policy allows',
    what: 'The policy says {{dueOn}} at the latest.',
    why: 'Somebody answers for a longer loan.',
    next: 'Choose an earlier date, or override with a reason.',
  },
  'due-date-after-card': {
    title: 'Due after the card expires',
    what: 'The card is good until {{expiresOn}}.',
    why: 'With an expired card the reader cannot renew.',
    next: 'Extend the card first, or choose an earlier date.',
  },
  'nothing-owed': {
    title: 'Money taken, and nothing owed',
    what: '{{excess}} too much.',
    why: 'The fee was settled or waived elsewhere before the money was taken.',
    next: 'It is in the ledger; hand it back from the exception.',
  },
}
