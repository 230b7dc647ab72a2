/** Why the numbers of a feed are not a sequence of the database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { branchScope } from '../../domain/scopes.ts'
import { BRANCH, NOW, anItem } from '../../test/builders/city.ts'
import { startTestPostgres } from '../../test/builders/postgres.ts'
import type { TestPostgres } from '../../test/builders/postgres.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { connect } from '../storage/postgres/connect.ts'
import type { Sql } from '../storage/postgres/connect.ts'

const HERE = branchScope(BRANCH)
let postgres: TestPostgres
let sql: Sql

beforeAll(async () => {
  postgres = await startTestPostgres()
  sql = connect(postgres.url, 4)
})
afterAll(async () => {
  await sql.end()
  await postgres.stop()
})

/** A reader that remembers the last number it saw, and asks for what is after it. */
function openReader(read: (after: number) => Promise<number[]>) {
  let cursor = 0
  const seen: number[] = []
  return {
    seen,
    async readOn() {
      const numbers = await read(cursor)
      seen.push(...numbers)
      cursor = numbers.at(-1) ?? cursor
    },
  }
}

interface Writer {
  /** Writes one entry in a transaction that commits when it is told. */
  start(): Promise<{ commit(): Promise<unknown> }>
}

/** The slow one takes its number first and commits last; a reader looks in between. */
async function interleave(slow: Writer, fast: () => Promise<unknown>, look: () => Promise<void>) {
  const started = await slow.start()
  const second = fast()
  // Where the second has to wait for the first, there is nothing to be seen yet.
  await Promise.race([second, new Promise((later) => setTimeout(later, 200))])
  await look()
  await started.commit()
  await second
  await look()
}

describe('the smaller number commits later', () => {
  test.each(['bigserial', 'max(id) + 1'] as const)('a cursor over %s skips it', async (naive) => {
    const table = naive === 'bigserial' ? 'naive_serial' : 'naive_max'
    await sql.unsafe(`create table ${table} (number bigint primary key, made_by text)`)
    await sql`create sequence if not exists naive_numbers`
    const next = naive === 'bigserial' ? `nextval('naive_numbers')` : `$2::bigint`
    // Two programs that counted max(id) + 1 beforehand, as each saw it.
    const write = (by: string, counted: number) =>
      naive === 'bigserial'
        ? ([`insert into ${table} values (${next}, $1)`, [by]] as const)
        : ([`insert into ${table} values (${next}, $1)`, [by, counted]] as const)
    const slow: Writer = {
      async start() {
        const written = Promise.withResolvers<null>()
        const mayCommit = Promise.withResolvers<null>()
        const done = sql.begin(async (tx) => {
          const [text, given] = write('slow', 1)
          await tx.unsafe(text, [...given])
          written.resolve(null)
          await mayCommit.promise
        })
        await written.promise
        return {
          async commit() {
            mayCommit.resolve(null)
            await done
          },
        }
      },
    }
    const reader = openReader(async (after) => {
      const rows = await sql.unsafe<{ number: number }[]>(
        `select number from ${table} where number > $1 order by number`,
        [after],
      )
      return rows.map(({ number }) => number)
    })
    const [text, given] = write('fast', 2)
    await interleave(
      slow,
      async () => await sql.unsafe(text, [...given]),
      () => reader.readOn(),
    )
    const [stored] = await sql.unsafe<{ count: number }[]>(`select count(*) as count from ${table}`)
    expect(stored?.count).toBe(2)
    expect(reader.seen).toEqual([2])
  })

  test('I18 a cursor over ours cannot: the second number waits for the first', async () => {
    const storage = await postgres.openCity('interleaved')
    const writeItem = (by: string, before: (committing: null) => Promise<unknown>) =>
      storage.withTurn(async (turn) => {
        const changes = [put('item', anItem({ id: by }))]
        const numbered = await turn.number([{ scope: HERE, operationId: by, changes }])
        await turn.writeFeed(numbered, NOW)
        await before(null)
      })
    const slow: Writer = {
      async start() {
        const written = Promise.withResolvers<null>()
        const mayCommit = Promise.withResolvers<null>()
        const done = writeItem('slow', async () => {
          written.resolve(null)
          await mayCommit.promise
        })
        await written.promise
        return {
          async commit() {
            mayCommit.resolve(null)
            await done
          },
        }
      },
    }
    const reader = openReader(numbersOf(storage))
    await interleave(
      slow,
      () => writeItem('fast', async () => null),
      () => reader.readOn(),
    )
    expect(reader.seen).toEqual([1, 2])
    const { entries } = await storage.readFeed({ [HERE]: 0 }, 10, 1e6)
    expect(entries.map(({ operationId }) => operationId)).toEqual(['slow', 'fast'])
    await storage.close()
  })
})

const numbersOf =
  (storage: LedgerStorage) =>
  async (after: number): Promise<number[]> =>
    (await storage.readFeed({ [HERE]: after }, 10, 1e6)).entries.map(({ number }) => number)
