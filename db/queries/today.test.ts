import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { patch, put } from '../../domain/change.ts'
import { note } from '../../domain/operation.ts'
import { startOf } from '../../domain/words/calendar-date.ts'
import { NOW, TODAY, aReader, aTitle, anItem } from '../../test/builders/city.ts'
import { ASKED, anOperation, someStores } from '../../test/builders/stores.ts'
import { today } from './today.ts'

const about = { itemId: 'item-1', readerId: 'reader-1', loanId: null, otherLoanId: null }
const changes = [patch('item', 'item-1', { shelf: 'x' })]
let stores: ReturnType<typeof someStores>

beforeEach(() => {
  stores = someStores([
    put('title', aTitle()),
    put('item', anItem()),
    put('reader', aReader({ name: '王小明' })),
  ])
  const { outbox } = stores
  const yesterday = startOf(TODAY) - 1
  const lend = { kind: 'loan.check-out', about, changes }
  outbox.append(anOperation(1, { ...lend, at: yesterday }), null)
  outbox.append(anOperation(2, { ...lend, at: startOf(TODAY) }), null)
  outbox.append(anOperation(3, { ...lend, findings: [note('item-damaged', 'L12')] }), null)
  outbox.append(anOperation(4, { kind: 'operation.undo', changes, at: NOW + 1 }), 'desk-a.1.2')
  outbox.append(anOperation(5, { kind: 'loan.check-in', staffId: 'left', at: NOW + 2 }), null)
  outbox.append(anOperation(6, { kind: 'loan.renew', changes, at: NOW + 3 }), null)
  const answered = { positions: {}, findings: [] }
  outbox.saveOutcomes([
    { seq: 1, outcome: 'applied', ...answered },
    { seq: 6, outcome: 'refused', ...answered },
  ])
})
afterEach(() => {
  stores.close()
})

const ask = (limit = 50) => queries.today.answer.parse(today(stores, { limit }, ASKED))

test('what was done today, newest first, in words', () => {
  const { rows } = ask()
  expect(rows.map((row) => row.seq)).toEqual([6, 5, 4, 3, 2])
  expect(rows[3]).toMatchObject({
    id: 'desk-a.1.3',
    staffName: '林老师',
    outcome: 'pending',
    findings: [{ code: 'item-damaged' }],
    item: { id: 'item-1', barcode: '04400510000001' },
    reader: { id: 'reader-1', name: '王小明' },
    titleText: '平凡的世界',
  })
  // Someone whose record this desk no longer has, about nobody.
  expect(rows[1]).toMatchObject({ staffName: 'left', item: null, reader: null, titleText: null })
})

test('undo is offered for what changed something, stands, and is not an undo', () => {
  expect(ask().rows.map((row) => [row.kind, row.isUndoable])).toEqual([
    ['loan.renew', false],
    ['loan.check-in', false],
    ['operation.undo', false],
    ['loan.check-out', true],
    ['loan.check-out', false],
  ])
  expect(ask().rows.at(-1)?.undoneBy).toBe('desk-a.1.4')
})

test('counts are of the day, not of the rows shown', () => {
  expect(ask(1)).toMatchObject({ lentCount: 1, returnedCount: 1, pendingCount: 4 })
  expect(ask(1).rows).toHaveLength(1)
})
