/** Leases and ledgers through the ordering authority, on any store. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PushedOperation } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { Lease } from '../../domain/ledger-records.ts'
import type { LedgerException, Reader } from '../../domain/records.ts'
import { accept } from '../../server/ledger/accept.ts'
import { reclaimLeases } from '../../server/ledger/reclaim-leases.ts'
import { deskAtRisk } from '../../server/ledger/value-at-risk.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { BRANCH, NOW, OTHER_BRANCH, aReader, theCity } from '../builders/city.ts'
import { openDeskLog } from '../builders/desk-log.ts'
import type { DeskLog } from '../builders/desk-log.ts'
import { enrolDevice } from './enrolled-device.ts'

const DAY = 86_400_000
const CARD = aReader().cardNumber
const earn = { card: CARD, earning: 'donation', amount: 100, note: null }
const ask = { kind: 'points', reader: 'reader-1', amount: 80 } as const
const redeem = (lease: string, amount = 60) => ({
  reader: 'reader-1',
  reward: 'notebook',
  amount,
  from: [{ lease, amount }],
  note: null,
})

export function ledgerLeasesSuite(open: () => Promise<LedgerStorage>): void {
  let storage: LedgerStorage
  let deskA: DeskLog
  let deskB: DeskLog

  beforeEach(async () => {
    storage = await open()
    await storage.seed([...theCity(), put('reader', aReader())], false)
    await enrolDevice(storage, 'desk-a')
    await enrolDevice(storage, 'desk-b')
    deskA = openDeskLog('desk-a')
    deskB = openDeskLog('desk-b')
  })
  afterEach(async () => {
    await storage.close()
  })

  const send = async (device: string, at: number, ...pushed: PushedOperation[]) =>
    (await accept(storage, device, pushed, at)).outcomes.map(({ outcome }) => outcome)
  const lease = async (id: string) => (await storage.get('lease', id)) as Lease | null
  const pointsFree = async () => ((await storage.get('reader', 'reader-1')) as Reader).pointsFree
  const exceptionKinds = async () =>
    (
      (await storage.find('openExceptionsOfReader', [
        'reader-1',
        null,
      ])) as readonly LedgerException[]
    ).map(({ kind }) => kind)
  const granted = async () => {
    const outcomes = await send(
      'desk-a',
      NOW,
      deskA.next('points.earn', earn),
      deskA.next('lease.request', ask),
    )
    expect(outcomes).toEqual(['applied', 'applied'])
    return 'desk-a.1.2.r1'
  }

  test('Z7, I24 a lease goes to its desk alone, the entry to where its reader goes', async () => {
    const id = await granted()
    expect(await lease(id)).toMatchObject({ deviceId: 'desk-a', epoch: 1, amount: 80 })
    expect(await pointsFree()).toBe(20)
    const cursors = {
      'device:desk-a': 0,
      'device:desk-b': 0,
      [`branch:${BRANCH}`]: 0,
      [`branch:${OTHER_BRANCH}`]: 0,
    }
    const { entries } = await storage.readFeed(cursors, 500, 1e9)
    const scopesOf = (kind: string) =>
      entries
        .filter(({ changes }) => changes.some((one) => keyOf(one).startsWith(`${kind}:`)))
        .map(({ scope }) => scope)
        .toSorted()
    expect(scopesOf('lease')).toEqual(['device:desk-a'])
    expect(scopesOf('ledger-entry')).toEqual([`branch:${BRANCH}`, `branch:${OTHER_BRANCH}`])
    expect(scopesOf('number-series')).toEqual([])
  })

  test('Z5 spent in time; what was left is given back', async () => {
    const id = await granted()
    expect(
      await send(
        'desk-a',
        NOW + DAY,
        deskA.next('points.redeem', redeem(id)),
        deskA.next('lease.return', { lease: id }),
      ),
    ).toEqual(['applied', 'applied'])
    expect(await pointsFree()).toBe(40)
    expect(await lease(id)).toMatchObject({ spent: 60, closedAt: NOW + DAY })
  })

  test('Z6 spent after its end: recorded, with an exception', async () => {
    const id = await granted()
    const late = deskA.next('points.redeem', redeem(id), { wallMs: NOW + 8 * DAY })
    expect(await send('desk-a', NOW + 9 * DAY, late)).toEqual(['applied-with-exception'])
    expect(await exceptionKinds()).toEqual(['lease-expired'])
    expect([await pointsFree(), (await lease(id))?.spent]).toEqual([20, 60])
  })

  test('Z4 spent by a desk that does not hold it: double-spend, and the lease stays whole', async () => {
    const id = await granted()
    expect(await send('desk-b', NOW, deskB.next('points.redeem', redeem(id)))).toEqual([
      'applied-with-exception',
    ])
    expect(await exceptionKinds()).toEqual(['double-spend'])
    expect([await pointsFree(), (await lease(id))?.spent]).toEqual([-40, 0])
  })

  test('Z8 a silent desk: nothing before the grace is over, then the rest; what it tells later is kept', async () => {
    const id = await granted()
    expect(await deskAtRisk(storage, 'desk-a')).toEqual({
      points: 80,
      numbers: 0,
      freeFrom: NOW + 37 * DAY,
    })
    expect(await reclaimLeases(storage, NOW + 37 * DAY)).toBe(0)
    expect(await reclaimLeases(storage, NOW + 37 * DAY + 1)).toBe(1)
    expect(await reclaimLeases(storage, NOW + 40 * DAY)).toBe(0)
    expect(await pointsFree()).toBe(100)
    expect((await deskAtRisk(storage, 'desk-a')).points).toBe(0)
    const late = deskA.next('points.redeem', redeem(id), { wallMs: NOW + DAY })
    expect(await send('desk-a', NOW + 41 * DAY, late)).toEqual(['applied-with-exception'])
    expect(await exceptionKinds()).toEqual(['lease-expired'])
    expect(await pointsFree()).toBe(40)
    const { entries } = await storage.readFeed({ 'device:desk-a': 0 }, 500, 1e9)
    expect(entries.map(({ operationId }) => operationId)).toEqual(['desk-a.1.2', null])
  })

  test('Z7 two desks ask for the same points at once: together no more than there were', async () => {
    await send('desk-a', NOW, deskA.next('points.earn', earn))
    const outcomes = await Promise.all([
      send('desk-a', NOW, deskA.next('lease.request', ask)),
      send('desk-b', NOW, deskB.next('lease.request', ask)),
    ])
    expect(outcomes).toEqual([['applied'], ['applied']])
    expect(await pointsFree()).toBe(0)
    const amounts = [await lease('desk-a.1.2.r1'), await lease('desk-b.1.1.r1')].map(
      (one) => one?.amount ?? 0,
    )
    expect(amounts.toSorted((one, other) => one - other)).toEqual([20, 80])
  })

  test('Z10, I27 the first blocks of a series, asked for at once, do not overlap', async () => {
    const block = { kind: 'numbers', series: 'certificate' } as const
    const outcomes = await Promise.all([
      send('desk-a', NOW, deskA.next('lease.request', block)),
      send('desk-b', NOW, deskB.next('lease.request', block)),
    ])
    expect(outcomes).toEqual([['applied'], ['applied']])
    const firsts = [await lease('desk-a.1.1.r1'), await lease('desk-b.1.1.r1')].map(
      (one) => one?.firstNumber ?? 0,
    )
    expect(firsts.toSorted((one, other) => one - other)).toEqual([1, 21])
  })
}

function keyOf(change: Change): string {
  if ('put' in change) return `${change.put}:${change.row.id}`
  return 'patch' in change ? `${change.patch}:${change.id}` : `${change.remove}:${change.id}`
}
