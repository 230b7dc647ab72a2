/** Headings of the city: authorities, and what leads to them. */
export const authoritiesEn = {
  title: 'Headings',
  find: 'Heading or variant',
  kind: 'Kind of heading',
  begin: 'New heading',
  kept: 'Headings of the city: {{count}}',
  none: 'No headings yet. Make one of those in use, or press “New heading”.',
  noneFound: 'No such heading of the city',
  inUse: 'As records write it',
  noneInUse: 'No record writes it so',
  records: 'Titles: {{count}}',
  make: 'Keep it',
  isKept: 'Kept',
  choose: 'Choose a heading',
  chooseHint: 'Choose one on the left, or keep one that is in use.',
  save: 'Save',
  remove: 'Remove',
  saved: 'Done',
  toTitles: 'Search its titles',
  heading: 'Heading',
  headingHint: 'Subfields begin with “‡” or “$” and a code; a name alone will do.',
  variants: 'See from: who finds these is led here, one a line',
  seeAlso: 'See also, one a line',
  note: 'Note',
  see: 'see',
  seeFrom: 'see from',
  kinds: { person: 'Person', corporate: 'Body', subject: 'Subject', place: 'Place' },
  used: 'Variant',
  useHeading: 'Use the heading',
}

/** Their operations, as the day's list names them. */
export const authorityKindsEn = {
  'authority.save': 'Heading saved',
  'authority.remove': 'Heading removed',
}
