/** `citydesk verify`: is what this desk holds whole? */
import { OperationBody } from '../../contract/sync-protocol.ts'
import { StorageFailure } from '../../db/open.ts'
import { hashOf } from '../../main/engine/chain.ts'
import type { Headless } from '../../main/engine/headless.ts'
import type { Command } from '../command.ts'
import { withDesk } from '../with-desk.ts'

export const verify: Command = {
  name: 'verify',
  summary: 'Checks the chain of operations, the audit trail and the databases of this desk.',
  help: `

Reads every page of each database. Exit status 4: damaged. A damaged replica or catalogue can be
sent again; a desk puts it aside by itself when it meets the damage.
JSON: { operations, unsent, chainBroken, auditBroken }`,
  options: {},
  run: async (_words, _values, environment) =>
    withDesk(environment, async ({ stores: { outbox, replica, catalogue } }) => {
      for (const [file, store] of Object.entries({ outbox, replica, catalogue })) {
        if (!store.isWhole()) throw new StorageFailure('damaged', `${file}.db`)
      }
      const chainBroken = firstBroken(outbox)
      const auditBroken = outbox.auditFirstBroken()
      const json = {
        operations: outbox.lastSeq(),
        unsent: outbox.pendingCount(),
        chainBroken,
        auditBroken,
      }
      const isWhole = chainBroken === null && auditBroken === null
      return {
        exit: isWhole ? (0 as const) : (4 as const),
        json,
        text: isWhole
          ? `${json.operations} operations, ${json.unsent} waiting to be sent, all whole`
          : `broken: operation ${chainBroken ?? '-'}, audit line ${auditBroken ?? '-'}`,
      }
    }),
}

/** The first operation whose body does not hash to what it says, or does not follow the one before. */
function firstBroken({ bySeq, firstSeq, lastSeq }: Headless['stores']['outbox']): number | null {
  const first = firstSeq()
  // What was pruned is with the city: the chain begins with the oldest that is kept.
  const kept = bySeq(first)?.body as { prevHash?: string } | undefined
  let before = first > 1 ? (kept?.prevHash ?? '') : '0'.repeat(64)
  for (let seq = Math.max(1, first); seq <= lastSeq(); seq += 1) {
    const stored = bySeq(seq)
    const body = OperationBody.safeParse(stored?.body)
    if (stored === null || !body.success) return seq
    if (body.data.prevHash !== before || hashOf(body.data) !== stored.hash) return seq
    before = stored.hash
  }
  return null
}
