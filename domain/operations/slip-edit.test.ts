import { expect, test } from 'vitest'

import { decideOn, performOn, aShelf, recordOn } from '../../test/builders/decide.ts'
import { defaultSlip } from '../policy/default-slips.ts'
import { slipKinds } from '../slip-records.ts'
import { operationOf } from './index.ts'

const head = { role: 'branch-head' } as const
const own = { ...defaultSlip('hold-slip'), zh: '预约书\n{{reader}}' }

test('W1 what is written is what the city prints from then on', () => {
  const { changes, summary } = decideOn([], 'slip.edit', own, head)
  expect(changes).toEqual([{ put: 'slip-template', row: own }])
  expect(summary).toEqual({ slip: 'hold-slip' })
})

test('W1 the later of two desks is kept, and an undo gives the earlier one back', () => {
  const shelf = aShelf([])
  performOn(shelf, 'slip.edit', own, { ...head, operationId: 'desk-a.1.1' })
  const other = { ...own, zh: '另一台写的' }
  performOn(shelf, 'slip.edit', other, { ...head, operationId: 'desk-a.1.2' })
  expect(shelf.rows.get('slip-template:hold-slip')).toEqual(other)
  const undo = { operation: 'desk-a.1.2', reason: null }
  performOn(shelf, 'operation.undo', undo, { ...head, operationId: 'desk-a.1.3' })
  expect(shelf.rows.get('slip-template:hold-slip')).toEqual(own)
})

test.each(slipKinds)('the shipped %s is one that could have been written', (id) => {
  expect(operationOf('slip.edit').payload.safeParse(defaultSlip(id)).success).toBe(true)
  expect(recordOn([], 'slip.edit', defaultSlip(id), head).outcome).toBe('applied')
})

test.each([
  ['no such slip', { ...own, id: 'postcard' }],
  ['too long', { ...own, en: 'x'.repeat(4_001) }],
  ['a control character', { ...own, en: '\u0007' }],
])('%s is not taken', (_says, payload) => {
  expect(operationOf('slip.edit').payload.safeParse(payload).success).toBe(false)
})
