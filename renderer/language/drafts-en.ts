/** Operations on drafts, as the day's list names them. */
export const draftKindsEn = {
  'draft.save': 'Draft saved',
  'draft.submit': 'Draft submitted',
  'draft.return': 'Draft returned',
  'draft.discard': 'Draft discarded',
  'draft.publish': 'Record published',
}
