/** Whether past loans of a reader may be shown: theirs to say. Rule D15. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation } from '../operation.ts'
import { atReaderDesk } from '../reader-facts.ts'
import { ReaderId } from '../words/ids.ts'
import { aboutReader, standingFindings } from './about-reader.ts'

const Payload = z.strictObject({ reader: ReaderId, keepsHistory: z.boolean() })
const Summary = z.strictObject({ readerId: z.string(), keepsHistory: z.boolean() })

export const keepHistory = defineOperation({
  kind: 'reader.keep-history',
  evidence: 'physical',
  permission: 'register-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ reader }) => aSubject({ readerId: reader, atReaderDesk: atReaderDesk({}) }),
  decide({ reader }, { reader: named, keepsHistory }) {
    const findings = standingFindings(reader, 'D15')
    const summary = { readerId: named as string, keepsHistory }
    const changes = reader === null ? [] : [patch('reader', reader.id, { keepsHistory })]
    return { findings, changes, summary, about: aboutReader(reader) }
  },
})
