/** Headings as the city writes them, and what else they are looked for by. */
import { z } from 'zod'
import { BibContent } from './cataloguing-records.ts'
import { EpochMs } from './words/calendar-date.ts'
import { AuthorityId, BranchId, StaffId } from './words/ids.ts'
import { PlainText } from './words/plain-text.ts'

export const AuthorityKind = z.enum(['person', 'corporate', 'subject', 'place'])
export type AuthorityKind = z.infer<typeof AuthorityKind>

/** Few enough that an operation asks for each of them. */
export const VARIANTS_MAX = 30
const Form = PlainText(200).min(1)

/**
 * The one way in which a person, a body, a subject or a place is written, and the ways that lead to it.
 * Keys are folded texts (domain/marc/heading-key.ts): what is looked for is compared by them.
 */
export const Authority = z.strictObject({
  id: AuthorityId,
  kind: AuthorityKind,
  indicators: z.string().length(2),
  subfields: BibContent.shape.fields.element.shape.subfields.min(1).max(20),
  headingKey: z.string().min(1).max(400),
  /** See from: who finds one of these is led to the heading. */
  variants: z.array(Form).max(VARIANTS_MAX),
  variantKeys: z.array(z.string().max(400)).max(VARIANTS_MAX),
  /** See also: headings that a reader of this one may want. */
  seeAlso: z.array(Form).max(VARIANTS_MAX),
  note: PlainText(500).nullable(),
  /** Counts the savings: who writes says which one was on the screen. */
  revision: z.int().min(1),
  savedAt: EpochMs,
  staffId: StaffId,
  branchId: BranchId,
})
export type Authority = z.infer<typeof Authority>

export const authoritySchemas = { authority: Authority } as const
