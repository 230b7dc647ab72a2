import type { AuthorityRefusalWords } from './refusal-words.ts'

export const authorityRefusalsEn: AuthorityRefusalWords = {
  'unknown-authority': {
    title: 'No such heading',
    what: 'This heading is not there any more.',
    why: 'It was removed elsewhere, or has not reached this desk.',
    next: 'Open the headings again and look.',
  },
  'authority-changed': {
    title: 'Changed elsewhere',
    what: 'This heading was saved elsewhere since.',
    why: 'What is saved names the saving that it was made from, so that nobody’s change is covered.',
    next: 'Look at it as it is now, then change it.',
  },
  'heading-without-name': {
    title: 'A heading without a name',
    what: 'Nothing in the heading can be read.',
    why: 'Pinyin or codes alone are no heading.',
    next: 'Enter a name and save.',
  },
  'heading-kept-already': {
    title: 'Kept already',
    what: 'The city keeps the same heading of this kind.',
    why: 'A heading is kept once; blanks, case and width are no difference.',
    next: 'Open the one that is there and add the variant to it.',
  },
  'variant-is-heading': {
    title: 'The variant is the heading',
    what: 'One of the variants is the heading itself.',
    why: 'A heading that leads to itself leads nowhere.',
    next: 'Take the line out and save.',
  },
  'variant-is-other-heading': {
    title: 'A heading of its own',
    what: 'Some variants are headings of their own: {{headings}}.',
    why: 'What is both leads people to two places.',
    next: 'See whether they are the same; if not, take the line out.',
  },
}
