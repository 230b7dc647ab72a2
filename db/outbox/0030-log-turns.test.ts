import { expect, test } from 'vitest'

import { migrate } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import { operations } from './0010-operations.ts'
import { answeredAt } from './0020-answered-at.ts'
import { logTurns } from './0030-log-turns.ts'

const columns = ['epoch', 'seq', 'id', 'requestId', 'kind', 'body', 'hash', 'at', 'staffId']
const texts = ['branchId', 'changes', 'inverse', 'findings', 'summary', 'about', 'outcome']

test('30 keeps what is there, and its answers as fixed as they were', () => {
  const db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
  migrate(db, [operations, answeredAt])
  const names = [...columns, ...texts]
  const insert = db.prepare(
    `INSERT INTO operation (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  const row = (seq: number, requestId = `request-${seq}`) =>
    [
      1,
      seq,
      `id-${seq}`,
      requestId,
      'k',
      '{}',
      'h',
      1,
      's',
      'b',
      '[]',
      '[]',
      '[]',
      '{}',
      '{}',
    ] as const
  insert.run(...row(1), 'applied')
  migrate(db, [operations, answeredAt, logTurns])
  expect(db.prepare('SELECT outcome FROM operation').pluck().all()).toEqual(['applied'])
  expect(() => db.exec(`UPDATE operation SET outcome = 'pending'`)).toThrow('never changes')
  expect(() => db.exec('DELETE FROM operation')).toThrow('never deleted')
  expect(() => insert.run(...row(3), 'applied')).toThrow('no gaps')
  expect(() => insert.run(...row(3, 'recovered:id-3'), 'applied')).toThrow('no gaps')
  db.exec(`INSERT INTO voidedAnswer SELECT epoch, seq, outcome, positions, answeredAt, 'e2'
    FROM operation`)
  expect(() => db.exec(`UPDATE operation SET outcome = 'refused'`)).toThrow('never changes')
  db.exec(`UPDATE operation SET outcome = 'pending', answeredAt = NULL`)
  db.exec(`UPDATE operation SET outcome = 'refused', answeredAt = 7`)
  // The answer that was void was another: this one stands.
  expect(() => db.exec(`UPDATE operation SET outcome = 'pending'`)).toThrow('never changes')
  db.close()
})
