import type { ReaderRefusalWords } from './refusal-words.ts'

export const readerRefusalsEn: ReaderRefusalWords = {
  'card-replaced': {
    title: 'An old card, replaced since',
    what: '{{card}} has a successor.',
    why: 'Whoever found the old card might use it.',
    next: 'Look at the person, better still at the new card; override with a reason.',
  },
  'renewal-blocked': {
    title: 'Renewals suspended',
    what: 'Until {{until}}. {{reason}}',
    why: 'Nothing is renewed during a suspension.',
    next: 'The branch head overrides, or lifts the suspension.',
  },
  'reader-to-be-completed': {
    title: 'Reader to be completed',
    what: 'Nothing is registered for this card yet.',
    why: 'Until it is, the record only keeps what happened.',
    next: 'Bind it to a real reader under Exceptions first.',
  },
  'card-replaced-elsewhere': {
    title: 'Replaced elsewhere too',
    what: 'The main card is {{card}} now.',
    why: 'Two desks gave out a new card; the reader has both in hand.',
    next: 'Both are good; take one back and report it lost.',
  },
  'unknown-card': {
    title: 'Not a card of this reader',
    what: 'This reader has no such number.',
    why: 'Only a reader’s own card is reported lost or found.',
    next: 'Check the number, or open the reader anew.',
  },
  'card-not-lost': {
    title: 'Not reported lost',
    what: 'This card is not reported lost.',
    why: 'Only a lost card can be found.',
    next: 'Nothing is left to do.',
  },
  'suspension-in-past': {
    title: 'The day is past',
    what: 'The last day of the suspension lies before today.',
    why: 'A suspension begins today.',
    next: 'Choose today or later, or leave it empty for no end.',
  },
  'suspended-longer': {
    title: 'Suspended for longer already',
    what: 'Until {{until}}.',
    why: 'Of two suspensions the later day and the wider reach hold.',
    next: 'To shorten it, lift it first.',
  },
  'not-suspended': {
    title: 'Not suspended',
    what: 'This reader is not suspended now.',
    why: 'It has run out, or another desk lifted it.',
    next: 'Nothing is left to do.',
  },
  'same-category': {
    title: 'Nothing changes',
    what: 'Category and deposit are what they were.',
    why: 'There is nothing to record.',
    next: 'Choose another category, or change the deposit.',
  },
  'nothing-to-extend': {
    title: 'Nothing to extend',
    what: 'The card is good until {{until}}.',
    why: 'Counted from today it would not run longer.',
    next: 'Nothing is left to do.',
  },
  'unknown-message': {
    title: 'No such message',
    what: 'This desk does not know the message.',
    why: 'It is another reader’s, or has not arrived here yet.',
    next: 'Open the reader anew.',
  },
  'message-dismissed': {
    title: 'Told already',
    what: 'The reader was told.',
    why: 'A message is told once.',
    next: 'Nothing is left to do.',
  },
  'same-reader': {
    title: 'One and the same record',
    what: 'Both sides are the same reader.',
    why: 'A merge needs two records.',
    next: 'Scan the other card.',
  },
  'already-merged': {
    title: 'Merged already',
    what: 'This record became part of another.',
    why: 'A record is merged once.',
    next: 'Open the reader that stands now.',
  },
  'persons-differ': {
    title: 'Name or birth date differ',
    what: '{{card}} and {{otherCard}} do not name the same person.',
    why: 'Merged, the loans of two people would be one list.',
    next: 'Look at an identity document before you confirm.',
  },
  'lease-open': {
    title: 'An allowance is still out',
    what: 'Points of the record to be merged lie at a desk.',
    why: 'Only that desk knows what was spent of them.',
    next: 'Return the allowance there, or wait until it ends.',
  },
  'merge-too-large': {
    title: 'Too much to move',
    what: 'The record to be merged has too many loans, fees or entries.',
    why: 'A merge moves everything at once, or nothing.',
    next: 'Turn it round: keep the record with more, merge the one with less.',
  },
  'loans-open': {
    title: 'Items not returned',
    what: '{{count}} items are still on loan.',
    why: 'A closed card can no longer be asked for them.',
    next: 'Take them back first, or settle them as lost.',
  },
}
