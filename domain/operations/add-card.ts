/** One more card for a reader: a virtual one, an ID card that lends. Rules D1, D5. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import { atReaderDesk } from '../reader-facts.ts'
import { Card } from '../reader-records.ts'
import { ReaderId } from '../words/ids.ts'
import type { CardId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { aboutReader, standingFindings } from './about-reader.ts'

const Payload = z.strictObject({
  reader: ReaderId,
  card: PlainText(64).min(1),
  kind: Card.shape.kind,
})
const Summary = z.strictObject({ readerId: z.string(), card: z.string() })

export const addCard = defineOperation({
  kind: 'reader.add-card',
  evidence: 'physical',
  permission: 'register-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ reader, card }) =>
    aSubject({ readerId: reader, atReaderDesk: atReaderDesk({ newNumber: card }) }),
  decide({ reader, atReaderDesk: desk }, { card: number, kind, reader: named }, ctx) {
    const findings = standingFindings(reader, 'D5')
    if (desk?.isNumberTaken === true) {
      findings.push(impossible('card-number-taken', 'D1', { exception: 'duplicate-registration' }))
    }
    const id = ctx.newId() as CardId
    const summary = { readerId: named as string, card: number }
    if (reader === null) return { findings, changes: [], summary, about: aboutReader(null) }
    const row: Card = {
      id,
      number,
      readerId: reader.id,
      kind,
      state: 'valid',
      issuedOn: ctx.today,
      replacedByNumber: null,
    }
    return { findings, changes: [put('card', row)], summary, about: aboutReader(reader) }
  },
})
