/** What the next desk is to tell a reader, and that it was told. Rule D12. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import { atReaderDesk } from '../reader-facts.ts'
import { MessageId, ReaderId } from '../words/ids.ts'
import type { BranchId, StaffId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { aboutReader, standingFindings } from './about-reader.ts'

const Leaving = z.strictObject({ reader: ReaderId, text: PlainText(500).min(1) })
const Summary = z.strictObject({ readerId: z.string(), messageId: z.string() })

export const leaveMessage = defineOperation({
  kind: 'reader.message',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'reader',
  payload: Leaving,
  summary: Summary,
  subject: ({ reader }) => aSubject({ readerId: reader, atReaderDesk: atReaderDesk({}) }),
  decide({ reader }, payload, ctx) {
    const findings = standingFindings(reader, 'D12')
    const id = ctx.newId() as MessageId
    const summary = { readerId: payload.reader as string, messageId: id as string }
    if (reader === null) return { findings, changes: [], summary, about: aboutReader(null) }
    const row = put('reader-message', {
      id,
      readerId: reader.id,
      text: payload.text,
      at: ctx.at,
      staffId: ctx.staff.id as StaffId,
      branchId: ctx.branchId as BranchId,
      dismissedAt: null,
      dismissedBy: null,
    })
    return { findings, changes: [row], summary, about: aboutReader(reader) }
  },
})

const Dismissing = z.strictObject({ reader: ReaderId, message: MessageId })

export const dismissMessage = defineOperation({
  kind: 'reader.dismiss-message',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'reader',
  payload: Dismissing,
  summary: Summary,
  subject: ({ reader, message }) =>
    aSubject({ readerId: reader, atReaderDesk: atReaderDesk({ messageId: message }) }),
  decide({ reader, atReaderDesk: desk }, payload, ctx) {
    const message = desk?.message ?? null
    const summary = { readerId: payload.reader as string, messageId: payload.message as string }
    const about = aboutReader(reader)
    if (message === null || message.readerId !== reader?.id) {
      return { findings: [impossible('unknown-message', 'D12')], changes: [], summary, about }
    }
    const findings = message.dismissedAt === null ? [] : [impossible('message-dismissed', 'D12')]
    const dismissed = { dismissedAt: ctx.at, dismissedBy: ctx.staff.id as StaffId }
    const changes = [patch('reader-message', message.id, dismissed)]
    return { findings, changes, summary, about }
  },
})
