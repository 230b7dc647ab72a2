/** What the screens of the cataloguing room ask. */
import { draftQueries } from './draft-shapes.ts'
import { qualityQueries } from './quality-shapes.ts'
import { serialQueries } from './serial-shapes.ts'

export const recordQueries = { ...draftQueries, ...qualityQueries, ...serialQueries } as const
