/** What a payment took beyond what its fees could take: to be given back. */
import type { Tender } from '../../domain/policy/charge-shapes.ts'
import { excessFen, sumFen } from '../../domain/policy/fee-balance.ts'
import type { LedgerEntry } from '../../domain/ledger-records.ts'
import type { Fee, LedgerException } from '../../domain/records.ts'
import type { EpochMs } from '../../domain/words/calendar-date.ts'
import type { ReaderId, TillId } from '../../domain/words/ids.ts'
import type { Rows } from '../replica/rows.ts'
import { openTill } from './tills.ts'

export interface Excess {
  readonly readerId: ReaderId
  readonly lines: readonly { readonly entry: LedgerEntry['id']; readonly amountFen: number }[]
  readonly amountFen: number
  readonly paidFen: number
  readonly waivedFen: number
  readonly tender: Tender | null
  readonly tillId: TillId | null
}

/** Null where nothing is in excess, or the exception is about something else. */
export function excessOf(
  rows: Rows,
  { kind, operationId }: LedgerException,
  deviceId: string | null,
): Excess | null {
  if (kind !== 'fee-settled-twice') return null
  const entries = entriesOf(rows, operationId)
  const fees = feesOf(rows, entries)
  const lines = entries.flatMap((entry) => {
    const amountFen = Math.min(leftOf(rows, entry), excessOfFee(rows, entry))
    return amountFen > 0 ? [{ entry: entry.id, amountFen }] : []
  })
  const [first] = entries
  if (first === undefined || lines.length === 0) return null
  return {
    readerId: first.readerId,
    lines,
    amountFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0),
    paidFen: fees.reduce((sum, { paidFen }) => sum + paidFen, 0),
    waivedFen: fees.reduce((sum, { waivedFen }) => sum + waivedFen, 0),
    tender: first.tender,
    tillId: deviceId === null ? null : (openTill(rows, deviceId)?.id ?? null),
  }
}

/** Records are named after the operation that makes them: all between `….r` and the next letter. */
const entriesOf = (rows: Rows, operationId: string): LedgerEntry[] =>
  rows.select(
    'ledger-entry',
    `WHERE id > ? AND id < ? AND cause = 'paid' ORDER BY id`,
    `${operationId}.r`,
    `${operationId}.s`,
  )

const feesOf = (rows: Rows, entries: readonly LedgerEntry[]): Fee[] =>
  entries.flatMap(({ feeId }) => (feeId === null ? [] : (rows.row('fee', feeId) ?? [])))

interface FeeStep {
  readonly what: 'charged' | 'paid' | 'waived'
  readonly at: EpochMs
  readonly branchId: string | null
  readonly staffId: string | null
}

/** What else is known of the fees of a payment: when they were charged, what others paid or waived. */
export function feeStepsOf(
  rows: Rows,
  { kind, operationId }: Pick<LedgerException, 'kind' | 'operationId'>,
): FeeStep[] {
  if (kind !== 'fee-settled-twice') return []
  const own = entriesOf(rows, operationId)
  const ownIds = new Set<string>(own.map(({ id }) => id))
  return feesOf(rows, own).flatMap((fee) => [
    { what: 'charged' as const, at: fee.openedAt, branchId: null, staffId: null },
    ...rows
      .find('entriesOfFee', [fee.id])
      .filter(({ id, cause }) => cause === 'paid' && !ownIds.has(id))
      .map(({ at, branchId }) => ({ what: 'paid' as const, at, branchId, staffId: null })),
    ...(fee.lastWaiver === null ? [] : [{ what: 'waived' as const, ...fee.lastWaiver }]),
  ])
}

/** Of a payment, what did not go back yet. */
export const leftOf = (rows: Rows, entry: LedgerEntry): number =>
  entry.amount + sumFen(rows.find('reversalsOfEntry', [entry.id]))

/** Money for no fee is in excess, all of it (X3). */
const excessOfFee = (rows: Rows, { feeId, amount }: LedgerEntry): number =>
  feeId === null ? amount : excessFen(rows.row('fee', feeId), rows.find('entriesOfFee', [feeId]))
