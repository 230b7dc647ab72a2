import type { RuleRefusalWords } from './refusal-words.ts'

export const ruleRefusalsEn: RuleRefusalWords = {
  'line-tie': {
    title: 'There is such a line already',
    what: '“{{line}}” is about the same case, from the same day.',
    why: 'Of two lines that are equally specific nobody could say which one counts.',
    next: 'Change “{{line}}” itself, or let this one begin on another day.',
  },
  'line-changed-meanwhile': {
    title: 'This line has just been changed',
    what: '“{{line}}” is no longer what the screen shows.',
    why: 'It was changed elsewhere first.',
    next: 'Close it, open it again, and change it as it is now.',
  },
  'line-names-unknown': {
    title: 'The line names something unknown',
    what: 'There is no library and no reader category “{{name}}”.',
    why: 'A mistyped name never matches.',
    next: 'Choose from the list.',
  },
  'line-says-nothing': {
    title: 'The line says nothing',
    what: 'Period, renewals and fees are all empty.',
    why: 'An empty line changes nothing.',
    next: 'Fill in one of them; to end a line, remove it.',
  },
  'line-from-past': {
    title: 'The first day is past',
    what: 'It is to begin on {{from}}.',
    why: 'What was decided by the old line stays.',
    next: 'Choose today or later; empty is at once.',
  },
  'line-is-ground': {
    title: 'This line is for everything else',
    what: 'It counts where no other line does, and must have a period.',
    why: 'Without it much could not be lent at all.',
    next: 'Change its period and fees; it cannot be removed or narrowed.',
  },
  'too-many-lines': {
    title: 'Too many lines',
    what: 'At most {{limit}}.',
    why: 'Each loan and return is compared with them.',
    next: 'Remove lines that are no longer used.',
  },
  'unknown-calendar': {
    title: 'There is no such calendar',
    what: 'The city has no record of it.',
    why: 'It may just have been taken away.',
    next: 'Choose a library again.',
  },
  'closed-already': {
    title: 'Closed on these days already',
    what: 'No closed day is new.',
    why: 'It may have been entered elsewhere.',
    next: 'Nothing more to do.',
  },
  'open-already': {
    title: 'Not closed by exception on these days',
    what: 'There is no day to reopen.',
    why: 'The weekly closed day is changed with the opening hours.',
    next: 'Check the dates.',
  },
  'days-reversed': {
    title: 'The dates are the wrong way round',
    what: 'The last day is before the first.',
    why: 'It must be one day at least.',
    next: 'Check both dates.',
  },
  'closure-too-long': {
    title: 'Too many closed days',
    what: 'More than {{limit}} days.',
    why: 'A date is probably mistyped.',
    next: 'Check the dates; if it is longer, enter it in parts.',
  },
  'closure-too-old': {
    title: 'Too long ago',
    what: 'Only the last {{days}} days can be entered afterwards.',
    why: 'Earlier fines were settled long ago.',
    next: 'Waive the fee of the reader concerned.',
  },
  'hours-changed-meanwhile': {
    title: 'The hours have just been changed',
    what: 'They are no longer what the screen shows.',
    why: 'They were changed elsewhere first.',
    next: 'Look at them as they are now, then change them.',
  },
  'bins-changed-meanwhile': {
    title: 'The sorter bins have just been changed',
    what: 'They are no longer what the screen shows.',
    why: 'They were changed elsewhere first.',
    next: 'Look at them as they are now, then change them.',
  },
  'hours-reversed': {
    title: 'The times are the wrong way round',
    what: 'Closing is not after opening.',
    why: 'Loans of hours end at closing.',
    next: 'Check both times.',
  },
  'never-open': {
    title: 'One day a week must be open',
    what: 'No weekday would be left.',
    why: 'Due dates would be pushed for ever.',
    next: 'Enter a long closure as closed days.',
  },
  'staff-of-other-branch': {
    title: 'Not staff of this branch',
    what: '{{staff}} does not work at {{branch}}.',
    why: 'Everybody works at the branches of their account.',
    next: 'A colleague of the branch checks it; an administrator changes accounts.',
  },
  'desk-of-other-branch': {
    title: 'The desk named another branch',
    what: 'It is enrolled at {{branch}} and said {{told}}.',
    why: 'A desk belongs to one branch.',
    next: 'Check this desk.',
  },
}
