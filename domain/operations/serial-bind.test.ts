import { describe, expect, test } from 'vitest'
import { OTHER_BRANCH } from '../../test/builders/city.ts'
import {
  answering,
  applyTo,
  decideOn,
  performOn,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import {
  SUBSCRIPTION,
  arriving,
  beginning,
  binding,
  cataloguer,
  issueOn,
  subscribed,
  subscriptionOn,
} from '../../test/builders/serial-work.ts'
import type { Step } from '../../test/builders/serial-work.ts'
import { patch } from '../change.ts'
import { heldOrdinals } from '../serials/held-issues.ts'

const label = (ordinal: number, barcode: string): Step => [
  'serial.label',
  { subscription: SUBSCRIPTION, ordinal, barcode },
]
const bind = (...ordinals: number[]): Step => ['serial.bind', binding(ordinals)]
const discard = (...ordinals: number[]): Step => [
  'serial.discard',
  { subscription: SUBSCRIPTION, ordinals },
]
const firstHalf = [1, 2, 3].map((ordinal) => arriving(ordinal))
const next = { ...cataloguer, operationId: 'desk-b.1.1' }
const decided = (steps: readonly Step[], [kind, payload]: Step) =>
  said(decideOn(subscribed(...steps), kind, payload, next))

const onLoan = () => {
  const shelf = subscribed(...firstHalf, label(2, '04400550000002'))
  const [item] = rowsOf(shelf, 'item')
  if (item === undefined) throw new Error('no label was put on')
  applyTo(shelf, [patch('item', item.id, { state: 'on-loan', openLoanId: 'loan-1' as never })])
  return shelf
}

describe('issues become a volume', () => {
  test('J9 one item; the labelled copies go, the city still keeps the issues', () => {
    const shelf = subscribed(...firstHalf, label(2, '04400550000002'), bind(1, 2, 3))
    const volume = rowsOf(shelf, 'item').find(({ barcode }) => barcode === '04400560000001')
    expect(volume).toMatchObject({ titleId: 'title-1', callNumber: 'Z62/1 2026', priceFen: 4500 })
    expect(rowsOf(shelf, 'item').find(({ barcode }) => barcode === '04400550000002')).toMatchObject(
      {
        state: 'withdrawn',
        isForLoan: false,
      },
    )
    expect(issueOn(shelf, 2)).toMatchObject({
      state: 'bound',
      copiesCount: 0,
      itemIds: [],
      boundItemId: volume?.id,
    })
    expect(heldOrdinals(subscriptionOn(shelf)!)).toEqual([1, 2, 3])
  })

  test('J9 of two copies the one without a label goes in', () => {
    const shelf = subscribed(arriving(1, 2), label(1, '04400550000001'), bind(1))
    expect(issueOn(shelf, 1)).toMatchObject({ copiesCount: 1, itemIds: ['desk-a.1.3.r1'] })
  })

  test.each([
    ['J9 as it should', firstHalf, bind(1, 2, 3), []],
    ['J9 with a gap', firstHalf, bind(1, 2, 3, 4), ['alert J9 volume-incomplete']],
    [
      'J9 nothing came',
      [],
      bind(1),
      ['impossible J9 no-loose-copies', 'alert J9 volume-incomplete'],
    ],
    [
      'J9 bound already',
      [...firstHalf, bind(1)],
      ['serial.bind', binding([1, 2], '04400560000009')],
      ['impossible J9 issue-bound'],
    ],
    ['J9 its label is in use', [...firstHalf, bind(1)], bind(2), ['impossible J9 barcode-taken']],
  ] as const)('%s', (_says, steps, step, findings) => {
    expect(decided(steps, step as Step)).toEqual(findings)
  })

  test('J9 what a reader has is not bound', () => {
    expect(said(decideOn(onLoan(), 'serial.bind', binding([1, 2]), next))).toEqual([
      'impossible J9 issue-on-loan',
    ])
  })

  test('J9 an undo takes the volume apart again', () => {
    const undo: Step = ['operation.undo', { operation: 'desk-a.1.6', reason: null }]
    const shelf = subscribed(...firstHalf, label(2, '04400550000002'), bind(1, 2, 3), undo)
    expect(rowsOf(shelf, 'item').map(({ barcode, state }) => [barcode, state])).toEqual([
      ['04400550000002', 'on-shelf'],
    ])
    expect(issueOn(shelf, 2)).toMatchObject({ state: 'arrived', copiesCount: 1, boundItemId: null })
  })
})

describe('loose copies are discarded', () => {
  const elsewhere: readonly Step[] = [
    ['subscription.begin', beginning({ branch: OTHER_BRANCH }), { operationId: 'desk-c.1.1' }],
    [
      'serial.arrive',
      { ...arriving(1)[1], subscription: 'desk-c.1.1.r1' },
      { operationId: 'desk-c.1.2', branchId: OTHER_BRANCH },
    ],
  ]

  test.each([
    ['J10 kept elsewhere too', [...firstHalf, ...elsewhere], discard(1), []],
    ['J10 the last of the city', firstHalf, discard(1), ['override J10 last-copy']],
    [
      'J10 some of them the last',
      [...firstHalf, ...elsewhere],
      discard(1, 2),
      ['override J10 last-copy'],
    ],
    ['J10 bound here', [arriving(1, 2), bind(1)], discard(1), []],
    ['J10 nothing there', [], discard(1), ['impossible J10 no-loose-copies']],
  ] as const)('%s', (_says, steps, step, findings) => {
    expect(decided(steps, step)).toEqual(findings)
  })

  test('J10 a reviewer lets the last ones go, and nobody keeps them any more', () => {
    const shelf = subscribed(...firstHalf, label(2, '04400550000002'))
    const [kind, payload] = discard(2)
    const parts = { ...next, overrides: answering('last-copy') }
    expect(performOn(shelf, kind, payload, parts).outcome).toBe('applied')
    expect(issueOn(shelf, 2)).toMatchObject({ state: 'discarded', copiesCount: 0, itemIds: [] })
    expect(rowsOf(shelf, 'item')).toMatchObject([{ state: 'withdrawn' }])
    expect(heldOrdinals(subscriptionOn(shelf)!)).toEqual([1, 3])
  })

  test('J10 what a reader has stays', () => {
    expect(said(decideOn(onLoan(), 'serial.discard', discard(2)[1], next))).toEqual([
      'impossible J10 issue-on-loan',
      'override J10 last-copy',
    ])
  })
})
