/** What the cataloguing room asks, each part of it in a file of its own. */
import { authorityQueries } from './authority-shapes.ts'
import { copyQueries } from './copy-shapes.ts'
import { draftQueries } from './draft-shapes.ts'
import { editorQueries } from './editor-shapes.ts'
import { qualityQueries } from './quality-shapes.ts'
import { serialQueries } from './serial-shapes.ts'
import { shelfQueries } from './shelf-shapes.ts'

export const cataloguingQueries = {
  ...draftQueries,
  ...editorQueries,
  ...copyQueries,
  ...authorityQueries,
  ...shelfQueries,
  ...qualityQueries,
  ...serialQueries,
} as const
