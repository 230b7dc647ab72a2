/** Each kind of exception is opened by something that really happens at a desk. */
import { describe, expect, test } from 'vitest'

import {
  NOW,
  OTHER_BRANCH,
  TODAY,
  aFee,
  aLoan,
  aHold,
  aReader,
  anException,
  anItem,
} from '../test/builders/city.ts'
import { recordOn } from '../test/builders/decide.ts'
import type { CtxParts } from '../test/builders/decide.ts'
import { put } from './change.ts'
import type { Change } from './change.ts'
import { operationOf } from './operations/index.ts'
import type { OperationKind } from './operations/index.ts'
import { ExceptionKind } from './records.ts'

const DAY = 86_400_000
const item = anItem()
const lent = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const reader = aReader()
const other = aReader({ id: 'reader-2', cardNumber: '2', name: '李思思' })
const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }
const returning = { barcode: item.barcode, returnedOn: null }

interface Given {
  readonly kind: OperationKind
  readonly payload: object
  readonly records: readonly Change[]
  readonly parts?: CtxParts
  readonly isClockSuspect?: boolean
}

const lend = (...records: Change[]): Given => ({
  kind: 'loan.check-out',
  payload: lending,
  records: [put('reader', reader), ...records],
})
const comeBack = (...records: Change[]): Given => ({
  kind: 'loan.check-in',
  payload: returning,
  records,
})
const registering = {
  card: '0440059999999',
  name: reader.name,
  category: 'lidu',
  bornOn: reader.bornOn,
  phone: null,
  idNumberHash: null,
  guardianReaderId: null,
  hasGuardianConsent: false,
  note: null,
}

const opened: readonly (readonly [ExceptionKind, string, Given])[] = [
  [
    'open-loan-other',
    'L7 lent at another desk meanwhile',
    lend(put('item', lent), put('loan', aLoan({ readerId: other.id })), put('reader', other)),
  ],
  [
    'open-loan-same',
    'L8 lent to the same reader at two desks',
    lend(put('item', lent), put('loan', aLoan())),
  ],
  [
    'hold-bypassed',
    'L16 held for somebody else meanwhile',
    lend(put('item', anItem({ heldForReaderId: other.id })), put('reader', other)),
  ],
  [
    'hold-clash',
    'H8 kept for a hold that was filled meanwhile',
    {
      ...comeBack(put('item', item), put('hold', aHold({ state: 'cancelled', closedAt: NOW }))),
      parts: { promised: { holdId: aHold().id } },
    },
  ],
  [
    'reader-blocked',
    'L4 blocked meanwhile',
    lend(
      put('item', item),
      put('reader', aReader({ blockedUntilOn: TODAY, blockedFor: ['lend'] })),
    ),
  ],
  [
    'limit-exceeded',
    'L6 the last place was taken at another desk',
    lend(put('item', item), put('reader', aReader({ openLoansCount: 500 }))),
  ],
  [
    'item-lost-or-withdrawn',
    'L10 withdrawn meanwhile',
    lend(put('item', anItem({ state: 'withdrawn' }))),
  ],
  ['unknown-item', 'L1 a label that nobody knows', lend()],
  ['unknown-item', 'R7 returned under one', comeBack()],
  [
    'unknown-reader',
    'L2 a card that nobody knows',
    { ...lend(put('item', item)), payload: { ...lending, card: '404' } },
  ],
  [
    'return-not-on-loan',
    'R10 returned twice, at two branches',
    comeBack(put('item', anItem({ atBranchId: OTHER_BRANCH, lastCheckInAt: NOW - DAY }))),
  ],
  [
    'route-item',
    'R10 a parcel for another branch turned up here',
    comeBack(
      put(
        'item',
        anItem({
          state: 'in-transit',
          atBranchId: OTHER_BRANCH,
          transitToBranchId: 'branch-third',
          homeBranchId: 'branch-third',
        }),
      ),
    ),
  ],
  [
    'edit-conflict',
    'E9 damage noted at two desks',
    {
      kind: 'item.mark-damaged',
      payload: { item: item.id, note: '缺页', insteadOf: null },
      records: [put('item', anItem({ condition: 'damaged', conditionNote: '封面脱落' }))],
    },
  ],
  [
    'duplicate-registration',
    'D3 registered at two desks',
    { kind: 'reader.register', payload: registering, records: [put('reader', reader)] },
  ],
  [
    'duplicate-registration',
    'D1 one card given out twice',
    {
      kind: 'reader.register',
      payload: { ...registering, card: reader.cardNumber, name: '另一人', bornOn: '1980-01-01' },
      records: [put('reader', reader)],
    },
  ],
  [
    'fee-settled-twice',
    'F6 waived at another desk meanwhile',
    {
      kind: 'payment.take',
      payload: {
        reader: reader.id,
        fees: [{ fee: 'fee-1', amountFen: 90 }],
        tender: 'wechat',
        till: null,
      },
      records: [put('reader', reader), put('fee', aFee({ waivedFen: 90, settledAt: NOW }))],
    },
  ],
  [
    'request-refused',
    'E11 renewed, and waited for by now',
    {
      kind: 'loan.renew',
      payload: { loan: 'loan-1' },
      records: [
        put('item', lent),
        put('reader', aReader({ feesOwedFen: 1 })),
        put('loan', aLoan()),
      ],
    },
  ],
  [
    'rule-broken',
    'L3 the card expired',
    lend(put('item', item), put('reader', aReader({ expiresOn: '2026-01-01' }))),
  ],
  [
    'clock-suspect',
    'E8 a due date told under a clock that is two days behind',
    { ...lend(put('item', item)), parts: { at: NOW - 2 * DAY }, isClockSuspect: true },
  ],
]

function kindsOf({ kind, payload, records, parts = {}, isClockSuspect = false }: Given): string[] {
  const recorded = recordOn(records, kind, payload, parts, { isClockSuspect })
  const isOpened = recorded.exceptions.length > 0
  const isRefused = operationOf(kind).evidence === 'intent' && isOpened
  const done = isOpened ? 'applied-with-exception' : 'applied'
  expect(recorded.outcome).toBe(isRefused ? 'refused' : done)
  return recorded.exceptions.map((exception) => exception.kind)
}

describe('I22 what opens an exception', () => {
  test.each(opened)('%s: %s', (kind, _says, given) => {
    expect(kindsOf(given)).toEqual([kind])
  })

  test('every kind is in this table, or opened by the city itself', () => {
    const byCity = ['device-fork', 'quarantined', 'double-spend', 'lease-expired']
    const seen = new Set([...opened.map(([kind]) => kind), ...byCity])
    expect(ExceptionKind.options.filter((kind) => !seen.has(kind))).toEqual([])
  })
})

describe('what opens none', () => {
  const suspect = { isClockSuspect: true } as const
  const quiet: readonly (readonly [string, Given])[] = [
    ['R2 read in the house', comeBack(put('item', item))],
    [
      'R4 returned far from home',
      comeBack(
        put('item', { ...lent, homeBranchId: item.homeBranchId }),
        put('loan', aLoan()),
        put('reader', aReader({ openLoansCount: 1 })),
      ),
    ],
    ['L11 a lost item is lent: found', lend(put('item', anItem({ state: 'lost' })))],
    ['E8 the clock was suspect, the day is right', { ...lend(put('item', item)), ...suspect }],
    [
      'E8 no date was told',
      { ...comeBack(put('item', item)), parts: { at: NOW - 2 * DAY }, ...suspect },
    ],
    [
      'E8 the clock was behind, and known to be',
      { ...lend(put('item', item)), parts: { at: NOW - 2 * DAY } },
    ],
  ]
  test.each(quiet)('%s', (_says, given) => {
    expect(kindsOf(given)).toEqual([])
  })
})

test('E8 a renewal tells a date too', () => {
  const records = [
    put('item', lent),
    put('reader', aReader({ openLoansCount: 1 })),
    put('loan', aLoan()),
  ]
  const at = NOW - 2 * DAY
  const { exceptions, outcome } = recordOn(
    records,
    'loan.renew',
    { loan: 'loan-1' },
    { at },
    { isClockSuspect: true },
  )
  expect(outcome).toBe('applied-with-exception')
  expect(exceptions[0]?.evidence?.findings).toEqual([
    { code: 'clock-suspect', rule: 'E8', params: { onDesk: '2026-11-20', arrivedOn: TODAY } },
  ])
})

test('the evidence is bounded, and the record passes its own schema', () => {
  const knew = { factsAgeMs: 3_600_000, policyVersion: 7, baseCursor: 41 }
  const { exceptions } = recordOn([put('reader', reader)], 'loan.check-out', lending, {}, knew)
  expect(anException(exceptions[0])).toEqual(exceptions[0])
  expect(exceptions[0]?.evidence).toMatchObject({ ...knew, staffId: 'staff-lin', other: null })
})
