/** What the cataloguing room asks, each part of it in a file of its own. */
import { draftQueries } from './draft-shapes.ts'
import { qualityQueries } from './quality-shapes.ts'
import { shelfQueries } from './shelf-shapes.ts'

export const cataloguingQueries = {
  ...draftQueries,
  ...shelfQueries,
  ...qualityQueries,
} as const
