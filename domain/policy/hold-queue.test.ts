import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { BRANCH, NOW, OTHER_BRANCH, TODAY, aHold, anItem } from '../../test/builders/city.ts'
import { allotCopies, inQueue, isFreeOnShelf } from './hold-queue.ts'

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

test('H6 the queue does not hang on the order of the rows', () => {
  const holds = fc.uniqueArray(fc.record({ at: fc.nat(3), priority: fc.nat(2), n: fc.nat(50) }), {
    selector: ({ n }) => n,
    maxLength: 12,
  })
  fc.assert(
    fc.property(holds, fc.nat(), (given, turn) => {
      const rows = given.map(({ at, priority, n }) =>
        aHold({ id: `hold-${n}`, placedAt: NOW + at, priority }),
      )
      const by = rows.length === 0 ? 0 : turn % rows.length
      const turned = [...rows.slice(by), ...rows.slice(0, by)]
      expect(ids(inQueue(turned))).toEqual(ids(inQueue(rows)))
      expect(inQueue(rows)).toHaveLength(rows.length)
    }),
  )
})

test('H6 by priority, by time, by id; what no longer waits is not in it', () => {
  const rows = [
    aHold({ id: 'b' }),
    aHold({ id: 'a' }),
    aHold({ id: 'later', placedAt: NOW }),
    aHold({ id: 'raised', placedAt: NOW, priority: 1 }),
    aHold({ id: 'kept', state: 'on-shelf' }),
  ]
  expect(ids(inQueue(rows))).toEqual(['raised', 'a', 'b', 'later'])
})

describe('H12 which copy is asked for', () => {
  const here = anItem({ id: 'here' })
  const there = anItem({ id: 'there', atBranchId: OTHER_BRANCH, homeBranchId: OTHER_BRANCH })
  const pairs = (...given: Parameters<typeof allotCopies>) =>
    allotCopies(...given).map(({ hold, item }) => [hold.id, item.id])

  test('H12 one of the pick-up branch first', () => {
    const hold = aHold({ pickupBranchId: OTHER_BRANCH })
    expect(pairs([hold], [here, there], TODAY)).toEqual([['hold-1', 'there']])
    expect(pairs([aHold()], [there, here], TODAY)).toEqual([['hold-1', 'here']])
  })

  test('H12 of elsewhere where there is none; each copy once, in the order of the queue', () => {
    const holds = [
      aHold({ id: 'h2', placedAt: NOW }),
      aHold({ id: 'h1' }),
      aHold({ id: 'h3', placedAt: NOW + 1 }),
    ]
    expect(pairs(holds, [there, here], TODAY)).toEqual([
      ['h1', 'here'],
      ['h2', 'there'],
    ])
  })

  test('H12 not the one that was looked for in vain', () => {
    const hold = aHold({ missedItemIds: ['here'] })
    expect(pairs([hold], [here, there], TODAY)).toEqual([['hold-1', 'there']])
    expect(pairs([hold], [here], TODAY)).toEqual([])
  })

  test('H6 nothing for who is suspended', () => {
    expect(pairs([aHold({ suspendedUntilOn: TODAY })], [here], TODAY)).toEqual([])
  })

  test.each([
    ['on loan', { state: 'on-loan', openLoanId: 'loan-1' } as const],
    ['kept already', { holdId: 'hold-9', heldForReaderId: 'reader-9' }],
    ['damaged', { condition: 'damaged' } as const],
    ['reference', { isForLoan: false }],
    ['lost', { state: 'lost' } as const],
  ])('H7 nothing that is %s', (_says, parts) => {
    expect(isFreeOnShelf(anItem(parts))).toBe(false)
    expect(pairs([aHold()], [anItem(parts)], TODAY)).toEqual([])
  })

  test('H12 both branches know who asks whom', () => {
    const holds = [aHold({ pickupBranchId: BRANCH }), aHold({ id: 'h2', placedAt: NOW })]
    expect(pairs(holds, [here, there], TODAY)).toEqual(
      pairs(holds.toReversed(), [there, here], TODAY),
    )
  })
})
