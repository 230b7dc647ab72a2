/** What staff do to readers' own records: the same reader at two desks, the same number twice. */
import type { Override } from '../../domain/operation.ts'
import type { Stores } from '../../main/engine/stores.ts'
import type { Random } from './random.ts'

const weights = {
  replace: 3,
  add: 3,
  lost: 2,
  found: 3,
  suspend: 2,
  lift: 3,
  edit: 4,
  category: 2,
  extend: 2,
  message: 2,
  dismiss: 3,
  history: 1,
  merge: 2,
  close: 1,
} as const
type What = keyof typeof weights

interface Doing {
  readonly kind: string
  readonly payload: unknown
  readonly overrides?: readonly Override[]
}

/** Few numbers, so that they are given out twice. */
const newNumber = (random: Random): string => `04400566666${random.int(1, 9)}0`

/** Null where there is nothing of the kind to be done here. */
export function atTheReaderDesk(
  random: Random,
  { id, card }: { readonly id: string; readonly card: string },
  replica: Stores['replica'],
): Doing | null {
  const known = replica.row('reader', id)
  const cards = replica.find('cardsOfReader', [id])
  const number = random.pick([known?.cardNumber ?? card, ...cards.map((one) => one.number)])
  const of = { reader: id }
  const doing = (what: string, payload: object): Doing => ({
    kind: `reader.${what}`,
    payload: { ...of, ...payload },
  })
  switch (random.weighted<What>(weights)) {
    case 'replace':
      return doing('replace-card', {
        card: newNumber(random),
        insteadOf: known?.cardNumber ?? card,
        reason: random.pick(['lost', 'damaged', 'renewed']),
      })
    case 'add':
      return doing('add-card', { card: newNumber(random), kind: 'virtual' })
    case 'lost':
      return doing('report-card-lost', { card: number })
    case 'found':
      return doing('report-card-found', { card: number })
    case 'suspend':
      return doing('suspend', {
        untilOn: random.chance(0.5) ? null : '2027-01-01',
        blockedFor: random.pick([['lend'], ['renew', 'hold'], ['lend', 'renew', 'hold']]),
        reason: '模拟',
      })
    case 'lift':
      return doing('lift-suspension', { reason: '模拟' })
    case 'edit': {
      const to = random.pick(['13800000001', '13800000002', null])
      return doing('edit', { field: 'phone', from: known?.phone ?? null, to })
    }
    case 'category': {
      const [category, depositFen] = random.pick([
        ['lidu', 0],
        ['deposit-100', 10_000],
      ] as const)
      const takenFen = depositFen - (known?.depositFen ?? 0)
      const deposit = { takenFen, tender: 'wechat', till: null }
      return doing('set-category', { category, depositFen, deposit })
    }
    case 'extend':
      return doing('extend', {})
    case 'message':
      return doing('message', { text: '请补登电话' })
    case 'dismiss': {
      const open = replica.find('messagesOfReader', [id]).filter((one) => one.dismissedAt === null)
      return open.length === 0 ? null : doing('dismiss-message', { message: random.pick(open).id })
    }
    case 'history':
      return doing('keep-history', { keepsHistory: random.chance(0.5) })
    case 'merge':
      return merging(random, id, replica)
    case 'close':
      return doing('close', {})
  }
}

/** People who registered here; a reader of the city now and then, with all that hangs on it. */
function merging(random: Random, id: string, replica: Stores['replica']): Doing | null {
  const others = replica.rows.select('reader', 'WHERE id <> ? ORDER BY id', id)
  const ofDay = others.filter(({ name }) => name === '陈一' || name === '李二')
  const from = random.chance(0.3) ? others : ofDay
  if (from.length === 0) return null
  const overrides = [{ code: 'persons-differ', reason: '模拟', approvedBy: null }]
  return { kind: 'reader.merge', payload: { reader: id, other: random.pick(from).id }, overrides }
}
