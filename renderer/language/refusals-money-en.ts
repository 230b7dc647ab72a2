import type { MoneyRefusalWords } from './refusal-words.ts'

export const moneyRefusalsEn: MoneyRefusalWords = {
  'fee-of-other-reader': {
    title: 'Fee of another reader',
    what: 'One of the fees is now in the name of another reader.',
    why: 'A card that nobody knew was bound to its reader meanwhile.',
    next: 'Open the reader again, then take the payment.',
  },
  'payment-exceeds-owed': {
    title: 'Too much taken',
    what: 'Only {{owed}} is owed; {{excess}} is too much.',
    why: 'A part of it may have been paid or waived elsewhere.',
    next: 'Take what is owed; give the rest back.',
  },
  'no-excess': {
    title: 'Nothing to give back',
    what: 'Not so much was paid beyond what was owed.',
    why: 'It may have gone back already, or the payment was reversed.',
    next: 'Look at the ledger; where it is done with, accept it as it is.',
  },
  'no-open-till': {
    title: 'No open till',
    what: 'This desk has no open till: this cash is counted in none.',
    why: 'Cash must agree with the count of a till.',
    next: 'Open the till first, or override with a reason.',
  },
  'charge-unexplained': {
    title: 'No explanation',
    what: 'A charge of the kind “other” says what it is for.',
    why: 'Reader and accounts must be able to understand it.',
    next: 'Fill in what it is for.',
  },
  'charge-of-no-item': {
    title: 'No item named',
    what: 'A charge for loss is about one item.',
    why: 'It is a multiple of the price.',
    next: 'Scan the item, or choose it from the loans.',
  },
  'cause-not-charged': {
    title: 'Not charged here',
    what: 'The policy has no such charge.',
    why: 'Charges are those of the city’s policy.',
    next: 'Choose another cause.',
  },
  'charge-out-of-bounds': {
    title: 'Sum outside the policy',
    what: 'It is {{min}} to {{max}}.',
    why: 'Charges are those of the city’s policy.',
    next: 'Change the sum, or ask the branch head.',
  },
  'waiver-exceeds-owed': {
    title: 'Waives too much',
    what: 'Only {{owed}} is owed.',
    why: 'A part of it may have been paid or waived elsewhere.',
    next: 'Waive what is owed.',
  },
  'waiver-above-limit': {
    title: 'Above the limit of waivers',
    what: 'Staff waives {{waiveMax}} of a fee at most.',
    why: 'A larger waiver is looked at by a second person.',
    next: 'Ask the branch head.',
  },
  'nothing-to-replace': {
    title: 'Nothing to replace',
    what: 'This is no charge for loss.',
    why: 'Only a lost item is made good by the same edition.',
    next: 'Take a payment, or waive it.',
  },
  'till-open-already': {
    title: 'Till is open already',
    what: 'This desk has an open till.',
    why: 'A desk has one open till at a time.',
    next: 'Count and close it first.',
  },
  'till-of-other-desk': {
    title: 'Till of another desk',
    what: 'This till was not opened here.',
    why: 'A till is counted by the desk that opened it.',
    next: 'Go to that desk, or ask the branch head to close it.',
  },
  'unknown-till': {
    title: 'Unknown till',
    what: 'This desk has no record of this till.',
    why: 'It was taken back, or is of another branch.',
    next: 'Open the till screen again.',
  },
  'till-closed': {
    title: 'Till is closed',
    what: 'This till is counted already.',
    why: 'A till is counted once.',
    next: 'Open the till screen again.',
  },
  'difference-unexplained': {
    title: 'The count differs',
    what: 'Expected {{expected}}; the difference is {{difference}}.',
    why: 'A difference needs a reason before the till is closed.',
    next: 'Count again; if it still differs, say why.',
  },
  'count-differs': {
    title: 'The count differs',
    what: 'Expected {{expected}}; the difference is {{difference}}.',
    why: 'What was counted is not what was expected; the reason is kept.',
    next: 'Give it to the branch head to look at.',
  },
}
