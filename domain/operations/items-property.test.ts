/** Whatever people do with items in whatever order: one open loan each, and what is undone is undone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { BRANCH, NOW, OTHER_BRANCH, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, performOn, rowsOf } from '../../test/builders/decide.ts'
import type { Shelf } from '../../test/builders/decide.ts'
import { keyOf, put } from '../change.ts'
import type { OperationKind } from './index.ts'

const items = [anItem(), anItem({ id: 'item-2', barcode: '2', itemType: 'av' })]
const readers = [aReader(), aReader({ id: 'reader-2', cardNumber: '02' })]
const shelfOf = (): Shelf =>
  aShelf([
    ...items.map((item) => put('item', item)),
    ...readers.map((reader) => put('reader', reader)),
  ])

interface Act {
  readonly kind: OperationKind
  readonly item: number
  readonly reader: number
  readonly isElsewhere: boolean
  readonly isOverridden: boolean
}
const kinds = [
  'loan.check-out',
  'loan.check-out',
  'loan.check-in',
  'loan.take-over',
  'loan.claim-returned',
  'item.mark-lost',
  'item.mark-missing',
  'item.found',
  'item.receive',
  'item.keep',
  'item.send',
] as const satisfies readonly OperationKind[]
const acts = fc.array(
  fc.record<Act>({
    kind: fc.constantFrom(...kinds),
    item: fc.nat(1),
    reader: fc.nat(1),
    isElsewhere: fc.boolean(),
    isOverridden: fc.boolean(),
  }),
  { maxLength: 25 },
)

function payloadOf({ kind, item, reader, isElsewhere }: Act, shelf: Shelf): object | null {
  const { id, barcode } = items[item] ?? anItem()
  const card = readers[reader]?.cardNumber
  switch (kind) {
    case 'loan.check-out':
      return { barcode, card, dueOn: null }
    case 'loan.check-in':
      return { barcode, returnedOn: null }
    case 'loan.take-over':
      return { barcode, card }
    case 'item.send':
      return { barcode, to: isElsewhere ? BRANCH : OTHER_BRANCH, reason: 'stock' }
    case 'item.mark-lost':
    case 'item.mark-missing':
      return { item: id }
    case 'loan.claim-returned': {
      const loan = rowsOf(shelf, 'item').find((one) => one.id === id)?.openLoanId ?? null
      return loan === null ? null : { loan }
    }
    default:
      return { barcode }
  }
}

/** As the server records them, one after the other; answers how many. */
function doAll(shelf: Shelf, all: readonly Act[]): number {
  let seq = 0
  for (const act of all) {
    const payload = payloadOf(act, shelf)
    if (payload === null) continue
    seq += 1
    const codes = ['item-on-loan', 'already-on-loan-to-reader']
    performOn(shelf, act.kind, payload, {
      operationId: `desk-a.1.${seq}`,
      at: NOW + seq * 1000,
      branchId: act.isElsewhere ? OTHER_BRANCH : BRANCH,
      overrides: act.isOverridden
        ? codes.map((code) => ({ code, reason: '在手上', approvedBy: null }))
        : [],
    })
  }
  return seq
}

const isOpen = ({ returnedAt }: { returnedAt: number | null }): boolean => returnedAt === null

test('I20 at most one undisputed open loan an item, and it is the one that the item names', () => {
  fc.assert(
    fc.property(acts, (all) => {
      const shelf = shelfOf()
      doAll(shelf, all)
      for (const { id, openLoanId, state, transitToBranchId } of rowsOf(shelf, 'item')) {
        const open = rowsOf(shelf, 'loan').filter((loan) => loan.itemId === id && isOpen(loan))
        const undisputed = open.filter(({ isDisputed }) => !isDisputed)
        expect(undisputed.map((loan) => loan.id)).toEqual(openLoanId === null ? [] : [openLoanId])
        expect(state === 'in-transit').toBe(transitToBranchId !== null)
      }
      for (const reader of rowsOf(shelf, 'reader')) {
        const open = rowsOf(shelf, 'loan').filter(
          (loan) => loan.readerId === reader.id && isOpen(loan),
        )
        const owed = rowsOf(shelf, 'fee').filter(
          (fee) => fee.readerId === reader.id && fee.settledAt === null,
        )
        expect(reader.openLoansCount).toBe(open.length)
        expect(reader.feesOwedFen).toBe(owed.reduce((sum, { amountFen }) => sum + amountFen, 0))
      }
    }),
  )
})

test('U2 undone from the last to the first, everything is as it was', () => {
  fc.assert(
    fc.property(acts, (all) => {
      const shelf = shelfOf()
      const before = structuredClone(shelf.rows)
      const last = doAll(shelf, all)
      const did = (seq: number) => shelf.log.get(`desk-a.1.${seq}`)
      for (let seq = last; seq > 0; seq -= 1) {
        if ((did(seq)?.changes.length ?? 0) === 0) continue
        const undoing = { operation: `desk-a.1.${seq}`, reason: null }
        const undone = performOn(shelf, 'operation.undo', undoing, {
          operationId: `desk-a.1.${last + seq}`,
          at: NOW + (2 * last - seq + 1) * 1000,
          role: 'branch-head',
        })
        expect(undone.outcome).toBe('applied')
      }
      // What was refused changed nothing but what a person is told (E11).
      const told = rowsOf(shelf, 'exception').filter(({ kind }) => kind === 'request-refused')
      for (const { id } of told) shelf.rows.delete(keyOf('exception', id))
      expect(shelf.rows).toEqual(before)
    }),
  )
})
