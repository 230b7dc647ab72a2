/**
 * Takes a correction back from some of the records that it was made to: from those that nobody
 * changed since. Rule Q11.
 */
import { z } from 'zod'
import { keyOfChange, stillStands } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible, note } from '../operation.ts'
import { OperationId } from '../words/ids.ts'
import { aboutNobody } from './about-draft.ts'

const Payload = z.strictObject({ operation: OperationId })

const Summary = z.strictObject({
  restored: z.int(),
  /** Changed since, as they were by then. */
  keptTitleIds: z.array(z.string()),
})

const CORRECTION = 'title.correct'

export const takeBackCorrection = defineOperation({
  kind: 'title.take-back',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: ({ operation }) => aSubject({ operationId: operation }),
  decide({ operation, rowsNow }, _payload, ctx) {
    const nothing = { changes: [], summary: { restored: 0, keptTitleIds: [] }, about: aboutNobody }
    if (operation === null || operation.kind !== CORRECTION) {
      return { findings: [impossible('unknown-operation', 'Q11')], ...nothing }
    }
    if (operation.undoneBy !== null && operation.undoneBy !== ctx.operationId) {
      return { findings: [impossible('already-undone', 'U3')], ...nothing }
    }
    const changed = new Set(
      operation.changes.filter((change) => !stands(change, rowsNow)).map(titleIdOf),
    )
    const ids = new Set(operation.changes.map(titleIdOf))
    return {
      findings:
        changed.size === 0
          ? []
          : [note('records-changed-since', 'Q11', { params: { count: changed.size } })],
      changes: operation.inverse.filter((change) => !changed.has(titleIdOf(change))),
      summary: { restored: ids.size - changed.size, keptTitleIds: [...changed] },
      about: aboutNobody,
    }
  },
})

const stands = (change: Change, rowsNow: Facts['rowsNow']): boolean =>
  stillStands(change, rowsNow.get(keyOfChange(change)) ?? null)

/** A title and its record have one id. */
function titleIdOf(change: Change): string {
  const key = keyOfChange(change)
  return key.slice(key.indexOf(':') + 1)
}
