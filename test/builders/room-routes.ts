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
const copyingRoutes = [
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
const titleVisibility = ['title.suppress', 'title.unsuppress']

/** Headings of the city. */
const headingRoutes = ['authorities', 'variants-used', 'authority.save', 'authority.remove']

/** Of all who catalogue. */
export const roomRoutes = [...copyingRoutes, ...titleVisibility, ...headingRoutes]

/** Files that come in and go out. */
export const files =
  'import-upload import-cancel import-jobs import-look export-start export-cancel export-piece export-jobs'.split(
    ' ',
  )

/** Readers of labels, cards and chips. */
export const deviceRoutes =
  'tag.owe tag.settle virtual-scan virtual-id-card play-capture pad-status offer-pad take-parts virtual-tag'.split(
    ' ',
  )

/** What the editor of records asks beside the draft, and encoding by scanning. */
export const ofEditor = [
  'readings',
  'headings',
  'near-titles',
  'title-versions',
  'write-tag',
  'give-up-tag',
]
