/** The three databases of a desk, real ones, in memory. */
import type { Change } from '../../domain/change.ts'
import { openCatalogue } from '../../db/catalogue/catalogue.ts'
import { openOutbox } from '../../db/outbox/outbox.ts'
import type { NewOperation } from '../../db/outbox/outbox.ts'
import type { Stores } from '../../db/queries/stores.ts'
import { openReplica } from '../../db/replica/replica.ts'
import { FEED, BRANCH, NOW, TODAY, theCity } from './city.ts'

export const ASKED = { at: NOW, today: TODAY }

/** A desk that has pulled the tiny city and `changes`, the titles among them included. */
export function someStores(changes: readonly Change[] = []): Stores & { close: () => void } {
  const catalogue = openCatalogue(':memory:', null)
  const outbox = openOutbox(':memory:', null)
  const replica = openReplica(':memory:', null, {
    catalogue,
    logged: (id) => {
      const stored = outbox.byId(id)
      return stored === null ? null : { ...stored, isClockSuspect: false }
    },
    ownBranchId: () => BRANCH,
  })
  replica.applyPage({
    entries: [{ scope: FEED, number: 1, changes: [...theCity(), ...changes] }],
    settled: [],
    redecide: () => [],
  })
  catalogue.apply(changes, { cursor: 1, localSeq: null })
  return {
    catalogue,
    outbox,
    replica,
    close: () => {
      for (const store of [replica, outbox, catalogue]) store.close()
    },
  }
}

/** An operation that follows `head`; its hash is its sequence number, padded. */
export function anOperation(seq: number, parts: Partial<NewOperation> = {}): NewOperation {
  const id = `desk-a.1.${seq}`
  return {
    seq,
    epoch: 1,
    id,
    requestId: `request-${seq}`,
    kind: 'item.mark-damaged',
    body: { prevHash: hashOf(seq - 1), seq },
    hash: hashOf(seq),
    at: NOW,
    staffId: 'staff-lin',
    branchId: BRANCH,
    changes: [],
    inverse: [],
    findings: [],
    summary: {},
    about: { itemId: null, readerId: null, loanId: null, otherLoanId: null },
    factsAgeMs: 0,
    ...parts,
  }
}

export const hashOf = (seq: number): string => String(seq).padStart(64, '0')
