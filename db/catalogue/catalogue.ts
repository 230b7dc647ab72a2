/** The desk's catalogue: titles and full records, disposable. */
import { isDeepStrictEqual } from 'node:util'
import { applyChange, isOfCatalogue, keyOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Bib, Title } from '../../domain/records.ts'
import { textHash } from '../../domain/search/fold.ts'
import { bucketOf, bucketOfRank, firstRankOf } from '../../domain/search/rank.ts'
import type { SearchTables } from '../../domain/search/search-tables.ts'
import { migrate } from '../migrate.ts'
import { committer } from '../commit-at.ts'
import { failing, guarded, isWhole, openDatabase, statementCache } from '../open.ts'
import type { Statement } from '../open.ts'
import { logCarrier } from '../wal-pages.ts'
import type { CarriesLog } from '../wal-pages.ts'
import { matchingTitles } from './matching-titles.ts'
import { titles as titlesMigration } from './0010-titles.ts'
import { ownTitles as ownTitlesMigration } from './0020-own-titles.ts'
import { recordNumbers } from './0030-record-numbers.ts'
import { narrowTitles } from './0035-narrow-titles.ts'
import { changedBibs } from './0040-changed-bibs.ts'
import { goneBibs } from './0060-gone-bibs.ts'
import { changedSince, changesKnownSince } from './changed-bibs.ts'
import { goneSince, leavingsKnownSince } from './gone-bibs.ts'
import { openOwnTitles } from './own-titles.ts'
import type { CatalogueRow, OwnChanges, OwnTitles } from './own-titles.ts'
import { openSearchTables } from './search-tables.ts'
import { readBib, removeBib, writeBib } from './bib-rows.ts'
import { openPhrases } from './phrases.ts'
import type { Phrases } from './phrases.ts'
import { TITLE_COLUMNS, columnsToTitle } from './title-columns.ts'
import type { TitleColumns } from './title-columns.ts'
import { indexTitle, openTitleWriter } from './title-rows.ts'
import type { Indexed, TitleWriter } from './title-rows.ts'

/** 'CDct' */
export const CATALOGUE_APPLICATION_ID = 0x43446374

export const catalogueMigrations = [
  titlesMigration,
  ownTitlesMigration,
  recordNumbers,
  narrowTitles,
  changedBibs,
  goneBibs,
]

/** The engine's own connection: writes and look-ups by id. */
export interface Catalogue extends CarriesLog {
  readonly titles: (ids: readonly string[]) => Map<string, Title>
  readonly bib: (id: string) => Bib | null
  readonly titlesByControlNumber: (controlNumber: string) => Title[]
  /** Titles in the order of their rank, `limit` at a time: pass the last answer's `next` on. */
  readonly titlesAfter: (
    after: number,
    limit: number,
  ) => { titles: readonly Title[]; next: number | null }
  /** Ids of all titles that answer a query, by slices: what a list of the search shows, to its end. */
  readonly titlesMatching: (text: string) => Iterable<readonly string[]>
  /** Ids by slices of titles whose full record changed; see changed-bibs.ts. */
  readonly changedSince: (since: number) => Iterable<readonly string[]>
  /** Full records that left since then, by slices; see gone-bibs.ts. */
  readonly goneSince: (since: number) => Iterable<readonly Bib[]>
  /** Epoch ms; what left before is not known here. */
  readonly leavingsKnownSince: () => number
  /** Epoch ms; a selection since an earlier time has to take every title. */
  readonly changesKnownSince: () => number
  readonly count: () => number
  /**
   * Title and bib changes only; others are ignored. Null keeps the stored progress. With a
   * `localSeq` they are that own operation's, above the city's rows until it is settled; without
   * one they are the city's.
   */
  readonly apply: (
    changes: readonly Change[],
    progress: { cursor: number | null; localSeq: number | null },
  ) => void
  /**
   * Own operations that the city refused, or whose effect is here as the city has it. Answers the
   * ids of titles and bibs that show something else now. Durable when it returns.
   */
  readonly settle: (seqs: readonly number[]) => readonly string[]
  /** All titles as the city has them; own operations are applied again from 1. Durable. */
  readonly takeOwnBack: () => void
  readonly cursor: () => number
  readonly localSeq: () => number
  /** Small merge steps of the index; false when nothing is left. */
  readonly indexIdle: (budgetMs: number) => boolean
  /** Reads every page. */
  readonly isWhole: () => boolean
  readonly close: () => void
}

/** Pages merged in one step: about 2 ms. */
const MERGE_PAGES = 32

/** The index of an import touches the same pages with every batch. */
const CACHE_KIB = 16 * 1024
const noneOwn: OwnChanges = () => []

/**
 * Throws StorageFailure. The file may be open in other connections: the search worker's.
 * `ownChanges`: of the desk's log; without it the file has none of an own operation. `now`: epoch ms.
 */
export function openCatalogue(
  path: string,
  key: Uint8Array | null,
  ownChanges: OwnChanges = noneOwn,
  now: () => number = Date.now,
): Catalogue {
  const db = openDatabase({
    path,
    key,
    applicationId: CATALOGUE_APPLICATION_ID,
    access: 'shared',
  })
  migrate(db, catalogueMigrations)
  db.pragma(`cache_size = -${CACHE_KIB}`)
  const sql = statementCache(db)
  const tables = openSearchTables()
  const own = openOwnTitles(sql, ownChanges)
  const phrases = openPhrases(sql, false)
  const toTitle = (row: TitleColumns): Title => columnsToTitle(row, phrases)
  const writing: Writing = { sql, phrases, tables, writer: openTitleWriter(db, null), own, now }
  const commit = committer(db)
  const progressOf = (name: string): number =>
    (sql('SELECT value FROM progress WHERE name = ?').pluck().get(name) as number | undefined) ?? 0
  return {
    titles: (ids) => failing(path, () => readTitles(sql, phrases, ids)),
    bib: (id) => failing(path, () => readBib(sql, id)),
    titlesByControlNumber: (controlNumber) =>
      failing(path, () => {
        const rows = sql(`${TITLE} WHERE controlNumber = ? AND rank IN (
          SELECT rank FROM titleByControlNumber WHERE hash = ?) ORDER BY rank LIMIT 20`)
        return (rows.all(controlNumber, textHash(controlNumber)) as TitleColumns[]).map(toTitle)
      }),
    titlesAfter: (after, limit) =>
      failing(path, () => {
        const rows = sql(`${TITLE} WHERE rank > ? ORDER BY rank LIMIT ?`).all(after, limit)
        const last = (rows as TitleColumns[]).at(-1)?.rank ?? null
        return {
          titles: (rows as TitleColumns[]).map(toTitle),
          next: rows.length < limit ? null : last,
        }
      }),
    titlesMatching: (text) => matchingTitles(sql, tables, text),
    ...whatChanged(sql, path),
    count: () => progressOf('titlesCount'),
    apply: (changes, progress) => {
      // A page of the feed must last: it settles operations. The desk's own are in its outbox.
      const level = progress.cursor === null ? 'NORMAL' : 'FULL'
      commit(level, () => applyChanges(writing, changes, progress))
    },
    settle: (seqs) => {
      const touching = failing(path, () => seqs.filter(own.touches))
      // A loan says nothing to the catalogue, and its settling costs no commit.
      if (touching.length === 0) return []
      // Once the outbox has settled them, nobody takes the effect back again.
      return commit('FULL', () => showRows(writing, own.settle(touching)))
    },
    takeOwnBack: () => {
      commit('FULL', () => {
        showRows(writing, own.takeBack())
        sql("INSERT OR REPLACE INTO progress VALUES ('localSeq', 0)").run()
      })
    },
    cursor: () => progressOf('cursor'),
    localSeq: () => progressOf('localSeq'),
    indexIdle: (budgetMs) => failing(path, () => mergeSteps(sql, budgetMs)),
    isWhole: () => failing(path, () => isWhole(db)),
    ...guarded(path, logCarrier(db)),
    close: () => {
      db.close()
    },
  }
}

type Sql = (text: string) => Statement

const whatChanged = (
  sql: Sql,
  path: string,
): Pick<Catalogue, 'changedSince' | 'changesKnownSince' | 'goneSince' | 'leavingsKnownSince'> => ({
  changedSince: (since) => changedSince(sql, since),
  changesKnownSince: () => failing(path, () => changesKnownSince(sql)),
  goneSince: (since) => goneSince(sql, since),
  leavingsKnownSince: () => failing(path, () => leavingsKnownSince(sql)),
})

const TITLE = `SELECT ${TITLE_COLUMNS} FROM title`

const readTitle = (sql: Sql, id: string): TitleColumns | undefined =>
  sql(`${TITLE} WHERE id = ?`).get(id) as TitleColumns | undefined

function readTitles(sql: Sql, phrases: Phrases, ids: readonly string[]): Map<string, Title> {
  const found = new Map<string, Title>()
  for (const id of ids) {
    const row = readTitle(sql, id)
    if (row !== undefined) found.set(id, columnsToTitle(row, phrases))
  }
  return found
}

interface Writing {
  readonly sql: Sql
  readonly phrases: Phrases
  readonly tables: SearchTables
  readonly writer: TitleWriter
  readonly own: OwnTitles
  /** Epoch ms, of this desk. */
  readonly now: () => number
}

interface Movement {
  /** Of titles. */
  readonly rank: number | null
  readonly before: CatalogueRow | null
  now: CatalogueRow | null
}

interface TitleMovement extends Movement {
  readonly before: Title | null
  now: Title | null
}

function applyChanges(
  writing: Writing,
  changes: readonly Change[],
  { cursor, localSeq }: { cursor: number | null; localSeq: number | null },
): void {
  const { sql, own } = writing
  const movements = new Map<RecordKey, Movement>()
  for (const change of changes) {
    if (!isOfCatalogue(change)) continue
    const key = keyOfChange(change)
    const movement = movements.get(key) ?? movementOf(writing, key)
    movements.set(key, movement)
    if (localSeq !== null) own.note(localSeq, key, movement.now)
    const above = localSeq === null ? own.told(change) : null
    movement.now =
      above === null ? (applyChange(movement.now, change) as CatalogueRow | null) : above.row
  }
  moveRows(writing, movements)
  const save = sql('INSERT OR REPLACE INTO progress VALUES (?, ?)')
  if (cursor !== null) save.run('cursor', cursor)
  if (localSeq !== null) save.run('localSeq', localSeq)
}

/** Answers the ids of those that showed something else. */
function showRows(
  writing: Writing,
  rows: ReadonlyMap<RecordKey, CatalogueRow | null>,
): readonly string[] {
  const movements = new Map<RecordKey, Movement>()
  for (const [key, now] of rows) movements.set(key, { ...movementOf(writing, key), now })
  return moveRows(writing, movements)
}

const idOf = (key: RecordKey): string => key.slice(key.indexOf(':') + 1)
const isTitle = (key: RecordKey): boolean => key.startsWith('title:')

function movementOf({ sql, phrases }: Writing, key: RecordKey): Movement {
  if (!isTitle(key)) {
    const bib = readBib(sql, idOf(key))
    return { rank: null, before: bib, now: bib }
  }
  const row = readTitle(sql, idOf(key))
  const title = row === undefined ? null : columnsToTitle(row, phrases)
  return { rank: row?.rank ?? null, before: title, now: title }
}

/** What stays as it is costs nothing: most of what the city answers to an import is shown already. */
function moveRows(writing: Writing, movements: ReadonlyMap<RecordKey, Movement>): string[] {
  const moving = [...movements].filter(([, { before, now }]) => !isDeepStrictEqual(before, now))
  for (const [key, { now }] of moving) {
    if (isTitle(key)) continue
    if (now === null) removeBib(writing.sql, idOf(key), writing.now())
    else writeBib(writing.sql, now as Bib, writing.now())
  }
  const titles = moving.filter(([key]) => isTitle(key))
  moveTitles(
    writing,
    titles.map(([, movement]) => movement as TitleMovement),
  )
  return [...new Set(moving.map(([key]) => idOf(key)))]
}

/**
 * FTS5 writes its pending words out whenever a row id is lower than the last one, so the index is
 * touched in rising order of rank. A title's id is unique: all rows leave before any comes.
 */
function moveTitles(writing: Writing, movements: readonly TitleMovement[]): void {
  const { sql, tables, writer } = writing
  const steps: { rank: number; write: () => void }[] = []
  const insertions: typeof steps = []
  let difference = 0
  for (const { rank, place, before, now } of withPlaces(sql, movements)) {
    difference += Number(now !== null) - Number(before !== null)
    const was = before === null ? null : indexTitle(before, tables)
    const is = now === null ? null : indexTitle(now, tables)
    const isSame = was !== null && is !== null && isIndexedAlike(was, is)
    if (isSame && now !== null && rank !== null && place === rank) {
      writer.rewrite(now, rank, is.folded)
      continue
    }
    if (rank !== null && was !== null) {
      writer.removeRow(rank, was)
      steps.push({ rank, write: () => writer.removeTokens(rank) })
    }
    if (now !== null && is !== null && place !== null) {
      insertions.push({ rank: place, write: () => writer.insert(now, place, is) })
    }
  }
  for (const { write } of [...steps, ...insertions].toSorted((a, b) => a.rank - b.rank)) write()
  if (difference === 0) return
  sql(
    `INSERT INTO progress VALUES ('titlesCount', ?)
     ON CONFLICT DO UPDATE SET value = value + excluded.value`,
  ).run(difference)
}

/**
 * Where each title will stand. All places are given before any row leaves: a row that leaves to come
 * back to its own rank must not be overlooked when the next free one is sought.
 */
function withPlaces(
  sql: Sql,
  movements: readonly TitleMovement[],
): (TitleMovement & { readonly place: number | null })[] {
  const newRank = rankGiver(sql)
  return movements.map((movement) => {
    const { rank, now } = movement
    if (now === null) return { ...movement, place: null }
    const keepsRank = rank !== null && bucketOfRank(rank) === bucketOf(now)
    return { ...movement, place: keepsRank ? rank : newRank(bucketOf(now)) }
  })
}

const isIndexedAlike = (was: Indexed, is: Indexed): boolean =>
  was.tokens === is.tokens && JSON.stringify(was.keys) === JSON.stringify(is.keys)

/** Gives the next free ranks of buckets, several in one transaction. */
function rankGiver(sql: Sql): (bucket: number) => number {
  const nextByBucket = new Map<number, number>()
  const select = 'SELECT max(rank) FROM title WHERE rank >= ? AND rank < ?'
  return (bucket) => {
    const first = firstRankOf(bucket)
    const last = sql(select)
      .pluck()
      .get(first, firstRankOf(bucket + 1)) as number | null
    const next = nextByBucket.get(bucket) ?? (last === null ? first : last + 1)
    nextByBucket.set(bucket, next + 1)
    return next
  }
}

/** SQLite says by its change counter whether a merge step still found work. */
function mergeSteps(sql: Sql, budgetMs: number): boolean {
  const changes = sql('SELECT total_changes()').pluck()
  const merge = sql("INSERT INTO titleIndex (titleIndex, rank) VALUES ('merge', ?)")
  const until = performance.now() + budgetMs
  do {
    const before = changes.get() as number
    merge.run(MERGE_PAGES)
    if ((changes.get() as number) - before < 2) return false
  } while (performance.now() < until)
  return true
}
