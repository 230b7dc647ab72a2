/**
 * The ledgers under any interleaving: I23–I27 after each step, with desks that are honest and long
 * offline, and with desks that send whatever they like.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { NOW, aPolicy, aReader, theCity } from '../../test/builders/city.ts'
import { aShelf, applyTo, decideOn, performOn, rowsOf } from '../../test/builders/decide.ts'
import type { Shelf } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { deskOf } from '../operation.ts'
import { nextNumberOf, spendingOf } from '../policy/points-leases.ts'
import { judge } from '../verdict.ts'
import type { OperationKind } from './index.ts'
import { reclaimLease } from './lease-close.ts'

const DAY = 86_400_000
const policy = aPolicy()
const readers = ['reader-1', 'reader-2']
const desks = ['desk-a', 'desk-b', 'desk-c']
const cardOf = (reader: string): string => `card-${reader}`
const aWorld = (): Shelf =>
  aShelf([
    ...theCity(),
    ...readers.map((id) => put('reader', aReader({ id, cardNumber: cardOf(id) }))),
  ])

/** Everything the invariants say about a shelf, and that no entry seen before has changed. */
function check(shelf: Shelf, seen: Map<string, string>): void {
  const entries = rowsOf(shelf, 'ledger-entry')
  const leases = rowsOf(shelf, 'lease')
  const exceptions = rowsOf(shelf, 'exception')
  for (const reader of rowsOf(shelf, 'reader')) {
    const points = entries
      .filter((entry) => entry.ledger === 'points' && entry.readerId === reader.id)
      .reduce((sum, entry) => sum + entry.amount, 0)
    const leased = leases
      .filter((lease) => lease.readerId === reader.id && lease.closedAt === null)
      .reduce((sum, lease) => sum + lease.amount - lease.spent, 0)
    expect(points - leased, 'I24').toBe(reader.pointsFree)
    const isExcused = exceptions.some(
      (one) => one.kind === 'double-spend' && one.readerId === reader.id,
    )
    expect(isExcused || reader.pointsFree >= policy.points.floor, 'I23').toBe(true)
  }
  for (const lease of leases) {
    const drawn = entries.filter(
      (entry) => entry.leaseId === lease.id && entry.cause === 'redeemed',
    )
    const spent = drawn.reduce((sum, entry) => sum - entry.amount, 0)
    expect(lease.spent, 'I25').toBeLessThanOrEqual(lease.amount)
    expect(spent, 'I25').toBe(lease.kind === 'points' ? lease.spent : 0)
    for (const { id } of drawn) {
      expect(deskOf(id), 'I25').toEqual({ deviceId: lease.deviceId, epoch: lease.epoch })
    }
  }
  const reversed = entries.flatMap(({ reversesId }) => reversesId ?? [])
  expect(new Set(reversed).size, 'Z13').toBe(reversed.length)
  for (const [id, text] of seen) {
    expect(JSON.stringify(entries.find((entry) => entry.id === id)), 'I26').toBe(text)
  }
  for (const entry of entries) seen.set(entry.id, JSON.stringify(entry))
  const doubted = new Set(
    exceptions.flatMap((one) => (one.kind === 'double-spend' ? [`${one.operationId}.r1`] : [])),
  )
  const numbers = entries.flatMap(({ id, cause, number }) =>
    cause === 'issued' && !doubted.has(id) ? [number] : [],
  )
  expect(new Set(numbers).size, 'I27').toBe(numbers.length)
}

const pick = <T>(from: readonly T[], at: number): T | null => from[at % from.length] ?? null

const step = fc.record({
  does: fc.constantFrom(
    'earn',
    'earn',
    'ask',
    'ask',
    'ask-numbers',
    'spend',
    'spend',
    'issue',
    'return',
    'reverse',
    'reclaim',
    'wait',
  ),
  desk: fc.constantFrom(...desks),
  epoch: fc.constantFrom<number[]>(1, 1, 1, 2),
  reader: fc.constantFrom(...readers),
  at: fc.nat(40),
  amount: fc.integer({ min: 1, max: 120 }),
  /** Takes the desk, epoch and reader of the lease that it picks: a clash is the rarer case. */
  isFitting: fc.constantFrom(true, true, true, false),
})
const steps = fc.array(step, { minLength: 30, maxLength: 90, size: 'max' })
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function fitting(shelf: Shelf, one: Step): Step {
  const lease = pick(rowsOf(shelf, 'lease'), one.at)
  if (!one.isFitting || lease === null || !['spend', 'issue', 'return'].includes(one.does))
    return one
  const { deviceId: desk, epoch, readerId } = lease
  return { ...one, desk, epoch, reader: readerId ?? one.reader }
}

/** An operation, made up without asking whether it may be done. */
function madeUp(shelf: Shelf, one: Step): [OperationKind, unknown] | null {
  const lease = pick(rowsOf(shelf, 'lease'), one.at)
  const entry = pick(rowsOf(shelf, 'ledger-entry'), one.at)
  switch (one.does) {
    case 'earn':
      return [
        'points.earn',
        { card: cardOf(one.reader), earning: 'donation', amount: one.amount, note: null },
      ]
    case 'ask':
      return ['lease.request', { kind: 'points', reader: one.reader, amount: one.amount }]
    case 'ask-numbers':
      return ['lease.request', { kind: 'numbers', series: 'certificate' }]
    case 'spend': {
      const from = lease === null ? [] : [{ lease: lease.id, amount: one.amount }]
      return [
        'points.redeem',
        { reader: one.reader, reward: 'bag', amount: one.amount, from, note: null },
      ]
    }
    case 'issue':
      return lease === null
        ? null
        : [
            'certificate.issue',
            {
              card: cardOf(one.reader),
              series: 'certificate',
              lease: lease.id,
              number: (lease.firstNumber ?? 1) + (one.at % 24),
              text: '赠书',
            },
          ]
    case 'return':
      return lease === null ? null : ['lease.return', { lease: lease.id }]
    case 'reverse':
      return entry === null ? null : ['ledger.reverse', { entry: entry.id, reason: '更正' }]
    default:
      return null
  }
}

function reclaimAll(shelf: Shelf, now: number): void {
  for (const lease of rowsOf(shelf, 'lease')) applyTo(shelf, reclaimLease(lease, policy, now))
}

describe('ledgers and leases', () => {
  test('I23, I24, I25, I26, I27 whatever desks send, in whatever order', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const shelf = aWorld()
        const seen = new Map<string, string>()
        let now = NOW
        for (const [index, drawn] of all.entries()) {
          const one = fitting(shelf, drawn)
          if (one.does === 'wait') now += one.at * DAY
          if (one.does === 'reclaim') reclaimAll(shelf, now)
          const made = madeUp(shelf, one)
          if (made !== null) {
            performOn(shelf, ...made, {
              operationId: `${one.desk}.${one.epoch}.${index + 1}`,
              at: now - (one.at % 3) * DAY,
              clock: { now, isSuspect: false },
              role: 'branch-head',
            })
          }
          check(shelf, seen)
        }
        expect(rowsOf(shelf, 'reader')).toHaveLength(readers.length)
      }),
      { numRuns: 60 },
    )
  })

  test('Z4–Z8 honest desks, offline for days, make no exception while nothing is reclaimed', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const city = aWorld()
        const seen = new Map<string, string>()
        const own = new Map(desks.map((desk) => [desk, new HonestDesk(desk)]))
        let now = NOW
        for (const one of all) {
          if (one.does === 'wait') now += (one.at % 8) * DAY
          const desk = own.get(one.desk)
          if (one.does === 'reclaim') desk?.sync(city, now)
          else desk?.work(one, now)
        }
        for (const desk of own.values()) desk.sync(city, now)
        check(city, seen)
        // Two desks take the same entry back: the second is told so (E11).
        const clashes = rowsOf(city, 'exception').filter(
          ({ operationKind }) => operationKind !== 'ledger.reverse',
        )
        expect(clashes).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

/** Works on its copy of the city, keeps what it did, and tells it when it is online. */
class HonestDesk {
  readonly #device: string
  #shelf = aWorld()
  #unsent: { kind: OperationKind; payload: unknown; operationId: string; at: number }[] = []
  #seq = 0

  constructor(device: string) {
    this.#device = device
  }

  work(one: Step, at: number): void {
    const made = this.#made(one, at)
    if (made === null) return
    const [kind, payload] = made
    const operationId = `${this.#device}.1.${this.#seq + 1}`
    const decision = decideOn(this.#shelf, kind, payload, {
      operationId,
      at,
      clock: { now: at, isSuspect: false },
    })
    if (judge(decision, []) !== 'may-be-done') return
    this.#seq += 1
    this.#unsent.push({ kind, payload, operationId, at })
    applyTo(this.#shelf, decision.changes)
  }

  #made(one: Step, at: number): [OperationKind, unknown] | null {
    const leases = rowsOf(this.#shelf, 'lease').filter(({ deviceId }) => deviceId === this.#device)
    if (one.does === 'spend') {
      const mine = leases.filter(({ readerId }) => readerId === one.reader)
      const from = spendingOf(mine, 20, { deviceId: this.#device, epoch: 1, at }, policy.points)
      return [
        'points.redeem',
        { reader: one.reader, reward: 'bookmark', amount: 20, from: from ?? [], note: null },
      ]
    }
    if (one.does === 'issue') {
      const block = leases.find((lease) => nextNumberOf(lease) !== null)
      const number = block === undefined ? null : nextNumberOf(block)
      return block === undefined || number === null
        ? null
        : [
            'certificate.issue',
            {
              card: cardOf(one.reader),
              series: 'certificate',
              lease: block.id,
              number,
              text: '赠书',
            },
          ]
    }
    const made = madeUp(this.#shelf, one)
    return one.does === 'earn' && one.amount > 100 ? null : made
  }

  sync(city: Shelf, now: number): void {
    for (const { kind, payload, operationId, at } of this.#unsent) {
      performOn(city, kind, payload, { operationId, at, clock: { now, isSuspect: false } })
    }
    this.#unsent = []
    this.#shelf = { rows: new Map(city.rows), log: new Map() }
  }
}
