/** Drafts of catalogue records, as the cataloguing room lists and opens them. */
import { z } from 'zod'
import { BibContent, Draft } from '../domain/cataloguing-records.ts'
import { nothing, route } from './route.ts'

export const draftQueries = {
  /** Of this branch what is being written, of the city what waits for a reviewer, the oldest first. */
  drafts: route({
    ask: nothing,
    answer: z.strictObject({
      drafts: z.array(
        z.strictObject({
          id: Draft.shape.id,
          state: Draft.shape.state,
          /** Null while the record has none. */
          title: z.string().nullable(),
          staffName: z.string().nullable(),
          savedAt: Draft.shape.savedAt,
          remarksCount: z.int().min(0),
        }),
      ),
      total: z.int().min(0),
    }),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  draft: route({
    ask: z.strictObject({ draftId: z.string().max(80) }),
    answer: z
      .strictObject({
        draft: Draft,
        staffName: z.string().nullable(),
        /** As the catalogue has it now; null for a new one. */
        city: BibContent.nullable(),
      })
      .nullable(),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
} as const
