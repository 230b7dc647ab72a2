import { describe, expect, test } from 'vitest'

import { finders } from '../../domain/gathering.ts'
import type { FinderName } from '../../domain/gathering.ts'
import { openDatabase } from '../open.ts'
import { finderTail } from './rows.ts'
import {
  columnsOf,
  isReplicaKind,
  replicaKinds,
  replicaSchemaSql,
  sortedWhenFound,
} from './tables.ts'

const withSchema = () => {
  const db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
  db.exec(replicaSchemaSql())
  return db
}

test('every kind that a desk follows has a table, titles have none', () => {
  expect(replicaKinds.toSorted()).toEqual([
    'authority',
    'blocked-card',
    'book-number',
    'branch',
    'calendar',
    'card',
    'copy-target',
    'draft',
    'exception',
    'fee',
    'field-protection',
    'former-barcode',
    'hold',
    'item',
    'label-sheet',
    'lease',
    'ledger-entry',
    'library',
    'loan',
    'number-schemes',
    'offline-line',
    'policy',
    'reader',
    'reader-message',
    'serial-issue',
    'slip-template',
    'spine-label',
    'staff',
    'subscription',
    'tag-debt',
    'till',
    'title-redirect',
    'title-suppression',
    'titles-apart',
  ])
  const db = withSchema()
  for (const kind of replicaKinds) {
    expect(db.pragma(`table_list('${kind}')`)).toMatchObject([{ strict: 1 }])
  }
  db.close()
})

test('columns are spelled as the fields, typed and nullable as the schemas say', () => {
  const db = withSchema()
  const columns = db.pragma(`table_info('loan')`) as {
    name: string
    type: string
    notnull: number
  }[]
  expect(columns.map(({ name, type, notnull }) => [name, type, notnull])).toEqual([
    ['id', 'TEXT', 1],
    ['itemId', 'TEXT', 1],
    ['readerId', 'TEXT', 1],
    ['lentAt', 'INTEGER', 1],
    ['lentBranchId', 'TEXT', 1],
    ['dueOn', 'TEXT', 1],
    ['dueAt', 'INTEGER', 0],
    ['countsAs', 'TEXT', 1],
    ['renewalsCount', 'INTEGER', 1],
    ['returnedAt', 'INTEGER', 0],
    ['returnedBranchId', 'TEXT', 0],
    ['isDisputed', 'INTEGER', 1],
    ['policyLine', 'TEXT', 1],
    ['claimedReturnedAt', 'INTEGER', 0],
    ['lostAt', 'INTEGER', 0],
    ['lossRefundUntilOn', 'TEXT', 0],
    ['takenOverFromId', 'TEXT', 0],
  ])
  db.close()
})

test('lists are kept as JSON, booleans as 0 and 1', () => {
  const stores = (kind: 'calendar' | 'item', name: string) =>
    columnsOf(kind).find((column) => column.name === name)?.stores
  expect(stores('calendar', 'closedOn')).toBe('json')
  expect(stores('item', 'isForLoan')).toBe('boolean')
  expect(stores('item', 'barcode')).toBe('plain')
})

/** How SQLite would go about it. */
function planOf(sql: string, ...values: unknown[]): string {
  const db = withSchema()
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]
  db.close()
  return steps.map((step) => step.detail).join('; ')
}

describe('every question is one index and no sort', () => {
  const ofReplica = (Object.keys(finders) as FinderName[]).filter((name) =>
    isReplicaKind(finders[name].kind),
  )
  test.each(ofReplica)('%s', (finder) => {
    const { kind, by } = finders[finder]
    const plan = planOf(`SELECT * FROM "${kind}" ${finderTail(finder)}`, ...by.map(() => 'x'))
    expect(plan).toMatch(new RegExp(`^SEARCH ${kind} USING INDEX`))
    for (const column of by) expect(plan).toContain(`${column}=?`)
    expect(plan.includes('TEMP B-TREE')).toBe(sortedWhenFound.includes(finder))
  })

  test.each([
    ['to here', `transitToBranchId = ? AND state = 'in-transit'`],
    ['from here', `transitToBranchId > '' AND state = 'in-transit' AND atBranchId = ?`],
  ])('what travels %s is looked for among what travels', (_where, condition) => {
    expect(planOf(`SELECT * FROM item WHERE ${condition}`, 'x')).toContain(
      'USING INDEX item_transitToBranchId_transitSentAt',
    )
  })

  test.each([
    ['open loans counted', 'SELECT count(*) FROM loan WHERE readerId = ? AND returnedAt IS NULL'],
    [
      'overdue loans counted',
      `SELECT count(*) FROM loan WHERE readerId = ? AND returnedAt IS NULL AND dueOn < '2026-11-22' AND isDisputed = 0`,
    ],
    ['open exceptions counted', 'SELECT count(*) FROM exception WHERE settledAt IS ?'],
    [
      'availability',
      `SELECT titleId, count(*), sum(state = 'on-shelf' AND isForLoan = 1) FROM item
       WHERE titleId IN (SELECT value FROM json_each(?)) AND state <> 'withdrawn' GROUP BY titleId`,
    ],
  ])('%s without leaving the index', (_what, sql) => {
    expect(planOf(sql, 'x')).toMatch(/USING COVERING INDEX/)
  })
})
