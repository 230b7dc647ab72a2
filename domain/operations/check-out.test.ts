import { describe, expect, test } from 'vitest'

import {
  CALENDAR,
  NOW,
  OTHER_BRANCH,
  TODAY,
  aBranch,
  aCalendar,
  aLibrary,
  aLoan,
  aPolicy,
  aReader,
  anItem,
} from '../../test/builders/city.ts'
import {
  aShelf,
  answering,
  blockedCardId,
  decideOn,
  performOn,
  rowOf,
  rowsOf,
  recordOn,
  said,
} from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { judge } from '../verdict.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { LoanId } from '../words/ids.ts'

const item = anItem()
const reader = aReader()
const second = aReader({ id: 'reader-2', cardNumber: '0440050000025', name: '李雷' })
const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }

/** reader-2 has the item. */
const onLoanToOther: Change[] = [
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
  put('reader', { ...second, openLoansCount: 1 }),
  put('loan', aLoan({ readerId: second.id })),
]
const loanElsewhere = LoanId.parse('loan-of-another-desk')
const blockedCard = (untilOn: string): Change =>
  put('blocked-card', {
    id: blockedCardId(lending.card),
    untilOn: CalendarDate.parse(untilOn),
  })
/** reader-1 has the item. */
const onLoanToSelf: Change[] = [
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
  put('reader', aReader({ openLoansCount: 1 })),
  put('loan', aLoan()),
]
const plain: Change[] = [put('item', item), put('reader', reader)]
const foreignItem: Change = put('item', anItem({ language: 'eng' }))
const itemIs = (parts: Parameters<typeof anItem>[0]): Change[] => [
  ...plain,
  put('item', anItem(parts)),
]
const readerIs = (parts: Parameters<typeof aReader>[0]): Change[] => [
  ...plain,
  put('reader', aReader(parts)),
]
const blockedUntil = (blockedUntilOn: string): Change[] =>
  readerIs({ blockedUntilOn, blockedFor: ['lend'] })

const bothLimits = ['override L6 item-limit-reached', 'override L22 class-limit-reached']

describe('what the desk says', () => {
  const rows: [says: string, records: Change[], said: string[], parts?: CtxParts][] = [
    ['P3 nothing stands against it', plain, []],
    ['L1 unknown item', [put('reader', reader)], ['override L1 unknown-item']],
    [
      'L1 a barcode that two items carry',
      [...plain, put('item', anItem({ id: 'item-2' }))],
      ['impossible L1 barcode-ambiguous'],
    ],
    ['L2 a card that this desk does not know', [put('item', item)], ['override L2 unknown-reader']],
    [
      'L2 … that has borrowed before, whatever its placeholder says',
      readerIs({ category: 'unregistered', openLoansCount: 1, expiresOn: '2026-11-21' }),
      ['override L2 unknown-reader'],
    ],
    [
      'L20 … and that the city has blocked through today',
      [put('item', item), blockedCard(TODAY)],
      ['override L2 unknown-reader', 'impossible L20 card-blocked-in-city'],
    ],
    [
      'L20 … and that was blocked until yesterday',
      [put('item', item), blockedCard('2026-11-21')],
      ['override L2 unknown-reader'],
    ],
    [
      'L21 the city has it on loan, this desk does not hold the loan',
      [
        put('reader', reader),
        put('item', { ...item, state: 'on-loan', openLoanId: loanElsewhere }),
      ],
      ['override L21 item-on-loan-elsewhere'],
    ],
    ['L3 expired yesterday', readerIs({ expiresOn: '2026-11-21' }), ['override L3 card-expired']],
    ['L3 the card still holds today', readerIs({ expiresOn: TODAY }), []],
    ['L4 blocked through today', blockedUntil(TODAY), ['override L4 reader-blocked']],
    ['L4 blocked until yesterday', blockedUntil('2026-11-21'), []],
    ['L5 reported lost', readerIs({ cardState: 'lost' }), ['impossible L5 card-lost']],
    ['L5 closed', readerIs({ cardState: 'closed' }), ['impossible L5 card-closed']],
    ['L6, L22 at both limits', readerIs({ openLoansCount: 11 }), bothLimits],
    ['L6 one below the limit', readerIs({ openLoansCount: 10, openForeignCount: 1 }), []],
    [
      'L22 ten Chinese books',
      readerIs({ openLoansCount: 10 }),
      ['override L22 class-limit-reached'],
    ],
    [
      'L22 a second foreign book',
      [...readerIs({ openLoansCount: 1, openForeignCount: 1 }), foreignItem],
      ['override L22 class-limit-reached'],
    ],
    ['L22 a first foreign book', [...readerIs({ openLoansCount: 9 }), foreignItem], []],
    [
      'L22 a disc counts as neither, and has no limit of its own',
      [...readerIs({ openLoansCount: 10 }), put('item', anItem({ itemType: 'av' }))],
      [],
    ],
    [
      'L22 a category that does not tell them apart',
      readerIs({ category: 'staff', openLoansCount: 25 }),
      [],
    ],
    [
      'L6 a category without policy lends nothing',
      readerIs({ category: 'gone' }),
      ['override L6 item-limit-reached'],
    ],
    [
      'L7 on loan to another',
      [put('reader', reader), ...onLoanToOther],
      ['override L7 item-on-loan'],
    ],
    [
      'L6, L7 returning it from another makes no room on this card',
      [...onLoanToOther, put('reader', aReader({ openLoansCount: 11 }))],
      [...bothLimits, 'override L7 item-on-loan'],
    ],
    ['L8 on loan to this reader', onLoanToSelf, ['override L8 already-on-loan-to-reader']],
    [
      'L8 at the limit with this item counted',
      [...onLoanToSelf, put('reader', aReader({ openLoansCount: 11 }))],
      ['override L8 already-on-loan-to-reader'],
    ],
    [
      'L8, N1, N3 renewing at the counter asks what renewing asks',
      [...onLoanToSelf, put('loan', aLoan({ dueOn: '2026-11-21', renewalsCount: 1 }))],
      [
        'override L8 already-on-loan-to-reader',
        'override N1 renewals-used-up',
        'override N3 loan-overdue',
      ],
    ],
    [
      'L8, L16 a hold is named once',
      [
        ...onLoanToSelf,
        put(
          'item',
          anItem({ state: 'on-loan', openLoanId: 'loan-1', heldForReaderId: 'reader-2' }),
        ),
      ],
      ['override L8 already-on-loan-to-reader', 'override L16 item-held-for-another'],
    ],
    ['L9 not for loan', itemIs({ isForLoan: false }), ['override L9 item-not-for-loan']],
    ['L10 withdrawn', itemIs({ state: 'withdrawn' }), ['impossible L10 item-withdrawn']],
    ['L11 lost and found', itemIs({ state: 'lost' }), ['alert L11 item-was-lost']],
    [
      'L7, L11 lost by the reader who had it, brought by another',
      [...plain, ...onLoanToOther, patch('item', 'item-1', { state: 'lost' })],
      ['alert L11 item-was-lost', 'override L7 item-on-loan'],
    ],
    [
      'L12 damaged',
      itemIs({ condition: 'damaged', conditionNote: '封面脱落' }),
      ['note L12 item-damaged'],
    ],
    [
      'L13 a debt above the limit',
      readerIs({ feesOwedFen: 2001 }),
      ['override L13 debt-above-limit'],
    ],
    ['L13 a debt at the limit', readerIs({ feesOwedFen: 2000 }), []],
    [
      'L14 another item is overdue',
      [...plain, put('loan', aLoan({ itemId: 'item-9', dueOn: '2026-11-21' }))],
      ['alert L14 reader-has-overdue'],
    ],
    [
      'L14 a disputed loan is not overdue: its clock stands still',
      [...plain, put('loan', aLoan({ itemId: 'item-9', dueOn: '2026-11-21', isDisputed: true }))],
      [],
    ],
    [
      'L16 held for another',
      itemIs({ heldForReaderId: 'reader-2' }),
      ['override L16 item-held-for-another'],
    ],
    [
      'L16 held for this reader',
      itemIs({ state: 'on-hold-shelf', heldForReaderId: 'reader-1' }),
      [],
    ],
    [
      'L17 in transit',
      itemIs({ state: 'in-transit', transitToBranchId: OTHER_BRANCH }),
      ['alert L17 item-in-transit'],
    ],
    [
      'L18 an adult item for a juvenile card',
      [...readerIs({ category: 'juvenile' }), put('item', anItem({ audience: 'adult' }))],
      ['alert L18 adult-item-for-juvenile'],
    ],
    ['L18 an adult item for an adult', itemIs({ audience: 'adult' }), []],
    [
      'P1 no line speaks',
      [...plain, put('policy', aPolicy({ loanRules: [] }))],
      ['impossible P1 no-loan-rule'],
    ],
    [
      'L3, L4, L13 all that applies is collected',
      readerIs({
        expiresOn: '2026-01-01',
        blockedUntilOn: '9999-12-31',
        blockedFor: ['lend'],
        feesOwedFen: 9000,
      }),
      ['override L3 card-expired', 'override L4 reader-blocked', 'override L13 debt-above-limit'],
    ],
  ]

  test.each(rows)('%s', (_says, records, expected, parts = {}) => {
    expect(said(decideOn(records, 'loan.check-out', lending, parts))).toEqual(expected)
  })

  test('P1 a chosen due date does not make up for a missing line', () => {
    const records = [...plain, put('policy', aPolicy({ loanRules: [] }))]
    const chosen = { ...lending, dueOn: '2026-12-01' }
    expect(said(decideOn(records, 'loan.check-out', chosen))).toEqual([
      'impossible P1 no-loan-rule',
    ])
  })

  test.each([
    ['L7 who has the item', 'item-on-loan', onLoanToOther],
    [
      'L16 who waits for it',
      'item-held-for-another',
      [...itemIs({ heldForReaderId: second.id }), put('reader', second)],
    ],
  ])('%s is not told in full', (_says, code, records) => {
    const { findings } = decideOn(records, 'loan.check-out', lending)
    expect(findings.find((finding) => finding.code === code)?.params).toMatchObject({
      reader: '李*',
    })
  })

  test('L4 only a right that the branch head has overrides a block', () => {
    const [finding] = decideOn(blockedUntil(TODAY), 'loan.check-out', lending).findings
    expect(finding).toMatchObject({ permission: 'override-blocks', exception: 'reader-blocked' })
  })
})

describe('the due date', () => {
  const dueOf = (records: Change[], dueOn: string | null = null) => {
    const decision = decideOn(records, 'loan.check-out', { ...lending, dueOn })
    return [decision.summary.dueOn, ...said(decision)]
  }
  const closedOn = ['2026-12-23', '2026-12-24']
  const calendar = put('calendar', aCalendar({ closedOn }))

  test.each([
    ['L15 31 days', plain, null, ['2026-12-23']],
    ['L15 past closed days', [...plain, calendar], null, ['2026-12-25', 'note L15 due-date-moved']],
    ['L15 chosen', plain, '2026-11-30', ['2026-11-30']],
    ['L15 chosen, today', plain, TODAY, [TODAY]],
    [
      'L15 chosen, yesterday',
      plain,
      '2026-11-21',
      ['2026-11-21', 'impossible L15 due-date-in-past'],
    ],
  ])('%s', (_says, records, dueOn, expected) => {
    expect(dueOf(records, dueOn)).toEqual(expected)
  })

  test.each([
    ['earlier than the policy says now', plain, '2026-12-01'],
    ['later', plain, '2027-01-31'],
    ['a day that is closed now', [...plain, calendar], '2026-12-23'],
  ])('I28 what the slip said is kept: %s', (_says, records, promised) => {
    const told = { dueOn: CalendarDate.parse(promised) }
    const { outcome, changes } = recordOn(records, 'loan.check-out', lending, { promised: told })
    expect(outcome).toBe('applied')
    expect(changes[0]).toMatchObject({ put: 'loan', row: { dueOn: promised } })
  })

  test('P1, P3 Nanshan lends for 30 days, and the loan names the line', () => {
    const records = [
      ...plain,
      put('library', aLibrary({ id: '044006', nameZh: '南山图书馆' })),
      put('branch', aBranch({ id: OTHER_BRANCH, libraryId: '044006', calendarId: CALENDAR })),
    ]
    const { changes } = decideOn(records, 'loan.check-out', lending, { branchId: OTHER_BRANCH })
    expect(changes[0]).toMatchObject({ row: { dueOn: '2026-12-22', policyLine: 'nanshan-30' } })
  })
})

describe('what lending does', () => {
  test('L17 ends a transit and a hold for this reader, and counts the loan', () => {
    const records = itemIs({
      state: 'in-transit',
      transitToBranchId: OTHER_BRANCH,
      heldForReaderId: reader.id,
    })
    const decision = decideOn(records, 'loan.check-out', lending)
    expect(decision.changes).toEqual([
      put('loan', {
        ...aLoan({ id: 'desk-a.1.1.r1', lentAt: NOW, dueOn: '2026-12-23' }),
      }),
      patch('reader', reader.id, {}, { openLoansCount: 1 }),
      patch('item', item.id, {
        state: 'on-loan',
        openLoanId: aLoan({ id: 'desk-a.1.1.r1' }).id,
        atBranchId: item.atBranchId,
        heldForReaderId: null,
        transitToBranchId: null,
        transitSentAt: null,
      }),
    ])
    expect(decision.summary).toMatchObject({ isRenewal: false, openLoansCount: 1 })
  })

  test('L7 the override returns it from the other and lends it', () => {
    const shelf = aShelf([put('reader', reader), ...onLoanToOther])
    performOn(shelf, 'loan.check-out', lending, { overrides: answering('item-on-loan') })
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ returnedAt: NOW, isDisputed: false })
    expect(rowOf(shelf, 'reader', second.id)?.openLoansCount).toBe(0)
    expect(rowOf(shelf, 'reader', reader.id)?.openLoansCount).toBe(1)
    expect(rowOf(shelf, 'item', item.id)?.openLoanId).toBe('desk-a.1.1.r1')
    expect(rowsOf(shelf, 'exception')).toEqual([])
  })

  test('L7, R3 a return on the way to the next reader costs what a return costs', () => {
    const shelf = aShelf([
      put('reader', reader),
      ...onLoanToOther,
      put('loan', aLoan({ readerId: second.id, dueOn: '2026-11-19' })),
    ])
    const overrides = answering('item-on-loan')
    const done = performOn(shelf, 'loan.check-out', lending, { overrides })
    expect(said(done)).toContain('alert R3 returned-late')
    expect(rowOf(shelf, 'reader', second.id)?.feesOwedFen).toBe(90)
    expect(rowsOf(shelf, 'fee')).toMatchObject([{ readerId: second.id, amountFen: 90 }])
  })

  test('L8 the override renews: 31 days from today, one renewal more, no second loan', () => {
    const overrides = answering('already-on-loan-to-reader')
    const decision = decideOn(onLoanToSelf, 'loan.check-out', lending, { overrides })
    expect(decision.changes).toEqual([
      patch('loan', aLoan().id, { dueOn: aLoan({ dueOn: '2026-12-23' }).dueOn, renewalsCount: 1 }),
    ])
    expect(decision.summary).toMatchObject({ isRenewal: true, loanId: 'loan-1', openLoansCount: 1 })
    expect(judge(decision, overrides)).toBe('may-be-done')
  })

  test("L16 another's hold outlives the loan that went before it", () => {
    const shelf = aShelf([...itemIs({ heldForReaderId: second.id }), put('reader', second)])
    performOn(shelf, 'loan.check-out', lending, { overrides: answering('item-held-for-another') })
    performOn(
      shelf,
      'loan.check-in',
      { barcode: item.barcode, returnedOn: null },
      {
        operationId: 'desk-a.1.2',
      },
    )
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({
      state: 'on-hold-shelf',
      heldForReaderId: second.id,
    })
  })
})
