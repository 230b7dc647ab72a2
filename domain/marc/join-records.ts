/** Two records of one work become one: of each tag a person says whose fields it has. */
import type { BibContent } from '../cataloguing-records.ts'
import type { BibField } from './bib-fields.ts'

/** Of a tag that is not named, the record that stays keeps its own. */
export interface TagChoice {
  /** `LDR` for the leader. */
  readonly tag: string
  readonly take: 'other' | 'both'
}

/** Numbers and times of a record are its own: another's would make two of one number. */
export const OWN_TAGS: readonly string[] = ['001', '003', '005']

export function joinRecords(
  kept: BibContent,
  other: BibContent,
  choices: readonly TagChoice[],
): BibContent {
  const takenByTag = new Map(choices.map(({ tag, take }) => [tag, take]))
  const isLeaderOther = takenByTag.get('LDR') === 'other'
  const tags = [...new Set([...kept.fields, ...other.fields].map(({ tag }) => tag))]
  const fieldsByTag = new Map(
    tags.map((tag) => [
      tag,
      chosen(takenByTag.get(tag) ?? null, ofTag(kept, tag), ofTag(other, tag)),
    ]),
  )
  return {
    leader: isLeaderOther ? other.leader : kept.leader,
    fields: inOrder(kept, tags).flatMap((tag) => fieldsByTag.get(tag) ?? []),
  }
}

export const ofTag = ({ fields }: BibContent, tag: string): BibField[] =>
  fields.filter((field) => field.tag === tag)

function chosen(
  take: TagChoice['take'] | null,
  mine: readonly BibField[],
  theirs: readonly BibField[],
): readonly BibField[] {
  if (take === 'other') return theirs
  if (take === null) return mine
  const texts = new Set(mine.map((field) => JSON.stringify(field)))
  return [...mine, ...theirs.filter((field) => !texts.has(JSON.stringify(field)))]
}

/** Those of the kept record as they come there; each other before the first that is higher. */
function inOrder(kept: BibContent, tags: readonly string[]): readonly string[] {
  const order = [...new Set(kept.fields.map(({ tag }) => tag))]
  for (const tag of tags) {
    if (order.includes(tag)) continue
    const at = order.findIndex((one) => one > tag)
    order.splice(at === -1 ? order.length : at, 0, tag)
  }
  return order
}

/** Tags in which the two differ, in their order; what is each record's own aside. */
export function differingTags(kept: BibContent, other: BibContent): string[] {
  const tags = [...new Set([...kept.fields, ...other.fields].map(({ tag }) => tag))].toSorted()
  const isSame = (tag: string): boolean =>
    JSON.stringify(ofTag(kept, tag)) === JSON.stringify(ofTag(other, tag))
  const differing = tags.filter((tag) => !OWN_TAGS.includes(tag) && !isSame(tag))
  return described(kept.leader) === described(other.leader) ? differing : ['LDR', ...differing]
}

/** What a person decided: status, type, level, and how fully it is described. */
const described = (leader: string): string => leader.slice(5, 9) + leader.slice(17, 20)
