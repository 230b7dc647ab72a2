/**
 * Tags that the city knows to be wrong: what other desks told, and what this one tells them (G1, G2).
 * Nobody is signed in: it is told when somebody is.
 */
import type { SecurityDebt } from '../../contract/pad-shapes.ts'
import type { SyncStatus } from '../../contract/topics.ts'
import type { Rows } from '../../db/replica/rows.ts'
import type { PayloadOf } from '../../domain/operations/index.ts'
import { mayDo } from '../../domain/policy/roles.ts'
import type { Item } from '../../domain/records.ts'
import type { TagDebt } from '../../domain/tag-records.ts'
import { TagId } from '../../domain/words/ids.ts'
import { randomUUID } from 'node:crypto'
import { ifRoom } from './if-room.ts'
import { perform } from './perform.ts'
import type { PerformDeps, Performer } from './perform.ts'

/** A desk of its own has no city to ask, and needs none. */
export const canAskCity = ({ connection }: SyncStatus): boolean =>
  connection === 'online' || connection === 'not-enrolled'

type TagRequest =
  | { readonly kind: 'tag.owe'; readonly payload: PayloadOf<'tag.owe'> }
  | { readonly kind: 'tag.settle'; readonly payload: PayloadOf<'tag.settle'> }

/** False where it could not be told now. */
export type TellCity = (request: TagRequest) => boolean

/** More than a screen shows; the rest comes up as these are paid. */
const SHOWN_MAX = 200

export const cityTeller =
  (deps: PerformDeps, performerNow: () => Performer | null): TellCity =>
  ({ kind, payload }) => {
    const performer = performerNow()
    if (performer === null || !mayDo(performer.role, 'use-devices')) return false
    let isDone = false
    ifRoom(() => {
      const request = { requestId: randomUUID(), kind, payload, overrides: [], isDryRun: false }
      isDone = perform(deps, performer, request, []).outcome === 'done'
    })
    return isDone
  }

export class CityDebts {
  readonly #rows: Rows
  #tell: TellCity = () => false

  constructor(rows: Rows) {
    this.#rows = rows
  }

  useCity(tell: TellCity): void {
    this.#tell = tell
  }

  of(uid: string): TagDebt | null {
    return this.#rows.row('tag-debt', uid)
  }

  /** Told and not among `own`, oldest first. */
  others(own: ReadonlySet<string>, titleOf: (barcode: string) => string | null): SecurityDebt[] {
    return this.#rows
      .select('tag-debt', 'ORDER BY since LIMIT ?', SHOWN_MAX)
      .filter(({ id }) => !own.has(id))
      .map(({ id, barcode, wanted, since, branchId }) => ({
        uid: id,
        barcode,
        title: titleOf(barcode),
        wanted,
        since,
        hasFailed: false,
        toldByBranchId: branchId,
      }))
  }

  owe(uid: string, barcode: string, wanted: TagDebt['wanted']): boolean {
    const tag = TagId.safeParse(uid)
    return (
      tag.success && this.#tell({ kind: 'tag.owe', payload: { tag: tag.data, barcode, wanted } })
    )
  }

  /** Nothing where the city knows of none. */
  settle(uid: string, barcode: string, wanted: TagDebt['wanted']): void {
    if (this.of(uid) === null) return
    this.#tell({ kind: 'tag.settle', payload: { tag: TagId.parse(uid), barcode, wanted } })
  }
}

/** The item's loan says what was owed: otherwise it was lent or returned since, and nothing is. */
export const isStillOwed = (
  { wanted }: Pick<TagDebt, 'wanted'>,
  { state }: Pick<Item, 'state'>,
): boolean => (state === 'on-loan') === (wanted === 'on-loan')
