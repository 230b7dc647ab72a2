/** Subject → facts, over the desk's own rows. */
import { gatherFacts, gatherNow } from '../../domain/facts.ts'
import type { Facts, LoggedOperation, Subject } from '../../domain/facts.ts'
import type { Rows } from './rows.ts'

export function loadFacts(
  rows: Rows,
  logged: (id: string) => LoggedOperation | null,
  subject: Subject,
  branchId: string,
): Facts {
  return gatherNow(gatherFacts(subject, branchId), (lookup) => {
    switch (lookup.lookup) {
      case 'get': {
        const row = rows.row(lookup.kind, lookup.id)
        return row === null ? [] : [row]
      }
      case 'find':
        return rows.find(lookup.finder, lookup.values)
      case 'operation':
        return logged(lookup.id)
    }
  })
}
