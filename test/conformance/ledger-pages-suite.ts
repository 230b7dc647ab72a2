/** The feeds of a store: pages, news, restarts. Each test gets an empty city of its own. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { deviceScope } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { NOW, aTitle, anItem } from '../builders/city.ts'
import { HERE, entry, writePuts } from './turn-writes.ts'

export function ledgerPagesSuite(open: () => Promise<LedgerStorage>): void {
  let storage: LedgerStorage

  beforeEach(async () => {
    storage = await open()
  })
  afterEach(async () => {
    await storage.close()
  })

  describe('the feed', () => {
    const catalogueAndHere = { catalogue: 0, [HERE]: 0 }

    beforeEach(async () => {
      for (let index = 1; index <= 6; index++) {
        await storage.withTurn(async (turn) => {
          await writePuts(turn, [put('item', anItem({ id: `item-${index}` }))])
          await turn.writeFeed(
            await turn.number([entry('catalogue', [put('title', aTitle({ id: `t${index}` }))])]),
            NOW + index,
          )
        })
      }
    })

    async function pages(start: Record<string, number>, limit: number) {
      const cursors = { ...start }
      const all: { scope: Scope; number: number; operationId: string | null }[][] = []
      for (let isComplete = false; !isComplete;) {
        const page = await storage.readFeed(cursors, limit, 1e6)
        for (const { scope, number } of page.entries) {
          expect(number).toBe((cursors[scope] ?? 0) + 1)
          cursors[scope] = number
        }
        all.push([...page.entries])
        ;({ isComplete } = page)
      }
      return { all, cursors }
    }

    test('is read in pages that lose nothing', async () => {
      const { all, cursors } = await pages(catalogueAndHere, 5)
      expect(all.map(({ length }) => length)).toEqual([5, 5, 2])
      expect(cursors).toEqual({ catalogue: 6, [HERE]: 6 })
    })

    test('only of the scopes asked for', async () => {
      const { entries, heads } = await storage.readFeed({ catalogue: 4 }, 500, 1e6)
      expect(entries.map(({ scope, number }) => [scope, number])).toEqual([
        ['catalogue', 5],
        ['catalogue', 6],
      ])
      expect(heads).toEqual({ catalogue: 6 })
    })

    test('pages end at the given weight, but hold one entry at least', async () => {
      const { entries, isComplete } = await storage.readFeed(catalogueAndHere, 500, 10)
      expect(entries).toHaveLength(1)
      expect(isComplete).toBe(false)
    })

    test('a cursor at the head reads nothing, and that is complete', async () => {
      const page = await storage.readFeed({ catalogue: 6, [HERE]: 6 }, 500, 1e6)
      expect(page).toMatchObject({ entries: [], isComplete: true })
    })

    test('I15 an operation is in one page whole, whichever scope is longer', async () => {
      const device = deviceScope('desk-a')
      await storage.withTurn(async (turn) => {
        const of = (seq: number, scopes: readonly Scope[]) =>
          scopes.map((scope) => entry(scope, [put('item', anItem())], `desk-a.1.${seq}`))
        const entries = [
          ...of(1, [HERE]),
          ...of(2, [HERE]),
          ...of(3, [HERE, device]),
          ...of(4, ['city', HERE, device]),
          ...of(5, [HERE]),
          ...of(6, [device]),
        ]
        await turn.writeFeed(await turn.number(entries), NOW)
      })
      for (const limit of [1, 2, 3, 4, 5, 6, 50]) {
        const start = { city: 0, [HERE]: 6, [device]: 0 }
        const { all } = await pages(start, limit)
        const pagesOf = Map.groupBy(
          all.flatMap((page, index) => page.map((one) => ({ ...one, index }))),
          ({ operationId }) => operationId,
        )
        expect(pagesOf.size).toBe(6)
        for (const [, parts] of pagesOf) {
          expect(new Set(parts.map(({ index }) => index)).size).toBe(1)
        }
      }
    })

    test('calls back when a head moved', async () => {
      const called = Promise.withResolvers<null>()
      const stop = await storage.onHeadsMoved(() => called.resolve(null))
      await storage.withTurn((turn) => writePuts(turn, [put('item', anItem({ id: 'item-7' }))]))
      await called.promise
      expect(await storage.heads([HERE])).toEqual({ [HERE]: 7 })
      await stop()
    })

    test('entries are deleted from the front; who stands there begins anew', async () => {
      expect(await storage.lastEntryBefore('catalogue', NOW + 4)).toBe(3)
      await storage.deleteEntries('catalogue', 3)
      const read = (catalogue: number) => storage.readFeed({ catalogue }, 500, 1e6)
      expect(await read(3)).toMatchObject({ restarts: {}, isComplete: true })
      expect((await read(3)).entries.map(({ number }) => number)).toEqual([4, 5, 6])
      for (const cursor of [0, 1, 2]) {
        const { restarts, entries } = await read(cursor)
        expect(restarts).toEqual({ catalogue: 3 })
        expect(entries.map(({ number }) => number)).toEqual([4, 5, 6])
      }
    })

    test('a base repeats the rows: who has nothing begins there, who follows goes on', async () => {
      const chunks = [[put('item', anItem())], [put('item', anItem({ id: 'item-2' }))]]
      expect(await storage.writeBase(HERE, 5, { chunks, rows: 2 }, NOW)).toBe(false)
      expect(await storage.writeBase(HERE, 6, { chunks, rows: 2 }, NOW)).toBe(true)
      expect((await storage.scopeStates()).find(({ scope }) => scope === HERE)).toEqual({
        scope: HERE,
        head: 8,
        deleted: 0,
        base: 6,
        baseRows: 2,
        baseAt: NOW,
      })
      const read = (cursor: number) => storage.readFeed({ [HERE]: cursor }, 500, 1e6)
      expect((await read(0)).restarts).toEqual({ [HERE]: 6 })
      expect((await read(0)).entries.map(({ number }) => number)).toEqual([7, 8])
      expect((await read(4)).restarts).toEqual({})
      expect((await read(4)).entries.map(({ number }) => number)).toEqual([5, 6, 7, 8])
      const all: number[] = []
      for await (const page of storage.entriesOf(HERE, 6))
        all.push(...page.map((one) => one.number))
      expect(all).toEqual([7, 8])
    })
  })
}
