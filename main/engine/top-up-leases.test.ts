import { describe, expect, test } from 'vitest'
import type { SyncStatus } from '../../contract/topics.ts'
import type { ClassInUse } from '../../db/queries/numbering.ts'
import { put } from '../../domain/change.ts'
import { bookSeries } from '../../domain/words/book-number.ts'
import { SchemeId } from '../../domain/words/ids.ts'
import { shenzhenPoints } from '../../domain/policy/shenzhen-points.ts'
import { NOW, aLease, aNumberBlock, aReader } from '../../test/builders/city.ts'
import { openTestDesk } from '../../test/builders/desk.ts'
import type { PerformDeps } from './perform.ts'
import { createAnnouncer } from './announce.ts'
import { createLeaseTender, tendingOf } from './top-up-leases.ts'

const HOUR = 3_600_000
const desk = { deviceId: 'desk-a', epoch: 1, at: NOW }
const tending = (
  leases: ReturnType<typeof aLease>[],
  pointsFree = 500,
  bookClasses: readonly ClassInUse[] = [],
) =>
  tendingOf({
    leases,
    policy: shenzhenPoints,
    desk,
    pointsFree: () => pointsFree,
    bookClasses,
  }).map(({ kind, payload }) => [kind, payload])
const block = { kind: 'numbers', series: 'certificate' }
const points = (amount: number) => ({ kind: 'points', reader: 'reader-1', amount })

describe('what a desk asks for by itself', () => {
  test.each([
    ['Z10 nothing of a series it has no block of', [], []],
    ['Z10 nothing while there are numbers enough', [aNumberBlock({ spent: 15 })], []],
    [
      'Z10 the next block when few are left',
      [aNumberBlock({ spent: 16 })],
      [['lease.request', block]],
    ],
    [
      'Z10 not twice: a fresh block is there already',
      [aNumberBlock({ spent: 16 }), aNumberBlock({ id: 'b2', firstNumber: 61 })],
      [],
    ],
    [
      'Z10 the last one drawn: asked for, and the block given back',
      [aNumberBlock({ spent: 20 })],
      [
        ['lease.request', block],
        ['lease.return', { lease: 'block-1' }],
      ],
    ],
    ['Z7 nothing for a reader who redeemed nothing here', [aLease()], []],
    ['Z7 nothing while half is left', [aLease({ spent: 50 })], []],
    ['Z7 as much as was spent', [aLease({ spent: 60 })], [['lease.request', points(60)]]],
    [
      'Z8 what is too near its end goes back',
      [aLease({ notAfter: NOW + HOUR })],
      [['lease.return', { lease: 'lease-1' }]],
    ],
    [
      'Z8 what belongs to an epoch before is left to the city',
      [aLease({ epoch: 9, notAfter: NOW - HOUR, spent: 90 })],
      [],
    ],
  ])('%s', (_says, leases, expected) => {
    expect(tending(leases)).toEqual(expected)
  })

  test.each([
    ['a class that is in use is asked for', [], ['number.request-block']],
    ['not while there are two at hand', [2], []],
    ['one left: the next block is asked for', [1], ['number.request-block']],
    [
      'none left: it goes back, by whoever catalogues',
      [0],
      ['number.request-block', 'number.return-block'],
    ],
  ] as const)('C44 %s', (_says, left, kinds) => {
    const scheme = SchemeId.parse('scheme-1')
    const series = bookSeries(scheme, 'I247.5')
    const blocks = left.map((one) => aNumberBlock({ series, amount: 5, spent: 5 - one }))
    const inUse = [{ schemeId: scheme, classNumber: 'I247.5', above: 26 }]
    const payloads = {
      'number.request-block': { scheme, classNumber: 'I247.5', above: 26 },
      'number.return-block': { lease: 'block-1' },
    }
    expect(tending(blocks, 0, inUse)).toEqual(kinds.map((kind) => [kind, payloads[kind]]))
  })

  test('Z7 no more than is known to be free, and nothing where nothing is', () => {
    expect(tending([aLease({ spent: 60 })], 10)).toEqual([['lease.request', points(10)]])
    expect(tending([aLease({ spent: 60 })], 0)).toEqual([])
  })
})

describe('while the desk is online', () => {
  const online = { connection: 'online', pendingCount: 0, isFilling: false } as SyncStatus

  test('Z7 each is asked for once, by whoever is signed in', async () => {
    let now = 0
    const clock = { now: () => NOW + now, monotonic: () => now }
    const opened = await openTestDesk(clock, [put('reader', aReader({ pointsFree: 500 }))])
    const { stores } = opened.engine
    const { deviceId, branchId } = stores.outbox.identity() ?? { deviceId: '', branchId: '' }
    stores.replica.applyPage({
      entries: [
        {
          scope: `device:${deviceId}`,
          number: 1,
          changes: [put('lease', aLease({ deviceId, spent: 60 }))],
        },
      ],
      settled: [],
      redecide: () => [],
    })
    const performDeps: PerformDeps = {
      stores,
      clock,
      announcer: createAnnouncer(),
      bootId: 'boot',
      clockOffsetMs: () => null,
      factsAgeMs: () => null,
      onAppended: () => undefined,
    }
    let role: 'circulation' | 'cataloguer' | null = null
    const tender = createLeaseTender({
      performDeps,
      performer: () => (role === null ? null : { staffId: 'staff-chen', role, branchId }),
    })
    const kinds = () => stores.outbox.since(0, 10).map(({ kind }) => kind)
    const look = (status: SyncStatus) => {
      now += 3_000
      tender.look(status)
    }
    look(online)
    role = 'cataloguer'
    look(online)
    role = 'circulation'
    look({ ...online, connection: 'offline' })
    look({ ...online, pendingCount: 1 })
    expect(kinds()).toEqual([])
    look(online)
    look(online)
    expect(kinds()).toEqual(['lease.request'])
    now += 31 * 60_000
    look(online)
    expect(kinds()).toEqual(['lease.request', 'lease.request'])
    await opened.close()
  })
})
