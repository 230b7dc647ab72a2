import { expect, test } from 'vitest'

import { CALENDAR, aPolicy, anException } from '../test/builders/city.ts'
import { recordOn } from '../test/builders/decide.ts'
import { editedRule } from './edited-rule.ts'
import type { OperationKind } from './operations/index.ts'

const [general] = aPolicy().loanRules
if (general === undefined) throw new Error('no policy')
const line = { ...general, id: '音像', itemType: 'av' }
const hours = { weekday: 1, from: { is: 'shut' }, to: { is: 'hours' } }
const reversed = { opensAtMinute: 600, closesAtMinute: 500 }
const head = { role: 'branch-head' } as const

test.each<[string, OperationKind, object, string, unknown]>([
  [
    'E9 a line changed at two desks',
    'policy.set-line',
    { line, from: { ...line, loanDays: 1 } },
    'edit-conflict',
    { is: 'line', id: '音像' },
  ],
  [
    'E11 a line that may not be taken out',
    'policy.remove-line',
    { from: general },
    'request-refused',
    { is: 'line', id: general.id },
  ],
  [
    'E11 hours set at two desks',
    'calendar.set-hours',
    { calendar: CALENDAR, ...hours, to: { ...hours.to, ...reversed } },
    'request-refused',
    { is: 'calendar', id: CALENDAR },
  ],
  [
    'E11 days of a calendar that is gone',
    'calendar.reopen-days',
    { calendar: 'calendar-gone', fromOn: '2026-12-01', toOn: '2026-12-01' },
    'request-refused',
    { is: 'calendar', id: 'calendar-gone' },
  ],
])('%s: named by it', (_says, kind, payload, exceptionKind, rule) => {
  const [told] = recordOn([], kind, payload, head).exceptions
  expect(told?.kind).toBe(exceptionKind)
  expect(told && editedRule(told)).toEqual(rule)
})

test('an exception about an item names no rule', () => {
  expect(editedRule(anException())).toBeNull()
})
