/**
 * A reader comes to a service point that does not know them: from now on its desks hold their row,
 * their open loans and fees. Nothing but the visit is recorded; who asked stays in the audit trail.
 */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { NewReader } from '../reader-facts.ts'
import type { Reader } from '../records.ts'
import { PlainText } from '../words/plain-text.ts'
import { activeAtAfter } from '../scopes.ts'

const Payload = z.strictObject({
  /** Empty where an ID card was read instead. */
  card: PlainText(64),
  /** Under the city's key (D19); the readers with it are told by their rows alone. */
  idNumberHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
const Summary = z.strictObject({
  /** Null where this desk does not hold the reader yet. */
  readerId: z.string().nullable(),
})

export const welcomeReader = defineOperation({
  kind: 'reader.welcome',
  // Refused, it costs nothing: the card is unknown to the city as well.
  evidence: 'intent',
  isUntold: true,
  permission: 'see-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ card, idNumberHash }) =>
    idNumberHash === undefined
      ? aSubject({ card })
      : aSubject({ newReader: holding(idNumberHash) }),
  decide({ reader, possibleDuplicates }, { idNumberHash }, ctx) {
    const readers = idNumberHash === undefined ? [reader].filter(isReader) : possibleDuplicates
    const [first] = readers
    const readerId = first?.id ?? null
    const about = { itemId: null, readerId, loanId: null, otherLoanId: null }
    const summary = { readerId }
    if (first === undefined) {
      // The desk asks because it does not know; only the city can say that there is none.
      const findings = ctx.isCity ? [impossible('unknown-reader', 'L2')] : []
      return { findings, changes: [], summary, about }
    }
    const changes = readers.flatMap((one) => {
      const activeAt = activeAtAfter(one, ctx.branchId, ctx.today)
      return activeAt === null ? [] : [patch('reader', one.id, { activeAt })]
    })
    return { findings: [], changes, summary, about }
  },
})

const isReader = (reader: Reader | null): reader is Reader => reader !== null

/** Somebody of whom nothing is known but the hash: the search for look-alikes finds who has it. */
const holding = (idNumberHash: string): NewReader => ({
  card: '',
  name: '',
  bornOn: null,
  idNumberHash,
  guardianReaderId: null,
})
