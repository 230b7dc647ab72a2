/** What only the cataloguing room asks for, for the matrix of duties. */

/** Duplicates, batches and surveys: of those who review. */
export const ofTheWholeCatalogue = [
  'duplicate-titles',
  'quality-report',
  'quality-run',
  'quality-stop',
  'quality-list',
  'cataloguer-quality',
  'batch-look',
  'batch-jobs',
  'batch-rows',
  'batch-start',
  'batch-stop',
  'batch-undo',
  'title.merge',
  'title.set-apart',
  'title.correct',
  'title.take-back',
]

/** Records of other catalogues: who takes them, and who says from where and how. */
export const copyingRoutes = [
  'copy-targets',
  'field-protection',
  'copy-search',
  'copy-stop',
  'copy-found',
  'title.copy',
]
export const copyingRules = [
  'copying.save-target',
  'copying.remove-target',
  'copying.set-protection',
]

/** Whether readers see a title: of all who catalogue. */
export const titleVisibility = ['title.suppress', 'title.unsuppress']

/** Headings of the city. */
export const headingRoutes = ['authorities', 'variants-used', 'authority.save', 'authority.remove']
