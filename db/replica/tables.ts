/**
 * The tables of the replica, derived from the records' own schemas: one STRICT table a kind, columns
 * spelled as the fields, booleans 0/1, arrays and objects JSON text. There is no second list.
 */
import { z } from 'zod'

import { finders } from '../../domain/gathering.ts'
import type { FinderName } from '../../domain/gathering.ts'
import { recordKinds, recordSchemas } from '../../domain/records.ts'
import { shelfNumberOf } from '../../domain/words/book-number.ts'
import { callNumberSortKey } from '../../domain/words/call-number.ts'
import type { RecordKind } from '../../domain/records.ts'

/** Titles and full records live in the catalogue's own file; the next numbers on the server only. */
const elsewhere = ['title', 'bib', 'number-series'] as const
export type ReplicaKind = Exclude<RecordKind, (typeof elsewhere)[number]>
export const isReplicaKind = (kind: RecordKind): kind is ReplicaKind =>
  !(elsewhere as readonly RecordKind[]).includes(kind)
export const replicaKinds: readonly ReplicaKind[] = recordKinds.filter(isReplicaKind)

export interface Column {
  readonly name: string
  readonly type: 'TEXT' | 'INTEGER' | 'REAL'
  readonly stores: 'plain' | 'boolean' | 'json'
  readonly isNullable: boolean
}

const columnsByKind = new Map<RecordKind, readonly Column[]>(
  replicaKinds.map((kind) => [
    kind,
    Object.entries(recordSchemas[kind].shape).map(([name, schema]) => columnOf(name, schema)),
  ]),
)

export function columnsOf(kind: RecordKind): readonly Column[] {
  const columns = columnsByKind.get(kind)
  if (columns === undefined) throw new Error(`${kind} has no table in the replica`)
  return columns
}

/** Beside the fields of a record: what SQLite orders by. Written with the row, never read into it. */
export interface DerivedColumn {
  readonly name: string
  readonly type: 'TEXT'
  /** The field it follows from; null where that is. */
  readonly from: string
  /** Null where nothing follows from it. */
  readonly of: (value: string) => string | null
}

const derivedColumns: Partial<Record<ReplicaKind, readonly DerivedColumn[]>> = {
  item: [
    { name: 'shelfKey', type: 'TEXT', from: 'callNumber', of: (text) => callNumberSortKey(text) },
    { name: 'shelfNumber', type: 'TEXT', from: 'callNumber', of: shelfNumberOf },
  ],
}

/** Part of the schema: a replica whose keys another program wrote is filled anew. */
const SHELF_ORDER = 1

export const derivedOf = (kind: RecordKind): readonly DerivedColumn[] =>
  isReplicaKind(kind) ? (derivedColumns[kind] ?? []) : []

/** Names of all columns of the table: of the fields, then of what follows from them. */
export const tableColumnsOf = (kind: RecordKind): readonly string[] =>
  [...columnsOf(kind), ...derivedOf(kind)].map(({ name }) => name)

function columnOf(name: string, schema: z.ZodType, isNullable = false): Column {
  if (schema instanceof z.ZodNullable) return columnOf(name, schema.unwrap() as z.ZodType, true)
  if (schema instanceof z.ZodNumber) {
    const type = schema.isInt ? 'INTEGER' : 'REAL'
    return { name, type, stores: 'plain', isNullable }
  }
  if (schema instanceof z.ZodBoolean) {
    return { name, type: 'INTEGER', stores: 'boolean', isNullable }
  }
  if (schema instanceof z.ZodArray || schema instanceof z.ZodObject) {
    return { name, type: 'TEXT', stores: 'json', isNullable }
  }
  const isText =
    schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral
  if (!isText) throw new Error(`no column type for ${name}`)
  return { name, type: 'TEXT', stores: 'plain', isNullable }
}

/** Indexes of the questions in db/queries, beyond those of the finders. */
const queryIndexes: readonly Index[] = [
  // The reader card counts open and overdue loans without leaving the index.
  {
    kind: 'loan',
    by: [
      'readerId',
      'returnedAt',
      'dueOn',
      'isDisputed',
      'claimedReturnedAt',
      'lostAt',
      'lentBranchId',
      'dueAt',
      'lentAt',
    ],
  },
  { kind: 'fee', by: ['readerId', 'settledAt', 'openedAt'] },
  { kind: 'item', by: ['titleId', 'state', 'isForLoan'] },
  // Counts, ages and the order of the list, all within the index.
  { kind: 'exception', by: ['settledAt', 'kind', 'openedAt', 'assignedTo', 'id'] },
  { kind: 'reader', by: ['phone'] },
  // What travels, wherever it is: few rows of a million, of which those to or from here are picked.
  { kind: 'item', by: ['transitToBranchId', 'transitSentAt'], where: `state = 'in-transit'` },
  { kind: 'ledger-entry', by: ['tillId'] },
  { kind: 'till', by: ['branchId', 'openedAt'] },
  { kind: 'book-number', by: ['branchId', 'askedAt'] },
  // What is owed to spines: as many rows as somebody has to print.
  { kind: 'spine-label', by: ['branchId', 'dueAt'], where: 'isDue = 1' },
  { kind: 'hold', by: ['state', 'pickupBranchId'] },
  // The shelf list: of the desk's own branch alone, for the brief rows of others have no call number.
  { kind: 'item', by: ['homeBranchId', 'shelfKey', 'id'], where: 'shelfKey IS NOT NULL' },
  { kind: 'item', by: ['homeBranchId', 'shelf', 'shelfKey', 'id'], where: 'shelfKey IS NOT NULL' },
  // What lies on a hold shelf: a handful of a million items, and no lending writes to it.
  { kind: 'item', by: ['atBranchId'], where: `state = 'on-hold-shelf'` },
  { kind: 'subscription', by: ['branchId', 'endsOn'] },
  { kind: 'serial-issue', by: ['subscriptionId', 'ordinal'] },
  { kind: 'serial-issue', by: ['branchId'] },
  // Only the desk's own branch has them; most of a city's items cost it nothing.
  { kind: 'item', by: ['callNumber'], where: 'callNumber IS NOT NULL' },
  {
    kind: 'item',
    by: ['shelfNumber', 'homeBranchId', 'id'],
    where: 'shelfNumber IS NOT NULL',
  },
]

export interface Index {
  readonly kind: ReplicaKind
  readonly by: readonly string[]
  /** Of these rows only. */
  readonly where?: string
}

/**
 * Put in order when they are found, which is seldom, by whatever index begins with the same column.
 * Copies of one title: one more index of a million items would make a new desk wait a third longer
 * for them. Loans of one item: one more page to write with every lending.
 */
export const sortedWhenFound: readonly FinderName[] = [
  'itemsOfTitle',
  'allItemsOfTitle',
  'loansOfItem',
]

/** Asked for by a value, never for its absence: the index of `queryIndexes` over the few that have one. */
export const neverNull: ReadonlySet<FinderName> = new Set(['itemsByShelfNumber'])

/** One for each finder and question; an index that another one begins with is left out. */
export function indexes(): readonly Index[] {
  const wanted = [...queryIndexes]
  for (const [name, { kind, by, orderBy }] of Object.entries(finders)) {
    if (!isReplicaKind(kind) || sortedWhenFound.includes(name as FinderName)) continue
    if (neverNull.has(name as FinderName)) continue
    wanted.push({ kind, by: [...by, orderBy] })
  }
  const isBegunBy = (one: Index, other: Index): boolean =>
    one.kind === other.kind &&
    one.where === other.where &&
    one.by.every((column, index) => other.by[index] === column)
  return wanted.filter(
    (one, at) =>
      !wanted.some(
        (other, otherAt) =>
          at !== otherAt &&
          isBegunBy(one, other) &&
          (other.by.length > one.by.length || otherAt < at),
      ),
  )
}

export const quoted = (name: string): string => `"${name}"`
export const quotedList = (names: readonly string[]): string => names.map(quoted).join(', ')

export function tableSql(kind: ReplicaKind): string {
  const columns = columnsOf(kind).map(({ name, type, stores, isNullable }) => {
    const parts = [quoted(name), type]
    if (name === 'id') parts.push('PRIMARY KEY')
    if (!isNullable) parts.push('NOT NULL')
    if (stores === 'boolean') parts.push(`CHECK (${quoted(name)} IN (0, 1))`)
    return `  ${parts.join(' ')}`
  })
  columns.push(...derivedOf(kind).map(({ name, type }) => `  ${quoted(name)} ${type}`))
  return `CREATE TABLE ${quoted(kind)} (\n${columns.join(',\n')}\n) STRICT;`
}

const indexSql = ({ kind, by, where }: Index): string =>
  `CREATE INDEX ${quoted(`${kind}_${by.join('_')}`)} ON ${quoted(kind)} (${quotedList(by)})${
    where === undefined ? '' : ` WHERE ${where}`
  };`

/** Progress, before-images, and what the desk did since the server last spoke. */
const syncTables = `
CREATE TABLE progress (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  fingerprint TEXT NOT NULL,
  localSeq INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE cursor (
  scope TEXT PRIMARY KEY,
  number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE base_row (key TEXT PRIMARY KEY, row TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE pending_operation (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  changes TEXT NOT NULL,
  inverse TEXT NOT NULL
) STRICT;`

/** The whole schema; its hash is the replica's fingerprint. */
export const replicaSchemaSql = (): string =>
  [
    `-- shelf order ${SHELF_ORDER}`,
    ...replicaKinds.map(tableSql),
    ...indexes().map(indexSql),
    syncTables,
  ].join('\n')
