import { afterEach, beforeEach, expect, test } from 'vitest'

import { put } from '../../domain/change.ts'
import { CALENDAR, aBranch, aCalendar, aLoan, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { closureEffect } from './closure-effect.ts'

const loan = (id: string, parts: Parameters<typeof aLoan>[0]) =>
  put('loan', aLoan({ id, itemId: id, ...parts }))

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('calendar', aCalendar({ id: 'elsewhere' })),
    put('branch', aBranch({ id: 'branch-elsewhere', calendarId: 'elsewhere' })),
    put('item', anItem()),
    loan('first', { dueOn: '2026-12-01' }),
    loan('second', { dueOn: '2026-12-02' }),
    loan('after', { dueOn: '2026-12-04' }),
    loan('late', { dueOn: '2026-11-01' }),
    loan('elsewhere', { dueOn: '2026-12-01', lentBranchId: 'branch-elsewhere' }),
    loan('returned', { dueOn: '2026-12-01', returnedAt: ASKED.at }),
    loan('lost', { dueOn: '2026-12-01', lostAt: ASKED.at }),
  ])
})
afterEach(() => {
  stores.close()
})

test('K1 of the libraries with this calendar: what falls due on the days, and what is late by then', () => {
  const days = { calendarId: CALENDAR, fromOn: '2026-12-01', toOn: '2026-12-03' }
  expect(closureEffect(stores, days, ASKED)).toEqual({ dueCount: 2, lateCount: 1 })
})

test('K1 for a day that is past, what was late before it', () => {
  const days = { calendarId: CALENDAR, fromOn: '2026-11-01', toOn: '2026-11-02' }
  expect(closureEffect(stores, days, ASKED)).toEqual({ dueCount: 1, lateCount: 0 })
})
