import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LIVE_ENTRIES_MAX, LiveNews } from '../../contract/sync-protocol.ts'
import type { FeedEntry } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import type { Scope, ScopeNumbers } from '../../domain/scopes.ts'
import { aTitle } from '../../test/builders/city.ts'
import { newsFor } from './live-desk.ts'
import type { LiveDesk } from './live-desk.ts'
import { openScopeRing } from './scope-ring.ts'
import type { ScopeRing } from './scope-ring.ts'

const HERE: Scope = 'branch:a'
const aDesk = (told: ScopeNumbers): LiveDesk => ({
  deviceId: 'd',
  scopes: ['city', HERE, 'catalogue'],
  told,
  isAlive: true,
})
const entries = (scope: Scope, from: number, to: number, text = ''): FeedEntry[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    scope,
    number: from + index,
    operationId: text,
    changes: [],
  }))
const news = (desk: LiveDesk, rings: ReadonlyMap<Scope, ScopeRing>): LiveNews | null => {
  const text = newsFor(desk, rings, { serverEpoch: 'epoch', now: () => 7 })
  return text === null ? null : LiveNews.parse(JSON.parse(text))
}

test('entries that follow on what was told go with the news', () => {
  const ring = openScopeRing(10)
  ring.add(entries(HERE, 11, 13), 13)
  const desk = aDesk({ [HERE]: 11 })
  const rings = new Map([[HERE, ring]])
  expect(news(desk, rings)).toEqual({
    heads: { [HERE]: 13 },
    serverEpoch: 'epoch',
    serverMs: 7,
    entries: entries(HERE, 12, 13),
  })
  expect(news(desk, rings)).toBeNull()
})

test('a desk too far behind, or behind a page that was cut, hears of heads alone', () => {
  const ring = openScopeRing(10)
  ring.add(entries(HERE, 11, 13), 13)
  expect(news(aDesk({ [HERE]: 9 }), new Map([[HERE, ring]]))?.entries).toEqual([])
  ring.add(entries(HERE, 14, 15), 20)
  expect(news(aDesk({ [HERE]: 13 }), new Map([[HERE, ring]]))).toMatchObject({
    heads: { [HERE]: 20 },
    entries: [],
  })
})

test('too many, or too large, is pulled', () => {
  const many = openScopeRing(0)
  many.add(entries(HERE, 1, LIVE_ENTRIES_MAX + 1), LIVE_ENTRIES_MAX + 1)
  expect(news(aDesk({}), new Map([[HERE, many]]))?.entries).toEqual([])
  expect(news(aDesk({ [HERE]: 1 }), new Map([[HERE, many]]))?.entries).toHaveLength(
    LIVE_ENTRIES_MAX,
  )
  const large = openScopeRing(0)
  large.add(entries(HERE, 1, 1, 'x'.repeat(70_000)), 1)
  expect(news(aDesk({}), new Map([[HERE, large]]))?.entries).toEqual([])
})

test('I15 all that moved goes along, or nothing of it; titles are pulled', () => {
  const [here, city, catalogue] = [openScopeRing(0), openScopeRing(0), openScopeRing(0)]
  here.add(entries(HERE, 1, 1), 1)
  city.add(entries('city', 5, 5), 5)
  const title: FeedEntry = {
    scope: 'catalogue',
    number: 1,
    operationId: null,
    changes: [put('title', aTitle())],
  }
  catalogue.add([title], 1)
  const rings = new Map<Scope, ScopeRing>([
    [HERE, here],
    ['city', city],
    ['catalogue', catalogue],
  ])
  expect(news(aDesk({}), rings)).toMatchObject({
    heads: { city: 5, [HERE]: 1, catalogue: 1 },
    entries: [],
  })
  expect(news(aDesk({ city: 5 }), rings)?.entries).toEqual(entries(HERE, 1, 1))
})

test('whatever a ring was given, what it gives follows on without a gap', () => {
  const look = fc.record({ read: fc.nat(150), more: fc.nat(3) })
  fc.assert(
    fc.property(fc.array(look, { maxLength: 12 }), fc.nat(400), (looks, told) => {
      const ring = openScopeRing(0)
      let head = 0
      for (const { read, more } of looks) {
        ring.add(entries(HERE, head + 1, head + read), head + read + (more === 0 ? 5 : 0))
        head = ring.head
      }
      const after = ring.after(told)
      if (after === null || told >= head) return
      const numbers = after.map((text) => (JSON.parse(text) as FeedEntry).number)
      expect(numbers).toEqual(entries(HERE, told + 1, head).map(({ number }) => number))
    }),
  )
})
