/** What the editor of records asks beside the draft itself. */
import { z } from 'zod'
import { BibContent, Draft } from '../domain/cataloguing-records.ts'
import { EpochMs } from '../domain/words/calendar-date.ts'
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
  /** Headings in use for a field of this tag, commonest first, of the records that the text finds. */
  headings: route({
    ask: z.strictObject({ tag: z.string().length(3), text: z.string().max(200) }),
    answer: z.strictObject({
      headings: z.array(
        z.strictObject({
          text: z.string(),
          indicators: z.string(),
          subfields: BibContent.shape.fields.element.shape.subfields,
          /** None, of a heading of the city that no record found has. */
          count: z.int().min(0),
          /** The heading of the city that it is, if it is one. */
          authorityId: z.string().nullable(),
          /** The variant that led to it. */
          seeFrom: z.string().nullable(),
        }),
      ),
      recordsCount: z.int().min(0),
      isWhole: z.boolean(),
    }),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** The drafts that became the record of a title, the newest first. */
  'title-versions': route({
    ask: z.strictObject({ titleId: z.string().max(80) }),
    answer: z.strictObject({
      versions: z.array(
        z.strictObject({
          draftId: Draft.shape.id,
          publishedAt: EpochMs,
          staffName: z.string().nullable(),
          reviewerName: z.string().nullable(),
          /** Null of the first. */
          before: BibContent.nullable(),
          after: BibContent,
        }),
      ),
    }),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
} as const
