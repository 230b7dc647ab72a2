/** Where records are copied from, and what of ours a copied record leaves alone. */
import { z } from 'zod'
import { MarcProfile } from './cataloguing-records.ts'
import { CopyTargetId } from './words/ids.ts'
import { PlainText } from './words/plain-text.ts'

/** By what another catalogue is asked. */
export const CopyAccess = z.enum(['isbn', 'issn', 'title', 'author'])
export type CopyAccess = z.infer<typeof CopyAccess>

/** An index of SRU (`bath.isbn`), a Bib-1 use attribute of Z39.50 (`7`); null: it has none. */
const Index = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,59}$/)
  .nullable()

/** Another library's catalogue that answers SRU or Z39.50. */
export const CopyTarget = z.strictObject({
  id: CopyTargetId,
  name: PlainText(100).min(1),
  kind: z.enum(['sru', 'z3950']),
  /** SRU: `https://host/path`. Z39.50: `host:port/database`. */
  address: PlainText(300),
  /** Of SRU. */
  version: z.enum(['1.1', '1.2']),
  profile: MarcProfile,
  /** SRU: the record schema asked for. Z39.50: the record syntax (`usmarc`, `unimarc`). */
  schema: z.string().regex(/^[\w:/.+-]{1,200}$/),
  /** Of SRU's XML, or of the records of Z39.50. */
  encoding: z.enum(['auto', 'utf-8', 'gb18030', 'marc-8']),
  indexes: z.strictObject({ isbn: Index, issn: Index, title: Index, author: Index }),
  timeOutMs: z.int().min(1_000).max(60_000),
  /** False: kept, and not asked. */
  isAsked: z.boolean(),
  /** Its records may enter the catalogue without a reviewer (C62). */
  isTrusted: z.boolean(),
  /** Counts the savings: who writes says which one was on the screen. */
  revision: z.int().min(1),
})
export type CopyTarget = z.infer<typeof CopyTarget>

/**
 * keep: ours stays, theirs is never taken · fill: theirs only where we have none · add: theirs
 * beside ours · replace: theirs in the place of ours, where they have any.
 */
export const ProtectionRule = z.enum(['keep', 'fill', 'add', 'replace'])
export type ProtectionRule = z.infer<typeof ProtectionRule>

export const ProtectionLine = z.strictObject({
  /** `200`; `9XX` for all that begin with 9; `LDR` for the leader. */
  tag: z.string().regex(/^(?:LDR|[0-9](?:XX|[0-9]X|[0-9]{2}))$/),
  rule: ProtectionRule,
})
export type ProtectionLine = z.infer<typeof ProtectionLine>

/** Of all records of one profile; the first line that fits a tag counts, where none does: replace. */
export const FieldProtection = z.strictObject({
  id: MarcProfile,
  lines: z.array(ProtectionLine).max(300),
  revision: z.int().min(0),
})
export type FieldProtection = z.infer<typeof FieldProtection>

export const copyingSchemas = {
  'copy-target': CopyTarget,
  'field-protection': FieldProtection,
} as const
