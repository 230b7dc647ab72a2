/** A catalogue that records are copied from, written or changed for the whole city. Rules C60, C61. */
import { z } from 'zod'
import { put } from '../change.ts'
import { CopyTarget } from '../copying-records.ts'
import { areCopyIndexes, isCopyAddress } from '../copying/copy-wish.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import type { CopyTargetId } from '../words/ids.ts'
import { NamedTarget, targetFindings } from './about-copy.ts'
import { aboutNobody } from './about-draft.ts'

const Payload = CopyTarget.omit({ id: true, revision: true }).extend({
  /** Null where it is new. */
  of: NamedTarget.nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ target: z.string(), name: z.string(), revision: z.int() })

export const saveCopyTarget = defineOperation({
  kind: 'copying.save-target',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'policy',
  payload: Payload,
  summary: Summary,
  subject: ({ of }) =>
    aSubject({
      copying: { targetId: of?.target ?? null, changesTarget: true, protectionOf: null },
    }),
  decide(facts, { of, ...told }, ctx) {
    const madeId = ctx.newId() as CopyTargetId
    const { target } = facts.copying
    const revision = (target?.revision ?? 0) + 1
    const row: CopyTarget = { ...told, id: of?.target ?? madeId, revision }
    return {
      findings: [...(of === null ? [] : targetFindings(facts, of)), ...toldFindings(told)],
      changes: [put('copy-target', row)],
      summary: { target: row.id, name: row.name, revision },
      about: aboutNobody,
    }
  },
})

function toldFindings(told: Omit<Payload, 'of'>): Finding[] {
  if (!isCopyAddress(told)) {
    return [impossible('copy-target-invalid', 'C60', { params: { part: 'address' } })]
  }
  return areCopyIndexes(told)
    ? []
    : [impossible('copy-target-invalid', 'C60', { params: { part: 'indexes' } })]
}
