/** Holds at the ordering authority: two desks that did not hear of each other, over any store. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import type { Hold } from '../../domain/hold-records.ts'
import type { Item, Reader } from '../../domain/records.ts'
import { HoldId } from '../../domain/words/ids.ts'
import { accept } from '../../server/ledger/accept.ts'
import { forgetHolds } from '../../server/ledger/forget-holds.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { BRANCH, NOW, aHold, aReader, aTitle, anItem, theCity } from '../builders/city.ts'
import { openDeskLog } from '../builders/desk-log.ts'
import type { DeskLog } from '../builders/desk-log.ts'
import { enrolDevice } from './enrolled-device.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ours = anItem()
const copy = anItem({ id: 'item-2', barcode: '04400510000002' })
const returning = ({ barcode }: Item) => ({ barcode, returnedOn: null })
const promised = { holdId: HoldId.parse('hold-1') }

export function ledgerHoldsSuite(open: () => Promise<LedgerStorage>): void {
  let storage: LedgerStorage
  let a: DeskLog
  let b: DeskLog

  beforeEach(async () => {
    storage = await open()
    const waits = [put('title', aTitle()), put('reader', aReader({ openHoldsCount: 1 }))]
    const rows = [put('item', ours), put('item', copy), put('hold', aHold())]
    await storage.seed([...theCity(), ...waits, ...rows], false)
    for (const device of ['desk-a', 'desk-b']) await enrolDevice(storage, device)
    a = openDeskLog('desk-a')
    b = openDeskLog('desk-b')
  })
  afterEach(async () => {
    await storage.close()
  })

  const push = async (operation: ReturnType<DeskLog['next']>, deviceId: string) =>
    (await accept(storage, deviceId, [operation], NOW + HOUR)).outcomes.map(
      ({ outcome }) => outcome,
    )
  const hold = async (id = 'hold-1') => (await storage.get('hold', id)) as Hold
  const item = async (id: string) => (await storage.get('item', id)) as Item

  test('H8 two desks keep a copy each for one hold: the first is kept, the second is an exception', async () => {
    expect(await push(a.next('loan.check-in', returning(ours), { promised }), 'desk-a')).toEqual([
      'applied',
    ])
    expect(await push(b.next('loan.check-in', returning(copy), { promised }), 'desk-b')).toEqual([
      'applied-with-exception',
    ])
    expect(await hold()).toMatchObject({ state: 'on-shelf', trappedItemId: 'item-1' })
    expect(await item('item-1')).toMatchObject({ holdId: 'hold-1' })
    expect(await item('item-2')).toMatchObject({ holdId: null, state: 'on-hold-shelf' })
    expect(await storage.get('exception', 'desk-b.1.1.x-hold-clash')).toMatchObject({
      kind: 'hold-clash',
      itemId: 'item-2',
    })
  })

  test('H3, H7 placed, told to the whole city, and the second wish refused', async () => {
    const cityHead = async (): Promise<number> => (await storage.heads())['city'] ?? 0
    const before = await cityHead()
    const asking = {
      title: 'title-1',
      item: null,
      card: aReader().cardNumber,
      pickupBranch: BRANCH,
      neededByOn: null,
    }
    expect(await push(a.next('hold.place', asking), 'desk-a')).toEqual(['refused'])
    expect(await cityHead()).toBe(before)
    const cancelling = { hold: 'hold-1', reason: 'by-reader' } as const
    expect(await push(a.next('hold.cancel', cancelling), 'desk-a')).toEqual(['applied'])
    expect(await push(a.next('hold.place', asking), 'desk-a')).toEqual(['applied'])
    expect(await cityHead()).toBe(before + 2)
    expect(await hold('desk-a.1.3.r1')).toMatchObject({ state: 'waiting', readerId: 'reader-1' })
    expect(await storage.get('reader', 'reader-1')).toMatchObject({ openHoldsCount: 1 })
  })

  test('H9 collected: the city counts it off', async () => {
    await push(a.next('loan.check-in', returning(ours), { promised }), 'desk-a')
    const lending = { barcode: ours.barcode, card: aReader().cardNumber, dueOn: null }
    expect(await push(a.next('loan.check-out', lending), 'desk-a')).toEqual(['applied'])
    expect(await hold()).toMatchObject({ state: 'collected' })
    expect((await storage.get('reader', 'reader-1')) as Reader).toMatchObject({ openHoldsCount: 0 })
  })

  test('a hold that was closed thirty days ago leaves the desks, an open one never', async () => {
    await push(a.next('hold.cancel', { hold: 'hold-1', reason: 'by-reader' }), 'desk-a')
    const before = (await storage.heads())['city'] ?? 0
    expect(await forgetHolds(storage, NOW + 29 * DAY)).toBe(0)
    expect(await forgetHolds(storage, NOW + 31 * DAY)).toBe(1)
    expect(await forgetHolds(storage, NOW + 31 * DAY)).toBe(0)
    expect(await storage.get('hold', 'hold-1')).toBeNull()
    expect((await storage.heads())['city']).toBe(before + 1)
  })
}
