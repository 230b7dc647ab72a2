/** What is done with serials: few subscriptions and few issues, so that desks count the same one. */
import type { Subscription } from '../../domain/serial-records.ts'
import { TODAY } from '../builders/city.ts'
import { binding, day, issueNo, terms } from '../builders/serial-work.ts'
import type { Stores } from '../../main/engine/stores.ts'
import type { Doing } from './act.ts'
import type { Random } from './random.ts'

const SUBSCRIPTIONS_MAX = 3
const ORDINALS_MAX = 4

const weights = {
  arrive: 10,
  bind: 3,
  label: 4,
  claim: 3,
  mark: 2,
  discard: 2,
  change: 2,
  renew: 1,
  end: 1,
} as const
type What = keyof typeof weights
const withLoose = { ...weights, bind: 6, label: 10, discard: 4 } as const

/** Null where there is nothing of the kind to be done here. */
export function withSerials(random: Random, { replica, outbox }: Stores): Doing | null {
  const branch = outbox.identity()?.branchId ?? ''
  const here = replica.rows
    .select('subscription', 'ORDER BY id LIMIT 20')
    .filter(({ branchId }) => branchId === branch)
  const isNew = here.length === 0 || (here.length < SUBSCRIPTIONS_MAX && random.chance(0.1))
  if (isNew) return replica.row('title', 'title-1') === null ? null : beginning(random, branch)
  const held = random.pick(here)
  const loose = replica.rows
    .select('serial-issue', 'ORDER BY id LIMIT 40')
    .filter(({ subscriptionId, copiesCount }) => subscriptionId === held.id && copiesCount > 0)
    .map(({ ordinal }) => ordinal)
  const what = random.weighted<What>(loose.length > 1 ? withLoose : weights)
  // Now and then of an issue that nobody has.
  const ordinals = loose.length === 0 || random.chance(0.1) ? [random.int(1, ORDINALS_MAX)] : loose
  return withSubscription(what, random, held, ordinals)
}

/** Subscribed by two desks at once, now and then on purpose. */
const beginning = (random: Random, branch: string): Doing => ({
  kind: 'subscription.begin',
  payload: {
    title: random.pick(['title-1', 'title-2']),
    branch,
    beginsOn: '2026-01-01',
    ...terms(),
  },
  overrides: random.chance(0.3)
    ? [{ code: 'subscribed-already', reason: '另订一份', approvedBy: null }]
    : [],
})

function withSubscription(
  what: What,
  random: Random,
  { id: subscription, revision }: Subscription,
  loose: readonly number[],
): Doing {
  const ordinal = random.pick(loose)
  const ordinals = random.chance(0.5) ? [...loose] : [ordinal]
  const issue = issueNo(random.int(1, ORDINALS_MAX))
  const barcode = `0440057777${String(random.int(1, 40)).padStart(4, '0')}`
  switch (what) {
    case 'arrive':
      return {
        kind: 'serial.arrive',
        payload: { subscription, issue, copies: random.int(1, 2) },
      }
    case 'bind':
      return { kind: 'serial.bind', payload: { ...binding(ordinals, barcode), subscription } }
    case 'label':
      return { kind: 'serial.label', payload: { subscription, ordinal, barcode } }
    case 'claim':
      return { kind: 'serial.claim', payload: { subscription, issues: [issue] } }
    case 'mark': {
      const as = random.pick(['missing', 'not-published', 'expected'])
      return { kind: 'serial.mark', payload: { subscription, issue, as } }
    }
    case 'discard':
      return {
        kind: 'serial.discard',
        payload: { subscription, ordinals },
        overrides: [{ code: 'last-copy', reason: '破损', approvedBy: null }],
      }
    case 'change': {
      const told = terms({ copies: random.int(1, 4) })
      return { kind: 'subscription.change', payload: { subscription, revision, ...told } }
    }
    case 'renew':
      return {
        kind: 'subscription.renew',
        payload: { subscription, copies: 2, firstOn: day('2027-01-05') },
      }
    case 'end':
      return { kind: 'subscription.end', payload: { subscription, revision, endsOn: TODAY } }
  }
}
