/** Of drafts of catalogue records, their review and publication. */
export const draftRefusals = [
  'unknown-draft',
  'draft-of-other',
  'draft-saved-elsewhere',
  'draft-state-differs',
  'record-faulty',
  'record-without-title',
  'record-changed-elsewhere',
  'record-doubtful',
] as const
export type DraftRefusal = (typeof draftRefusals)[number]
