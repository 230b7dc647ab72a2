import { afterEach, expect, test } from 'vitest'
import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { BRANCH, NOW, OTHER_BRANCH, aTitle, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { dueLabels } from './due-labels.ts'

const label = (id: string, parts: object = {}) =>
  put('spine-label', {
    id,
    branchId: BRANCH,
    printed: null,
    printedAt: null,
    printsCount: 0,
    isDue: true,
    dueAt: NOW,
    ...parts,
  } as never)
const item = (id: string, callNumber: string) =>
  put('item', anItem({ id, barcode: id, callNumber }))

let stores: ReturnType<typeof someStores>
afterEach(() => stores.close())

test('C50, C51 what was never printed, and what is called otherwise by now, the oldest first', () => {
  stores = someStores([
    put('title', aTitle()),
    item('new', 'I247.5/27'),
    item('changed', 'I247.5/28'),
    item('waiting', 'I247.5/?'),
    item('done', 'I247.5/29'),
    label('new'),
    label('changed', { printed: 'I247.5/1', printsCount: 1, dueAt: NOW - 9 }),
    label('waiting', { dueAt: NOW + 1 }),
    label('done', { isDue: false }),
    label('gone'),
    label('elsewhere', { branchId: OTHER_BRANCH }),
  ])
  const ask = (limit: number) =>
    queries['due-labels'].answer.parse(dueLabels(stores, { limit }, ASKED, BRANCH))
  expect(ask(10).rows.map((row) => [row.item.id, row.printed, row.isProvisional])).toEqual([
    ['changed', 'I247.5/1', false],
    ['new', null, false],
    ['waiting', null, true],
  ])
  expect(ask(1)).toMatchObject({ rows: [{ title: { id: 'title-1' } }], total: 4, sheet: null })
})

test('what is owed is found without looking at any label that is on its spine', () => {
  stores = someStores([])
  const plan = stores.replica.rows
    .raw(
      `EXPLAIN QUERY PLAN SELECT * FROM "spine-label"
       WHERE branchId = ? AND isDue = 1 ORDER BY dueAt, id LIMIT 9`,
      BRANCH,
    )
    .map(({ detail }) => String(detail))
    .join('; ')
  expect(plan).toContain('USING INDEX spine-label_branchId_dueAt')
})
