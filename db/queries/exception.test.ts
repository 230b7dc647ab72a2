import { afterEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aHold,
  aLoan,
  aReader,
  aStaff,
  aTitle,
  anException,
  anItem,
} from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { exception } from './exception.ts'

const DAY = 86_400_000
let stores: ReturnType<typeof someStores> | null = null
afterEach(() => {
  stores?.close()
})

function ask(exceptionId: string, ...changes: readonly Change[]) {
  stores = someStores([put('title', aTitle()), put('item', anItem()), ...changes])
  return queries.exception.answer.parse(exception(stores, { exceptionId }, ASKED))
}

const evidence = {
  staffId: 'staff-lin',
  factsAgeMs: 60_000,
  policyVersion: 1,
  baseCursor: 4,
  isClockSuspect: false,
  findings: [],
  other: { operationId: 'desk.b.1.7', staffId: 'head', branchId: OTHER_BRANCH, at: NOW - 3 * DAY },
}
const head = put(
  'staff',
  aStaff({ id: 'head', username: 'wu', name: '吴主管', role: 'branch-head' }),
)

test('nobody knows it', () => {
  expect(ask('nothing')).toBeNull()
})

test('two loans side by side, the first one first, each with its desk and staff', () => {
  const found = ask(
    'clash',
    head,
    put('reader', aReader()),
    put('loan', aLoan({ id: 'late', isDisputed: true, lentAt: NOW - 3 * DAY })),
    put('loan', aLoan({ id: 'new', readerId: 'elsewhere', lentAt: NOW })),
    put(
      'exception',
      anException({
        id: 'clash',
        loanId: 'new',
        otherLoanId: 'late',
        evidence,
        assignedTo: 'head',
      }),
    ),
  )
  expect(found).toMatchObject({
    title: '平凡的世界',
    assigneeName: '吴主管',
    assignees: [{ id: 'head', name: '吴主管' }],
    settlements: ['first-returned'],
  })
  expect(found?.sides).toMatchObject([
    {
      side: 'first',
      loan: { id: 'late' },
      reader: { cardNumber: aReader().cardNumber },
      steps: [{ what: 'lent', staffName: '吴主管', deviceId: 'desk.b' }],
    },
    {
      side: 'second',
      loan: { id: 'new' },
      // The reader of another branch is not on this desk.
      reader: null,
      steps: [{ what: 'lent', staffName: '林老师', deviceId: 'desk-a' }],
    },
  ])
})

test('what the desk did, beside what the city had: in time, masked', () => {
  const found = ask(
    'riddle',
    put('item', anItem({ lastCheckInAt: NOW - DAY, heldForReaderId: 'reader-1' })),
    put('reader', aReader()),
    put(
      'loan',
      aLoan({ lentAt: NOW - 9 * DAY, returnedAt: NOW - 5 * DAY, returnedBranchId: OTHER_BRANCH }),
    ),
    put(
      'exception',
      anException({
        id: 'riddle',
        kind: 'return-not-on-loan',
        operationKind: 'loan.check-in',
        loanId: null,
        readerId: null,
        evidence: { ...evidence, other: null },
        openedAt: NOW + 1,
      }),
    ),
  )
  const [desk, city] = found?.sides ?? []
  expect(desk?.steps.map(({ what, at }) => [what, at])).toEqual([
    ['done', NOW],
    ['arrived', NOW + 1],
  ])
  expect(city?.steps.map(({ what, branchId, reader }) => [what, branchId, reader])).toEqual([
    ['lent', BRANCH, '王**'],
    ['returned', OTHER_BRANCH, '王**'],
    ['seen', BRANCH, null],
    ['held', null, '王**'],
  ])
})

test('comments with their names, and how it was settled; nothing left to choose', () => {
  const found = ask(
    'done',
    head,
    put(
      'exception',
      anException({
        id: 'done',
        kind: 'reader-blocked',
        settledAt: NOW,
        settledBy: 'head',
        settlement: 'accepted',
        comments: [{ at: NOW, staffId: 'staff-lin', text: '已电话告知' }],
      }),
    ),
  )
  expect(found).toMatchObject({
    settlements: [],
    settledByName: '吴主管',
    comments: [{ at: NOW, by: '林老师', text: '已电话告知' }],
  })
})

test('E11 a renewal that was refused: the date on the slip beside the loan of the city', () => {
  const refused = anException({
    id: 'asked',
    kind: 'request-refused',
    operationKind: 'loan.renew',
    itemId: 'item-1',
    readerId: 'reader-1',
    loanId: 'loan-1',
    evidence: {
      ...evidence,
      other: null,
      findings: [
        { code: 'request-refused', rule: 'E11', params: { printedOn: '2026-12-20', isFinal: 0 } },
        { code: 'title-waited-for', rule: 'N7', params: { count: 1 } },
      ],
    },
  })
  const found = ask(
    'asked',
    put('reader', aReader()),
    put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
    put('loan', aLoan()),
    put('hold', aHold({ id: 'others', readerId: 'reader-9', pickupBranchId: OTHER_BRANCH })),
    put('exception', refused),
  )
  expect(found).toMatchObject({
    title: '平凡的世界',
    severity: 'urgent',
    promise: { dueOn: '2026-12-20', hold: null, waivedFen: null },
    settlements: ['later-date', 'message-left', 'accepted'],
  })
  expect(found?.sides).toMatchObject([
    { side: 'desk', loan: null },
    { side: 'city', loan: { id: 'loan-1' } },
  ])
  expect(found?.sides[1]?.steps.map(({ what, branchId }) => [what, branchId])).toEqual(
    expect.arrayContaining([
      ['lent', BRANCH],
      ['waits', OTHER_BRANCH],
    ]),
  )
})

test('E11 a hold that was refused: where it was promised, and what the reader has', () => {
  const params = { titleId: 'title-1', pickupBranchId: OTHER_BRANCH, isFinal: 0 }
  const refused = anException({
    id: 'asked',
    kind: 'request-refused',
    operationKind: 'hold.place',
    itemId: null,
    loanId: null,
    otherLoanId: null,
    readerId: 'reader-1',
    evidence: {
      ...evidence,
      other: null,
      findings: [{ code: 'request-refused', rule: 'E11', params }],
    },
  })
  const found = ask(
    'asked',
    put('reader', aReader()),
    put('hold', aHold({ titleId: 'title-9', readerId: 'reader-1' })),
    put('exception', refused),
  )
  expect(found).toMatchObject({
    title: '平凡的世界',
    promise: { hold: { pickupBranchId: OTHER_BRANCH, neededByOn: null } },
    settlements: ['placed-anyway', 'message-left', 'accepted'],
  })
  expect(found?.sides[1]?.steps).toMatchObject([{ what: 'has-hold', branchId: BRANCH }])
})
