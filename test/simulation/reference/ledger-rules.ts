/** Ledgers and leases after every commit: I23–I27. */
import type { Lease, LedgerEntry } from '../../../domain/ledger-records.ts'
import type { CityRows } from './city-rows.ts'
import { rowsOf } from './table.ts'

export function ledgersBroken(city: CityRows): string[] {
  const entries = rowsOf(city.rows, 'ledger-entry')
  const leases = rowsOf(city.rows, 'lease')
  if (entries.length === 0 && leases.length === 0) return []
  return [
    ...balancesBroken(city, entries, leases),
    ...leases.flatMap((lease) => leaseBroken(city, lease, entries)),
    ...numbersBroken(city, entries),
  ]
}

const left = ({ amount, spent }: Lease): number => amount - spent

/** I24: what is free and what lies in open leases is what the ledger says; I23: not below nothing. */
function balancesBroken(
  city: CityRows,
  entries: readonly LedgerEntry[],
  leases: readonly Lease[],
): string[] {
  const open = leases.filter(({ kind, closedAt }) => kind === 'points' && closedAt === null)
  const exceptions = rowsOf(city.rows, 'exception')
  return rowsOf(city.rows, 'reader').flatMap(({ id, pointsFree }) => {
    const broken: string[] = []
    const ofReader = <T extends { readerId: string | null }>(all: readonly T[]): T[] =>
      all.filter(({ readerId }) => readerId === id)
    const balance = ofReader(entries)
      .filter(({ ledger }) => ledger === 'points')
      .reduce((sum, { amount }) => sum + amount, 0)
    const leased = ofReader(open).reduce((sum, lease) => sum + left(lease), 0)
    if (pointsFree + leased !== balance) {
      broken.push(`I24 ${id}: ${pointsFree} free and ${leased} leased of ${balance}`)
    }
    const isTold = ofReader(exceptions).some(({ kind }) =>
      ['double-spend', 'lease-expired'].includes(kind),
    )
    if (pointsFree < 0 && !isTold) broken.push(`I23 ${id} has ${pointsFree} points, untold`)
    return broken
  })
}

/** I25: not beyond its amount, by its own desk and epoch, in its time. */
function leaseBroken(city: CityRows, lease: Lease, entries: readonly LedgerEntry[]): string[] {
  const broken: string[] = []
  const drawn = entries.filter(
    ({ leaseId, cause }) => leaseId === lease.id && (cause === 'redeemed' || cause === 'issued'),
  )
  const spent =
    lease.kind === 'points' ? -drawn.reduce((sum, { amount }) => sum + amount, 0) : lease.spent
  if (lease.spent > lease.amount) broken.push(`I25 ${lease.id}: ${lease.spent} of ${lease.amount}`)
  if (spent !== lease.spent) broken.push(`I25 ${lease.id}: ${lease.spent}, entries say ${spent}`)
  for (const { id, at, number } of drawn) {
    const [device, epoch] = id.split('.')
    const outcome = outcomeOf(city, id)
    // A certificate that was printed is kept whatever its number is; the exception tells.
    if (number !== null && outcome === 'applied-with-exception') continue
    if (device !== lease.deviceId || Number(epoch) !== lease.epoch) {
      broken.push(`I25 ${id} was spent from ${lease.id} of ${lease.deviceId}.${lease.epoch}`)
    }
    if (at > lease.notAfter && outcome !== 'applied-with-exception') {
      broken.push(`I25 ${id} was spent after the end of ${lease.id}`)
    }
    const first = lease.firstNumber ?? 0
    if (number !== null && (number < first || number >= first + lease.amount)) {
      broken.push(`I27 ${id} has number ${number}, beyond its block`)
    }
  }
  return broken
}

/** Ids of records begin with the operation that made them. */
export const outcomeOf = (city: CityRows, recordId: string) =>
  city.operations.get(recordId.split('.').slice(0, 3).join('.'))?.outcome

/** I27: no number twice, unless the second one says that it is one. */
function numbersBroken(city: CityRows, entries: readonly LedgerEntry[]): string[] {
  const issued = entries.filter(
    ({ id, cause }) => cause === 'issued' && outcomeOf(city, id) === 'applied',
  )
  const byNumber = Map.groupBy(issued, ({ policyLine, number }) => `${policyLine} ${number}`)
  return [...byNumber].flatMap(([number, twins]) =>
    twins.length > 1 ? [`I27 ${number} was given ${twins.length} times`] : [],
  )
}
