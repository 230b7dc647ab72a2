/** A batch sees the store with its own changes on top, as if they had been written. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patch, put, remove } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { finders } from '../../domain/gathering.ts'
import type { Gathering, Lookup, LookupAnswer } from '../../domain/gathering.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'
import type { LedgerTurn } from '../storage/ledger-storage.ts'
import { aLoan, aReader, anItem, theCity } from '../../test/builders/city.ts'
import { NotFetched, openBatchFacts } from './batch-facts.ts'
import type { BatchFacts } from './batch-facts.ts'
import { decideLocked, gatherAll } from './gather-locked.ts'

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

const lookups: Lookup[] = ['item-1', 'item-2'].flatMap((item) =>
  (['openLoansOfItem', 'loansOfItem'] as const).map((finder): Lookup => {
    const values = finders[finder].by.map((field) => (field === 'itemId' ? item : null))
    return { lookup: 'find', finder, values }
  }),
)
function* lookUpAll(): Gathering<LookupAnswer[]> {
  const answers: LookupAnswer[] = []
  for (const lookup of lookups) answers.push((yield lookup) as LookupAnswer)
  return answers
}
const everyLoan = Array.from({ length: 15 }, (_, number): Lookup => {
  return { lookup: 'get', kind: 'loan', id: `loan-${number}` }
})
function* gatherLoans(): Gathering<null> {
  for (const lookup of everyLoan) yield lookup
  return null
}

const seen = (facts: BatchFacts) => lookups.map((lookup) => facts.answer(lookup))

/** Applies each operation, and answers what is seen with all of them applied. */
async function work(turn: LedgerTurn, operations: readonly Change[][]) {
  const facts = openBatchFacts()
  const answers = await decideLocked(
    turn,
    facts,
    () => [lookUpAll(), gatherLoans()],
    () => {
      for (const [index, one] of operations.entries()) facts.apply(`desk-a.1.${index}`, one, true)
      return seen(facts)
    },
  )
  const records = new Map(
    facts
      .changedKeys()
      .map((key) => [
        key,
        { row: facts.rowNow(key) ?? null, scopes: [], stored: facts.stored(key) },
      ]),
  )
  await turn.writeRecords({ records, dirty: [], at: 1 })
  return answers
}

test('every finder answers the same before the batch is written as after it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 30 }),
      fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 5 }),
      async (stored, operations) => {
        const storage = openMemoryStorage('epoch-1')
        await storage.seed(theCity(), false)
        await storage.withTurn((turn) => work(turn, [stored]))
        const before = await storage.withTurn((turn) => work(turn, operations))
        expect(before).toEqual(await storage.withTurn((turn) => work(turn, [])))
      },
    ),
    { numRuns: 200 },
  )
})

test('what apply answers takes the changes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change), fc.array(change), async (first, second) => {
      const storage = openMemoryStorage('epoch-1')
      await storage.withTurn(async (turn) => {
        const facts = openBatchFacts()
        await gatherAll(turn, facts, [lookUpAll(), gatherLoans()])
        facts.apply('desk-a.1.1', first, true)
        const before = await settled(turn, facts)
        const { inverse } = facts.apply('desk-a.1.2', second, true)
        facts.apply('desk-a.1.3', inverse.toReversed(), true)
        expect(await settled(turn, facts)).toEqual(before)
      })
    }),
  )
})

test('what was gathered is still true wherever no operation touched it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 30 }),
      fc.array(change, { maxLength: 6 }),
      async (stored, changes) => {
        const storage = openMemoryStorage('epoch-1')
        await storage.seed(theCity(), false)
        await storage.withTurn((turn) => work(turn, [stored]))
        await storage.withTurn(async (turn) => {
          const facts = openBatchFacts()
          await gatherAll(turn, facts, [lookUpAll(), gatherLoans()])
          expect(facts.areUntouched([...lookups, ...everyLoan])).toBe(true)
          facts.apply('desk-a.1.1', changes, true)
          await settled(turn, facts)
          const untouched = [...lookups, ...everyLoan].filter((one) => facts.areUntouched([one]))
          for (const one of untouched) expect(facts.answer(one)).toEqual(facts.known(one))
        })
      },
    ),
    { numRuns: 200 },
  )
})

/** A finder that lost rows to the batch asks once more. */
async function settled(turn: LedgerTurn, facts: BatchFacts): Promise<LookupAnswer[]> {
  for (;;) {
    try {
      return seen(facts)
    } catch (error) {
      if (!(error instanceof NotFetched)) throw error
      await facts.fetch(turn)
    }
  }
}

test('what was not gathered is fetched, locked, and everything decided again', async () => {
  const storage = openMemoryStorage('epoch-1')
  await storage.seed([...theCity(), put('item', anItem())], false)
  let runs = 0
  const barcode = await storage.withTurn((turn) => {
    const facts = openBatchFacts()
    return decideLocked(
      turn,
      facts,
      () => [],
      () => {
        runs += 1
        return facts.row('item', 'item-1')?.barcode
      },
    )
  })
  expect([barcode, runs]).toEqual([anItem().barcode, 2])
})

test('what operations went without is fetched for all of them at once', async () => {
  const storage = openMemoryStorage('epoch-1')
  const lent = [put('item', anItem()), put('reader', aReader()), put('loan', aLoan())]
  await storage.seed([...theCity(), ...lent], false)
  let runs = 0
  const found = await storage.withTurn((turn) => {
    const facts = openBatchFacts()
    return decideLocked(
      turn,
      facts,
      () => [],
      () => {
        runs += 1
        const answers = lookups.map((lookup) => facts.answerOrNone(lookup))
        facts.requireAll()
        return answers.map((rows) => (rows as readonly unknown[]).length)
      },
    )
  })
  expect([found, runs]).toEqual([[1, 1, 0, 0], 2])
})

test('I19 a removed record is not put again, but by who takes the removal back', async () => {
  const storage = openMemoryStorage('epoch-1')
  await storage.seed([...theCity(), put('item', anItem())], false)
  const applied = (turn: LedgerTurn, one: Change, mayRestore: boolean) => {
    const facts = openBatchFacts()
    return decideLocked(
      turn,
      facts,
      () => [],
      () => {
        facts.row('item', 'item-1')
        const { touched } = facts.apply('desk-a.1.1', [one], mayRestore)
        return { touched, stored: facts.stored('item:item-1') }
      },
    )
  }
  await storage.withTurn(async (turn) => {
    const { stored } = await applied(turn, remove('item', 'item-1'), false)
    const records = new Map([['item:item-1' as const, { row: null, scopes: [], stored }]])
    await turn.writeRecords({ records, dirty: [], at: 1 })
  })
  await storage.withTurn(async (turn) => {
    expect((await applied(turn, put('item', anItem()), false)).touched).toEqual([])
    expect((await applied(turn, put('item', anItem()), true)).touched).toHaveLength(1)
  })
})
