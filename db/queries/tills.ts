/** The till of this desk, and those of its branch of late. */
import { Tender } from '../../domain/policy/charge-shapes.ts'
import type { Till } from '../../domain/till-records.ts'
import type { Rows } from '../replica/rows.ts'
import { staffName } from './exceptions.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface TillRow {
  readonly till: Till
  readonly openedByName: string | null
  readonly closedByName: string | null
  readonly cashInFen: number
  readonly cashOutFen: number
  readonly others: readonly {
    readonly tender: Tender
    readonly amountFen: number
    readonly count: number
  }[]
}

export interface Tills {
  readonly deviceId: string | null
  readonly open: TillRow | null
  readonly history: readonly TillRow[]
}

export function tills(
  { outbox, replica: { rows } }: Stores,
  { limit }: { readonly limit: number },
  _asked: AskedAt,
): Tills {
  const identity = outbox.identity()
  if (identity === null) return { deviceId: null, open: null, history: [] }
  const open = openTill(rows, identity.deviceId)
  const others = rows.select(
    'till',
    'WHERE branchId = ? AND id IS NOT ? ORDER BY openedAt DESC LIMIT ?',
    identity.branchId,
    open?.id ?? null,
    limit,
  )
  return {
    deviceId: identity.deviceId,
    open: open === null ? null : tillRow(rows, open),
    history: others.map((till) => tillRow(rows, till)),
  }
}

export const openTill = (rows: Rows, deviceId: string): Till | null =>
  rows.find('openTillsOfDevice', [deviceId, null])[0] ?? null

function tillRow(rows: Rows, till: Till): TillRow {
  const sums = rows.raw(
    `SELECT tender, amount > 0 AS isIn, sum(amount) AS amountFen, count(*) AS count
     FROM "ledger-entry" WHERE tillId = ? AND tender IS NOT NULL GROUP BY tender, amount > 0`,
    till.id,
  )
  const sumOf = (tender: Tender, isIn: number, column: 'amountFen' | 'count'): number =>
    Number(sums.find((one) => one['tender'] === tender && one['isIn'] === isIn)?.[column] ?? 0)
  return {
    till,
    openedByName: staffName(rows, till.openedBy),
    closedByName: staffName(rows, till.closedBy),
    cashInFen: sumOf('cash', 1, 'amountFen'),
    cashOutFen: 0 - sumOf('cash', 0, 'amountFen'),
    others: Tender.exclude(['cash']).options.flatMap((tender) => {
      const count = sumOf(tender, 1, 'count') + sumOf(tender, 0, 'count')
      const amountFen = sumOf(tender, 1, 'amountFen') + sumOf(tender, 0, 'amountFen')
      return count === 0 ? [] : [{ tender, amountFen, count }]
    }),
  }
}
