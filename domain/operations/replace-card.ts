/** A new card in place of a lost, damaged or older one. Rules D1, D5 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { atReaderDesk } from '../reader-facts.ts'
import type { Card } from '../reader-records.ts'
import type { Reader } from '../records.ts'
import { ReaderId } from '../words/ids.ts'
import type { CardId, FeeId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { aboutReader, standingFindings } from './about-reader.ts'

const Payload = z.strictObject({
  reader: ReaderId,
  card: PlainText(64).min(1),
  /** The main card as the screen showed it. */
  insteadOf: PlainText(64).min(1),
  reason: z.enum(['lost', 'damaged', 'renewed']),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  readerId: z.string(),
  card: z.string(),
  feeFen: z.int().min(0),
})

export const replaceCard = defineOperation({
  kind: 'reader.replace-card',
  // The new card is in the reader's hand.
  evidence: 'physical',
  permission: 'register-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ reader, card }) =>
    aSubject({ readerId: reader, atReaderDesk: atReaderDesk({ newNumber: card }) }),
  decide(facts, payload, ctx) {
    const { reader } = facts
    const feeFen = payload.reason === 'renewed' ? 0 : cardFeeOf(facts)
    return {
      findings: replaceFindings(facts, payload),
      changes: reader === null ? [] : replaced(reader, payload, feeFen, ctx),
      summary: { readerId: payload.reader, card: payload.card, feeFen },
      about: aboutReader(reader),
    }
  },
})

/** What the policy usually charges for a card; none where it has no line for it. */
const cardFeeOf = ({ policy }: Facts): number =>
  policy.charges.lines.find(({ cause }) => cause === 'card')?.usualFen ?? 0

function replaceFindings({ reader, atReaderDesk: desk }: Facts, payload: Payload): Finding[] {
  const found = standingFindings(reader, 'D5')
  if (desk?.isNumberTaken === true) {
    found.push(impossible('card-number-taken', 'D1', { exception: 'duplicate-registration' }))
  }
  if (reader !== null && reader.cardNumber !== payload.insteadOf) {
    const params = { card: reader.cardNumber }
    found.push(alert('card-replaced-elsewhere', 'D5', { params, exception: 'edit-conflict' }))
  }
  return found
}

function replaced(reader: Reader, payload: Payload, feeFen: number, ctx: Ctx): Change[] {
  const { card: number, insteadOf, reason } = payload
  const id = ctx.newId() as CardId
  const feeId = ctx.newId() as FeeId
  const row = { id, readerId: reader.id, kind: 'physical' } as const
  const gone: Card = {
    ...row,
    number: insteadOf,
    state: reason === 'lost' ? 'lost' : 'replaced',
    issuedOn: null,
    replacedByNumber: number,
  }
  const further: Card = {
    ...row,
    number,
    state: 'valid',
    issuedOn: ctx.today,
    replacedByNumber: null,
  }
  // Replaced at another desk meanwhile: that one stays the main card, and both are in the reader's hands.
  const cards =
    reader.cardNumber === insteadOf
      ? [
          put('card', gone),
          patch('reader', reader.id, { cardNumber: number, cardState: 'valid' as const }),
        ]
      : [put('card', further)]
  if (feeFen === 0) return cards
  return [...cards, ...charged(reader, feeId, feeFen, ctx)]
}

const charged = (reader: Reader, id: FeeId, amountFen: number, ctx: Ctx): Change[] => [
  put('fee', {
    id,
    readerId: reader.id,
    loanId: null,
    itemId: null,
    cause: 'card',
    amountFen,
    paidFen: 0,
    waivedFen: 0,
    lastWaiver: null,
    openedAt: ctx.at,
    settledAt: null,
    note: null,
  }),
  patch('reader', reader.id, {}, { feesOwedFen: amountFen }),
]
