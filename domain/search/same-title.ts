/**
 * Which titles are proposed as one work in one edition, catalogued twice. A proposal is a person's to
 * decide; what is proposed wrongly again and again is not looked at any more. Rule Q1 of docs/rules.md.
 */
import type { Title } from '../records.ts'
import type { FoldedTitle } from './tokens.ts'

export interface ComparedTitle {
  readonly title: Title
  readonly folded: Pick<FoldedTitle, 'title' | 'author' | 'publisher'>
}

/** `certain`: number, words, publisher and year agree. `likely`: nothing speaks against it. */
export type Likeness = 'certain' | 'likely'

export interface AlikeTitles {
  readonly ids: readonly string[]
  readonly likeness: Likeness
}

const DIGITS: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}
/** 第十二册, 卷三, 2 辑, 上卷: what tells the parts of a set from each other. */
const NUMBERED = /第?([〇零一二三四五六七八九十百\d]+)(?:分册|[册卷辑集部编期回])/g
const NUMBERED_AFTER = /(?:分册|[册卷辑集])([〇零一二三四五六七八九十百\d]+)/g
const PART = /[上中下](?:册|卷|部|编|集)?$/
const SOME_NUMBER = /\d/

/** 十二 → 12, 二十 → 20, 一〇三 → 103. Up to 199, as far as sets go. */
function numberOf(text: string): string {
  if (SOME_NUMBER.test(text)) return String(Number(text.replaceAll(/\D/g, '')))
  const [hundreds, below] = text.includes('百') ? text.split('百') : [null, text]
  const [tens, ones] = (below ?? '').includes('十')
    ? ((below ?? '').split('十') as [string, string])
    : [null, below ?? '']
  if (hundreds === null && tens === null) {
    return String(Number(Array.from(text, (one) => DIGITS[one] ?? '').join('')))
  }
  const digit = (one: string | undefined): number => Number(DIGITS[one?.at(-1) ?? ''] ?? 0)
  const ofTens = tens === null ? 0 : 10 * (tens.replaceAll('零', '') === '' ? 1 : digit(tens))
  return String((hundreds === null ? 0 : 100 * digit(hundreds)) + ofTens + digit(ones))
}

/** The words of a title with the numbers of its parts written one way. */
export const titleKey = (foldedTitle: string): string =>
  foldedTitle
    .replaceAll(NUMBERED, (_all, number: string) => ` #${numberOf(number)} `)
    .replaceAll(NUMBERED_AFTER, (_all, number: string) => ` #${numberOf(number)} `)
    .replaceAll(/\s+/g, ' ')
    .trim()

const yearOf = ({ year }: Title): string | null => /\d{4}/.exec(year ?? '')?.[0] ?? null

/** Null where either does not say. */
const agrees = (one: string | null, other: string | null): boolean | null =>
  one === null || one === '' || other === null || other === '' ? null : one === other

/** Of two parts of a set the one is not the other, though one number is printed in both. */
const isPartOf = (longer: string, shorter: string): boolean => {
  const rest = longer.slice(shorter.length).trim()
  return rest === '' || rest.includes('#') || PART.test(rest) || SOME_NUMBER.test(rest)
}

/** Null where they are two works, two editions, or two parts of one set. */
export function likenessOf(one: ComparedTitle, other: ComparedTitle): Likeness | null {
  if (one.title.kind !== other.title.kind) return null
  const [key, otherKey] = [titleKey(one.folded.title), titleKey(other.folded.title)]
  const isSameYear = agrees(yearOf(one.title), yearOf(other.title))
  const isSamePublisher = agrees(one.folded.publisher, other.folded.publisher)
  const sharesNumber =
    one.title.isbns.some((isbn) => other.title.isbns.includes(isbn)) ||
    (one.title.issn !== null && one.title.issn === other.title.issn)
  if (sharesNumber) {
    if (key === otherKey) return isSameYear && isSamePublisher ? 'certain' : 'likely'
    const [shorter = '', longer = ''] = [key, otherKey].toSorted((a, b) => a.length - b.length)
    const isBegun = shorter !== '' && longer.startsWith(shorter) && !isPartOf(longer, shorter)
    return isBegun && isSameYear === true && isSamePublisher === true ? 'likely' : null
  }
  // Two numbers are two editions, or a paperback and a hardback.
  if (one.title.isbns.length > 0 && other.title.isbns.length > 0) return null
  const isSameAuthor = agrees(one.folded.author, other.folded.author)
  return key === otherKey &&
    isSameYear === true &&
    isSamePublisher === true &&
    isSameAuthor === true
    ? 'likely'
    : null
}

/** Groups of those that are alike, directly or through another of them; the surest first. */
export function alikeAmong(titles: readonly ComparedTitle[]): AlikeTitles[] {
  const groups: { members: ComparedTitle[]; likeness: Likeness }[] = []
  for (const title of titles) {
    const met = groups.flatMap((group) => {
      const found = group.members.flatMap((member) => likenessOf(member, title) ?? [])
      return found.length === 0 ? [] : [{ group, isLikely: found.includes('likely') }]
    })
    const likeness = met.some(({ group, isLikely }) => isLikely || group.likeness === 'likely')
      ? 'likely'
      : 'certain'
    const members = [...met.flatMap(({ group }) => group.members), title]
    for (const { group } of met) groups.splice(groups.indexOf(group), 1)
    groups.push({ members, likeness })
  }
  return groups
    .filter(({ members }) => members.length > 1)
    .map(({ members, likeness }) => ({ ids: members.map(({ title }) => title.id), likeness }))
    .toSorted((one, other) =>
      one.likeness < other.likeness ? -1 : Number(one.likeness > other.likeness),
    )
}
