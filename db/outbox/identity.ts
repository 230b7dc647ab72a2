/** Who this desk is: one row of `desk`. */
import { inTransaction } from '../open.ts'
import type { Database } from '../open.ts'

export interface DeskIdentity {
  readonly deviceId: string
  /** Rises when the log starts anew (a clone, a restored disk). */
  readonly epoch: number
  readonly branchId: string
  readonly libraryId: string
  readonly deskName: string
  readonly isSampleCity: boolean
  readonly serverUrl: string | null
  readonly serverEpoch: string | null
}

const deskColumns = [
  'deviceId',
  'epoch',
  'branchId',
  'libraryId',
  'deskName',
  'isSampleCity',
  'serverUrl',
  'serverEpoch',
] as const satisfies readonly (keyof DeskIdentity)[]

export function saveDesk(db: Database, identity: DeskIdentity): void {
  db.prepare(
    `INSERT OR REPLACE INTO desk (id, ${deskColumns.join(', ')})
     VALUES (1, ${deskColumns.map((name) => `:${name}`).join(', ')})`,
  ).run({ ...identity, isSampleCity: identity.isSampleCity ? 1 : 0 })
}

export interface IdentityStore {
  readonly identity: () => DeskIdentity | null
  readonly saveIdentity: (identity: DeskIdentity) => void
}

export function identityStore(db: Database): IdentityStore {
  const select = db.prepare(`SELECT ${deskColumns.join(', ')} FROM desk`)
  const read = (): DeskIdentity | null => {
    const row = select.get() as (Omit<DeskIdentity, 'isSampleCity'> & object) | undefined
    if (row === undefined) return null
    return { ...row, isSampleCity: (row as { isSampleCity?: unknown }).isSampleCity === 1 }
  }
  // Asked for the epoch with every operation.
  let known = read()
  return {
    identity: () => known,
    saveIdentity(identity) {
      inTransaction(db, () => saveDesk(db, identity))
      known = read()
    },
  }
}
