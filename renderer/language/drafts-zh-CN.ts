/** Operations on drafts, as the day's list names them. */
export const draftKindsZh = {
  'draft.save': '保存草稿',
  'draft.submit': '送审',
  'draft.return': '退回修改',
  'draft.discard': '作废草稿',
  'draft.publish': '发布书目',
}
