/** Book numbers of one class, given to a desk ahead and given back. Rules C44, Z8, Z10. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import { aSubject } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { defineOperation, impossible, note } from '../operation.ts'
import type { Decision } from '../operation.ts'
import { onShelves } from '../shelf-facts.ts'
import { bookSeries, readBookSeries } from '../words/book-number.ts'
import { LeaseId, SchemeId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { leaseOf } from './lease-request.ts'
import { givenBack } from './lease-return.ts'

const Asked = z.strictObject({
  scheme: SchemeId,
  classNumber: PlainText(60).min(1),
  /** The highest number that the desk sees on its own shelves; 0 where it sees none. */
  above: z.int().min(0).max(9_999_999),
})

const Summary = z.strictObject({
  /** Null where it was only asked for: the city grants, no desk does. */
  leaseId: z.string().nullable(),
  amount: z.int().min(0),
})

const nobody = { itemId: null, readerId: null, loanId: null, otherLoanId: null }

export const requestBlock = defineOperation({
  kind: 'number.request-block',
  evidence: 'intent',
  isUntold: true,
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Asked,
  summary: Summary,
  subject: ({ scheme, classNumber, above }) =>
    aSubject({
      shelf: onShelves({ next: { schemeId: scheme, classNumber, above } }),
      ledger: inLedger({ series: bookSeries(scheme, classNumber) }),
    }),
  decide({ shelf, ledger }, payload, ctx): Decision<z.infer<typeof Summary>> {
    const scheme = shelf.schemes.find(({ id }) => id === payload.scheme)
    const without = { changes: [], summary: { leaseId: null, amount: 0 }, about: nobody }
    if (scheme === undefined) return { ...without, findings: [impossible('unknown-scheme', 'C41')] }
    if (!ctx.isCity) return { ...without, findings: [note('lease-asked-for', 'C44')] }
    const series = bookSeries(payload.scheme, payload.classNumber)
    const amount = scheme.blockSize
    const known = ledger.series?.nextNumber ?? null
    const firstNumber = shelf.freeNumber ?? Math.max(known ?? 1, payload.above + 1)
    const lease = leaseOf(ctx, scheme.blockDays, { amount, series, firstNumber })
    const next = firstNumber + amount
    return {
      findings: [],
      changes: [
        known === null
          ? put('number-series', { id: series, nextNumber: next })
          : patch('number-series', series, {}, { nextNumber: next - known }),
        put('lease', lease),
      ],
      summary: { leaseId: lease.id, amount },
      about: nobody,
    }
  },
})

/** As any lease is, by whoever catalogues: what was not drawn is given to nobody. */
export const returnBlock = defineOperation({
  kind: 'number.return-block',
  evidence: 'intent',
  isUntold: true,
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: z.strictObject({ lease: LeaseId }),
  summary: z.strictObject({ leaseId: z.string(), left: z.int() }),
  subject: ({ lease }) => aSubject({ ledger: inLedger({ leaseIds: [lease] }) }),
  decide({ ledger }, payload, ctx) {
    const lease = ledger.leases.get(payload.lease) ?? null
    const isBlock = readBookSeries(lease?.series ?? null) !== null
    const { findings, changes, left } = givenBack(isBlock ? lease : null, ctx)
    return { findings, changes, summary: { leaseId: payload.lease, left }, about: nobody }
  },
})
