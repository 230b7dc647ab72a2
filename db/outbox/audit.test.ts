import { afterEach, beforeEach, expect, test } from 'vitest'

import { migrate } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { auditTrail } from './audit.ts'
import type { AuditTrail } from './audit.ts'
import { outboxMigrations } from './outbox.ts'

let db: Database
let trail: AuditTrail
beforeEach(() => {
  db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
  migrate(db, outboxMigrations)
  trail = auditTrail(db)
  for (const subject of ['reader-1', 'reader-2', 'reader-3', null]) {
    trail.add({ at: 1000, staffId: 'staff-lin', action: 'reader-seen', subject, result: 'shown' })
  }
})
afterEach(() => {
  db.close()
})

/** What someone with the key and a database tool could do. */
const withoutTriggers = (sql: string): void => {
  db.exec('DROP TRIGGER audit_is_not_edited; DROP TRIGGER audit_is_not_deleted')
  db.exec(sql)
}

test('lines come back newest first and hang together', () => {
  expect(trail.tail(2).map((line) => [line.number, line.subject])).toEqual([
    [4, null],
    [3, 'reader-3'],
  ])
  expect(trail.firstBroken()).toBeNull()
})

test.each(['UPDATE audit SET result = 0', 'DELETE FROM audit WHERE number = 4'])(
  'the database refuses: %s',
  (sql) => {
    expect(() => db.exec(sql)).toThrow('only added to')
  },
)

test('a number left out is refused', () => {
  expect(() => db.exec(`INSERT INTO audit VALUES (9, 1, NULL, 'a', NULL, 'r', 'h')`)).toThrow(
    'no gaps',
  )
})

test.each([
  ['an edited line', `UPDATE audit SET subject = 'reader-9' WHERE number = 2`, 2],
  ['a line taken out', 'DELETE FROM audit WHERE number = 2', 3],
  [
    'two lines swapped',
    'UPDATE audit SET number = CASE number WHEN 2 THEN -3 ELSE -2 END WHERE number IN (2, 3); UPDATE audit SET number = -number WHERE number < 0',
    2,
  ],
])('%s shows', (_what, sql, number) => {
  withoutTriggers(sql)
  expect(trail.firstBroken()).toBe(number)
})
