/** Subject → facts, over the desk's own rows. */
import { createHmac } from 'node:crypto'

import { gatherFacts } from '../../domain/facts.ts'
import { gatherNow } from '../../domain/gathering.ts'
import type { Facts, Subject } from '../../domain/facts.ts'
import type { Gathering, LoggedOperation, Lookup, LookupAnswer } from '../../domain/gathering.ts'
import type { BlockedCard } from '../../domain/ledger-records.ts'
import type { Rows } from './rows.ts'

export function loadFacts(
  rows: Rows,
  logged: (id: string) => LoggedOperation | null,
  subject: Subject,
  branchId: string,
): Facts {
  return gatherNow(gatherFacts(subject, branchId), (lookup) => answerFrom(rows, logged, lookup))
}

/** What looks at records alone, over the desk's own rows. */
export const gatherFrom = <T>(rows: Rows, gathering: Gathering<T>): T =>
  gatherNow(gathering, (lookup) => answerFrom(rows, () => null, lookup))

function answerFrom(
  rows: Rows,
  logged: (id: string) => LoggedOperation | null,
  lookup: Lookup,
): LookupAnswer {
  switch (lookup.lookup) {
    case 'get': {
      const row = rows.row(lookup.kind, lookup.id)
      return row === null ? [] : [row]
    }
    case 'find':
      return rows.find(lookup.finder, lookup.values)
    case 'operation':
      return logged(lookup.id)
    case 'blocked-card':
      return blockedCard(rows, lookup.card)
  }
}

/** The city names blocked cards by their hashes: see BlockedCard. */
function blockedCard(rows: Rows, card: string): readonly BlockedCard[] {
  const key = Buffer.from(rows.row('policy', 'city')?.cardHashKey ?? '', 'hex')
  const id = createHmac('sha256', key).update(card).digest('hex').slice(0, 32)
  const row = rows.row('blocked-card', id)
  return row === null ? [] : [row]
}
