import { afterEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
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
