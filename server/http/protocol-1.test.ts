/** I34: a desk of protocol 1 hands over what it did, and hears from its pull that it is too old. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { put } from '../../domain/change.ts'
import { BRANCH, aReader, anItem, theCity } from '../../test/builders/city.ts'
import { openDeskLog } from '../../test/builders/desk-log.ts'
import { startTestServer } from '../../test/builders/server.ts'
import type { TestServer } from '../../test/builders/server.ts'
import { enrolledDesk } from '../../test/builders/signed-desk.ts'

/** As protocol 1 parsed it: a key too many, or another scope, and the answer was no answer. */
const OldScope = z.enum(['city', 'catalogue', 'circulation'])
const OldHello = z.strictObject({
  protocol: z.int(),
  serverEpoch: z.string(),
  serverMs: z.int(),
  lastSeq: z.int(),
  heads: z.record(OldScope, z.int().min(0)),
  snapshots: z.array(z.strictObject({ scope: OldScope, url: z.string(), sha256: z.string() })),
})
const OldPush = z.strictObject({
  serverEpoch: z.string(),
  serverMs: z.int(),
  outcomes: z.array(
    z.strictObject({
      id: z.string(),
      seq: z.int(),
      outcome: z.enum(['applied', 'applied-with-exception', 'refused', 'quarantined']),
      findings: z.array(z.unknown()),
      positions: z.partialRecord(OldScope, z.int().min(1)),
    }),
  ),
  wants: z.int().nullable(),
  isFork: z.boolean(),
})

let server: TestServer
beforeAll(async () => {
  const [item, reader] = [anItem(), aReader()]
  server = await startTestServer([...theCity(), put('item', item), put('reader', reader)])
})
afterAll(() => server.stop())

test('a desk of protocol 1', async () => {
  const desk = await enrolledDesk(server.url, await server.code(BRANCH, '旧台'))
  const log = openDeskLog(desk.id)
  const lent = log.next('loan.check-out', {
    barcode: anItem().barcode,
    card: aReader().cardNumber,
    dueOn: null,
  })
  const future = log.raw({ kind: 'item.fly-away', payload: { far: true } })
  const damaged = log.raw({ kind: 'item.mark-damaged', payload: { item: 'item-1', note: '散页' } })
  const hello = await desk.ask('/v1/hello', {
    protocol: 1,
    appVersion: '0.1',
    epoch: 1,
    lastSeq: 3,
    headHash: damaged.hash,
    wallMs: 0,
  })
  expect(hello.status).toBe(200)
  expect(OldHello.parse(hello.answer).lastSeq).toBe(0)
  expect(lent.body).not.toHaveProperty('isClockSuspect')
  const pushed = await desk.ask('/v1/push', { protocol: 1, operations: [lent, future, damaged] })
  expect(pushed.status).toBe(200)
  expect(OldPush.parse(pushed.answer).outcomes.map(({ outcome }) => outcome)).toEqual([
    'applied',
    // Unknown kinds are kept for a person, and the queue goes on.
    'quarantined',
    'applied',
  ])
  const pulled = await desk.ask('/v1/pull', { protocol: 1, cursors: {}, limit: 1 })
  expect(pulled).toMatchObject({ status: 426, answer: { refusal: 'desk-too-old' } })
  const wanted = { protocol: 1, epoch: 1, afterSeq: 0, limit: 1 }
  expect((await desk.ask('/v1/recover', wanted)).status).toBe(426)
  expect((await desk.ask('/v1/push', { protocol: 99, operations: [] })).answer).toMatchObject({
    refusal: 'server-too-old',
  })
})
