/** A certificate with a number that no other desk prints. Rules Z4, Z6, Z10 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import { numberText, seriesTerms } from '../policy/points-leases.ts'
import { PlainText } from '../words/plain-text.ts'
import { LeaseId } from '../words/ids.ts'
import type { BranchId, LedgerEntryId } from '../words/ids.ts'
import { drawn, numberFindings } from './leased-number.ts'
import { placeholderReader } from './placeholders.ts'

const Payload = z.strictObject({
  card: PlainText(64).min(1),
  series: PlainText(60).min(1),
  lease: LeaseId,
  /** As printed: a fact, not to be counted again by whoever decides later. */
  number: z.int().min(1),
  /** What it is for. */
  text: PlainText(200).min(1),
})

const Summary = z.strictObject({
  entryId: z.string(),
  readerId: z.string(),
  number: z.int(),
  printed: z.string(),
})

export const issueCertificate = defineOperation({
  kind: 'certificate.issue',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ card, lease }) => aSubject({ card, ledger: inLedger({ leaseIds: [lease] }) }),
  decide(facts, payload, ctx) {
    const entryId = ctx.newId() as LedgerEntryId
    const reader = facts.reader ?? placeholderReader(payload.card, facts, ctx)
    const { series, number } = payload
    const terms = seriesTerms(facts.policy.points, series)
    const changes: Change[] = facts.reader === null ? [put('reader', reader)] : []
    changes.push(
      put('ledger-entry', {
        id: entryId,
        ledger: 'certificates',
        readerId: reader.id,
        amount: 0,
        cause: 'issued',
        policyLine: series,
        number,
        at: ctx.at,
        branchId: ctx.branchId as BranchId,
        leaseId: payload.lease,
        reversesId: null,
        feeId: null,
        tender: null,
        tillId: null,
        note: payload.text,
      }),
      ...drawn(facts, payload, ctx),
    )
    return {
      findings: [
        ...(facts.reader === null
          ? [alert('unknown-reader', 'L2', { exception: 'unknown-reader' })]
          : []),
        ...(terms === undefined ? [impossible('unknown-series', 'Z10')] : []),
        ...numberFindings(facts, payload, ctx),
      ],
      changes,
      summary: {
        entryId: entryId,
        readerId: reader.id,
        number,
        printed: terms === undefined ? String(number) : numberText(terms, number),
      },
      about: { itemId: null, readerId: reader.id, loanId: null, otherLoanId: null },
    }
  },
})
