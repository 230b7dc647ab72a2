/** What cataloguers and reviewers do: few drafts, so that several desks work on the same record. */
import type { Draft } from '../../domain/cataloguing-records.ts'
import type { Stores } from '../../main/engine/stores.ts'
import { aGoodRecord } from '../builders/good-record.ts'
import type { TitleId } from '../../domain/words/ids.ts'
import type { Doing } from './act.ts'
import type { Random } from './random.ts'

type Rows = Stores['replica']['rows']
const OPEN_MAX = 4

/** Null where there is nothing of the kind to be done here. */
export function withDrafts(random: Random, { replica }: Stores): Doing | null {
  const drafts = replica.rows.select('draft', 'ORDER BY id LIMIT 30')
  const open = drafts.filter(({ state }) => state === 'drafted' || state === 'returned')
  const submitted = drafts.filter(({ state }) => state === 'submitted')
  const published = titlesPublished(drafts)
  if (random.chance(0.06)) return aboutHeadings(random, replica.rows)
  if (published.length > 1 && random.chance(0.15)) return aboutTitles(random, published)
  if (submitted.length > 0 && random.chance(0.5)) return reviewing(random, random.pick(submitted))
  if (open.length === 0 || (open.length < OPEN_MAX && random.chance(0.3))) {
    return beginning(random, replica.rows)
  }
  const draft = random.pick(open)
  const named = namedOf(draft)
  if (random.chance(0.1)) return { kind: 'draft.discard', payload: named }
  if (random.chance(0.2)) return { kind: 'draft.publish', payload: named }
  return random.chance(0.5)
    ? { kind: 'draft.submit', payload: named }
    : correcting(random, draft, replica.rows)
}

/** Titles that drafts made: few, so that desks merge the same two, and each the other way. */
export const titlesPublished = (drafts: readonly Draft[]): readonly TitleId[] => [
  ...new Set(
    drafts.flatMap(({ state, titleId }) => (state === 'published' ? (titleId ?? []) : [])),
  ),
]

const NAMELESS = { controlNumber: null, isbns: [], title: '小王子' }

function aboutTitles(random: Random, titles: readonly TitleId[]): Doing {
  const [one, other] = [random.pick(titles), random.pick(titles)]
  if (random.chance(0.4)) {
    return random.chance(0.6)
      ? { kind: 'title.suppress', payload: { title: one, reason: '等待审读' } }
      : { kind: 'title.unsuppress', payload: { title: one } }
  }
  return random.chance(0.2)
    ? { kind: 'title.set-apart', payload: { titles: [one, other] } }
    : { kind: 'title.merge', payload: { keep: one, merge: other, went: NAMELESS, choices: [] } }
}

const namedOf = ({ id, revision }: Draft) => ({ draft: id, revision })

const written = (random: Random) =>
  aGoodRecord(
    random.pick(['210  $a北京$c中译出版社$d2022', '210  $a上海$c上海译文出版社$d2022']),
    random.pick(['215  $a112页$c图$d21cm', '215  $a120页$d21cm']),
  )

function beginning(random: Random, rows: Rows): Doing {
  const published = rows.select('draft', `WHERE state = 'published' ORDER BY id LIMIT 5`)
  const titleId = random.chance(0.6) ? (random.pick([...published, null])?.titleId ?? null) : null
  const bib = titleId === null ? null : rows.row('bib', titleId)
  const base = bib === null ? null : { leader: bib.leader, fields: bib.fields }
  const about = { of: null, titleId: base === null ? null : titleId, base }
  return { kind: 'draft.save', payload: { ...about, profile: 'cnmarc', ...written(random) } }
}

/** Upon what the city has by now, half of the time: a person has compared them. */
function correcting(random: Random, draft: Draft, rows: Rows): Doing {
  const bib = draft.titleId === null ? null : rows.row('bib', draft.titleId)
  const compared = bib === null ? draft.base : { leader: bib.leader, fields: bib.fields }
  const { titleId, profile } = draft
  const base = random.chance(0.5) ? compared : draft.base
  const payload = { of: namedOf(draft), titleId, profile, base, ...written(random) }
  return { kind: 'draft.save', payload }
}

const reviewing = (random: Random, draft: Draft): Doing =>
  random.chance(0.4)
    ? {
        kind: 'draft.return',
        payload: {
          ...namedOf(draft),
          remarks: [{ tag: '210', occurrence: 0, text: '核对出版地' }],
        },
      }
    : { kind: 'draft.publish', payload: namedOf(draft) }

/** Few names, so that desks write the same heading, and change one that another has changed. */
function aboutHeadings(random: Random, rows: Rows): Doing {
  const [known] = rows.select('authority', 'ORDER BY id LIMIT 5')
  const of = known === undefined ? null : { authority: known.id, revision: known.revision }
  if (of !== null && random.chance(0.2)) return { kind: 'authority.remove', payload: of }
  const payload = {
    of: random.chance(0.5) ? of : null,
    kind: 'person' as const,
    indicators: ' 0',
    subfields: [{ code: 'a', value: random.pick(['鲁迅', '老舍']) }],
    variants: random.pick([['周树人'], ['周樟寿', '老舍'], []]),
    seeAlso: [],
    note: null,
  }
  return { kind: 'authority.save', payload }
}
