/** Records of other catalogues: where from, what for, and what each of them answered. */
import { z } from 'zod'
import { BibContent, MarcProfile } from '../domain/cataloguing-records.ts'
import { CopyTarget, FieldProtection } from '../domain/copying-records.ts'
import { nothing, route } from './route.ts'

/** Why a catalogue gave no records; words for each in renderer/language. */
export const CopyTrouble = z.enum([
  'offline',
  'unreachable',
  'timed-out',
  'stopped',
  'too-large',
  'redirected',
  'refused-us',
  'not-xml',
  'document-type',
  'wrong-encoding',
  'not-an-answer',
  'told-trouble',
  'no-such-access',
  'yaz-missing',
])
export type CopyTrouble = z.infer<typeof CopyTrouble>

export const CopiedRecord = z.strictObject({
  profile: MarcProfile,
  content: BibContent,
  title: z.string().nullable(),
  author: z.string().nullable(),
  publisher: z.string().nullable(),
  year: z.string().nullable(),
  isbn: z.string().nullable(),
})
export type CopiedRecord = z.infer<typeof CopiedRecord>

export const CopyAnswer = z.strictObject({
  targetId: z.string(),
  name: z.string(),
  isTrusted: z.boolean(),
  state: z.enum(['asking', 'answered', 'failed']),
  /** Of `failed`. */
  trouble: CopyTrouble.nullable(),
  /** In the catalogue's own words, or what was looked for in vain; empty where there is none. */
  detail: z.string().max(300),
  /** As the catalogue counts; null where it does not. */
  total: z.int().min(0).nullable(),
  /** Came, and could not be read. */
  unreadCount: z.int().min(0),
  records: z.array(CopiedRecord),
  ms: z.number(),
})
export type CopyAnswer = z.infer<typeof CopyAnswer>

const searchId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/)

export const copyQueries = {
  'copy-targets': route({
    ask: nothing,
    answer: z.array(CopyTarget),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** Of each profile, the shipped one where the city wrote none. */
  'field-protection': route({
    ask: nothing,
    answer: z.array(FieldProtection),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** Asks all catalogues at once; `copy-progress` tells of each answer. Null text: nothing to look for. */
  'copy-search': route({
    ask: z.strictObject({
      searchId,
      text: z.string().max(400),
      /** `auto`: a number where it is one, else words of a title. */
      by: z.enum(['auto', 'title', 'author']),
    }),
    answer: z.strictObject({ askedCount: z.int() }),
    permission: 'edit-catalogue',
    audit: 'asked',
    effect: 'desk',
  }),
  'copy-stop': route({
    ask: z.strictObject({ searchId }),
    answer: nothing,
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'desk',
  }),
  /** What has come so far; null where this engine knows no such search. */
  'copy-found': route({
    ask: z.strictObject({ searchId }),
    answer: z.strictObject({ text: z.string(), answers: z.array(CopyAnswer) }).nullable(),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
} as const
