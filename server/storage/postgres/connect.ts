/** The only import of the PostgreSQL driver. */
import postgres from 'postgres'
import { LedgerStorageFailure } from '../ledger-storage.ts'

const types = {
  /** Every bigint of ours is a count or epoch ms: far below 2^53. */
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
}

export type Sql = postgres.Sql<{ bigint: number }>
export type Transaction = postgres.TransactionSql<{ bigint: number }>

/**
 * Up to `connectionsMax` connections for transactions, and as many for single statements and for
 * listening. The driver sends statements one behind the other on a busy connection, and a `begin` that
 * lands behind a large one never gets its connection to itself (UNSAFE_TRANSACTION): transactions
 * share theirs with nothing.
 */
export function connect(url: string, connectionsMax: number): Sql {
  const single = openPool(url, connectionsMax)
  const transactions = openPool(url, connectionsMax)
  const ownEnd = single.end.bind(single)
  return Object.assign(single, {
    begin: transactions.begin.bind(transactions),
    async end(options?: Parameters<Sql['end']>[0]) {
      await Promise.all([ownEnd(options), transactions.end(options)])
    },
  })
}

function openPool(url: string, connectionsMax: number): Sql {
  return postgres(url, {
    max: connectionsMax,
    types,
    onnotice: () => {},
    connection: {
      application_name: 'citydesk-server',
      synchronous_commit: 'on',
      // Our lists of rows are parameters: planned for their length, a list of 500 is joined by
      // reading the whole table where the table is small, and each is unpacked once to plan it.
      plan_cache_mode: 'force_generic_plan',
      jit: 'off',
      statement_timeout: 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
    },
  })
}

/** SQLSTATE classes of rows that the database will never take: malformed, too large, doubled. */
const rejectedClasses = new Set(['22', '23', '54'])
/** Programming errors, not the weather: 42 syntax and names, 0A not supported. */
const defectClasses = new Set(['42', '0A', 'P0'])

/** Answers what the work answers; a failure of the database becomes a LedgerStorageFailure. */
export async function withFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw failureOf(error)
  }
}

/** 40001 serialization failure, 40P01 deadlock: the same work again may well succeed. */
export const isCircle = (error: unknown): boolean =>
  error instanceof LedgerStorageFailure &&
  error.cause instanceof postgres.PostgresError &&
  error.cause.code.startsWith('40')

function failureOf(error: unknown): unknown {
  if (error instanceof postgres.PostgresError) {
    const errorClass = error.code.slice(0, 2)
    if (defectClasses.has(errorClass)) return error
    return new LedgerStorageFailure(rejectedClasses.has(errorClass) ? 'rejected' : 'busy', error)
  }
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (typeof code === 'string' && /^(CONNECT|ECONN|EPIPE|ETIMEDOUT|ENOENT)/.test(code)) {
    return new LedgerStorageFailure('unavailable', error)
  }
  return error
}
