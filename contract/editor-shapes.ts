/** What the editor of records asks beside the draft itself. */
import { z } from 'zod'
import { route } from './route.ts'

export const editorQueries = {
  /** Hanzi as they are read aloud, in the order of the texts. */
  readings: route({
    ask: z.strictObject({
      texts: z.array(z.strictObject({ text: z.string().max(2000), isName: z.boolean() })).max(200),
    }),
    answer: z.strictObject({
      readings: z.array(
        z.array(
          z.strictObject({
            /** One hanzi, or a run of Latin letters and digits. */
            source: z.string(),
            chosen: z.string(),
            readings: z.array(z.string()),
          }),
        ),
      ),
    }),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
} as const
