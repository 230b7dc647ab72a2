/**
 * Which feeds hear of an operation, and of what (design/sync.md, Feed, scopes): a record that stays
 * in a scope is told by its changes, one that enters whole, one that leaves by its removal. What
 * belongs to a reader or an item moves with it, in the same entry.
 */
import { keyOf, put, remove } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Gathering } from '../../domain/gathering.ts'
import type { Card } from '../../domain/reader-records.ts'
import type { Item, Reader, RecordKind } from '../../domain/records.ts'
import { briefItem, dependentFinders, scopesOf } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import { finders } from '../../domain/gathering.ts'
import type { AnyRow, BriefDirty } from '../storage/ledger-storage.ts'
import { idInKey, kindInKey } from '../storage/record-keys.ts'
import type { Touched } from './batch-facts.ts'
import { cardDirty, itemDirty, readerDirty } from './brief-facts.ts'

export interface Spread {
  /** What each scope is told, in the order of the changes. */
  readonly told: ReadonlyMap<Scope, readonly Change[]>
  /** Where each record stands now that was touched, or moved with one that was. */
  readonly scopes: readonly Pick<Move, 'key' | 'to'>[]
  readonly dirty: readonly BriefDirty[]
}

interface Move {
  readonly key: RecordKey
  readonly after: AnyRow | null
  readonly changes: readonly Change[]
  readonly from: readonly Scope[]
  readonly to: readonly Scope[]
}

/** `from`: the scopes of a record before this operation. Rows are asked for as they are after it. */
export function* spread(
  touched: readonly Touched[],
  from: (key: RecordKey) => readonly Scope[],
): Gathering<Spread> {
  const moves: Move[] = []
  for (const { key, before, after, changes } of touched) {
    const to = after === null ? [] : yield* scopesOf(kindInKey(key), after)
    moves.push({ key, after, changes, from: before === null ? [] : from(key), to })
  }
  const isMoving = (move: Move): boolean => !isSameList(move.from, move.to) && hasDependents(move)
  if (moves.some(isMoving)) {
    const own = new Set(touched.map(({ key }) => key))
    // What moves with a record may have others that move with it: a reader's merged ones have entries.
    for (const move of moves) {
      if (isMoving(move)) moves.push(...(yield* dependentMoves(move, own, from)))
    }
  }
  return { told: toldBy(moves), scopes: moves, dirty: touched.flatMap(dirtyBy) }
}

const hasDependents = ({ key }: Move): boolean => kindInKey(key) in dependentFinders

const isSameList = (one: readonly Scope[], other: readonly Scope[]): boolean =>
  one.length === other.length && one.every((scope, index) => scope === other[index])

function* dependentMoves(
  { key }: Move,
  own: Set<RecordKey>,
  from: (key: RecordKey) => readonly Scope[],
): Gathering<Move[]> {
  const kind = kindInKey(key) as keyof typeof dependentFinders
  const moves: Move[] = []
  for (const finder of dependentFinders[kind]) {
    const { kind: dependent, by } = finders[finder]
    const values = by.map((_, index) => (index === 0 ? idInKey(key) : null))
    const rows = (yield { lookup: 'find', finder, values }) as readonly AnyRow[]
    for (const row of rows) {
      const dependentKey = keyOf(dependent, row.id)
      if (own.has(dependentKey)) continue
      own.add(dependentKey)
      const to = yield* scopesOf(dependent, row)
      moves.push({ key: dependentKey, after: row, changes: [], from: from(dependentKey), to })
    }
  }
  return moves
}

function toldBy(moves: readonly Move[]): Map<Scope, Change[]> {
  const told = new Map<Scope, Change[]>()
  const tell = (scope: Scope, changes: readonly Change[]): void => {
    const list = told.get(scope)
    if (list === undefined) told.set(scope, [...changes])
    else list.push(...changes)
  }
  for (const { key, after, changes, from, to } of moves) {
    for (const scope of to) {
      if (from.includes(scope)) tell(scope, changes)
      else if (after !== null) tell(scope, [entering(kindInKey(key), after, changes)])
    }
    for (const scope of from) if (!to.includes(scope)) tell(scope, [leaving(key, after)])
  }
  for (const [scope, changes] of told) if (changes.length === 0) told.delete(scope)
  return told
}

/** The change itself where it is the whole row already: most records that enter are new. */
function entering(kind: RecordKind, row: AnyRow, changes: readonly Change[]): Change {
  const [only] = changes
  return changes.length === 1 && only !== undefined && 'put' in only
    ? only
    : put(kind, row as never)
}

/** Every desk goes on knowing the city's brief facts of an item. */
const leaving = (key: RecordKey, after: AnyRow | null): Change =>
  kindInKey(key) === 'item' && after !== null
    ? put('item', briefItem(after as Item))
    : remove(kindInKey(key), idInKey(key))

function dirtyBy({ key, before, after }: Touched): BriefDirty[] {
  const id = idInKey(key)
  switch (kindInKey(key)) {
    case 'item':
      return itemDirty(id, before as Item | null, after as Item | null)
    case 'reader':
      return readerDirty(id, before as Reader | null, after as Reader | null)
    case 'card':
      return cardDirty(id, before as Card | null, after as Card | null)
    default:
      return []
  }
}
