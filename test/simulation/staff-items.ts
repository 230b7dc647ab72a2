/** What people do with the books themselves: lose, find and send them, read them here, pass them on. */
import type { Act } from './act.ts'
import type { Stores } from '../../main/engine/stores.ts'
import type { Random } from './random.ts'

interface At {
  readonly random: Random
  readonly item: { readonly id: string; readonly barcode: string }
  readonly reader: { readonly id: string; readonly card: string }
  readonly branches: readonly string[]
  readonly replica: Stores['replica']
}

type Doing = Pick<Act, 'kind' | 'payload'> & Partial<Act>

const weights = {
  send: 8,
  receive: 8,
  keep: 2,
  'take-over': 6,
  'reading-room': 4,
  'in-house': 4,
  lost: 4,
  found: 5,
  missing: 3,
  claim: 4,
  parts: 2,
  repaired: 2,
  'fast-add': 2,
  add: 2,
} as const

const answers = (...codes: string[]): Act['overrides'] =>
  codes.map((code) => ({ code, reason: '模拟', approvedBy: null }))

const atCounter = answers(
  'unknown-item',
  'unknown-reader',
  'item-on-loan',
  'item-on-loan-elsewhere',
  'item-limit-reached',
  'reading-room-limit-reached',
  'card-expired',
  'debt-above-limit',
)

/** Null where there is nothing of the kind to be done here. */
export function withItem({ random, item, reader, branches, replica }: At): Doing | null {
  const { id, barcode } = item
  const { card } = reader
  switch (random.weighted<keyof typeof weights>(weights)) {
    case 'send':
      // A desk that is still filling knows of no place to send to.
      if (branches.length === 0) return null
      return {
        kind: 'item.send',
        payload: { barcode, to: random.pick(branches), reason: 'stock' },
      }
    case 'receive':
      return { kind: 'item.receive', payload: { barcode } }
    case 'keep':
      return { kind: 'item.keep', payload: { barcode } }
    case 'take-over':
      return { kind: 'loan.take-over', payload: { barcode, card }, overrides: atCounter }
    case 'reading-room':
      return {
        kind: 'loan.check-out',
        payload: { barcode, card, dueOn: null, readingRoom: true },
        overrides: atCounter,
      }
    case 'in-house':
      return { kind: 'loan.check-in', payload: { barcode, returnedOn: null, inHouse: true } }
    case 'lost':
      return { kind: 'item.mark-lost', payload: { item: id } }
    case 'found':
      return { kind: 'item.found', payload: { barcode } }
    case 'missing':
      return { kind: 'item.mark-missing', payload: { item: id } }
    case 'claim': {
      const loan = replica.row('item', id)?.openLoanId ?? null
      return loan === null ? null : { kind: 'loan.claim-returned', payload: { loan } }
    }
    case 'parts':
      return random.chance(0.5)
        ? { kind: 'item.mark-missing-parts', payload: { item: id, missing: '光盘' } }
        : { kind: 'item.complete-parts', payload: { item: id } }
    case 'repaired':
      return { kind: 'item.clear-damage', payload: { item: id } }
    case 'add': {
      // The same few labels at several desks.
      const title = replica.row('item', id)?.titleId ?? null
      if (title === null || branches.length === 0) return null
      const first = random.int(1, 6)
      const barcodes = [first, first + 1].map((serial) => `0440057777777${serial}`)
      return {
        kind: 'item.add',
        payload: {
          title,
          barcodes,
          branch: random.pick(branches),
          shelf: null,
          callNumber: 'I247.57/26',
          bookNumber: null,
          itemType: 'book',
          priceFen: null,
        },
      }
    }
    case 'fast-add':
      return {
        kind: 'item.fast-add',
        payload: {
          barcode: `0440058888888${random.pick([1, 2])}`,
          title: '读者自选图书',
          itemType: 'book',
          priceFen: null,
        },
      }
  }
}
