/** A record as it came → as it would be taken: in the profile wanted, laid over ours where we have one. */
import type { CopiedRecord } from '../../../contract/copy-shapes.ts'
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import type { FieldProtection, ProtectionRule } from '../../../domain/copying-records.ts'
import { defaultProtection } from '../../../domain/copying/default-protection.ts'
import { protectFields } from '../../../domain/copying/protect-fields.ts'
import type { ProtectedTag } from '../../../domain/copying/protect-fields.ts'
import { bibToMarcRecord, fieldToBibField } from '../../../domain/marc/bib-fields.ts'
import type { BibField } from '../../../domain/marc/bib-fields.ts'
import { crosswalk } from '../../../domain/marc/crosswalk.ts'

export interface OwnRecord {
  readonly titleId: string
  readonly profile: CopiedRecord['profile']
  readonly content: BibContent
}

export interface TakenRecord {
  readonly profile: CopiedRecord['profile']
  readonly content: BibContent
  readonly tags: readonly ProtectedTag[]
  /** Fields that the other format has no place for, each once. */
  readonly lostFields: readonly string[]
}

export interface Taking {
  /** Null for a new title. */
  readonly own: OwnRecord | null
  /** Of a new title: in the other family's format. */
  readonly isConverted: boolean
  readonly protection: readonly FieldProtection[]
  /** What a person chose for a tag, before the city's lines. */
  readonly chosen: Readonly<Record<string, ProtectionRule>>
}

type Family = 'cnmarc' | 'marc21'
const familyOf = (profile: CopiedRecord['profile']): Family =>
  profile === 'marc21' ? 'marc21' : 'cnmarc'
const otherFamily = (profile: CopiedRecord['profile']): Family =>
  profile === 'marc21' ? 'cnmarc' : 'marc21'

export function takenRecord(
  { profile: sent, content: theirs }: CopiedRecord,
  { own, isConverted, protection, chosen }: Taking,
): TakenRecord {
  const wanted = own === null ? (isConverted ? otherFamily(sent) : null) : familyOf(own.profile)
  const isOther = wanted !== null && wanted !== familyOf(sent)
  const { record, losses } = isOther
    ? crosswalk(bibToMarcRecord(theirs), sent, wanted)
    : { record: null, losses: [] }
  const profile = own?.profile ?? (isOther ? wanted : sent)
  const written = record === null ? theirs : contentOf(record.leader, record.fields)
  const lines = (protection.find(({ id }) => id === profile) ?? defaultProtection(profile)).lines
  const first = Object.entries(chosen).map(([tag, rule]) => ({ tag, rule }))
  const { content, tags } = protectFields(own?.content ?? null, written, [...first, ...lines])
  return { profile, content, tags, lostFields: [...new Set(losses.map(({ field }) => field))] }
}

const contentOf = (
  leader: string,
  fields: readonly Parameters<typeof fieldToBibField>[0][],
): BibContent => ({ leader, fields: fields.map(fieldToBibField) })

/** `200 1# ‡a题名`, as records are written everywhere on this desk. */
export function fieldText({ tag, indicators, value, subfields }: BibField): string {
  if (value !== null) return value
  const marks = tag === 'LDR' ? '' : `${(indicators ?? '  ').replaceAll(' ', '#')} `
  return marks + subfields.map((part) => `‡${part.code}${part.value}`).join('')
}

export interface ChangedField {
  readonly tag: string
  readonly rule: ProtectionRule
  readonly ours: readonly string[]
  readonly theirs: readonly string[]
  readonly taken: readonly string[]
  /** What is taken is not what we had. */
  readonly isChanged: boolean
}

/** Tags in which the two differ; what is alike on both sides needs no eye. */
export function differingFields(tags: readonly ProtectedTag[]): ChangedField[] {
  return tags.flatMap(({ tag, rule, ours, theirs, taken }) => {
    const [mine, other, result] = [ours, theirs, taken].map((some) => some.map(fieldText))
    if (mine === undefined || other === undefined || result === undefined) return []
    if (other.length === 0 || mine.join('\n') === other.join('\n')) return []
    const isChanged = result.join('\n') !== mine.join('\n')
    return [{ tag, rule, ours: mine, theirs: other, taken: result, isChanged }]
  })
}
