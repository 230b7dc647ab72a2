import { afterEach, beforeEach, expect, test } from 'vitest'
import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { SerialIssue, Subscription, issueIdOf } from '../../domain/serial-records.ts'
import { heldBy, nothingHeld } from '../../domain/serials/held-issues.ts'
import { aBranch, aTitle } from '../../test/builders/city.ts'
import { aPattern, issueNo, terms } from '../../test/builders/serial-work.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { serialScan, serials, subscription } from './serials.ts'

const aSubscription = (parts: object = {}): Subscription =>
  Subscription.parse({
    ...terms(),
    ...nothingHeld,
    id: 'sub-1',
    titleId: 'title-1',
    beginsOn: '2026-01-01',
    branchId: 'branch-1',
    year: 2026,
    revision: 1,
    endedAt: null,
    nextId: null,
    ...parts,
  })

const anIssue = (ordinal: number, parts: object = {}): SerialIssue =>
  SerialIssue.parse({
    ...issueNo(ordinal),
    id: issueIdOf('sub-1', ordinal),
    subscriptionId: 'sub-1',
    branchId: 'branch-1',
    state: 'arrived',
    copiesCount: 2,
    itemIds: [],
    arrivedAt: 5,
    lastArrivedAt: 5,
    claimsCount: 0,
    claimedAt: null,
    boundItemId: null,
    ...parts,
  })

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('title', aTitle({ title: '读者', kind: 'serial' })),
    put('branch', aBranch({ id: 'branch-1' })),
    put('branch', aBranch({ id: 'branch-2', nameZh: '南山分馆' })),
    put('subscription', aSubscription(heldBy(1, 9, 1))),
    put('subscription', aSubscription({ id: 'sub-2', branchId: 'branch-2', ...heldBy(1, 5, 1) })),
    put(
      'subscription',
      aSubscription({
        id: 'sub-3',
        titleId: 'title-2',
        issn: '0028-0836',
        pattern: aPattern({ frequency: 'irregular' }),
      }),
    ),
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((ordinal) => put('serial-issue', anIssue(ordinal))),
    put('serial-issue', anIssue(9, { copiesCount: 1 })),
    put('serial-issue', anIssue(10, { copiesCount: 0, state: 'expected', claimsCount: 1 })),
  ])
})
afterEach(() => {
  stores.close()
})

test('J7 what is due here and has not come, the latest last', () => {
  const answer = queries.serials.answer.parse(serials(stores, {}, ASKED, 'branch-1'))
  expect(answer.awaited.map(({ issue, standing }) => [issue.ordinal, standing])).toEqual([
    [11, 'due'],
    [10, 'claimed'],
    [9, 'partly'],
  ])
  expect(answer.awaited[0]).toMatchObject({ title: '读者', vendor: '邮政报刊发行局', copies: 2 })
  expect(answer).toMatchObject({ awaitedTotal: 3, subscriptionsTotal: 2 })
  expect(answer.subscriptions[0]).toMatchObject({
    title: '读者',
    arrivedCount: 9,
    dueCount: 11,
    lateCount: 1,
    bindableCount: 9,
    isComplete: false,
  })
})

test('J5 the code on a cover names the issue, a typed number the one that is due', () => {
  const scan = (code: string, addOn: string | null) =>
    queries['serial-scan'].answer.parse(serialScan(stores, { code, addOn }, ASKED, 'branch-1'))
  expect(scan('9771005180264', '11')).toMatchObject({
    issn: '1005-1805',
    found: [{ title: '读者', isCertain: true, issue: { ordinal: 11 } }],
  })
  expect(scan('1005-1805', null).found).toMatchObject([
    { isCertain: false, issue: { ordinal: 11 } },
  ])
  // An irregular one is the next after what came.
  expect(scan('0028-0836', null).found).toMatchObject([{ isCertain: false, issue: { ordinal: 1 } }])
  expect(scan('0257-0270', null)).toEqual({ issn: '0257-0270', found: [] })
  expect(scan('04400510000001', null)).toEqual({ issn: null, found: [] })
})

test('J10 who keeps its issues, and what is kept here alone', () => {
  const answer = queries.subscription.answer.parse(
    subscription(stores, { subscriptionId: 'sub-1' }, ASKED),
  )
  expect(answer?.issues.map(({ standing }) => standing)).toEqual([
    ...Array.from({ length: 8 }, () => 'arrived'),
    'partly',
    'claimed',
    'due',
    'expected',
  ])
  expect(
    answer?.keepers.map(({ branch, isHere, ordinals }) => [branch?.id, isHere, ordinals.length]),
  ).toEqual([
    ['branch-1', true, 9],
    ['branch-2', false, 5],
  ])
  expect(answer?.onlyHere).toEqual([6, 7, 8, 9])
  expect(subscription(stores, { subscriptionId: 'nothing' }, ASKED)).toBeNull()
})
