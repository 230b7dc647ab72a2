/** What the feeds say, after any work, equals the rows of their scopes: over any store. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patch, put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { get } from '../../domain/gathering.ts'
import type { Reader } from '../../domain/records.ts'
import { branchScope } from '../../domain/scopes.ts'
import { accept } from '../../server/ledger/accept.ts'
import { blockedCardId } from '../../server/ledger/brief-facts.ts'
import { changeAsCity } from '../../server/ledger/city-change.ts'
import { FEED_DAYS, TOMBSTONE_DAYS, compactFeeds } from '../../server/ledger/compact-feed.ts'
import { digest, digestAll } from '../../server/ledger/digest.ts'
import { expireActivity } from '../../server/ledger/expire-activity.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aBranch,
  aFee,
  aPolicy,
  aReader,
  anItem,
  theCity,
} from '../builders/city.ts'
import { openDeskLog } from '../builders/desk-log.ts'
import { enrolDevice } from './enrolled-device.ts'
import { expectFeedsEqualRows, foldedFeed } from './feeds-equal-rows.ts'

const DAY = 86_400_000
const THIRD_BRANCH = 'branch-luohu'
const branches = [BRANCH, OTHER_BRANCH, THIRD_BRANCH]
const HERE = branchScope(BRANCH)

const seed = (): Change[] => [
  ...theCity(),
  put('branch', aBranch({ id: THIRD_BRANCH, nameZh: '罗湖分馆', nameEn: 'Luohu Branch' })),
  ...branches.map((id, index) =>
    put(
      'item',
      anItem({ id: `item-${index}`, barcode: `b${index}`, homeBranchId: id, atBranchId: id }),
    ),
  ),
  ...branches.map((id, index) =>
    put(
      'reader',
      aReader({
        id: `reader-${index}`,
        cardNumber: `c${index}`,
        activeAt: index === 2 ? [] : [{ branchId: id, lastOn: '2026-11-01' }],
      }),
    ),
  ),
]

interface Act {
  readonly desk: number
  readonly kind:
    | 'lend'
    | 'return'
    | 'damage'
    | 'undo'
    | 'block'
    | 'owe'
    | 'digest'
    | 'stray'
    | 'add-card'
    | 'lose-card'
    | 'find-card'
  readonly item: number
  readonly reader: number
}

const act = fc.record<Act>({
  desk: fc.nat(2),
  kind: fc.constantFrom(
    'lend',
    'lend',
    'return',
    'damage',
    'undo',
    'block',
    'owe',
    'digest',
    'stray',
    'add-card',
    'lose-card',
    'find-card',
  ),
  item: fc.nat(2),
  reader: fc.nat(2),
})

async function perform(storage: LedgerStorage, acts: readonly Act[]): Promise<void> {
  const desks = branches.map((_, index) => openDeskLog(`desk-${index}`))
  const done = branches.map((): string[] => [])
  let at = NOW
  for (const { desk, kind, item, reader } of acts) {
    at += 3_600_000
    const log = desks[desk]
    const given = { branch: branches[desk] ?? '', wallMs: at, clockOffsetMs: 0 }
    const push = async (kindOf: string, payload: unknown) => {
      const pushed = log?.raw({ kind: kindOf, payload, ...given })
      if (pushed === undefined) return
      const { outcomes } = await accept(storage, `desk-${desk}`, [pushed], at)
      done[desk]?.push(outcomes[0]?.id ?? '')
    }
    const change = (changes: (row: Reader) => Change[]) =>
      changeAsCity(
        storage,
        at,
        () => [get('reader', `reader-${reader}`)],
        (facts) => {
          const row = facts.row('reader', `reader-${reader}`)
          return row === null ? [] : changes(row)
        },
      )
    const card = `c${reader}`
    const operation = done[desk]?.at(-1)
    if (kind === 'lend') await push('loan.check-out', { barcode: `b${item}`, card, dueOn: null })
    if (kind === 'stray') await push('loan.check-out', { barcode: 'unknown', card, dueOn: null })
    if (kind === 'return') await push('loan.check-in', { barcode: `b${item}`, returnedOn: null })
    if (kind === 'damage') await push('item.mark-damaged', { item: `item-${item}`, note: '破' })
    const of = { reader: `reader-${reader}`, card: `v${reader}` }
    if (kind === 'add-card') await push('reader.add-card', { ...of, kind: 'virtual' })
    if (kind === 'lose-card') await push('reader.report-card-lost', of)
    if (kind === 'find-card') await push('reader.report-card-found', of)
    if (kind === 'undo' && operation !== undefined)
      await push('operation.undo', { operation, reason: null })
    if (kind === 'block')
      await change(({ id, blockedUntilOn }) => [
        patch('reader', id, {
          blockedUntilOn: blockedUntilOn === null ? ('2027-05-01' as never) : null,
          blockedFor: ['lend'],
        }),
      ])
    if (kind === 'owe')
      await change(({ id }) => [
        put('fee', aFee({ id: `fee-${at}`, readerId: id, loanId: null, openedAt: at })),
        patch('reader', id, {}, { feesOwedFen: 90 }),
      ])
    if (kind === 'digest') await digest(storage, at)
  }
}

export function ledgerFeedsSuite(open: () => Promise<LedgerStorage>, runs: number): void {
  async function opened(changes = seed()): Promise<LedgerStorage> {
    const storage = await open()
    await storage.seed(changes, false, NOW)
    for (const [index, branchId] of branches.entries()) {
      await enrolDevice(storage, `desk-${index}`, 'key', branchId)
    }
    return storage
  }

  test('I17 any work: each feed from zero is the rows of its scope', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const storage = await opened()
        await perform(storage, acts)
        await digestAll(storage, () => NOW)
        await expectFeedsEqualRows(storage)
        expect(await digest(storage, NOW)).toBe(0)
        await storage.close()
      }),
      { numRuns: runs },
    )
  })

  describe('the digest', () => {
    test('says nothing where nothing is to be said', async () => {
      const storage = await opened()
      expect(await digest(storage, NOW)).toBe(0)
      const before = await storage.heads(['brief'])
      await perform(storage, [{ desk: 0, kind: 'owe', item: 0, reader: 0 }])
      expect(await digest(storage, NOW)).toBe(0)
      expect(await storage.heads(['brief'])).toEqual(before)
      await storage.close()
    })

    test('says an item that moved often once', async () => {
      const storage = await opened()
      const before = await storage.heads(['brief'])
      const lend = { desk: 0, kind: 'lend', item: 0, reader: 0 } as const
      await perform(storage, [lend, { ...lend, kind: 'return' }, lend])
      await digestAll(storage, () => NOW)
      const { entries } = await storage.readFeed(before, 10, 1e6)
      expect(entries).toHaveLength(1)
      expect(entries[0]?.changes).toHaveLength(1)
      expect(entries[0]?.changes[0]).toMatchObject({ row: { id: 'item-0', state: 'on-loan' } })
      await storage.close()
    })

    test('a block is told by the hash of the card, and taken back', async () => {
      const storage = await opened()
      const id = blockedCardId(aPolicy().cardHashKey, 'c0')
      const block = { desk: 0, kind: 'block', item: 0, reader: 0 } as const
      await perform(storage, [block])
      await digestAll(storage, () => NOW)
      expect((await foldedFeed(storage, 'brief')).get(`blocked-card:${id}`)).toEqual({
        id,
        untilOn: '2027-05-01',
      })
      await perform(storage, [block])
      await digestAll(storage, () => NOW)
      expect((await foldedFeed(storage, 'brief')).has(`blocked-card:${id}`)).toBe(false)
      await storage.close()
    })

    test.each([
      ['a card more', ['add-card'], []],
      ['the further card is lost', ['add-card', 'lose-card'], ['v0']],
      ['and found again', ['add-card', 'lose-card', 'find-card'], []],
      ['the reader is blocked, and has a card more', ['block', 'add-card'], ['c0', 'v0']],
      ['the reader has a card more, and is blocked', ['add-card', 'block'], ['c0', 'v0']],
      ['the block is lifted', ['add-card', 'block', 'block'], []],
    ] as const)('L20 every card is told of: %s', async (_says, kinds, expected) => {
      const storage = await opened()
      await perform(
        storage,
        kinds.map((kind) => ({ desk: 0, kind, item: 0, reader: 0 })),
      )
      await digestAll(storage, () => NOW)
      const brief = await foldedFeed(storage, 'brief')
      const key = aPolicy().cardHashKey
      const told = ['c0', 'v0'].filter((card) =>
        brief.has(`blocked-card:${blockedCardId(key, card)}`),
      )
      expect(told).toEqual(expected)
      await storage.close()
    })
  })

  test('a service point loses readers it has not seen for 24 months, and what is theirs', async () => {
    const storage = await opened()
    await perform(storage, [
      { desk: 0, kind: 'lend', item: 0, reader: 2 },
      { desk: 1, kind: 'owe', item: 0, reader: 2 },
    ])
    const held = async () => [...(await foldedFeed(storage, HERE)).keys()]
    expect(await held()).toEqual(expect.arrayContaining(['reader:reader-2']))
    expect(await expireActivity(storage, NOW + 700 * DAY)).toBe(0)
    expect(await expireActivity(storage, NOW + 731 * DAY)).toBe(3)
    expect(await expireActivity(storage, NOW + 731 * DAY)).toBe(0)
    const left = await held()
    expect(left.filter((key) => /^(?:reader|fee):/.test(key))).toEqual([])
    // The loan stays: it began here, and its item is of this place.
    expect(left.some((key) => key.startsWith('loan:'))).toBe(true)
    await digestAll(storage, () => NOW)
    await expectFeedsEqualRows(storage)
    await storage.close()
  })

  describe('compaction', () => {
    const shelves = (count: number) =>
      Array.from({ length: count }, (_, index) => patch('item', 'item-0', { shelf: `S${index}` }))

    async function long(): Promise<LedgerStorage> {
      const storage = await opened()
      await storage.withTurn(async (turn) => {
        const changes = shelves(3_000).map((change) => [change])
        const entries = changes.map((one) => ({ scope: HERE, operationId: null, changes: one }))
        await turn.writeFeed(await turn.number(entries), NOW)
        const stored = (await turn.records(['item:item-0'])).get('item:item-0')
        if (stored === undefined) throw new Error('no item')
        const row = anItem({ ...(stored.row as never as object), shelf: 'S2999' })
        await turn.writeRecords({
          records: new Map([['item:item-0', { row, scopes: [HERE], stored }]]),
          dirty: [],
          at: NOW,
        })
      })
      return storage
    }
    const none = { brief: null, catalogue: null }

    test('a long feed gets a base; what lies before it goes after 90 days', async () => {
      const storage = await long()
      const state = async () => (await storage.scopeStates()).find(({ scope }) => scope === HERE)
      const whole = await foldedFeed(storage, HERE)
      await compactFeeds(storage, none, NOW)
      const { base = 0, head } = (await state()) ?? {}
      expect(base).toBeGreaterThan(3_000)
      expect(head).toBe(base + 1)
      await compactFeeds(storage, none, NOW + (FEED_DAYS - 1) * DAY)
      expect(await state()).toMatchObject({ deleted: 0, base, head })
      // Who follows goes on, and who is new begins with the rows.
      expect((await storage.readFeed({ [HERE]: 5 }, 500, 1e6)).restarts).toEqual({})
      expect(await foldedFeed(storage, HERE)).toEqual(whole)
      await compactFeeds(storage, none, NOW + (FEED_DAYS + 1) * DAY)
      expect(await state()).toMatchObject({ deleted: base })
      const late = await storage.readFeed({ [HERE]: 5 }, 500, 1e6)
      expect(late).toMatchObject({ restarts: { [HERE]: base }, isComplete: true })
      expect(late.entries[0]?.number).toBe(base + 1)
      expect(await foldedFeed(storage, HERE)).toEqual(whole)
      await expectFeedsEqualRows(storage)
      await storage.close()
    })

    test('the brief facts are never cut beyond the snapshot', async () => {
      const storage = await opened()
      const later = NOW + (FEED_DAYS + 1) * DAY
      const brief = async () =>
        (await storage.scopeStates()).find(({ scope }) => scope === 'brief')?.deleted
      await compactFeeds(storage, none, later)
      expect(await brief()).toBe(0)
      await compactFeeds(storage, { brief: 1, catalogue: null }, later)
      expect(await brief()).toBe(1)
      expect((await storage.readFeed({ brief: 0 }, 10, 1e6)).restarts).toEqual({ brief: 1 })
      await storage.close()
    })

    test('I19 a removed record is known as removed for 180 days', async () => {
      const storage = await opened()
      const lend = { desk: 0, kind: 'lend', item: 0, reader: 0 } as const
      await perform(storage, [lend, { ...lend, kind: 'undo' }])
      const stored = () =>
        storage.withTurn(async (turn) => (await turn.records(['loan:desk-0.1.1.r1'])).size)
      expect(await storage.get('loan', 'desk-0.1.1.r1')).toBeNull()
      await compactFeeds(storage, none, NOW + (TOMBSTONE_DAYS - 1) * DAY)
      expect(await stored()).toBe(1)
      await compactFeeds(storage, none, NOW + (TOMBSTONE_DAYS + 1) * DAY)
      expect(await stored()).toBe(0)
      await storage.close()
    })
  })

  test('I19 what was removed is not put again, and a late patch of it does nothing', async () => {
    const storage = await opened()
    const change = (changes: readonly Change[]) =>
      changeAsCity(
        storage,
        NOW,
        () => [get('item', 'item-0')],
        (facts) => (facts.row('item', 'item-0'), changes),
      )
    await change([{ remove: 'item', id: 'item-0' }])
    await change([put('item', anItem({ id: 'item-0' }))])
    await change([patch('item', 'item-0', { shelf: 'B' })])
    expect(await storage.get('item', 'item-0')).toBeNull()
    await digestAll(storage, () => NOW)
    await expectFeedsEqualRows(storage)
    await storage.close()
  })
}
