import { afterAll, beforeAll, expect, test } from 'vitest'
import { finders } from '../../../../domain/gathering.ts'
import type { FinderName } from '../../../../domain/gathering.ts'
import { startTestPostgres } from '../../../../test/builders/postgres.ts'
import type { TestPostgres } from '../../../../test/builders/postgres.ts'
import { connect } from '../connect.ts'
import type { Sql } from '../connect.ts'
import { migrate } from '../migrate.ts'
import { columnOf } from '../record-columns.ts'
import { GET, LOCK, finderQuery } from '../record-rows.ts'

let postgres: TestPostgres
let sql: Sql

beforeAll(async () => {
  postgres = await startTestPostgres()
  sql = connect(postgres.url, 4)
  await Promise.all([migrate(sql), migrate(sql), migrate(sql)])
})
afterAll(async () => {
  await sql.end()
  await postgres.stop()
})

test('every key starts with city_id', async () => {
  const keys = await sql<{ relation: string; first: string }[]>`
    select c.relname as relation, a.attname as first
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where c.relnamespace = 'public'::regnamespace and c.relname <> 'schema_migration'`
  expect(keys.length).toBeGreaterThan(15)
  expect(keys.filter(({ first }) => first !== 'city_id')).toEqual([])
})

async function planOf(query: string, values: string): Promise<string> {
  const plan = await sql.begin(async (tx) => {
    await tx.unsafe(`prepare asked as ${query}`)
    const rows = await tx.unsafe(`explain execute asked ${values}`)
    await tx.unsafe('deallocate asked')
    return rows
  })
  return plan.map((row) => row['QUERY PLAN'] as string).join('\n')
}

/** As it is planned on an empty table, where all costs are the same. */
test.each(Object.keys(finders) as FinderName[])('%s is answered by its index', async (finder) => {
  const text = await planOf(finderQuery(finder), `('city', 2, 'x')`)
  expect(text).toContain(`using finder_${columnOf(finder)} `)
  expect(text).not.toMatch(/Sort|Filter/)
})

const byKey = [
  ['read', GET, `('city', 'item', 'item-1')`],
  ['locked', LOCK, `('city', 'item', 'item-1', '1')`],
] as const

test.each([300, 2_000])('of %i records each is found by its key', async (count) => {
  await sql`
    insert into record (city_id, kind, id, "row", version, scopes)
    select 'city', 'item', 'item-' || number, '{}', 1, '{}' from generate_series(1, ${count}) number`
  await sql`analyze record`
  for (const [what, query, values] of byKey) {
    const text = await planOf(query, values)
    expect(text, what).toMatch(/Index Cond: .*\bid = \(?given\.id/)
    expect(text, what).not.toMatch(/Sort|Hash|Merge|Materialize/)
  }
  await sql`delete from record`
})

test('I9 an operation of the ledger is never changed, and undone once', async () => {
  await sql`
    insert into operation values ('c', 'd', 1, 1, 'h', 'k', 's', 'b', 1, 1, '{}',
      'applied', '[]', '{}', '[]', '[]', null)`
  const refused = 'never changed'
  await expect(sql`update operation set outcome = 'refused'`).rejects.toThrow(refused)
  await expect(sql`delete from operation`).rejects.toThrow(refused)
  await sql`update operation set undone_by = 'd.1.2'`
  await expect(sql`update operation set undone_by = 'd.1.3'`).rejects.toThrow(refused)
})

test('a database newer than this program is refused', async () => {
  await sql`insert into schema_migration (name) values ('9999-later.sql')`
  await expect(migrate(sql)).rejects.toThrow('9999-later.sql')
})
