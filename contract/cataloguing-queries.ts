/** What the cataloguing room asks, each part of it in a file of its own. */
import { copyQueries } from './copy-shapes.ts'
import { draftQueries } from './draft-shapes.ts'
import { qualityQueries } from './quality-shapes.ts'
import { shelfQueries } from './shelf-shapes.ts'

export const cataloguingQueries = {
  ...draftQueries,
  ...copyQueries,
  ...shelfQueries,
  ...qualityQueries,
} as const
