/** Headings of the city, and records that are written otherwise. */
import { z } from 'zod'
import { Authority, AuthorityKind } from '../domain/authority-records.ts'
import { BibContent } from '../domain/cataloguing-records.ts'
import { limit, route } from './route.ts'

const Subfields = BibContent.shape.fields.element.shape.subfields

/** What was looked for is a variant of a heading. */
export const SeeReference = z.strictObject({
  variant: z.string(),
  heading: z.string(),
  /** What titles are found by: the heading without dates. */
  name: z.string(),
  /** Nothing answered the variant itself: the rows are of the heading. */
  isFollowed: z.boolean(),
})

export const authorityQueries = {
  /** Those whose heading or one of whose variants has the text in it; all where there is none. */
  authorities: route({
    ask: z.strictObject({ text: z.string().max(200), kind: AuthorityKind.nullable(), limit }),
    answer: z.strictObject({ rows: z.array(Authority), total: z.int().min(0) }),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** Of the fields of a record those that are written as a variant, by their place in the question. */
  'variants-used': route({
    ask: z.strictObject({
      fields: z.array(z.strictObject({ tag: z.string().length(3), subfields: Subfields })).max(300),
    }),
    answer: z.strictObject({
      used: z.array(
        z.strictObject({
          index: z.int().min(0),
          written: z.string(),
          heading: z.string(),
          indicators: z.string(),
          subfields: Subfields,
        }),
      ),
    }),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
} as const
