/** What a card did that nobody knew, given to the reader whose card it is. */
import type { BindingFacts } from '../binding-facts.ts'
import { patch, put, remove } from '../change.ts'
import type { Change } from '../change.ts'
import type { Ctx } from '../operation.ts'
import type { LedgerEntry } from '../ledger-records.ts'
import type { LedgerException, Reader } from '../records.ts'
import { activeAtAfter } from '../scopes.ts'
import type { BranchId, LedgerEntryId, ReaderId } from '../words/ids.ts'
import { countsOf } from './reader-counts.ts'

export interface ReaderBinding {
  readonly binding: BindingFacts
  readonly placeholder: Reader
  readonly target: Reader
  readonly exception: LedgerException
  readonly ctx: Ctx
}

export function bindReader({
  binding,
  placeholder,
  target,
  exception,
  ctx,
}: ReaderBinding): Change[] {
  const readerId = target.id
  const activeAt = activeAtAfter(target, ctx.branchId, ctx.today)
  const about = new Set([exception.id, ...binding.openExceptions.map(({ id }) => id)])
  return [
    // Named as they stand: returned or paid since, they are counted elsewhere, and no undo fits (U4).
    ...binding.loans.map(({ id, returnedAt }) => patch('loan', id, { readerId, returnedAt })),
    ...binding.fees.map(({ id, settledAt }) => patch('fee', id, { readerId, settledAt })),
    ...[...about].map((id) => patch('exception', id, { readerId })),
    ...carriedOver(binding.entries, readerId, ctx),
    patch('reader', readerId, activeAt === null ? {} : { activeAt }, countsOf(placeholder, 1)),
    remove('reader', placeholder.id),
  ]
}

/** Entries never change (I26): what they come to is entered once more, for the reader. */
function carriedOver(entries: readonly LedgerEntry[], readerId: ReaderId, ctx: Ctx): Change[] {
  return (['points', 'money'] as const).flatMap((ledger) => {
    const amount = entries
      .filter((entry) => entry.ledger === ledger)
      .reduce((sum, entry) => sum + entry.amount, 0)
    if (amount === 0) return []
    return put('ledger-entry', {
      id: ctx.newId() as LedgerEntryId,
      ledger,
      readerId,
      amount,
      cause: 'adjusted',
      policyLine: null,
      number: null,
      at: ctx.at,
      branchId: ctx.branchId as BranchId,
      leaseId: null,
      reversesId: null,
      feeId: null,
      tender: null,
      tillId: null,
      note: null,
    })
  })
}
