import { describe, expect, test } from 'vitest'

import { NOW, aLease, aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { LEASES_OF_READER_MAX } from '../ledger-facts.ts'

const DAY = 86_400_000
const asking = { kind: 'points', reader: 'reader-1', amount: 100 }
const inCity = { mode: 'record', isCity: true } as const
const readerHas = (pointsFree: number, ...leases: Change[]): Change[] => [
  put('reader', aReader({ pointsFree })),
  ...leases,
]
const lease = (parts: Parameters<typeof aLease>[0]) => put('lease', aLease(parts))
const ofManyDesks = Array.from({ length: LEASES_OF_READER_MAX }, (_, index) =>
  lease({ id: `lease-${index}`, deviceId: `desk-${index}`, amount: 1 }),
)

describe('asking for points', () => {
  test('Z7 on the desk it is only asked for', () => {
    const decision = decideOn(readerHas(100), 'lease.request', asking)
    expect(said(decision)).toEqual(['note Z7 lease-asked-for'])
    expect(decision.changes).toEqual([])
    expect(decision.summary).toMatchObject({ leaseId: null, amount: 0 })
  })

  const rows: [says: string, records: Change[], findings: string[], granted: number][] = [
    ['Z7 as much as is free', readerHas(100), [], 100],
    [
      'Z7 what is free, where that is less',
      readerHas(40),
      ['note Z7 lease-smaller-than-asked'],
      40,
    ],
    ['Z7 nothing is free', readerHas(0), ['impossible Z7 not-enough-points'], 0],
    ['Z7 overdrawn', readerHas(-5), ['impossible Z7 not-enough-points'], 0],
    [
      'Z7 no more than one desk may hold, what it holds already counted in',
      readerHas(500, lease({ amount: 260, spent: 20 })),
      ['note Z7 lease-smaller-than-asked'],
      60,
    ],
    [
      'Z7 what other desks hold does not count',
      readerHas(500, lease({ deviceId: 'desk-b' })),
      [],
      100,
    ],
    ['Z7 nor what another epoch of it holds', readerHas(500, lease({ epoch: 2 })), [], 100],
    ['Z7 nor what is closed', readerHas(500, lease({ amount: 300, closedAt: NOW })), [], 100],
    [
      'Z7 this desk holds all it may',
      readerHas(500, lease({ amount: 300 })),
      ['impossible Z7 lease-limit-reached'],
      0,
    ],
    [
      'Z7 at too many desks at once',
      readerHas(500, ...ofManyDesks),
      ['impossible Z7 lease-limit-reached'],
      0,
    ],
    ['Z7 nobody has this id', [], ['impossible Z7 unknown-reader'], 0],
    [
      'L5 a closed card',
      [put('reader', aReader({ cardState: 'closed', pointsFree: 9 }))],
      ['impossible L5 card-closed'],
      0,
    ],
  ]
  test.each(rows)('%s', (_says, records, findings, granted) => {
    const decision = decideOn(records, 'lease.request', asking, inCity)
    expect(said(decision)).toEqual(findings)
    expect(decision.summary.amount).toBe(granted)
    expect(decision.changes).toHaveLength(granted === 0 ? 0 : 2)
  })

  test('Z7, I24 the city grants to this device and epoch, from its arrival on', () => {
    const shelf = aShelf(readerHas(100))
    const arrived = NOW + 3 * DAY
    performOn(shelf, 'lease.request', asking, {
      operationId: 'desk-c.4.12',
      clock: { now: arrived, isSuspect: false },
    })
    expect(rowsOf(shelf, 'lease')).toMatchObject([
      {
        id: 'desk-c.4.12.r1',
        deviceId: 'desk-c',
        epoch: 4,
        readerId: 'reader-1',
        amount: 100,
        spent: 0,
        notAfter: arrived + 7 * DAY,
        closedAt: null,
      },
    ])
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(0)
  })
})

describe('asking for numbers', () => {
  const block = { kind: 'numbers', series: 'certificate' }

  test('Z10, I27 blocks follow each other, at whichever desk', () => {
    const shelf = aShelf([])
    for (const operationId of ['desk-a.1.1', 'desk-b.1.1', 'desk-a.1.2']) {
      expect(performOn(shelf, 'lease.request', block, { operationId }).outcome).toBe('applied')
    }
    expect(
      rowsOf(shelf, 'lease').map(({ deviceId, firstNumber, amount }) => [
        deviceId,
        firstNumber,
        amount,
      ]),
    ).toEqual([
      ['desk-a', 1, 20],
      ['desk-b', 21, 20],
      ['desk-a', 41, 20],
    ])
    expect(rowOf(shelf, 'number-series', 'certificate')?.nextNumber).toBe(61)
  })

  test('Z10 a series that the policy does not know is refused on the desk already', () => {
    const decision = decideOn([], 'lease.request', { ...block, series: 'lottery' })
    expect(said(decision)).toEqual(['impossible Z10 unknown-series'])
  })
})
