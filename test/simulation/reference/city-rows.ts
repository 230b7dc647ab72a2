/** What the rules between rows look at, of the city's model. */
import type { RecordKey } from '../../../domain/change.ts'
import type { LedgerOperation } from '../../../server/storage/ledger-storage.ts'
import type { Table } from './table.ts'

export interface CityRows {
  readonly rows: Table
  readonly operations: ReadonlyMap<string, LedgerOperation>
  /** Hashes of everything that was put aside: forks, uploads of revoked desks. */
  readonly setAside: ReadonlySet<string>
  /** Put back by an undo of what removed them. */
  readonly restored: ReadonlySet<RecordKey>
}
