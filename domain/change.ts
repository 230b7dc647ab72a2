/**
 * Change = put | patch | remove: the only way state moves, on the desk and on the server.
 *
 * `patch.add` moves counters by a difference. A counter that was set to a value could not be
 * taken back after a second operation moved it; a difference can (undo, rebase).
 */
import { z } from 'zod'
import { recordSchemas } from './records.ts'
import type { RecordKind, Records } from './records.ts'

export type NumericFields<K extends RecordKind> = {
  [F in keyof Records[K]]: Records[K][F] extends number ? F : never
}[keyof Records[K]]

export type Put = { [K in RecordKind]: { put: K; row: Records[K] } }[RecordKind]
export type Patch = {
  [K in RecordKind]: {
    patch: K
    id: string
    set: Partial<Omit<Records[K], 'id'>>
    add: Partial<Record<NumericFields<K>, number>>
  }
}[RecordKind]
export type Remove = { remove: RecordKind; id: string }
export type Change = Put | Patch | Remove

/** `kind:id`, the unit of rebase and of row locks. */
export type RecordKey = `${RecordKind}:${string}`

export const keyOf = (kind: RecordKind, id: string): RecordKey => `${kind}:${id}`

export function keyOfChange(change: Change): RecordKey {
  if ('put' in change) return keyOf(change.put, change.row.id)
  if ('patch' in change) return keyOf(change.patch, change.id)
  return keyOf(change.remove, change.id)
}

export function kindOfChange(change: Change): RecordKind {
  if ('put' in change) return change.put
  if ('patch' in change) return change.patch
  return change.remove
}

/** Titles and their bibliographic records, which live in a file of their own on the desk. */
export const isOfCatalogue = (change: Change): boolean => {
  const kind = kindOfChange(change)
  return kind === 'title' || kind === 'bib'
}

export const put = <K extends RecordKind>(kind: K, row: Records[K]): Change =>
  ({ put: kind, row }) as unknown as Change

export const patch = <K extends RecordKind>(
  kind: K,
  id: string,
  set: Partial<Omit<Records[K], 'id'>>,
  add: Partial<Record<NumericFields<K>, number>> = {},
): Change => ({ patch: kind, id, set, add }) as unknown as Change

export const remove = (kind: RecordKind, id: string): Change => ({ remove: kind, id })

type AnyRow = Records[RecordKind]

/**
 * The row after the change. A patch of a row that is not there changes nothing: the row left this
 * replica's scope, or was removed, and a removed row stays removed (I19).
 */
export function applyChange(row: AnyRow | null, change: Change): AnyRow | null {
  if ('put' in change) return change.row
  if ('remove' in change) return null
  if (row === null) return null
  const next: Record<string, unknown> = { ...row, ...change.set }
  for (const [field, by] of Object.entries(change.add)) {
    next[field] = (next[field] as number) + by
  }
  return next as AnyRow
}

/** Two changes of one record, one after the other, as one. */
export function joined(first: Change, second: Change): Change {
  if (!('patch' in second)) return second
  if ('remove' in first) return first
  if ('put' in first) return { put: first.put, row: applyChange(first.row, second) } as Put
  const set: Record<string, unknown> = { ...first.set, ...second.set }
  // What the second one sets is no difference any more.
  const add: Record<string, number> = Object.fromEntries(
    Object.entries(first.add).filter(([field]) => !(field in second.set)),
  )
  for (const [field, by] of Object.entries(second.add)) {
    if (field in set) set[field] = (set[field] as number) + by
    else add[field] = (add[field] ?? 0) + by
  }
  return { patch: first.patch, id: first.id, set, add } as unknown as Change
}

/** The change that takes `change` back, given the row as it was before. */
export function inverseOf(change: Change, before: AnyRow | null): Change {
  const kind = kindOfChange(change)
  if ('patch' in change) {
    if (before === null) return { remove: kind, id: change.id }
    const was = before as unknown as Record<string, unknown>
    const kept = stayingByKind[kind]
    const set: Record<string, unknown> = {}
    for (const field of Object.keys(change.set)) {
      if (kept?.includes(field) !== true) set[field] = was[field]
    }
    const add: Record<string, number> = {}
    for (const [field, by] of Object.entries(change.add)) {
      // Setting the old value takes the difference back already.
      if (!(field in change.set)) add[field] = -by
    }
    return { patch: kind, id: change.id, set, add } as unknown as Change
  }
  if (before === null) return { remove: kind, id: 'put' in change ? change.row.id : change.id }
  return { put: kind, row: before } as unknown as Change
}

/**
 * True where `row` still shows what `change` wrote. A counter counts for a put (a reader who has
 * borrowed since is not the reader who was registered), not for a patch, which moved it by a
 * difference and takes that difference back.
 */
export function stillStands(change: Change, row: AnyRow | null): boolean {
  if ('remove' in change) return row === null
  if (row === null) return false
  if (isMergedAway(change, row)) return false
  const now = row as unknown as Record<string, unknown>
  const wrote = ('put' in change ? change.row : change.set) as unknown as Record<string, unknown>
  const kind = kindOfChange(change)
  const recounted = [
    ...('put' in change ? (recountedByKind[kind] ?? []) : []),
    ...(stayingByKind[kind] ?? []),
  ]
  return Object.entries(wrote).every(
    ([field, value]) =>
      recounted.includes(field) || JSON.stringify(now[field]) === JSON.stringify(value),
  )
}

/** What stood on a reader stands on another since: nothing is taken back from what is left. */
const isMergedAway = (change: Change, row: AnyRow): boolean =>
  kindOfChange(change) === 'reader' &&
  (row as Records['reader']).mergedIntoId !== null &&
  !('patch' in change && 'mergedIntoId' in change.set)

/** Who holds a reader's row is no part of what was done: a visit is not taken back. */
const stayingByKind: Partial<Record<RecordKind, readonly string[]>> = { reader: ['activeAt'] }

/** Statistics that the city counts anew: no operation stands upon them. */
const recountedByKind: Partial<Record<RecordKind, readonly string[]>> = { title: ['loansCount'] }

const kindSchema = z.enum(Object.keys(recordSchemas) as [RecordKind, ...RecordKind[]])

const putSchemas = (Object.keys(recordSchemas) as RecordKind[]).map((kind) =>
  z.strictObject({ put: z.literal(kind), row: recordSchemas[kind] }),
)
const patchSchemas = (Object.keys(recordSchemas) as RecordKind[]).map((kind) =>
  z.strictObject({
    patch: z.literal(kind),
    id: z.string().min(1).max(80),
    set: (recordSchemas[kind] as typeof recordSchemas.item).partial().omit({ id: true }),
    add: z.record(z.string(), z.number()),
  }),
)

/** What may arrive from a network. */
export const Change = z.union([
  ...putSchemas,
  ...patchSchemas,
  z.strictObject({ remove: kindSchema, id: z.string().min(1).max(80) }),
]) as unknown as z.ZodType<Change>
