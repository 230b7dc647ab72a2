/** Of catalogues that records are copied from, and of what is copied. */
export const copyRefusals = [
  'unknown-copy-target',
  'copy-target-changed',
  'copy-target-invalid',
  'copy-target-not-trusted',
  'title-known-already',
  'protection-changed',
] as const
export type CopyRefusal = (typeof copyRefusals)[number]
