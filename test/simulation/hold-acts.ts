/** What people do with holds: place, fetch, collect, clear, at desks that do not hear of each other. */
import type { Override } from '../../domain/operation.ts'
import type { Stores } from '../../main/engine/stores.ts'
import type { Doing } from './act.ts'
import { KIOSK } from '../builders/city.ts'
import type { Random } from './random.ts'
import type { SimCity } from './sim-city.ts'

const answers = (...codes: string[]): Override[] =>
  codes.map((code) => ({ code, reason: '模拟', approvedBy: null }))

export function withHolds(random: Random, city: SimCity, { replica }: Stores): Doing | null {
  const open = replica.rows.select('hold', 'WHERE closedAt IS NULL ORDER BY id LIMIT 20')
  const [{ barcode, id: item }, { card }] = [random.pick(city.items), random.pick(city.readers)]
  const what = random.pick([
    'place',
    'place',
    'trap',
    'trap',
    'clear',
    'change',
    'collect',
  ] as const)
  // Few are ever on their way to it: whoever has one loads it, at whatever branch.
  const toLoad = open.find((hold) => hold.state === 'in-transit' && hold.pickupBranchId === KIOSK)
  const forKiosk = city.items.find(({ id }) => id === toLoad?.trappedItemId)
  if (forKiosk !== undefined && random.chance(0.5)) {
    return { kind: 'hold.load-kiosk', payload: { barcode: forKiosk.barcode } }
  }
  const kept = open.filter(({ state }) => state === 'on-shelf')
  if (what === 'place' || open.length === 0) {
    const pickupBranch = random.pick(city.pickupIds)
    const payload = { title: 'title-1', item: null, card, pickupBranch, neededByOn: null }
    const overrides = answers('hold-limit-reached', 'title-on-loan-to-reader', 'reader-blocked')
    return { kind: 'hold.place', payload, overrides }
  }
  if (what === 'trap') return { kind: 'hold.trap', payload: { barcode } }
  if (what === 'clear') return { kind: 'hold.expire-from-shelf', payload: { barcode } }
  if (what === 'collect' && kept.length > 0) {
    const hold = random.pick(kept)
    const known = city.items.find(({ id }) => id === hold.trappedItemId)
    const reader = city.readers.find(({ id }) => id === hold.readerId)
    if (known !== undefined && reader !== undefined) {
      const payload = { barcode: known.barcode, card: reader.card, dueOn: null }
      return { kind: 'loan.check-out', payload, overrides: answers('item-limit-reached') }
    }
  }
  const hold = random.pick(open).id
  const kinds = [
    { kind: 'hold.cancel', payload: { hold, reason: 'by-reader' } },
    { kind: 'hold.suspend', payload: { hold, untilOn: random.pick([null, '2026-11-24']) } },
    { kind: 'hold.prioritise', payload: { hold, priority: random.int(0, 2) } },
    { kind: 'hold.not-found', payload: { hold, item } },
  ] as const
  return random.pick(kinds)
}
