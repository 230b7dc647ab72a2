import { expect, test } from 'vitest'

import { migrate } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import { operations } from './0010-operations.ts'
import { answeredAt } from './0020-answered-at.ts'

const columns = ['epoch', 'seq', 'id', 'requestId', 'kind', 'body', 'hash', 'at', 'staffId']
const texts = ['branchId', 'changes', 'inverse', 'findings', 'summary', 'about', 'outcome']

test('20 begins the 90 days of what was answered, and of nothing else', () => {
  const db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
  migrate(db, [operations])
  const names = [...columns, ...texts]
  const insert = db.prepare(
    `INSERT INTO operation (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  for (const [index, outcome] of ['applied', 'pending'].entries()) {
    const seq = index + 1
    const row = [1, seq, `id-${seq}`, `request-${seq}`, 'k', '{}', 'h', 1, 's']
    insert.run(...row, 'b', '[]', '[]', '[]', '{}', '{}', outcome)
  }
  migrate(db, [operations, answeredAt])
  const [answered, pending] = db
    .prepare('SELECT answeredAt FROM operation ORDER BY seq')
    .pluck()
    .all() as (number | null)[]
  expect(answered).toBeGreaterThan(1_700_000_000_000)
  expect(pending).toBeNull()
  db.close()
})
