/** What people do at the desks: the day's work, its slips, and the same book at two counters. */
import { keyOfChange } from '../../domain/change.ts'
import type { Override } from '../../domain/operation.ts'
import type { LedgerException } from '../../domain/records.ts'
import { isBinding, settlementsFor } from '../../domain/settlements.ts'
import type { Stores } from '../../main/engine/stores.ts'
import { addDays } from '../../domain/words/calendar-date.ts'
import { TODAY, aBib, aTitle } from '../builders/city.ts'
import type { Act, Doing } from './act.ts'
import { withTags } from './tag-acts.ts'
import { withShelves } from './shelf-acts.ts'
import { withSerials } from './serial-acts.ts'
import { withCorrections } from './correction-acts.ts'
import { withDrafts } from './draft-acts.ts'
import { withHolds } from './hold-acts.ts'
import { withMoney } from './money-acts.ts'
import type { Random } from './random.ts'
import { withRules } from './rule-acts.ts'
import { START } from './sim-city.ts'
import type { SimCity } from './sim-city.ts'
import { withItem } from './staff-items.ts'
import { atTheReaderDesk } from './staff-at-readers.ts'

const weights = {
  'check-out': 34,
  'check-in': 24,
  renew: 6,
  damaged: 3,
  undo: 6,
  settle: 6,
  talk: 3,
  bind: 3,
  register: 3,
  welcome: 5,
  import: 2,
  earn: 5,
  lease: 5,
  redeem: 6,
  'lease-back': 2,
  pay: 7,
  reverse: 2,
  certificate: 3,
  items: 26,
  readers: 12,
  waive: 3,
  charge: 3,
  till: 3,
  refund: 1,
  'return-excess': 2,
  hold: 14,
  rules: 4,
  draft: 6,
  shelf: 8,
  tag: 0,
  serial: 0,
  correct: 0,
} as const
type What = keyof typeof weights

/** Of a city that works in its cataloguing rooms. */
const cataloguing = { ...weights, draft: 40, shelf: 40, serial: 60, correct: 30, tag: 20 } as const

const answered = { reason: '模拟', approvedBy: null }
const answers = (...codes: string[]): Override[] => codes.map((code) => ({ code, ...answered }))

type Rows = Stores['replica']

/** Null where there is nothing of the kind to be done here. */
export function nextAct(random: Random, city: SimCity, stores: Stores): Act | null {
  const what = random.weighted<What>(city.isCataloguing ? cataloguing : weights)
  const act = doing(what, random, city, stores)
  return act === null ? null : { overrides: [], ...act }
}

function doing(what: What, random: Random, city: SimCity, stores: Stores): Doing | null {
  const item = random.pick(city.items)
  const reader = random.pick(city.readers)
  const { replica } = stores
  switch (what) {
    case 'check-out':
      return lending(random, city.strangeness, item.barcode, reader.card)
    case 'check-in': {
      const barcode = random.chance(city.strangeness) ? strangeBarcode(random) : item.barcode
      return { kind: 'loan.check-in', payload: { barcode, returnedOn: null, ...fromFile(random) } }
    }
    case 'renew': {
      const loan = replica.row('item', item.id)?.openLoanId ?? null
      return loan === null ? null : { kind: 'loan.renew', payload: { loan } }
    }
    case 'damaged':
      return { kind: 'item.mark-damaged', payload: { item: item.id, note: '封面破损' } }
    case 'undo':
      return undoing(random, stores)
    case 'settle':
    case 'talk':
    case 'bind':
      return aboutException(what, random, city, replica)
    case 'register':
      return registering(random, reader.card)
    case 'welcome':
      return { kind: 'reader.welcome', payload: { card: reader.card } }
    case 'import':
      return importing(random)
    case 'items': {
      return withItem({ random, item, reader, branches: city.branchIds, replica })
    }
    case 'readers':
      return atTheReaderDesk(random, reader, replica)
    case 'pay':
    case 'waive':
    case 'charge':
    case 'till':
    case 'refund':
    case 'return-excess':
      return withMoney(what, random, reader, stores)
    case 'rules':
      return withRules(random, replica)
    case 'draft':
      return withDrafts(random, stores)
    case 'shelf':
      return withShelves(random, stores, item.id)
    case 'tag':
      return withTags(random, stores, item.barcode)
    case 'serial':
      return withSerials(random, stores)
    case 'correct':
      return withCorrections(random, stores)
    case 'hold':
      return withHolds(random, city, stores)
    default:
      return inLedger(what, random, reader, stores)
  }
}

/** Few lines of other systems' files, so that two desks take the same one (X1). */
const fromFile = (random: Random): object =>
  random.chance(0.08)
    ? {
        elsewhere: {
          line: String(random.int(1, 6)).repeat(40),
          happenedAt: START - random.int(-2, 48) * 3_600_000,
        },
      }
    : {}

const strangeBarcode = (random: Random): string => `0440059999999${random.pick([1, 2])}`

function lending(random: Random, strangeness: number, known: string, knownCard: string): Doing {
  const barcode = random.chance(strangeness) ? strangeBarcode(random) : known
  const card = random.chance(strangeness) ? `044005999990${random.pick([1, 2])}` : knownCard
  const always = answers(
    'unknown-item',
    'unknown-reader',
    'item-on-loan-elsewhere',
    'fees-owed',
    'item-limit-reached',
    'reader-blocked',
    'card-expired',
    'debt-above-limit',
    'due-date-beyond-policy',
  )
  const clashing = random.chance(0.5) ? answers('item-on-loan', 'already-on-loan-to-reader') : []
  // Earlier and later than the rules say, now and then on a day that a desk closes.
  const dueOn = random.chance(0.2) ? addDays(TODAY, random.int(0, 60)) : null
  const payload = { barcode, card, dueOn, ...fromFile(random) }
  return { kind: 'loan.check-out', payload, overrides: [...always, ...clashing] }
}

/** One of the last, or what the work has gone on from since: an earlier one about the same record. */
function undoing(random: Random, { outbox }: Stores): Doing | null {
  const lastSeq = outbox.lastSeq()
  const last = outbox.bySeq(lastSeq - random.pick([0, 0, 0, 1, 2]))
  if (last === null) return null
  const touched = new Set(last.changes.map(keyOfChange))
  const earlier = Array.from({ length: 12 }, (_, back) => outbox.bySeq(last.seq - back - 1)).find(
    (one) => one?.changes.some((change) => touched.has(keyOfChange(change))),
  )
  const wrong = random.chance(0.3) ? (earlier ?? last) : last
  return { kind: 'operation.undo', payload: { operation: wrong.id, reason: null } }
}

function aboutException(
  what: 'settle' | 'talk' | 'bind',
  random: Random,
  city: SimCity,
  replica: Rows,
): Doing | null {
  const open = replica.rows.select('exception', 'WHERE settledAt IS NULL ORDER BY id LIMIT 20')
  if (open.length === 0) return null
  const exception = random.pick(open)
  if (what === 'talk') {
    return random.chance(0.5)
      ? { kind: 'exception.assign', payload: { exception: exception.id, staff: 'staff-lin' } }
      : { kind: 'exception.comment', payload: { exception: exception.id, text: '问过读者' } }
  }
  if (what === 'bind') {
    const isItem = random.chance(0.5)
    const barcode = isItem ? random.pick(city.items).barcode : null
    const card = isItem ? null : random.pick(city.readers).card
    return {
      kind: 'exception.bind',
      payload: { exception: exception.id, barcode, card, comment: null },
    }
  }
  const ways = waysOut(exception, replica)
  if (ways.length === 0) return null
  const settlement = random.pick(ways)
  const comment = settlement === 'message-left' ? '没有办成，请转告' : null
  const payload = { exception: exception.id, settlement, comment }
  return { kind: 'exception.settle', payload }
}

function waysOut(exception: LedgerException, replica: Rows) {
  const item = exception.itemId === null ? null : replica.row('item', exception.itemId)
  const openLoansOfItem = item === null ? [] : replica.find('openLoansOfItem', [item.id, null])
  const ways = settlementsFor(exception, { item, openLoansOfItem })
  return ways.filter((way) => !isBinding(way) && way !== 'excess-returned')
}

/** The same new card at two desks, the same person twice. */
function registering(random: Random, knownCard: string): Doing {
  const card = random.chance(0.1) ? knownCard : `044005777770${random.int(1, 4)}`
  return {
    kind: 'reader.register',
    payload: {
      card,
      name: random.pick(['陈一', '李二']),
      category: 'lidu',
      bornOn: '1990-01-01',
      phone: null,
      idNumberHash: null,
      guardianReaderId: null,
      hasGuardianConsent: false,
      note: null,
    },
    overrides: answers('possible-duplicate'),
  }
}

function importing(random: Random): Doing {
  const { id: _title, ...title } = aTitle({
    controlNumber: `01202600000${random.int(1, 3)}`,
    title: random.pick(['平凡的世界', '活着', '围城']),
  })
  const { id: _bib, ...bib } = aBib()
  const items = random.chance(0.5)
    ? [
        {
          barcode: `0440053000000${random.int(1, 5)}`,
          callNumber: null,
          shelf: null,
          itemType: 'book',
          priceFen: 2000,
        },
      ]
    : []
  return { kind: 'title.import', payload: { source: '模拟', records: [{ title, bib, items }] } }
}

type OfLedger = 'earn' | 'lease' | 'redeem' | 'lease-back' | 'reverse' | 'certificate'

function inLedger(
  what: OfLedger,
  random: Random,
  reader: { readonly id: string; readonly card: string },
  { replica }: Stores,
): Doing | null {
  const leases = replica.rows.select('lease', 'ORDER BY id')
  const entries = replica.rows.select('ledger-entry', 'ORDER BY id LIMIT 50')
  switch (what) {
    case 'earn':
      return {
        kind: 'points.earn',
        payload: { card: reader.card, earning: 'activity', amount: 50, note: null },
      }
    case 'lease': {
      const payload = random.chance(0.3)
        ? { kind: 'numbers', series: 'certificate' }
        : { kind: 'points', reader: reader.id, amount: random.pick([20, 60]) }
      return { kind: 'lease.request', payload }
    }
    case 'redeem': {
      const ofPoints = leases.filter(({ kind }) => kind === 'points')
      if (ofPoints.length === 0) return null
      const lease = random.pick(ofPoints)
      return {
        kind: 'points.redeem',
        payload: {
          reader: lease.readerId,
          reward: 'bookmark',
          amount: 20,
          from: [{ lease: lease.id, amount: 20 }],
          note: null,
        },
      }
    }
    case 'lease-back':
      if (leases.length === 0) return null
      return { kind: 'lease.return', payload: { lease: random.pick(leases).id } }
    case 'reverse':
      if (entries.length === 0) return null
      return {
        kind: 'ledger.reverse',
        payload: { entry: random.pick(entries).id, reason: '写错了' },
      }
    case 'certificate': {
      const block = leases.find(({ kind }) => kind === 'numbers')
      if (block === undefined) return null
      const number = (block.firstNumber ?? 1) + block.spent
      const payload = {
        card: reader.card,
        series: 'certificate',
        lease: block.id,
        number,
        text: '捐赠',
      }
      return { kind: 'certificate.issue', payload }
    }
  }
}
