import type { SerialRefusalWords } from './refusal-words.ts'

export const serialRefusalsEn: SerialRefusalWords = {
  'unknown-subscription': {
    title: 'No such subscription',
    what: 'This desk does not know the subscription.',
    why: 'It may not have come yet, or was not accepted.',
    next: 'Look again after the next sync; what has arrived is entered as it is.',
  },
  'subscription-of-other-branch': {
    title: 'Of another branch',
    what: 'The subscription belongs to another branch.',
    why: 'Arrivals, claims and bindings are entered where the serial is received.',
    next: 'Send the issue to the branch that subscribes.',
  },
  'subscription-crosses-year': {
    title: 'Not within one year',
    what: 'The first day, the last day and the first issue must lie in one year, in that order.',
    why: 'Serials are ordered and paid by the year.',
    next: 'Correct the dates; for the year after, renew.',
  },
  'pattern-without-issues': {
    title: 'No issue foreseen',
    what: 'By this pattern no issue comes out within the subscription.',
    why: 'The first issue is too late, or its months are skipped.',
    next: 'Check the first date, the frequency and the skipped months.',
  },
  'subscribed-already': {
    title: 'Subscribed already',
    what: 'This branch takes it from {{beginsOn}} to {{endsOn}}, {{copies}} copies of each issue.',
    why: 'A second order is paid twice.',
    next: 'For more copies change that subscription; where a second one is meant, say why.',
  },
  'subscription-changed-elsewhere': {
    title: 'Changed elsewhere',
    what: 'Version {{revision}} stands now.',
    why: 'The screen showed an older one, and would cover it.',
    next: 'Look at what stands, then change it.',
  },
  'subscription-ended': {
    title: 'Subscription ended',
    what: 'The subscription has been ended.',
    why: 'After its end it is neither changed nor renewed.',
    next: 'Begin another subscription.',
  },
  'subscription-renewed': {
    title: 'Renewed already',
    what: 'It has been renewed for {{year}}.',
    why: 'A subscription is renewed once.',
    next: 'Change the one of {{year}}.',
  },
  'more-copies-than-ordered': {
    title: 'More than ordered',
    what: '{{count}} copies are entered, {{copies}} were ordered.',
    why: 'Two desks may have counted one copy, or the vendor sent one more.',
    next: 'Count what is there; undo an arrival that was entered twice.',
  },
  'issue-turned-up': {
    title: 'Come after all',
    what: 'The issue was marked missing, not published or discarded.',
    why: 'It is in hand: that decides.',
    next: 'It counts as arrived; nothing more is to be done.',
  },
  'issue-arrived': {
    title: 'Arrived already',
    what: 'Issue {{number}} is entered as arrived.',
    why: 'What arrived is neither claimed nor missing.',
    next: 'Undo that arrival if it was a mistake.',
  },
  'issue-not-due': {
    title: 'Not due yet',
    what: 'Issue {{number}} is foreseen for {{publishedOn}}.',
    why: 'Nothing is claimed before its day.',
    next: 'Claim it when it is late.',
  },
  'issue-bound': {
    title: 'Bound already',
    what: 'The issue is part of a bound volume.',
    why: 'An issue goes into one volume; another copy is counted apart.',
    next: 'The other copy is kept beside the volume; to bind anew, undo the binding.',
  },
  'no-copy-to-label': {
    title: 'No copy to label',
    what: '{{count}} copies are in hand, all of them labelled.',
    why: 'A copy has one label.',
    next: 'Enter the arrival first.',
  },
  'no-loose-copies': {
    title: 'No loose copies',
    what: 'Of these issues no loose copy is in hand.',
    why: 'What never came, is bound or was discarded cannot be taken.',
    next: 'Choose other issues.',
  },
  'volume-incomplete': {
    title: 'Volume incomplete',
    what: '{{count}} of the issues are not here.',
    why: 'Those that come later have to be bound apart.',
    next: 'Claim them first; what will never come may be left out.',
  },
  'issue-on-loan': {
    title: 'On loan',
    what: 'Of {{count}} issues the copy is on loan.',
    why: 'What a reader has is neither bound nor discarded.',
    next: 'Wait for its return.',
  },
  'last-copy': {
    title: 'The city’s last copy',
    what: 'Nobody else in the city keeps {{count}} of them: issues {{numbers}}.',
    why: 'Once they are gone, the city has none.',
    next: 'Send them to the keeping library; a reviewer may let them go, with a reason.',
  },
}
