import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from './connect.ts'

const folder = join(import.meta.dirname, 'migrations')

/** Any number of nodes may start at once; the lock's number is arbitrary, and ours. */
const MIGRATION_LOCK = 4_405_2026

/**
 * Brings the database to the newest schema, one transaction for all. Throws where the database
 * is newer than this program.
 */
export async function migrate(sql: Sql): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`
    await tx`create table if not exists schema_migration (name text primary key)`
    const rows = await tx<{ name: string }[]>`select name from schema_migration order by name`
    const done = new Set(rows.map(({ name }) => name))
    const unknown = [...done].filter((name) => !names.includes(name))
    if (unknown.length > 0) {
      throw new Error(`the database is newer than this program: it has ${unknown.join(', ')}`)
    }
    for (const name of names.filter((one) => !done.has(one))) {
      await tx.unsafe(await readFile(join(folder, name), 'utf8'))
      await tx`insert into schema_migration (name) values (${name})`
    }
  })
}
