/** What the cataloguing room asks: drafts, other catalogues, the quality of records. */
import { copyQueries } from './copy-shapes.ts'
import { draftQueries } from './draft-shapes.ts'
import { qualityQueries } from './quality-shapes.ts'

export const cataloguingQueries = { ...draftQueries, ...copyQueries, ...qualityQueries } as const
