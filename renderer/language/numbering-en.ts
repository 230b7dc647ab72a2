import type { numberingZh } from './numbering-zh-CN.ts'

export const numberingEn: typeof numberingZh = {
  take: 'Take a book number',
  keep: 'Use its number',
  kept: 'the title has {{number}} already',
  open: 'one to come',
  next: 'next of {{class}} is {{number}}; this desk holds {{count}}',
  ofCity: 'this desk holds none of this class; the city gives one',
  typed: 'type the author number into the call number, then enter it',
  noScheme: 'This place is of no number scheme: type the whole call number.',
  provisional: 'Provisional',
  waits: 'The city gives the number when the line is back; no label is printed before.',
  came: 'Open numbers have come; labels to print: {{count}}.',
  toLabels: 'To the labels',
  clash: 'Another title stands here',
}
