import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { BRANCH, OTHER_BRANCH, aTitle, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { transfers } from './transfers.ts'

const DAY = 86_400_000
const parcel = (id: string, parts: Parameters<typeof anItem>[0] = {}) =>
  put(
    'item',
    anItem({
      id,
      barcode: id,
      state: 'in-transit',
      atBranchId: OTHER_BRANCH,
      transitToBranchId: BRANCH,
      transitSentAt: ASKED.at - DAY,
      ...parts,
    }),
  )
const fromHere = { atBranchId: BRANCH, transitToBranchId: OTHER_BRANCH } as const

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('title', aTitle()),
    parcel('arriving'),
    parcel('overdue', { transitSentAt: ASKED.at - 8 * DAY, titleId: null }),
    parcel('just-in-time', { transitSentAt: ASKED.at - 7 * DAY }),
    parcel('leaving', fromHere),
    parcel('left-long-ago', { ...fromHere, transitSentAt: null }),
    parcel('passing-by', { transitToBranchId: 'branch-third' }),
    put('item', anItem({ id: 'on-its-shelf', barcode: 'on-its-shelf' })),
  ])
})
afterEach(() => {
  stores.close()
})

const ask = (limit = 10, branchId: string | null = BRANCH) =>
  queries.transfers.answer.parse(transfers(stores, { limit }, ASKED, branchId))
const ids = ({ rows }: { rows: { item: { id: string } }[] }): string[] =>
  rows.map(({ item }) => item.id)

test('T6 what comes, what went, and what of it is late, the longest on its way first', () => {
  const { here, sent, late } = ask()
  expect(ids(here)).toEqual(['overdue', 'just-in-time', 'arriving'])
  expect(ids(sent)).toEqual(['left-long-ago', 'leaving'])
  expect(ids(late)).toEqual(['overdue', 'left-long-ago'])
  expect(here.rows.map(({ days, title }) => [days, title?.id ?? null])).toEqual([
    [8, null],
    [7, 'title-1'],
    [1, 'title-1'],
  ])
  expect(sent.rows[0]?.days).toBeNull()
})

test('as many rows as are asked for, and how many there are', () => {
  const { here } = ask(1)
  expect([ids(here), here.total]).toEqual([['overdue'], 3])
})

test('a desk without a branch', () => {
  expect(ask(10, null)).toMatchObject({ here: { total: 0 }, sent: { total: 0 } })
})

test('T6 what a reader waits for is late after the days in which it was promised', () => {
  const kept = (id: string, days: number) =>
    parcel(id, { holdId: 'hold-1', transitSentAt: ASKED.at - days * DAY })
  const waiting = someStores([kept('promised', 2), kept('too-late', 3)])
  const { late } = transfers(waiting, { limit: 10 }, ASKED, BRANCH)
  waiting.close()
  expect(late.rows.map(({ item }) => item.id)).toEqual(['too-late'])
})
