/** Of titles that are merged, told apart or kept from readers. */
export const titleRefusals = [
  'same-title',
  'titles-merged-already',
  'title-without-record',
  'title-too-large',
  'title-kinds-differ',
  'profiles-differ',
  'merge-choices-dropped',
  'title-suppressed-already',
  'title-not-suppressed',
  'one-is-suppressed',
  'records-left',
  'records-changed-since',
] as const
export type TitleRefusal = (typeof titleRefusals)[number]
