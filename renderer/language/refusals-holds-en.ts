import type { HoldRefusalWords } from './refusal-words.ts'

export const holdRefusalsEn: HoldRefusalWords = {
  'unknown-title': {
    title: 'Title not found',
    what: 'This desk has no record of the title.',
    why: 'It may have been catalogued just now.',
    next: 'Search again in a moment, or in another way.',
  },
  'nothing-to-hold': {
    title: 'Nothing to hold',
    what: 'No item of this title may be lent.',
    why: 'All are for the reading room, lost or withdrawn.',
    next: 'Choose another title, or suggest a purchase.',
  },
  'hold-limit-reached': {
    title: 'At the hold limit',
    what: '{{count}} holds are open; the limit is {{limit}}.',
    why: 'Each category of readers has a limit.',
    next: 'Cancel a hold first; an override is possible.',
  },
  'hold-placed-already': {
    title: 'Waiting already',
    what: 'This reader waits for the title already.',
    why: 'A reader waits for a title once.',
    next: 'Nothing to do. For another pick-up branch, cancel the old hold first.',
  },
  'title-on-loan-to-reader': {
    title: 'This reader has it',
    what: 'Another item of the title is on loan to this reader, due {{dueOn}}.',
    why: 'A second one is seldom meant.',
    next: 'Ask the reader; an override is possible.',
  },
  'unknown-branch': {
    title: 'Pick-up branch not found',
    what: 'This desk does not know the branch.',
    why: 'It may have been closed.',
    next: 'Choose another pick-up branch.',
  },
  'needed-by-in-past': {
    title: 'Date in the past',
    what: 'The day by which it is needed is over.',
    why: 'Nothing is given to a hold after that day.',
    next: 'Choose today or a later day.',
  },
  'unknown-hold': {
    title: 'Hold not found',
    what: 'This desk does not know the hold.',
    why: 'The city may not have taken it, or it ended long ago.',
    next: 'Refresh and look again.',
  },
  'hold-closed': {
    title: 'Hold is over',
    what: 'It was collected, cancelled or not collected in time.',
    why: 'Another desk may have been first.',
    next: 'Where the reader still waits, place a new hold.',
  },
  'hold-kept-already': {
    title: 'An item is kept',
    what: 'An item is kept for this hold already.',
    why: 'Its place in the queue no longer matters.',
    next: 'Where the reader does not come, cancel the hold.',
  },
  'hold-goes-to-branch': {
    title: 'To the pick-up branch',
    what: 'A reader waits: send it to {{branch}}.',
    why: 'The reader collects it there.',
    next: 'Put the hold slip in, and the item into the crate.',
  },
  'hold-filled-meanwhile': {
    title: 'Hold filled elsewhere',
    what: 'The hold that it was kept for waits no more.',
    why: 'Another item was kept first, or the hold was cancelled.',
    next: 'Give it to the next reader, or put it back on its shelf.',
  },
  'hold-filled': {
    title: 'Hold collected',
    what: 'The hold of this reader is complete.',
    why: 'It is the item that was asked for.',
    next: 'Nothing more to do.',
  },
  'hold-filled-by-other-copy': {
    title: 'Hold filled by this copy',
    what: 'Another item is still kept for this reader.',
    why: 'Any item of the title will do.',
    next: 'Clear the other item from the hold shelf.',
  },
  'hold-item-to-clear': {
    title: 'An item to clear',
    what: 'It is still kept: {{barcode}}.',
    why: 'A cancelled hold does not move its item.',
    next: 'Scan it under “Clear the shelf”; the desk says where it goes.',
  },
  'hold-still-kept': {
    title: 'Still kept',
    what: 'For {{reader}}, until {{until}}.',
    why: 'The time to collect it is not over.',
    next: 'Put it back on the hold shelf.',
  },
  'hold-not-collected': {
    title: 'Not collected',
    what: 'Kept for {{reader}} until {{until}}; nobody came.',
    why: 'A held item is kept for so many days only.',
    next: 'Put it where the desk says.',
  },
  'not-on-hold-shelf': {
    title: 'Does not belong here',
    what: 'On record it is not on this hold shelf.',
    why: 'It may have been put here by mistake.',
    next: 'Put it where the desk says.',
  },
  'no-hold-waits': {
    title: 'Nobody waits',
    what: 'No reader waits for this item.',
    why: 'The hold may have been cancelled, or filled elsewhere.',
    next: 'Put it back on its shelf.',
  },
  'title-waited-for': {
    title: 'Readers wait',
    what: '{{count}} holds wait for this item.',
    why: 'No other copy on a shelf can be given instead.',
    next: 'Ask the reader to return it in time; an override is possible.',
  },
}
