/** A batch sees the store with its own changes on top, as if they had been written. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patch, put, remove } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { finders } from '../../domain/facts.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'
import { aLoan, theCity } from '../../test/builders/city.ts'
import { enrolDevice } from '../../test/conformance/enrolled-device.ts'
import { openBatchFacts } from './batch-facts.ts'
import { openFeedRange } from './feed-range.ts'

const id = fc.integer({ min: 0, max: 14 }).map((number) => `loan-${number}`)
const returnedAt = fc.constantFrom(null, null, 7)
const lentAt = fc.integer({ min: 0, max: 3 })
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ id, lentAt, returnedAt }).map((fields) => put('loan', aLoan(fields))),
  fc
    .record({ id, returnedAt, itemId: fc.constantFrom('item-1', 'item-2') })
    .map(({ id, ...set }) => patch('loan', id, set as never)),
  id.map((one) => remove('loan', one)),
)

test('every finder answers the same before the batch is written as after it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 30 }),
      fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 5 }),
      async (stored, operations) => {
        const storage = openMemoryStorage('epoch-1')
        await storage.seed(theCity(), false)
        await enrolDevice(storage, 'desk-a')
        const write = (changes: Change[][]) =>
          storage.withBatch('desk-a', async (batch) => {
            const facts = openBatchFacts(batch)
            const feed = openFeedRange(await batch.lockHeads())
            await lookUpAll(facts)
            for (const one of changes) {
              await facts.apply('desk-a.1.1', one)
              feed.append(null, one)
            }
            const seen = await lookUpAll(facts)
            await batch.write({
              operations: [],
              undone: [],
              rows: facts.rows,
              feed: feed.entries,
              chains: new Map(),
              quarantine: [],
            })
            return seen
          })
        await write([stored])
        const before = await write(operations)
        const after = await storage.withBatch('desk-a', (batch) => lookUpAll(openBatchFacts(batch)))
        expect(before).toEqual(after)
      },
    ),
    { numRuns: 200 },
  )
})

test('what apply answers takes the changes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change), fc.array(change), async (first, second) => {
      const facts = openBatchFacts({
        get: async () => null,
        find: async () => [],
        operation: async () => null,
      })
      await facts.apply('desk-a.1.1', first)
      const before = await lookUpAll(facts)
      const inverse = await facts.apply('desk-a.1.1', second)
      await facts.apply('desk-a.1.1', inverse.toReversed())
      expect(await lookUpAll(facts)).toEqual(before)
    }),
  )
})

type BatchFacts = ReturnType<typeof openBatchFacts>

const lookUpAll = async (facts: BatchFacts) =>
  await Promise.all(
    ['item-1', 'item-2'].flatMap((item) =>
      (['openLoansOfItem', 'loansOfItem'] as const).map((finder) =>
        facts.answer({
          lookup: 'find',
          finder,
          values: finders[finder].by.map((field) => (field === 'itemId' ? item : null)),
        }),
      ),
    ),
  )
