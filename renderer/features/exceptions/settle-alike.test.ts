/** Rule E10, through a real engine: an operation for each, and what does not fit stays. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Desk, Receipt } from '../../../contract/desk-api.ts'
import type { AnswerOf } from '../../../contract/queries.ts'
import { put } from '../../../domain/change.ts'
import { NOW, anException } from '../../../test/builders/city.ts'
import { PASSWORD, openTestDesk } from '../../../test/builders/desk.ts'
import type { TestDesk } from '../../../test/builders/desk.ts'
import { settleAlike } from './settle-alike.ts'
import type { Alike, AlikeCounts } from './settle-alike.ts'

const limit = (id: string, assignedTo: string | null = null) =>
  anException({ id, kind: 'limit-exceeded', branchId: 'local', loanId: null, assignedTo })
const exceptions = [
  ...Array.from({ length: 230 }, (_, index) => limit(`limit-${index}`)),
  limit('mine', 'staff-wu'),
  limit('of-another', 'staff-lin'),
  anException({ id: 'returned', kind: 'return-not-on-loan', branchId: 'local', loanId: null }),
  anException({ id: 'paid-twice', kind: 'fee-settled-twice', branchId: 'local', loanId: null }),
]
const clock = { now: () => NOW, monotonic: () => 0 }
const alike: Alike = {
  kind: 'limit-exceeded',
  settlement: 'reader-contacted',
  comment: '已电话告知',
  staffId: 'staff-wu',
}
let testDesk: TestDesk
let desk: Desk

beforeEach(async () => {
  testDesk = await openTestDesk(
    clock,
    exceptions.map((one) => put('exception', one)),
  )
  await testDesk.screen.ask('sign-in', { username: 'wu', password: PASSWORD })
  const { screen } = testDesk
  const answered = async (call: object): Promise<unknown> => {
    const reply = await screen.call(call)
    if (reply.reply !== 'answer') throw new Error(JSON.stringify(reply))
    return reply.answer
  }
  desk = {
    perform: async (request) => (await answered({ verb: 'perform', request })) as Receipt,
    ask: (query, ask) => answered({ verb: 'ask', query, ask }),
    watch: () => () => undefined,
  }
})
afterEach(() => testDesk.close())

const openIds = async (): Promise<string[]> => {
  const ask = { state: 'open', kind: null, assignedTo: null, limit: 200 }
  const { rows } = (await desk.ask('exceptions', ask)) as AnswerOf<'exceptions'>
  return rows.map(({ exception }) => exception.id as string).toSorted()
}

test('E10 each of a kind is settled by an operation of its own, more than a page of them', async () => {
  const told: AlikeCounts[] = []
  const counts = await settleAlike(
    desk,
    alike,
    (one) => told.push(one),
    () => false,
  )
  expect(counts).toEqual({ settled: 231, left: 1 })
  expect(told).toHaveLength(232)
  expect(await openIds()).toEqual(['of-another', 'paid-twice', 'returned'])
  const { outbox } = testDesk.engine.stores
  expect(outbox.lastSeq()).toBe(231)
  expect(outbox.bySeq(7)?.body).toMatchObject({
    kind: 'exception.settle',
    payload: { settlement: 'reader-contacted', comment: '已电话告知' },
  })
})

test('E10 a way that does not fit leaves them all open', async () => {
  const wrong: Alike = { ...alike, settlement: 'first-has-it' }
  const counts = await settleAlike(
    desk,
    wrong,
    () => undefined,
    () => false,
  )
  expect(counts.settled).toBe(0)
  expect(testDesk.engine.stores.outbox.lastSeq()).toBe(0)
})

test('E10 money that is not there to give back, and what needs a code, are left', async () => {
  const paid: Alike = { ...alike, kind: 'fee-settled-twice', settlement: 'excess-returned' }
  expect(
    await settleAlike(
      desk,
      paid,
      () => undefined,
      () => false,
    ),
  ).toEqual({
    settled: 0,
    left: 1,
  })
  expect(await openIds()).toContain('paid-twice')
})

test('stopped, the rest stays open', async () => {
  let settled = 0
  const counts = await settleAlike(
    desk,
    alike,
    (one) => (settled = one.settled),
    () => settled > 4,
  )
  expect(counts).toEqual({ settled: 5, left: 0 })
})
