/** What every store owes a desk that lost its log; both adapters run it. */
import { beforeEach, describe, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { accept } from '../../server/ledger/accept.ts'
import { recoverPage } from '../../server/ledger/recover.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { NOW, aReader, anItem, theCity } from '../builders/city.ts'
import { openDeskLog } from '../builders/desk-log.ts'
import { enrolDevice } from './enrolled-device.ts'

const DESK = 'desk-a'
const [item, reader] = [anItem(), aReader()]
const lend = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }

export function deviceLogSuite(name: string, open: () => Promise<LedgerStorage>): void {
  describe(`a device's log in ${name}`, () => {
    let storage: LedgerStorage
    beforeEach(async () => {
      storage = await open()
      await storage.seed([...theCity(), put('item', item), put('reader', reader)], false)
      for (const id of [DESK, 'desk-b']) await enrolDevice(storage, id)
    })

    test('comes back in order, page by page, byte for byte, and of this device only', async () => {
      const log = openDeskLog(DESK)
      const sent = [
        log.next('loan.check-out', lend),
        log.raw({ kind: 'x' }),
        log.raw({ kind: 'y' }),
      ]
      await accept(storage, DESK, sent, NOW)
      await accept(storage, 'desk-b', [openDeskLog('desk-b').raw({ kind: 'z' })], NOW)
      const first = await recoverPage(storage, DESK, {
        protocol: 2,
        epoch: 1,
        afterSeq: 0,
        limit: 2,
      })
      const rest = await recoverPage(storage, DESK, {
        protocol: 2,
        epoch: 1,
        afterSeq: 2,
        limit: 2,
      })
      expect([first.isComplete, rest.isComplete]).toEqual([false, true])
      const all = [...first.operations, ...rest.operations]
      expect(all.map(({ hash }) => hash)).toEqual(sent.map(({ hash }) => hash))
      expect(all.map(({ body }) => JSON.parse(body) as unknown)).toEqual(
        sent.map(({ body }) => body),
      )
      expect(all.map(({ outcome }) => [outcome.id, outcome.outcome])).toEqual([
        [`${DESK}.1.1`, 'applied'],
        [`${DESK}.1.2`, 'quarantined'],
        [`${DESK}.1.3`, 'quarantined'],
      ])
      expect(all[0]?.changes.length).toBe(all[0]?.inverse.length)
      expect(all[0]?.changes).not.toEqual([])
      const exact = { protocol: 2, epoch: 1, afterSeq: 1, limit: 2 }
      expect((await recoverPage(storage, DESK, exact)).isComplete).toBe(true)
      const none = { protocol: 2, epoch: 2, afterSeq: 0, limit: 2 }
      expect(await recoverPage(storage, DESK, none)).toEqual({ operations: [], isComplete: true })
      expect(await storage.operationsAfter(DESK, 1, 0, 9, 1)).toHaveLength(1)
    })

    test('has a new epoch for each who asks, and the same for who asks again', async () => {
      const ask = (requestId: string, epoch = 1, device = DESK) =>
        storage.newEpoch(device, { epoch, reason: 'forked', requestId, at: NOW })
      const twins = await Promise.all(['one-twin', 'the-other', 'a-third'].map((id) => ask(id)))
      expect(new Set(twins)).toEqual(new Set([2, 3, 4]))
      expect(await ask('the-other')).toBe(twins[1])
      // A server that was restored knows less than the desk that asks.
      expect(await ask('after a restore', 9)).toBe(10)
      expect(await ask('of another desk', 1, 'desk-b')).toBe(2)
      await accept(storage, DESK, [openDeskLog(DESK, 20).raw({ kind: 'x' })], NOW)
      expect(await ask('after a push of 20')).toBe(21)
    })

    test('of a new epoch begins at 1, and the one before stays as it was', async () => {
      const log = openDeskLog(DESK)
      await accept(storage, DESK, [log.raw({ kind: 'x' })], NOW)
      await storage.newEpoch(DESK, { epoch: 1, reason: 'forked', requestId: 'request-1', at: NOW })
      const anew = await accept(storage, DESK, [openDeskLog(DESK, 2).raw({ kind: 'y' })], NOW)
      expect(anew.outcomes).toMatchObject([{ id: `${DESK}.2.1` }])
      // A twin that never left it goes on; whoever parted from it is a fork.
      const twin = log.raw({ kind: 'x' })
      expect((await accept(storage, DESK, [twin], NOW)).isFork).toBe(false)
      const other = openDeskLog(DESK)
      other.raw({ kind: 'x' })
      expect((await accept(storage, DESK, [other.raw({ kind: 'z' })], NOW)).isFork).toBe(true)
    })

    test('is of a store that has a new name after a restore', async () => {
      const { serverEpoch } = await storage.city()
      const renewed = await storage.renewServerEpoch()
      expect(renewed).not.toBe(serverEpoch)
      expect((await storage.city()).serverEpoch).toBe(renewed)
    })
  })
}
