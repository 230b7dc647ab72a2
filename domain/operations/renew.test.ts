import { describe, expect, test } from 'vitest'

import { TODAY, aCalendar, aLoan, aReader, anItem } from '../../test/builders/city.ts'
import { answering, decideOn, recordOn, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { judge } from '../verdict.ts'
import { CalendarDate } from '../words/calendar-date.ts'

const item = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const lent: Change[] = [
  put('item', item),
  put('reader', aReader({ openLoansCount: 1 })),
  put('loan', aLoan()),
]
const renewing = { loan: 'loan-1' }
const loanIs = (parts: Parameters<typeof aLoan>[0]): Change[] => [
  ...lent,
  put('loan', aLoan(parts)),
]
const itemIs = (parts: Parameters<typeof anItem>[0]): Change[] => [
  ...lent,
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1', ...parts })),
]
const other = (parts: Parameters<typeof aLoan>[0]): Change =>
  put('loan', aLoan({ id: 'loan-2', itemId: 'item-2', ...parts }))

describe('renewing', () => {
  const rows: [says: string, records: Change[], said: string[]][] = [
    ['N1 a first renewal', lent, []],
    ['N1 an unknown loan', [], ['impossible N1 unknown-loan']],
    ['N1 renewed once already', loanIs({ renewalsCount: 1 }), ['override N1 renewals-used-up']],
    ['N1 returned', loanIs({ returnedAt: 5 }), ['impossible N1 loan-closed']],
    ['N1 disputed', loanIs({ isDisputed: true }), ['impossible N1 loan-disputed']],
    ['N3 due today', loanIs({ dueOn: TODAY }), []],
    ['N3 due yesterday', loanIs({ dueOn: '2026-11-21' }), ['override N3 loan-overdue']],
    [
      'N4 a fee of a fen',
      [...lent, put('reader', aReader({ openLoansCount: 1, feesOwedFen: 1 }))],
      ['override N4 fees-owed'],
    ],
    [
      'N5 another is overdue',
      [...lent, other({ dueOn: '2026-11-21' })],
      ['override N5 other-loan-overdue'],
    ],
    ['N5 another is due today', [...lent, other({ dueOn: TODAY })], []],
    [
      'N5 another that is overdue but disputed',
      [...lent, other({ dueOn: '2026-11-21', isDisputed: true })],
      [],
    ],
    [
      'N3, N5 this one and, due after it, another are overdue',
      [...loanIs({ dueOn: '2026-11-01' }), other({ dueOn: '2026-11-21' })],
      ['override N3 loan-overdue', 'override N5 other-loan-overdue'],
    ],
    ['N6 a periodical', itemIs({ itemType: 'periodical' }), ['override N6 renewal-not-allowed']],
    ['N6 a compact disc', itemIs({ itemType: 'av' }), ['override N6 renewal-not-allowed']],
    ['N6 a book in braille', itemIs({ itemType: 'braille' }), ['override N6 renewal-not-allowed']],
    [
      'N7 held for another',
      itemIs({ heldForReaderId: 'reader-2' }),
      ['override N7 item-held-for-another'],
    ],
    ['N7 held for this reader', itemIs({ heldForReaderId: 'reader-1' }), []],
  ]

  test.each(rows)('%s', (_says, records, expected) => {
    expect(said(decideOn(records, 'loan.renew', renewing))).toEqual(expected)
  })

  test.each([
    ['N2 31 days from today, not from the due date', lent, '2026-12-23'],
    [
      'N2 past closed days',
      [...lent, put('calendar', aCalendar({ closedOn: ['2026-12-23'] }))],
      '2026-12-24',
    ],
    ['N2 never earlier than it was', loanIs({ dueOn: '2027-01-31' }), '2027-01-31'],
  ])('%s', (_says, records, dueOn) => {
    const { changes, summary } = decideOn(records, 'loan.renew', renewing)
    expect(changes).toEqual([
      { patch: 'loan', id: 'loan-1', set: { dueOn, renewalsCount: 1 }, add: {} },
    ])
    expect(summary).toMatchObject({ loanId: 'loan-1', dueOn, dueAt: null, renewalsCount: 1 })
  })

  test.each([
    ['N2, I28 earlier than the policy says now', lent, '2026-12-20'],
    ['N2, I28 later', lent, '2027-01-31'],
  ])('what the reader was told is kept: %s', (_says, records, promised) => {
    const told = { dueOn: CalendarDate.parse(promised) }
    const { changes } = recordOn(records, 'loan.renew', renewing, { promised: told })
    expect(changes).toMatchObject([{ patch: 'loan', set: { dueOn: promised } }])
  })

  test('N1, N3 each broken rule needs its own answer', () => {
    const decision = decideOn(
      loanIs({ dueOn: '2026-11-21', renewalsCount: 1 }),
      'loan.renew',
      renewing,
    )
    expect(judge(decision, answering('renewals-used-up'))).toBe('needs-override')
    expect(judge(decision, answering('renewals-used-up', 'loan-overdue'))).toBe('may-be-done')
  })

  test('N1 an intent that broke a rule is refused by the server and changes nothing', () => {
    const { outcome, changes } = recordOn(loanIs({ renewalsCount: 1 }), 'loan.renew', renewing)
    expect([outcome, changes]).toEqual(['refused', []])
  })
})
