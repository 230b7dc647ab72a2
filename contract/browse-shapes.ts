/** Titles that answer a search, narrowed by facets, and one of them with its copies. */
import { z } from 'zod'
import { Bib, Branch, Item, Title } from '../domain/records.ts'
import { EpochMs } from '../domain/words/calendar-date.ts'
import { SeeReference } from './authority-shapes.ts'
import { limit, route } from './route.ts'
import { DueShape, TitleRow } from './row-shapes.ts'

/** Start and end by turns, rising: UTF-16 places of a text that answer. */
const hits = z.array(z.int())

/** A title as a row of a list, with its copies in the city. */
export const HeldTitleRow = TitleRow.extend({ itemsCount: z.int(), availableCount: z.int() })

/** One that was searched for. */
export const FoundTitleRow = HeldTitleRow.extend({
  /** Barcode or call number of the item it was found by; null where its own words answer. */
  itemNumber: z.string().nullable(),
  /** Readers do not see it. */
  isSuppressed: z.boolean(),
  hits: z.strictObject({ title: hits, author: hits, publisher: hits }),
})

/** Null: any. */
const TitleFilterShape = z.strictObject({
  kind: Title.shape.kind.nullable(),
  /** A decade, `2020`; `earlier`; `unknown`. */
  years: z.string().max(20).nullable(),
  /** `unknown` where the record has none. */
  language: z.string().max(10).nullable(),
  audience: Title.shape.audience.nullable(),
  isAvailableHere: z.boolean(),
  /** `city`: anybody has copies, this library too. */
  heldBy: z.enum(['library', 'city']).nullable(),
  /** Only those that readers do not see; without a text, all of them. */
  isSuppressed: z.boolean(),
})

const FacetCountShape = z.strictObject({ value: z.string(), count: z.int() })
const counts = z.array(FacetCountShape)

export const browseQueries = {
  'browse-titles': route({
    ask: z.strictObject({ text: z.string().max(400), filter: TitleFilterShape, limit }),
    answer: z.strictObject({
      rows: z.array(FoundTitleRow),
      /** Of the titles that were counted, those that the filter leaves. */
      total: z.int(),
      /** False where more titles answer than the 1,000 that were counted. */
      isWhole: z.boolean(),
      /** Of each facet, under the choices made in all the others. */
      facets: z.strictObject({
        kind: counts,
        years: counts,
        language: counts,
        audience: counts,
        /** Titles; null where the desk is of no branch. */
        availableHere: z.int().nullable(),
        /** Titles with copies; null where the desk is of no branch. */
        heldBy: z.strictObject({ library: z.int(), city: z.int() }).nullable(),
        /** Titles that readers do not see. */
        suppressed: z.int(),
      }),
      /** The pinyin that found these, where what was typed found nothing; else null. */
      spelledAs: z.string().nullable(),
      see: SeeReference.nullable(),
      ms: z.number(),
    }),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  'title-card': route({
    ask: z.strictObject({ titleId: z.string().max(80) }),
    answer: z
      .strictObject({
        title: Title,
        bib: Bib.nullable(),
        /** Null where readers see it. */
        suppression: z
          .strictObject({ reason: z.string(), at: EpochMs, staffName: z.string().nullable() })
          .nullable(),
        items: z.array(
          z.strictObject({
            item: Item,
            homeBranch: Branch.nullable(),
            /** Of the open loan, as it holds. */
            due: DueShape.nullable(),
          }),
        ),
      })
      .nullable(),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
}
