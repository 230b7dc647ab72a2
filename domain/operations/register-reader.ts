/** Giving a person a card. Rules D1–D4 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import { atReaderDesk } from '../reader-facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible, isOverridden, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { PlainText } from '../words/plain-text.ts'
import type { Reader } from '../records.ts'
import { CalendarDate, ageOn, sameDayLater } from '../words/calendar-date.ts'
import { ReaderId } from '../words/ids.ts'
import type { BranchId } from '../words/ids.ts'

/** A card from this age, with a parent below 8 (reference/domain-cn.md 4.1). */
const AGE_MIN = 3
/** PIPL 31: under this age a guardian consents. */
export const CONSENT_AGE = 14

const Payload = z.strictObject({
  card: PlainText(64).min(1),
  name: PlainText(60).min(1),
  category: PlainText(40).min(1),
  bornOn: CalendarDate.nullable(),
  phone: PlainText(30).nullable(),
  idNumberHash: z.string().length(64).nullable(),
  guardianReaderId: ReaderId.nullable(),
  hasGuardianConsent: z.boolean(),
  note: PlainText(500).nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ readerId: z.string(), card: z.string(), expiresOn: CalendarDate })

export const registerReader = defineOperation({
  kind: 'reader.register',
  // The card is in the reader's hand when the desk says done.
  evidence: 'physical',
  permission: 'register-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: (payload) =>
    aSubject({
      newReader: {
        card: payload.card,
        name: payload.name,
        bornOn: payload.bornOn,
        idNumberHash: payload.idNumberHash,
        guardianReaderId: payload.guardianReaderId,
      },
      atReaderDesk: atReaderDesk({ newNumber: payload.card }),
    }),
  decide(facts, payload, ctx) {
    const category = facts.policy.readerCategories.find((one) => one.id === payload.category)
    const years = category?.cardYears ?? 1
    const expiresOn = sameDayLater(ctx.today, years)
    const reader: Reader = {
      id: ReaderId.parse(ctx.newId()),
      cardNumber: payload.card,
      name: payload.name,
      category: payload.category,
      homeLibraryId: facts.library.id,
      bornOn: payload.bornOn,
      phone: payload.phone,
      guardianReaderId: payload.guardianReaderId,
      guardianConsentAt: payload.hasGuardianConsent ? ctx.at : null,
      expiresOn,
      cardState: 'valid',
      blockedUntilOn: null,
      blockReason: null,
      blockedFor: [],
      idNumberHash: payload.idNumberHash,
      openLoansCount: 0,
      openForeignCount: 0,
      openAvCount: 0,
      openReadingRoomCount: 0,
      claimsCount: 0,
      openHoldsCount: 0,
      feesOwedFen: 0,
      pointsFree: 0,
      activeAt: [{ branchId: ctx.branchId as BranchId, lastOn: ctx.today }],
      note: payload.note,
      depositFen: 0,
      keepsHistory: false,
      mergedIntoId: null,
    }
    return {
      findings: [...personFindings(facts, payload, ctx), ...duplicateFindings(facts, ctx)],
      changes: [put('reader', reader)],
      summary: { readerId: reader.id, card: reader.cardNumber, expiresOn },
      about: { itemId: null, readerId: reader.id, loanId: null, otherLoanId: null },
    }
  },
})

function personFindings(facts: Facts, payload: Payload, ctx: Ctx): Finding[] {
  const found: Finding[] = []
  const category = facts.policy.readerCategories.find((one) => one.id === payload.category)
  if (category === undefined) found.push(impossible('unknown-category', 'D4'))
  const age = payload.bornOn === null ? null : ageOn(payload.bornOn, ctx.today)
  if (age !== null && age < AGE_MIN) {
    found.push(impossible('too-young', 'D2', { params: { age, min: AGE_MIN } }))
  }
  // Without a birth date the card tells: a juvenile one is a child's.
  const isChild = age === null ? category?.isJuvenile === true : age < CONSENT_AGE
  const params: Finding['params'] = age === null ? {} : { age }
  if (isChild && facts.guardian === null)
    found.push(impossible('guardian-missing', 'D2', { params }))
  if (isChild && !payload.hasGuardianConsent) {
    found.push(impossible('consent-missing', 'D2', { params }))
  }
  return found
}

function duplicateFindings(facts: Facts, ctx: Ctx): Finding[] {
  if (facts.atReaderDesk?.isNumberTaken === true) {
    return [impossible('card-number-taken', 'D1', { exception: 'duplicate-registration' })]
  }
  const [twin] = facts.possibleDuplicates
  if (twin === undefined) return []
  const exception = isOverridden(ctx, 'possible-duplicate') ? null : 'duplicate-registration'
  const params = { card: twin.cardNumber }
  return [
    override('possible-duplicate', 'D3', { params, permission: 'register-readers', exception }),
  ]
}
