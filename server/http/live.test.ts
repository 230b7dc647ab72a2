import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LiveNews } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import { branchScope } from '../../domain/scopes.ts'
import { BRANCH, NOW, OTHER_BRANCH, aReader, anItem, theCity } from '../../test/builders/city.ts'
import { openDeskLog } from '../../test/builders/desk-log.ts'
import { startTestServer } from '../../test/builders/server.ts'
import type { TestServer } from '../../test/builders/server.ts'
import { enrolledDesk, newsOf } from '../../test/builders/signed-desk.ts'
import type { SignedDesk } from '../../test/builders/signed-desk.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'

const HERE = branchScope(BRANCH)
let server: TestServer
let storage: LedgerStorage
let desk: SignedDesk

beforeEach(async () => {
  server = await startTestServer([...theCity(), put('item', anItem()), put('reader', aReader())])
  ;({ storage } = server)
  desk = await enrolledDesk(server.url, await server.code(BRANCH, '一号台'))
})
afterEach(() => server.stop())

describe('the live channel', () => {
  test('says the heads at once, and the entries whenever they move', async () => {
    const socket = desk.live()
    const next = newsOf(socket)
    const first = LiveNews.parse(await next())
    const all = await storage.heads()
    expect(first).toMatchObject({ heads: { [HERE]: all[HERE] }, entries: [] })
    expect(first.heads).not.toHaveProperty([branchScope(OTHER_BRANCH)])
    const operation = openDeskLog(desk.id).next('loan.check-out', {
      barcode: anItem().barcode,
      card: aReader().cardNumber,
      dueOn: null,
    })
    await desk.ask('/v1/push', { operations: [operation] })
    const news = LiveNews.parse(await next())
    const number = (all[HERE] ?? 0) + 1
    expect(news.heads).toEqual({ [HERE]: number })
    expect(news.entries).toMatchObject([{ scope: HERE, number, operationId: `${desk.id}.1.1` }])
    socket.close()
  })

  test('news of another service point wakes nobody here', async () => {
    const socket = desk.live()
    const next = newsOf(socket)
    await next()
    await storage.withTurn(async (turn) => {
      const at = { scope: branchScope(OTHER_BRANCH), operationId: null, changes: [] }
      await turn.writeFeed(await turn.number([at]), NOW)
    })
    await storage.withTurn(async (turn) => {
      await turn.writeFeed(
        await turn.number([{ scope: HERE, operationId: null, changes: [] }]),
        NOW,
      )
    })
    expect(Object.keys(LiveNews.parse(await next()).heads)).toEqual([HERE])
    socket.close()
  })

  test('closes on a desk that is revoked', async () => {
    const socket = desk.live()
    await newsOf(socket)()
    const closed = new Promise((told) => {
      socket.on('close', (code, reason) => told([code, reason.toString()]))
    })
    await storage.revokeDevice(desk.id, Date.now())
    expect(await closed).toEqual([1008, 'device-revoked'])
  })
})
