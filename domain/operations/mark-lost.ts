/** An item is told lost; whoever has it on loan is charged. Rules R15 and H7 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { boundsFor } from '../policy/charges.ts'
import type { Item, Loan, Policy } from '../records.ts'
import { ItemId } from '../words/ids.ts'
import type { FeeId } from '../words/ids.ts'
import { keptNoMore } from './trap-hold.ts'

const Payload = z.strictObject({ item: ItemId })

const Summary = z.strictObject({
  itemId: z.string(),
  titleId: z.string().nullable(),
  loanId: z.string().nullable(),
  feeFen: z.int().min(0),
})

export const markLost = defineOperation({
  kind: 'item.mark-lost',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ item }) => aSubject({ itemId: item, holds: aboutHolds({ ofItem: true }) }),
  decide(facts, payload, ctx) {
    const feeId = ctx.newId() as FeeId
    const { item } = facts
    const loan = openLoan(facts)
    const feeFen = item === null || loan === null ? 0 : lossFeeFen(item, facts.policy)
    const summary = {
      itemId: payload.item as string,
      titleId: (item?.titleId ?? null) as string | null,
      loanId: (loan?.id ?? null) as string | null,
      feeFen,
    }
    const about = {
      itemId: payload.item,
      readerId: loan?.readerId ?? null,
      loanId: loan?.id ?? null,
      otherLoanId: null,
    }
    if (item === null) {
      return { findings: [impossible('unknown-item', 'L1')], changes: [], summary, about }
    }
    const { ofItem, ofHold } = keptNoMore(facts, item)
    const lost = { state: 'lost', transitToBranchId: null, transitSentAt: null } as const
    const changes: Change[] = [
      patch('item', item.id, { ...lost, ...ofItem }),
      ...ofHold,
      ...(loan === null ? [] : charged({ item, loan, feeId, feeFen, ctx })),
    ]
    return { findings: lostFindings(facts, item, loan, feeFen), changes, summary, about }
  },
})

const openLoan = ({ loan }: Facts): Loan | null => (loan?.returnedAt === null ? loan : null)

/** F2: what the form of charges proposes. */
const lossFeeFen = (item: Item, { charges }: Policy): number =>
  boundsFor(charges, 'loss', item)?.usualFen ?? 0

function lostFindings(facts: Facts, item: Item, loan: Loan | null, feeFen: number): Finding[] {
  if (item.state === 'lost') return [impossible('already-lost', 'R15')]
  if (item.state === 'withdrawn') return [impossible('item-withdrawn', 'L10')]
  if (facts.openLoansOfItem.some(({ isDisputed }) => isDisputed)) {
    return [impossible('loan-disputed', 'R15')]
  }
  if (loan === null) return [note('not-on-loan', 'R15')]
  return [alert('loss-charged', 'R15', { params: { feeFen } })]
}

interface Charged {
  readonly item: Item
  readonly loan: Loan
  readonly feeId: FeeId
  readonly feeFen: number
  readonly ctx: Ctx
}

/** The loan stays open: a find ends it, with what it owes by then (R14). */
function charged({ item, loan, feeId, feeFen, ctx }: Charged): Change[] {
  const changes: Change[] = [patch('loan', loan.id, { lostAt: ctx.at })]
  if (feeFen === 0) return changes
  const fee = put('fee', {
    id: feeId,
    readerId: loan.readerId,
    loanId: loan.id,
    itemId: item.id,
    cause: 'loss',
    amountFen: feeFen,
    paidFen: 0,
    waivedFen: 0,
    lastWaiver: null,
    note: null,
    openedAt: ctx.at,
    settledAt: null,
  })
  return [...changes, fee, patch('reader', loan.readerId, {}, { feesOwedFen: feeFen })]
}
