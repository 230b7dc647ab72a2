import { describe, expect, test } from 'vitest'

import { BRANCH, NOW, aFee, aReader, aTill } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const opening = { device: 'desk-a', floatFen: 20_000 }
const open = put('till', aTill())

describe('opening a till', () => {
  test('F7 with its change', () => {
    const shelf = aShelf([])
    performOn(shelf, 'till.open', opening)
    expect(rowOf(shelf, 'till', 'desk-a.1.1.r1')).toMatchObject({
      branchId: BRANCH,
      deviceId: 'desk-a',
      openedAt: NOW,
      openedBy: 'staff-lin',
      floatFen: 20_000,
      expectedFen: 20_000,
      closedAt: null,
    })
  })

  test.each([
    ['F7 one at a time', [open], opening, ['impossible F7 till-open-already']],
    ['F7 others have their own', [put('till', aTill({ deviceId: 'desk-b' }))], opening, []],
    ['F7 after the count', [put('till', aTill({ closedAt: NOW }))], opening, []],
    [
      'F7 for another desk',
      [],
      { ...opening, device: 'desk-b' },
      ['impossible F7 till-of-other-desk'],
    ],
  ])('%s', (_says, records, payload, expected) => {
    expect(said(decideOn(records, 'till.open', payload))).toEqual(expected)
  })

  test('U4 undone while nothing was taken', () => {
    const shelf = aShelf([put('reader', aReader({ feesOwedFen: 90 })), put('fee', aFee())])
    performOn(shelf, 'till.open', opening)
    const undo = { operation: 'desk-a.1.1', reason: null }
    expect(said(decideOn(shelf, 'operation.undo', undo, { operationId: 'desk-a.1.2' }))).toEqual([])
    const paying = {
      reader: 'reader-1',
      fees: [{ fee: 'fee-1', amountFen: 90 }],
      tender: 'cash',
      till: 'desk-a.1.1.r1',
    }
    performOn(shelf, 'payment.take', paying, { operationId: 'desk-a.1.2' })
    expect(said(decideOn(shelf, 'operation.undo', undo, { operationId: 'desk-a.1.3' }))).toEqual([
      'impossible U4 changed-since',
    ])
  })
})
