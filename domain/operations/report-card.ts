/** A card is reported lost, or turns up again. Rule D6. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible, note } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { atReaderDesk } from '../reader-facts.ts'
import { ReaderId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { aboutReader, cardOfNumber, standingFindings } from './about-reader.ts'

const Payload = z.strictObject({ reader: ReaderId, card: PlainText(64).min(1) })
type Payload = z.infer<typeof Payload>
const Summary = z.strictObject({ readerId: z.string(), card: z.string() })

interface Outcome {
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
}

const reporting = <K extends string>(
  kind: K,
  outcome: (facts: Facts, payload: Payload) => Outcome,
) =>
  defineOperation({
    kind,
    evidence: 'physical',
    permission: 'register-readers',
    audit: 'reader',
    payload: Payload,
    summary: Summary,
    subject: ({ reader }) => aSubject({ readerId: reader, atReaderDesk: atReaderDesk({}) }),
    decide: (facts, payload) => ({
      ...outcome(facts, payload),
      summary: { readerId: payload.reader, card: payload.card },
      about: aboutReader(facts.reader),
    }),
  })

const unknownCard: Outcome = { findings: [impossible('unknown-card', 'D6')], changes: [] }
const alreadySo = (code: 'card-lost' | 'card-not-lost'): Outcome => ({
  findings: [note(code, 'D6')],
  changes: [],
})

export const reportCardLost = reporting('reader.report-card-lost', (facts, { card }) => {
  const { reader } = facts
  const findings = standingFindings(reader, 'D6')
  const { isMain, other } = cardOfNumber(facts, card)
  if (reader === null || findings.length > 0) return { findings, changes: [] }
  if (isMain) {
    return reader.cardState === 'lost'
      ? alreadySo('card-lost')
      : { findings, changes: [patch('reader', reader.id, { cardState: 'lost' })] }
  }
  if (other === null) return unknownCard
  return other.state === 'lost'
    ? alreadySo('card-lost')
    : { findings, changes: [patch('card', other.id, { state: 'lost' })] }
})

/** What was replaced meanwhile stays replaced: the reader has another card by now. */
export const reportCardFound = reporting('reader.report-card-found', (facts, { card }) => {
  const { reader } = facts
  const findings = standingFindings(reader, 'D6')
  const { isMain, other } = cardOfNumber(facts, card)
  if (reader === null || findings.length > 0) return { findings, changes: [] }
  if (isMain) {
    return reader.cardState === 'lost'
      ? { findings, changes: [patch('reader', reader.id, { cardState: 'valid' })] }
      : alreadySo('card-not-lost')
  }
  if (other === null) return unknownCard
  if (other.state !== 'lost') return alreadySo('card-not-lost')
  const state = other.replacedByNumber === null ? 'valid' : 'replaced'
  return { findings, changes: [patch('card', other.id, { state })] }
})
