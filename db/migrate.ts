/** Numbered migrations: `user_version` is the number of the last one done. */
import { StorageFailure, inTransaction } from './open.ts'
import type { Database } from './open.ts'

export interface Migration {
  /** Rising in tens, as in the file's name. Never edited once a desk may have run it. */
  readonly version: number
  readonly up: (db: Database) => void
}

/** Each migration in a transaction of its own. Throws StorageFailure `from-the-future`. */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  const versions = migrations.map((migration) => migration.version)
  if (versions.some((version, index) => version <= (versions[index - 1] ?? 0))) {
    throw new Error(`migrations must rise: ${versions.join(', ')}`)
  }
  const newest = versions.at(-1) ?? 0
  const reached = versionOf(db)
  if (reached > newest) {
    const says = `${db.name} was written by a newer program (schema ${reached}, known ${newest})`
    throw new StorageFailure('from-the-future', says)
  }
  for (const { version, up } of migrations) {
    if (version <= reached) continue
    inTransaction(db, () => {
      up(db)
      db.pragma(`user_version = ${version}`)
    })
  }
}

export const versionOf = (db: Database): number =>
  db.pragma('user_version', { simple: true }) as number
