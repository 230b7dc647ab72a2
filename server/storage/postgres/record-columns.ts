/**
 * What finders match and order by stands in columns of its own. Each finder has a column, named as
 * it, that only rows which it can find fill, and an index over it: which index answers a question
 * does not hang on the planner's statistics, which know nothing of a kind that is new.
 */
import { finders } from '../../../domain/gathering.ts'
import type { FinderName, FinderValue } from '../../../domain/gathering.ts'
import type { RecordKind } from '../../../domain/records.ts'
import type { AnyRow, Search } from '../ledger-storage.ts'
import { finderValue, sourceOf } from '../matching-rows.ts'
import { LIST_SEPARATOR } from './packed.ts'

export type ColumnValue = string | number | null

export interface Column {
  readonly name: string
  readonly type: '' | 'bigint'
  readonly of: (row: AnyRow) => ColumnValue
}

/** Finders that differ in nothing but how many they find stand in one column. */
const sharing = (name: FinderName): FinderName => {
  const { kind, by, orderBy } = finders[name]
  const alike = names.find((other) => {
    const one = finders[other]
    return one.kind === kind && one.orderBy === orderBy && one.by.join() === by.join()
  })
  return alike ?? name
}

/** `openLoansByDue` → `open_loans_by_due`. */
const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Of a time only "not yet" is asked: who is returned, settled or closed is not found. */
const isTime = (field: string): boolean => field.endsWith('At')

const names = Object.keys(finders) as FinderName[]
const shapes = new Map(
  names.map((name) => {
    const by = finders[name].by.map((field, at) => ({ field, at }))
    const times = by.filter(({ field }) => isTime(field))
    return [
      name,
      { column: snake(sharing(name)), times, named: by.filter((one) => !times.includes(one)) },
    ]
  }),
)

function shapeOf(finder: FinderName) {
  const shape = shapes.get(finder)
  if (shape === undefined) throw new Error(`no finder ${finder}`)
  return shape
}

export const columnOf = (finder: FinderName): string => shapeOf(finder).column

const keyFrom = ([first, ...rest]: readonly (FinderValue | undefined)[]): string =>
  rest.reduce((key: string, value) => `${key}${LIST_SEPARATOR}${value ?? ''}`, `${first ?? ''}`)

/** What a search looks for. Throws where it asks for a time: no index finds by one. */
export function searchKey({ finder, values }: Pick<Search, 'finder' | 'values'>): string {
  const { times, named } = shapeOf(finder)
  if (times.some(({ at }) => values[at] !== null)) {
    throw new Error(`${finder} finds only what is open`)
  }
  return keyFrom(named.map(({ at }) => values[at]))
}

/** Null where the finder can never find the row. */
function rowKey(finder: FinderName, row: AnyRow): string | null {
  const { times, named } = shapeOf(finder)
  if (times.some(({ field }) => finderValue(row, field) !== null)) return null
  const values = named.map(({ field }) => finderValue(row, field))
  return values[0] === null ? null : keyFrom(values)
}

const order: Record<string, string> = { id: 'id', dueOn: 'due_on, id' }
export const orderOf = (finder: FinderName): string =>
  order[finders[finder].orderBy] ?? 'began_at, id'

function columnsFor(kind: RecordKind): Column[] {
  const ofKind = names.filter((name) => finders[name].kind === kind && sharing(name) === name)
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

/** All that the columns of a kind are made of. */
const fieldsByKind = new Map<RecordKind, readonly string[]>(
  [...Map.groupBy(Object.values(finders), ({ kind }): RecordKind => kind)].map(([kind, ofKind]) => [
    kind,
    [...new Set(ofKind.flatMap(({ by, orderBy }): string[] => [...by, orderBy].map(sourceOf)))],
  ]),
)

/** False only where the columns of the two rows are the same: the indexes are left as they are. */
export function mayDifferInColumns(
  kind: RecordKind,
  one: AnyRow | null,
  other: AnyRow | null,
): boolean {
  if (one === null || other === null) return one !== other
  const fields = fieldsByKind.get(kind) ?? []
  return fields.some((field) => finderValue(one, field) !== finderValue(other, field))
}
