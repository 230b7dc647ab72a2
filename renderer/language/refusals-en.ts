import type {
  AllAdviceWords,
  AllFailureWords,
  AllNoDeviceWords,
  AllReasonWords,
  AllRefusalWords,
} from './refusal-words.ts'
import { authorityRefusalsEn } from './refusals-authorities-en.ts'
import { copyRefusalsEn } from './refusals-copy-en.ts'
import { shelfRefusalsEn } from './refusals-shelf-en.ts'
import { draftRefusalsEn } from './refusals-drafts-en.ts'
import { serialRefusalsEn } from './refusals-serials-en.ts'
import { titleRefusalsEn } from './refusals-titles-en.ts'
import { dueRefusalsEn } from './refusals-due-en.ts'
import { itemRefusalsEn } from './refusals-items-en.ts'
import { holdRefusalsEn } from './refusals-holds-en.ts'
import { ledgerRefusalsEn } from './refusals-ledger-en.ts'
import { moneyRefusalsEn } from './refusals-money-en.ts'
import { ruleRefusalsEn } from './refusals-rules-en.ts'
import { readerRefusalsEn } from './refusals-readers-en.ts'

export const refusalsEn: AllRefusalWords = {
  ...ledgerRefusalsEn,
  ...itemRefusalsEn,
  ...moneyRefusalsEn,
  ...readerRefusalsEn,
  ...holdRefusalsEn,
  ...ruleRefusalsEn,
  ...dueRefusalsEn,
  ...draftRefusalsEn,
  ...serialRefusalsEn,
  ...copyRefusalsEn,
  ...authorityRefusalsEn,
  ...shelfRefusalsEn,
  ...titleRefusalsEn,
  'deposit-differs': {
    title: 'The deposit does not add up',
    what: 'After this the deposit is {{held}}, not {{told}}.',
    why: 'Another desk took or handed back this reader’s deposit just now.',
    next: 'Open the reader again and go by the deposit as it is now.',
  },
  'deposit-short': {
    title: 'Deposit too small',
    what: 'This kind of card asks for {{asked}}; {{held}} is held.',
    why: 'The category of the card sets its deposit.',
    next: 'Take the rest of the deposit, or choose another category.',
  },
  'deposit-held': {
    title: 'Deposit not handed back',
    what: 'A deposit of {{held}} is still held.',
    why: 'Handing it back goes into the ledger and the till.',
    next: 'First set the deposit to 0 under the category and hand it back, then close the card.',
  },
  'request-refused': {
    title: 'The desk said done, the city did not accept it',
    what: 'The reader was told while the line was down; by then it did not hold any more.',
    why: 'The desk could not see what had just happened elsewhere.',
    next: 'Stand by what was said, or tell the reader that it was not done.',
  },
  'line-recorded-already': {
    title: 'Recorded before',
    what: 'This line of the offline file is recorded already.',
    why: 'The same file was taken here or at another desk.',
    next: 'Nothing to do: it was not recorded twice.',
  },
  'unknown-item': {
    title: 'Unknown barcode',
    what: 'This desk has no record of this barcode.',
    why: 'A new item not yet catalogued, or a misread label.',
    next: 'Scan again. With the item in hand, go on: a record to complete is kept.',
  },
  'card-blocked-in-city': {
    title: 'Card blocked in the city',
    what: 'This card may not borrow until {{until}}.',
    why: 'The city has blocked it; this desk holds no more about its reader.',
    next: 'Do not lend. Look the reader up when online, or send them to their library.',
  },
  'item-on-loan-elsewhere': {
    title: 'On loan elsewhere',
    what: 'The city has this item on loan to somebody.',
    why: 'Lent at another library, or its return was not scanned.',
    next: 'With the item in hand: return it for them and lend it to this reader.',
  },
  'loan-elsewhere': {
    title: 'Lent elsewhere',
    what: 'The loan is known to the city, not to this desk.',
    why: 'It was lent at another library.',
    next: 'Nothing more to do: the loan closes as soon as the city hears of it.',
  },
  'unknown-reader': {
    title: 'Unknown card',
    what: 'This desk has no record of this card.',
    why: 'A reader of another service point, a card just made, or not a card of this city.',
    next: 'Scan again, or register the reader. Card and items in hand, go on: a record to complete is kept.',
  },
  'barcode-ambiguous': {
    title: 'Barcode on several items',
    what: 'More than one item carries this barcode.',
    why: 'The label was used twice.',
    next: 'Find the item by its title and give it a new label.',
  },
  'card-lost': {
    title: 'Card reported lost',
    what: 'This card was reported lost and cannot be used.',
    why: 'Its holder told us so.',
    next: 'Check who it is; take the report back or replace the card.',
  },
  'card-closed': {
    title: 'Card closed',
    what: 'This card was closed and cannot be used.',
    why: 'The reader gave it back.',
    next: 'Register the reader again.',
  },
  'card-expired': {
    title: 'Card expired',
    what: 'Valid until {{expiresOn}}.',
    why: 'An expired card does not borrow by itself.',
    next: 'Check the person, then override, and extend the card.',
  },
  'reader-blocked': {
    title: 'Blocked',
    what: 'Blocked until {{until}}. {{reason}}',
    why: 'A blocked reader does not borrow.',
    next: 'Ask the branch head to override, or come back later.',
  },
  'debt-above-limit': {
    title: 'Debt above the limit',
    what: 'Owes {{owed}}, the limit is {{limit}}.',
    why: 'Above the limit nothing is lent by itself.',
    next: 'Take the payment first, or override.',
  },
  'item-limit-reached': {
    title: 'Item limit reached',
    what: '{{count}} on loan, the limit is {{limit}}.',
    why: 'Each kind of card has a limit.',
    next: 'Return something first, or override.',
  },
  'class-limit-reached': {
    title: 'Limit of its kind reached',
    what: '{{count}} $t(loanClass.{{loanClass}}) on loan, the limit is {{limit}}.',
    why: 'Chinese, foreign and audio-visual loans are counted apart.',
    next: 'Return something first, or override.',
  },
  'reader-has-overdue': {
    title: 'Another item is overdue',
    what: 'The first was due on {{dueOn}}.',
    why: 'It stops renewals, not loans.',
    next: 'Remind the reader to return it.',
  },
  'guardian-missing': {
    title: 'Guardian missing',
    what: 'A reader under fourteen needs a guardian.',
    why: 'The guardian answers for the card.',
    next: 'Scan the card of the guardian; register the guardian first if needed.',
  },
  'item-on-loan': {
    title: 'On loan to someone else',
    what: 'Still on loan to {{reader}}, due {{dueOn}}.',
    why: 'Its return was probably not scanned.',
    next: 'With the item in hand: return it for them and lend it to this reader.',
  },
  'already-on-loan-to-reader': {
    title: 'Already with this reader',
    what: 'This reader has it, due {{dueOn}}.',
    why: 'An item is not lent twice.',
    next: 'Renew it if the reader wants it longer.',
  },
  'item-withdrawn': {
    title: 'Withdrawn',
    what: 'This item left the collection.',
    why: 'Withdrawn items are not lent.',
    next: 'Keep it and send it to the workroom.',
  },
  'item-not-for-loan': {
    title: 'Not for loan',
    what: 'This item stays in the building.',
    why: 'Reference items are read here.',
    next: 'Offer a seat, or override.',
  },
  'item-was-lost': {
    title: 'Was lost',
    what: 'It was recorded as lost and is here now.',
    why: 'The record and the item differ.',
    next: 'Go on: it counts as found. Tell the branch head if it was paid for.',
  },
  'item-damaged': {
    title: 'Damage on record',
    what: 'Damage: {{note}}',
    why: 'It was noted before.',
    next: 'Look at it together with the reader.',
  },
  'item-in-transit': {
    title: 'In transit',
    what: 'The record says it is on its way.',
    why: 'No branch has received it yet.',
    next: 'Go on: that ends the transit.',
  },
  'item-held-for-another': {
    title: 'Held for another',
    what: '{{reader}} waits for it.',
    why: 'A hold comes first.',
    next: 'Put it on the hold shelf, or override.',
  },
  'adult-item-for-juvenile': {
    title: 'Adult item, juvenile card',
    what: 'This item is meant for adults.',
    why: 'Worth a look.',
    next: 'Ask the parent or the reader.',
  },
  'due-date-moved': {
    title: 'Due date moved',
    what: 'Moved from {{from}} to {{to}}.',
    why: 'The library is closed that day.',
    next: 'Tell the reader the new date.',
  },
  'due-date-in-past': {
    title: 'Due date in the past',
    what: 'The chosen due date is over.',
    why: 'A due date is today or later.',
    next: 'Choose another date.',
  },
  'no-loan-rule': {
    title: 'No loan rule',
    what: 'No rule says how long this reader may keep this item.',
    why: 'Without a rule nothing is lent.',
    next: 'Tell the branch head, or choose a due date.',
  },
  'facts-old': {
    title: 'Older facts',
    what: 'The facts on this desk are {{hours}} hours old.',
    why: 'The line is down; work done elsewhere is not seen yet.',
    next: 'Go on; it is checked when the line is back.',
  },
  'clock-suspect': {
    title: 'The date is to be checked',
    what: 'The desk wrote {{onDesk}}; it arrived on {{arrivedOn}}.',
    why: 'The desk’s clock could not be trusted, and due dates and fees were counted by it.',
    next: 'Look whether the due date is right; tell the reader where it is not.',
  },
  'order-doubtful': {
    title: 'What came first is doubtful',
    what: 'The desk wrote {{onDesk}} and did not know all; the latest that the city knows of the item is of {{inCity}}.',
    why: 'A clock could not be trusted, so a lending and a return may stand in the wrong order.',
    next: 'Look where the item is, and whether the loan on record is the right one.',
  },
  'edited-elsewhere': {
    title: 'Edited at two desks',
    what: 'It was: {{theirs}}. The later edit says: {{mine}}.',
    why: 'Two desks edited the same field; the later one had not seen the earlier.',
    next: 'Compare both and keep one.',
  },
  'unknown-staff': {
    title: 'No such member of staff',
    what: 'This person is unknown, or no longer active.',
    why: 'The list of staff may have changed just now.',
    next: 'Choose somebody else.',
  },
  'staff-may-not-settle': {
    title: 'May not settle exceptions',
    what: '{{name}} has no right to settle exceptions.',
    why: 'A branch head settles exceptions.',
    next: 'Give it to a branch head.',
  },
  'nothing-to-bind': {
    title: 'Nothing to bind',
    what: 'This exception has no placeholder that could be bound.',
    why: 'It was settled meanwhile, or its story is too long to be moved at once.',
    next: 'Choose another way.',
  },
  'bound-to-placeholder': {
    title: 'That is a placeholder too',
    what: 'What was entered has only a placeholder itself.',
    why: 'A placeholder is not bound to a placeholder.',
    next: 'Enter a label or card with a record of its own.',
  },
  'would-be-lent-twice': {
    title: 'Somebody has it already',
    what: 'The record says {{reader}} has it, due {{dueOn}}.',
    why: 'Bound to it, one item would have two open loans.',
    next: 'Make sure it is this item; then settle it as lent to two readers.',
  },
  'not-on-loan': {
    title: 'Not on loan',
    what: 'No loan of this item is known.',
    why: 'Read in the house, or returned before.',
    next: 'Nothing to do; counted as used in the house.',
  },
  'returned-late': {
    title: 'Returned late',
    what: '{{days}} days late, fee {{fee}}.',
    why: 'Past the due date; closed days are free.',
    next: 'The fee is on the card; tell the reader.',
  },
  'belongs-elsewhere': {
    title: 'Belongs elsewhere',
    what: 'This item belongs to {{branch}}.',
    why: 'Returns are taken everywhere; items go home.',
    next: 'Put in a transit slip and use the transit box.',
  },
  'hold-waiting': {
    title: 'A reader waits',
    what: '{{reader}} holds this item.',
    why: 'A hold comes first.',
    next: 'Put it on the hold shelf.',
  },
  'loan-disputed': {
    title: 'Disputed loan',
    what: 'Two loans claim this item.',
    why: 'Two desks could not see each other.',
    next: 'Settle it under Exceptions; nothing becomes overdue meanwhile.',
  },
  'loan-closed': {
    title: 'Already returned',
    what: 'This loan has ended.',
    why: 'The item came back.',
    next: 'Nothing to renew.',
  },
  'unknown-loan': {
    title: 'Unknown loan',
    what: 'This desk has no record of this loan.',
    why: 'Perhaps returned elsewhere.',
    next: 'Scan the card again for the latest loans.',
  },
  'renewals-used-up': {
    title: 'Renewals used up',
    what: 'Renewed {{count}} of {{limit}} times.',
    why: 'Renewals are limited.',
    next: 'Return it in time, or override.',
  },
  'renewal-not-allowed': {
    title: 'Cannot be renewed',
    what: 'This kind of item is not renewed.',
    why: 'Periodicals, audio-visual and braille items have a fixed period.',
    next: 'Return it in time, or override.',
  },
  'loan-overdue': {
    title: 'Overdue',
    what: 'It was due on {{dueOn}}.',
    why: 'An overdue item is not renewed.',
    next: 'Return it first, or override.',
  },
  'other-loan-overdue': {
    title: 'Another item is overdue',
    what: 'One was due on {{dueOn}}.',
    why: 'It stops renewals.',
    next: 'Return the overdue item first, or override.',
  },
  'fees-owed': {
    title: 'Unpaid fees',
    what: 'Owes {{owed}}.',
    why: 'Unpaid fees stop renewals.',
    next: 'Take the payment first, or override.',
  },
  'already-damaged': {
    title: 'Damage already noted',
    what: 'Damage was noted before.',
    why: 'Only the note changes.',
    next: 'Nothing to do.',
  },
  'card-number-taken': {
    title: 'Card number in use',
    what: 'This number belongs to another reader.',
    why: 'A number exists once in the city.',
    next: 'Take another card and scan it.',
  },
  'possible-duplicate': {
    title: 'May have a card already',
    what: 'Same name and birth date: card {{card}}.',
    why: 'One person, one card.',
    next: 'Make sure it is somebody else, then override.',
  },
  'unknown-category': {
    title: 'Unknown category',
    what: 'The category is not in the rules.',
    why: 'It decides limits and periods.',
    next: 'Choose another.',
  },
  'consent-missing': {
    title: 'Consent missing',
    what: 'Under fourteen the guardian consents.',
    why: 'The law protects the data of children.',
    next: 'Ask the guardian here and tick the box.',
  },
  'too-young': {
    title: 'Too young',
    what: 'Aged {{age}}; a card is given from {{min}}.',
    why: 'There is a lowest age.',
    next: 'Use a card of the parents.',
  },
  'unknown-operation': {
    title: 'Unknown operation',
    what: 'This desk has no record of it.',
    why: 'Perhaps another desk did it.',
    next: 'Undo it at that desk.',
  },
  'already-undone': {
    title: 'Undone before',
    what: 'This operation was undone.',
    why: 'It is undone once.',
    next: 'Nothing to do.',
  },
  'changed-since': {
    title: 'Something came after',
    what: 'A later operation changed the same record.',
    why: 'Undoing the earlier one would break the later one.',
    next: 'Undo from the newest back.',
  },
  'not-undoable': {
    title: 'Cannot be undone',
    what: 'This kind of operation is not undone.',
    why: 'An undo, or one that changed nothing.',
    next: 'Do it again the right way.',
  },
  'other-branch': {
    title: 'Not of this branch today',
    what: 'Only work of this branch and of today is undone here.',
    why: 'Older or other work needs the branch head.',
    next: 'Ask the branch head.',
  },
  'unknown-exception': {
    title: 'Unknown exception',
    what: 'This desk has no record of it.',
    why: 'Perhaps not here yet.',
    next: 'Look again later.',
  },
  'already-settled': {
    title: 'Settled before',
    what: 'Somebody has settled it.',
    why: 'It is settled once.',
    next: 'Nothing to do.',
  },
  'settlement-does-not-fit': {
    title: 'Does not fit',
    what: 'This settlement does not fit this exception.',
    why: 'Each kind has its own.',
    next: 'Choose another.',
  },
  'barcode-taken': {
    title: 'Barcode in use',
    what: 'Barcode {{barcode}} belongs to another item.',
    why: 'A label names one item only; nothing is overwritten.',
    next: 'Check the label of this item.',
  },
  'return-date-in-future': {
    title: 'Return date in the future',
    what: 'The date is after today.',
    why: 'Nothing comes back in the future.',
    next: 'Choose today or earlier.',
  },
}

export const failuresEn: AllFailureWords = {
  'not-signed-in': { title: 'Not signed in', next: 'Sign in and do it again.' },
  'not-allowed': { title: 'Not allowed', next: 'Ask somebody who may, or the branch head.' },
  'bad-request': { title: 'Something is filled in wrongly', next: 'Check it and try again.' },
  'unknown-route': { title: 'Not available', next: 'Open the desk again; otherwise call support.' },
  busy: { title: 'Busy', next: 'Try again in a moment.' },
  'disk-full': { title: 'The disk is full', next: 'Not done. Free some space, then try again.' },
  'storage-damaged': {
    title: 'Storage damaged',
    next: 'Not done. Stop using this desk and call support.',
  },
  'server-unreachable': {
    title: 'The city cannot be reached',
    next: 'This needs the line; try again later.',
  },
  'engine-stopped': {
    title: 'The desk was interrupted',
    next: 'It is starting again; nothing done is lost.',
  },
}

/** Why the city cannot be used now. */
export const reasonsEn: AllReasonWords = {
  starting: 'Connecting to the city…',
  unreachable: 'The city cannot be reached; work goes on and is sent later.',
  'timed-out': 'No answer from the city; it is tried again.',
  'not-our-server': 'Something else answers in place of the city, perhaps a network sign-in page.',
  'bad-request': 'The city does not understand this desk: call support.',
  'bad-signature': 'The city refuses this desk’s signature: check the clock, or call support.',
  'device-revoked':
    'This desk was revoked. What it did is still handed over; then its data is erased. Call support for a new code.',
  'code-not-valid': 'The enrolment code is wrong or used up: ask for a new one.',
  'desk-too-old':
    'This version is too old for the city. Go on working: it is kept and sent. Update soon to see what others do.',
  'server-too-old':
    'The city’s version is older than this desk. Go on working: it is kept and sent later. Call support.',
  'too-large': 'One operation is too large for the city: call support.',
  busy: 'The city is busy; it is tried again.',
  'device-fork': 'Two computers work under the name of this desk: stop here and call support.',
  'server-restored': 'The city’s server was restored: this desk sends it again what it lost.',
  'nothing-taken': 'The city takes nothing in from this desk; it is tried again.',
  'disk-full': 'The disk is full: free some space.',
}

/** What a person can do about a scanner. */
export const adviceEn: AllAdviceWords = {
  'udev-rule':
    'The system does not let it be opened. Add this rule, then plug the scanner in again:',
  'close-other-program': 'Another program uses the scanner. Close it.',
  'switch-to-hid-pos':
    'It is a keyboard scanner: it works; for more, scan the “HID POS” setup code.',
}

/** Why no scanner can be used at all. */
export const noDevicesEn: AllNoDeviceWords = {
  'hid-unavailable': 'Scanners cannot be read directly here. Use the scanner as a keyboard.',
  'reader-service-restarting': 'The part that reads scanners is starting again; wait a moment.',
}
