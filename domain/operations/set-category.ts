/** Another kind of card: 励读证 issued or upgraded, a deposit taken or handed back. Rules D4, D10. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import { atReaderDesk } from '../reader-facts.ts'
import { CalendarDate, sameDayLater } from '../words/calendar-date.ts'
import { ReaderId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { DepositMoney, depositFindings, depositMoved, takenFenOf } from './deposit-money.ts'
import { aboutReader, standingFindings } from './about-reader.ts'

const Payload = z.strictObject({
  reader: ReaderId,
  category: PlainText(40).min(1),
  /** Held for the reader from now on; what was held before is handed back or added to. */
  depositFen: z.int().min(0).max(100_000_000),
  deposit: DepositMoney.optional(),
})
const Summary = z.strictObject({
  readerId: z.string(),
  category: z.string(),
  /** Taken now; below zero it was handed back. */
  depositTakenFen: z.int(),
  expiresOn: CalendarDate,
})

export const setCategory = defineOperation({
  kind: 'reader.set-category',
  // Money went over the counter.
  evidence: 'physical',
  permission: 'register-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ reader, deposit }) =>
    aSubject({
      readerId: reader,
      atReaderDesk: atReaderDesk({}),
      ledger: inLedger({ tillId: deposit?.till ?? null }),
    }),
  decide(facts, payload, ctx) {
    const { reader, policy } = facts
    const findings = standingFindings(reader, 'D10')
    const category = policy.readerCategories.find(({ id }) => id === payload.category)
    if (category === undefined) findings.push(impossible('unknown-category', 'D4'))
    if (reader?.category === payload.category && reader.depositFen === payload.depositFen) {
      findings.push(impossible('same-category', 'D10'))
    }
    const limit = category?.itemsMax ?? 0
    if (reader !== null && category !== undefined && reader.openLoansCount > limit) {
      const params = { count: reader.openLoansCount, limit }
      findings.push(alert('item-limit-reached', 'L6', { params }))
    }
    const held = { depositFen: payload.depositFen, deposit: payload.deposit }
    findings.push(...depositFindings(facts, category, held, ctx))
    const counted = sameDayLater(ctx.today, category?.cardYears ?? 1)
    const expiresOn = reader !== null && reader.expiresOn > counted ? reader.expiresOn : counted
    const depositTakenFen = takenFenOf(reader, held)
    const summary = {
      readerId: payload.reader as string,
      category: payload.category,
      depositTakenFen,
      expiresOn,
    }
    if (reader === null) return { findings, changes: [], summary, about: aboutReader(null) }
    const changes = [
      patch('reader', reader.id, { category: payload.category, expiresOn }),
      ...depositMoved(facts, reader, held, ctx),
    ]
    return { findings, changes, summary, about: aboutReader(reader) }
  },
})
