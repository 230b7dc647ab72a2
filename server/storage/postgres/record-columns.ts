/**
 * What finders match and order by stands in columns of its own. Each finder has a column, named as
 * it, that only rows which it can find fill, and an index over it: which index answers a question
 * does not hang on the planner's statistics, which know nothing of a kind that is new.
 */
import { finders } from '../../../domain/gathering.ts'
import type { FinderName, FinderValue } from '../../../domain/gathering.ts'
import type { RecordKind } from '../../../domain/records.ts'
import type { AnyRow, Search } from '../ledger-storage.ts'
import { finderValue } from '../matching-rows.ts'
import { LIST_SEPARATOR } from './packed.ts'

export type ColumnValue = string | number | null

export interface Column {
  readonly name: string
  readonly type: '' | 'bigint'
  readonly of: (row: AnyRow) => ColumnValue
}

/** `openLoansByDue` → `open_loans_by_due`. */
const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

export const columnOf = (finder: FinderName): string => snake(finder)

/** Of a time only "not yet" is asked: who is returned, settled or closed is not found. */
const isTime = (field: string): boolean => field.endsWith('At')

const keyFrom = (values: readonly FinderValue[]): string =>
  values.map((value) => value ?? '').join(LIST_SEPARATOR)

/** What a search looks for. Throws where it asks for a time: no index finds by one. */
export function searchKey({ finder, values }: Pick<Search, 'finder' | 'values'>): string {
  const { by } = finders[finder]
  if (by.some((field, index) => isTime(field) && values[index] !== null)) {
    throw new Error(`${finder} finds only what is open`)
  }
  return keyFrom(values.filter((_, index) => !isTime(by[index] ?? '')))
}

/** Null where the finder can never find the row. */
function rowKey(finder: FinderName, row: AnyRow): string | null {
  const { by } = finders[finder]
  if (by.some((field) => isTime(field) && finderValue(row, field) !== null)) return null
  const named = by.filter((field) => !isTime(field)).map((field) => finderValue(row, field))
  return named[0] === null ? null : keyFrom(named)
}

const order: Record<string, string> = { id: 'id', dueOn: 'due_on, id' }
export const orderOf = (finder: FinderName): string =>
  order[finders[finder].orderBy] ?? 'began_at, id'

const names = Object.keys(finders) as FinderName[]

function columnsFor(kind: RecordKind): Column[] {
  const ofKind = names.filter((name) => finders[name].kind === kind)
  const orders = new Set(ofKind.map((name): string => finders[name].orderBy))
  const orderColumns = [...orders].flatMap((field): Column[] => {
    if (field === 'id') return []
    const of = (row: AnyRow) => finderValue(row, field)
    return [
      field === 'dueOn'
        ? { name: 'due_on', type: '', of }
        : { name: 'began_at', type: 'bigint', of },
    ]
  })
  return [
    ...ofKind.map((finder): Column => {
      return { name: columnOf(finder), type: '', of: (row) => rowKey(finder, row) }
    }),
    ...orderColumns,
  ]
}

const columnsByKind = new Map<RecordKind, readonly Column[]>(
  [...new Set(names.map((name): RecordKind => finders[name].kind))].map((kind) => [
    kind,
    columnsFor(kind),
  ]),
)

export const columnsOf = (kind: RecordKind): readonly Column[] => columnsByKind.get(kind) ?? []

/** True where the columns of the two rows differ: only then the indexes are written to. */
export function differsInColumns(kind: RecordKind, one: AnyRow | null, other: AnyRow | null) {
  if (one === null || other === null) return one !== other
  return columnsOf(kind).some(({ of }) => of(one) !== of(other))
}
