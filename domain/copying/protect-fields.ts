/**
 * A record from elsewhere laid over ours, tag by tag, as the city's lines say (C64). What was not
 * taken is told as well: nothing of ours goes without being seen.
 */
import type { BibContent } from '../cataloguing-records.ts'
import type { ProtectionLine, ProtectionRule } from '../copying-records.ts'
import type { BibField } from '../marc/bib-fields.ts'

export interface ProtectedTag {
  /** `LDR` for the leader. */
  readonly tag: string
  readonly rule: ProtectionRule
  readonly ours: readonly BibField[]
  readonly theirs: readonly BibField[]
  readonly taken: readonly BibField[]
}

export interface ProtectedRecord {
  readonly content: BibContent
  /** All tags of both, the leader first. */
  readonly tags: readonly ProtectedTag[]
}

/** `ours` is null where the catalogue has no such title yet. */
export function protectFields(
  ours: BibContent | null,
  theirs: BibContent,
  lines: readonly ProtectionLine[],
): ProtectedRecord {
  const own = ours?.fields ?? []
  const tags = tagsOf(own, theirs.fields).map((tag): ProtectedTag => {
    const rule = ruleOf(lines, tag)
    const [mine, other] = [ofTag(own, tag), ofTag(theirs.fields, tag)]
    return { tag, rule, ours: mine, theirs: other, taken: takenBy(rule, mine, other) }
  })
  const leader = protectedLeader(ours?.leader ?? null, theirs.leader, ruleOf(lines, 'LDR'))
  const content = {
    leader: leader.taken[0]?.value ?? theirs.leader,
    fields: tags.flatMap(({ taken }) => taken),
  }
  return { content, tags: [leader, ...tags] }
}

/** There is always one leader: keep and fill are the same for it, and so are add and replace. */
function protectedLeader(ours: string | null, theirs: string, rule: ProtectionRule): ProtectedTag {
  const isTheirs = ours === null || rule === 'replace' || rule === 'add'
  return {
    tag: 'LDR',
    rule,
    ours: ours === null ? [] : [leaderField(ours)],
    theirs: [leaderField(theirs)],
    taken: [leaderField(isTheirs ? theirs : ours)],
  }
}

const leaderField = (value: string): BibField => ({
  tag: 'LDR',
  indicators: null,
  value,
  subfields: [],
})

const ofTag = (fields: readonly BibField[], tag: string): BibField[] =>
  fields.filter((field) => field.tag === tag)

export const ruleOf = (lines: readonly ProtectionLine[], tag: string): ProtectionRule =>
  lines.find((line) => fits(line.tag, tag))?.rule ?? 'replace'

const fits = (pattern: string, tag: string): boolean =>
  tag.startsWith(pattern.replace(/X+$/, '')) && tag.length === pattern.length

function takenBy(
  rule: ProtectionRule,
  ours: readonly BibField[],
  theirs: readonly BibField[],
): readonly BibField[] {
  switch (rule) {
    case 'keep':
      return ours
    case 'fill':
      return ours.length === 0 ? theirs : ours
    case 'add': {
      const said = new Set(ours.map(sayingOf))
      return [...ours, ...theirs.filter((field) => !said.has(sayingOf(field)))]
    }
    case 'replace':
      return theirs.length === 0 ? ours : theirs
  }
}

/** What a field says, blanks, hyphens and full-width forms aside. */
const sayingOf = ({ value, subfields }: BibField): string =>
  [value ?? '', ...subfields.map((part) => part.code + part.value)]
    .map((text) => text.normalize('NFKC').replace(/[\s\-‐–]/gu, ''))
    .join('\u001f')

/** Ours in their order; each other before the first that is higher. */
function tagsOf(ours: readonly BibField[], theirs: readonly BibField[]): readonly string[] {
  const tags = [...new Set(ours.map(({ tag }) => tag))]
  for (const { tag } of theirs) {
    if (tags.includes(tag)) continue
    const at = tags.findIndex((one) => one > tag)
    tags.splice(at === -1 ? tags.length : at, 0, tag)
  }
  return tags
}
