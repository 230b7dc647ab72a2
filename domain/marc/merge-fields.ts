/**
 * Three-way merge of a record, field by field. Fields of one tag are one unit wherever their number
 * changed: which of three 606 became which of four cannot be told, and guessing would lose one.
 */
import type { BibContent } from '../cataloguing-records.ts'
import type { BibField } from './bib-fields.ts'

/** Changed on both sides, differently. */
export interface FieldClash {
  /** `LDR` for the leader. */
  readonly tag: string
  /** Null where all fields of the tag are meant. */
  readonly occurrence: number | null
}

export interface MergedRecord {
  /** Where fields clash: as `mine` has them. */
  readonly content: BibContent
  readonly clashes: readonly FieldClash[]
}

/** Time of the last change: the later one is right, whoever wrote it. */
const STAMP = '005'

export function mergeRecord(base: BibContent, mine: BibContent, theirs: BibContent): MergedRecord {
  const clashes: FieldClash[] = []
  const leader = pickLeader(base.leader, mine.leader, theirs.leader)
  if (leader === null) clashes.push({ tag: 'LDR', occurrence: null })
  const content = (fields: readonly BibField[]): BibContent => ({
    leader: leader ?? mine.leader,
    fields: [...fields],
  })
  // The order of fields is part of a record: kept to the letter where only one side moved.
  if (isSame(base.fields, theirs.fields) || isSame(mine.fields, theirs.fields)) {
    return { content: content(mine.fields), clashes }
  }
  if (isSame(base.fields, mine.fields)) return { content: content(theirs.fields), clashes }
  const merged = tagsOf(mine.fields, theirs.fields).flatMap((tag) => {
    const of = (fields: readonly BibField[]) => fields.filter((field) => field.tag === tag)
    return mergeTag(tag, of(base.fields), of(mine.fields), of(theirs.fields), clashes)
  })
  return { content: content(merged), clashes }
}

function mergeTag(
  tag: string,
  base: readonly BibField[],
  mine: readonly BibField[],
  theirs: readonly BibField[],
  clashes: FieldClash[],
): readonly BibField[] {
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine
  if (isSame(base, mine)) return theirs
  if (tag === STAMP) return (mine[0]?.value ?? '') > (theirs[0]?.value ?? '') ? mine : theirs
  if (base.length !== mine.length || base.length !== theirs.length) {
    clashes.push({ tag, occurrence: null })
    return mine
  }
  return mine.map((field, occurrence) => {
    const [was, other] = [base[occurrence], theirs[occurrence]]
    if (other === undefined || isSame(field, other) || isSame(was, other)) return field
    if (isSame(was, field)) return other
    clashes.push({ tag, occurrence })
    return field
  })
}

/** Null where both changed it, differently. */
function pickLeader(base: string, mine: string, theirs: string): string | null {
  const [was, here, there] = [counted(base), counted(mine), counted(theirs)]
  if (here === there || was === there) return mine
  return was === here ? theirs : null
}

/** Without length and base address, which writing a file counts anew, and what never varies. */
const counted = (leader: string): string => leader.slice(5, 12) + leader.slice(17)

/** Those of mine in their order; each other before the first that is higher. */
function tagsOf(mine: readonly BibField[], theirs: readonly BibField[]): readonly string[] {
  const tags = [...new Set(mine.map(({ tag }) => tag))]
  for (const { tag } of theirs) {
    if (tags.includes(tag)) continue
    const at = tags.findIndex((one) => one > tag)
    tags.splice(at === -1 ? tags.length : at, 0, tag)
  }
  return tags
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
