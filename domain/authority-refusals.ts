/** Of headings of the city. */
export const authorityRefusals = [
  'unknown-authority',
  'authority-changed',
  'heading-without-name',
  'heading-kept-already',
  'variant-is-heading',
  'variant-is-other-heading',
] as const
export type AuthorityRefusal = (typeof authorityRefusals)[number]
