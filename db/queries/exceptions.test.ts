import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { ExceptionKind } from '../../domain/records.ts'
import type { ExceptionKind as Kind } from '../../domain/records.ts'
import { NOW, TODAY, aTitle, anException, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { startOf } from '../../domain/words/calendar-date.ts'
import { countsSql, exceptions, openTail } from './exceptions.ts'

const DAY = 86_400_000
const today = startOf(TODAY)
let stores: ReturnType<typeof someStores>
beforeEach(() => {
  const settled = { settledBy: 'staff-lin', settlement: 'accepted' }
  stores = someStores([
    put('title', aTitle()),
    put('item', anItem()),
    put('exception', anException({ id: 'clash', openedAt: today })),
    put('exception', anException({ id: 'old', kind: 'limit-exceeded', openedAt: today - 9 * DAY })),
    put('exception', anException({ id: 'blocked', kind: 'reader-blocked', openedAt: today - 1 })),
    put(
      'exception',
      anException({
        id: 'mine',
        kind: 'reader-blocked',
        openedAt: today - 3 * DAY,
        itemId: null,
        assignedTo: 'staff-lin',
      }),
    ),
    put('exception', anException({ id: 'was', ...settled, settledAt: 40 })),
    put('exception', anException({ id: 'was-later', ...settled, settledAt: 50 })),
  ])
})
afterEach(() => {
  stores.close()
})

const nothing = { state: 'open', kind: null, assignedTo: null, limit: 50 } as const
const ask = (parts: Partial<Parameters<typeof exceptions>[1]> = {}) =>
  queries.exceptions.answer.parse(exceptions(stores, { ...nothing, ...parts }, ASKED))
const ids = (parts: Partial<Parameters<typeof exceptions>[1]> = {}) =>
  ask(parts).rows.map((row) => row.exception.id)

test('open ones, the urgent first, then the oldest', () => {
  expect(ids()).toEqual(['clash', 'mine', 'blocked', 'old'])
  expect(ask().rows[0]).toMatchObject({
    title: '平凡的世界',
    barcode: anItem().barcode,
    severity: 'urgent',
    assigneeName: null,
  })
  expect(ask().rows[1]).toMatchObject({ title: null, barcode: null, assigneeName: '林老师' })
})

test('counted by kind and age, by severity', () => {
  const { counts, openCount } = ask()
  expect(openCount).toBe(4)
  expect(counts).toEqual([
    { kind: 'open-loan-other', severity: 'urgent', today: 1, days: 0, older: 0 },
    { kind: 'reader-blocked', severity: 'soon', today: 0, days: 2, older: 0 },
    { kind: 'limit-exceeded', severity: 'whenever', today: 0, days: 0, older: 1 },
  ])
})

test('those of one kind, and those that somebody has taken on', () => {
  expect(ids({ kind: 'reader-blocked' })).toEqual(['mine', 'blocked'])
  expect(ids({ assignedTo: 'staff-lin' })).toEqual(['mine'])
  expect(ids({ kind: 'open-loan-other', assignedTo: 'staff-lin' })).toEqual([])
})

test('settled ones, the latest first; no more than asked', () => {
  expect(ids({ state: 'settled' })).toEqual(['was-later', 'was'])
  expect(ids({ state: 'settled', kind: 'reader-blocked' })).toEqual([])
  expect(ids({ limit: 1 })).toEqual(['clash'])
})

test('five thousand are ordered and counted in the index alone', () => {
  const kinds = ExceptionKind.options
  const kindOf = (index: number): Kind => kinds[index % kinds.length] ?? 'rule-broken'
  const many = Array.from({ length: 5000 }, (_, index): Change =>
    put('exception', anException({ id: `x-${index}`, kind: kindOf(index), openedAt: NOW - index })),
  )
  stores.close()
  stores = someStores(many)
  const { rows, openCount, counts } = ask({ limit: 200 })
  expect([rows.length, openCount]).toEqual([200, 5000])
  expect(counts.reduce((sum, { today: t, days, older }) => sum + t + days + older, 0)).toBe(5000)
  const plan = (sql: string, ...values: (string | number)[]): string =>
    stores.replica.rows
      .raw(`EXPLAIN QUERY PLAN ${sql}`, ...values)
      .map(({ detail }) => String(detail))
      .join('\n')
  expect(plan(countsSql, 1, 1, 1, 1)).toMatch(/^SEARCH exception USING COVERING INDEX/)
  const list = plan(`SELECT * FROM exception ${openTail({ kind: null, assignedTo: null })}`, 200)
  expect(list).toMatch(/COVERING INDEX/)
  expect(list).not.toMatch(/SCAN exception/)
})
