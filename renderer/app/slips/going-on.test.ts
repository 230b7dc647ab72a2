import { expect, test } from 'vitest'
import { goingOnBy } from './going-on.ts'

const hold = { id: 'h', reader: '张**', cardTail: '0101', keepUntilOn: '2026-11-25' }

const findings = [{ code: 'hold-waiting', params: { reader: '李*' } }]

test.each([
  [
    'a return that was kept for a reader',
    { route: { to: 'hold-shelf', branchId: 'b', shelf: null }, hold, feeFen: 0 },
    { to: 'hold-shelf', hold: { reader: '张**' } },
  ],
  [
    'an arrival',
    { route: { to: 'shelf', branchId: 'b' } },
    { to: 'shelf', hold: { reader: '李*' } },
  ],
  ['what was sent', { itemId: 'i', toBranchId: 'b' }, { to: 'transit', hold: null }],
])('%s', (_says, summary, { to, ...expected }) => {
  const found = goingOnBy({ barcode: '1', at: 0, summary, findings })
  expect(found).toMatchObject({ barcode: '1', at: 0, route: { to, branchId: 'b' }, ...expected })
})

test.each([null, {}, { dueOn: '2026-12-01' }])('%o goes nowhere', (summary) => {
  expect(goingOnBy({ barcode: '1', at: 0, summary, findings })).toBe(null)
})
