/** The end of a card and all others of its reader, once its deposit went back. Rule D14. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import { atReaderDesk } from '../reader-facts.ts'
import { ReaderId } from '../words/ids.ts'
import { aboutReader, standingFindings } from './about-reader.ts'

const Payload = z.strictObject({ reader: ReaderId })
const Summary = z.strictObject({ readerId: z.string() })

export const closeReader = defineOperation({
  kind: 'reader.close',
  evidence: 'intent',
  permission: 'register-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ reader }) => aSubject({ readerId: reader, atReaderDesk: atReaderDesk({}) }),
  decide({ reader, atReaderDesk: desk }, payload) {
    const findings = standingFindings(reader, 'D14')
    const summary = { readerId: payload.reader as string }
    if (reader === null) return { findings, changes: [], summary, about: aboutReader(null) }
    if (reader.openLoansCount > 0) {
      const params = { count: reader.openLoansCount }
      findings.push(impossible('loans-open', 'D14', { params }))
    }
    if (reader.feesOwedFen > 0) {
      findings.push(impossible('fees-owed', 'D14', { params: { owedFen: reader.feesOwedFen } }))
    }
    if (reader.openHoldsCount > 0) {
      const params = { count: reader.openHoldsCount }
      findings.push(impossible('holds-open', 'D14', { params }))
    }
    if (reader.depositFen > 0) {
      findings.push(impossible('deposit-held', 'D14', { params: { heldFen: reader.depositFen } }))
    }
    const changes = [
      patch('reader', reader.id, { cardState: 'closed' }),
      ...(desk?.cards ?? []).map(({ id }) => patch('card', id, { state: 'closed' })),
    ]
    return { findings, changes, summary, about: aboutReader(reader) }
  },
})
