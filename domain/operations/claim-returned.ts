/** The reader says that it was returned, and nobody has seen it. Rule R16 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import type { Loan, Reader } from '../records.ts'
import { LoanId } from '../words/ids.ts'

const Payload = z.strictObject({ loan: LoanId })

const Summary = z.strictObject({
  loanId: z.string(),
  itemId: z.string(),
  titleId: z.string().nullable(),
  /** Of this reader, this one counted. */
  claimsCount: z.int(),
})

export const claimReturned = defineOperation({
  kind: 'loan.claim-returned',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ loan }) => aSubject({ loanId: loan }),
  decide({ loan, item, reader }, payload, ctx) {
    const claimsCount = (reader?.claimsCount ?? 0) + 1
    const summary = {
      loanId: payload.loan as string,
      itemId: (item?.id ?? '') as string,
      titleId: (item?.titleId ?? null) as string | null,
      claimsCount,
    }
    const about = {
      itemId: item?.id ?? null,
      readerId: reader?.id ?? null,
      loanId: payload.loan,
      otherLoanId: null,
    }
    if (loan === null || item === null || reader === null) {
      return { findings: [impossible('unknown-loan', 'R16')], changes: [], summary, about }
    }
    const changes = [
      patch('loan', loan.id, { claimedReturnedAt: ctx.at }),
      patch('item', item.id, { state: 'claimed-returned' }),
      patch('reader', reader.id, {}, { claimsCount: 1 }),
    ]
    return { findings: claimFindings(loan, reader), changes, summary, about }
  },
})

function claimFindings(loan: Loan, { claimsCount }: Reader): Finding[] {
  if (loan.returnedAt !== null) return [impossible('loan-closed', 'R16')]
  if (loan.isDisputed) return [impossible('loan-disputed', 'R16')]
  if (loan.claimedReturnedAt !== null) return [impossible('already-claimed', 'R16')]
  if (loan.lostAt !== null) return [impossible('loan-lost', 'R16')]
  return claimsCount > 0 ? [alert('claims-before', 'R16', { params: { count: claimsCount } })] : []
}
