import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import {
  PROTOCOL_VERSION,
  SIGNATURE_SKEW_MAX_MS,
  ServerRefusal,
  messages,
} from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import { branchScope } from '../../domain/scopes.ts'
import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aReader,
  aStaff,
  anItem,
  theCity,
} from '../../test/builders/city.ts'
import { openDeskLog } from '../../test/builders/desk-log.ts'
import { deskKey, enrolledDesk, post, signedDesk } from '../../test/builders/signed-desk.ts'
import type { SignedDesk } from '../../test/builders/signed-desk.ts'
import { createEnrolmentCode } from '../devices/enrolment-code.ts'
import { openPasswordCheck, passwordVerifier } from '../staff/verify-password.ts'
import type { PasswordCheck } from '../staff/verify-password.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { noSnapshots } from '../snapshots/snapshot-keeper.ts'
import { openAdmission } from './admission.ts'
import type { Admission } from './admission.ts'
import { openAnswers } from './answers.ts'
import { openMetrics } from './metrics.ts'
import { buildApp } from './app.ts'
import { openLive } from './live.ts'
import type { Live } from './live.ts'
import { openLog } from './log.ts'

const PASSWORD = '图书馆之城2026'
let passwords: PasswordCheck
let verifier: string
let storage: LedgerStorage
let app: FastifyInstance
let live: Live
let admission: Admission
let logged: string
let url: string
/** The server's clock runs this much ahead of the test's. */
let ahead: number
let isStopping: boolean
let desk: SignedDesk

beforeAll(async () => {
  passwords = await openPasswordCheck()
  verifier = await passwordVerifier(PASSWORD)
})

beforeEach(async () => {
  ahead = 0
  isStopping = false
  logged = ''
  const now = () => Date.now() + ahead
  admission = openAdmission(now)
  storage = openMemoryStorage('epoch-1')
  await storage.seed(
    [
      ...theCity().slice(0, -1),
      put('staff', aStaff({ verifier })),
      put('item', anItem()),
      put('reader', aReader()),
    ],
    true,
  )
  const log = openLog((text) => {
    logged += text
  }, now)
  live = await openLive(storage, 'epoch-1', log)
  const answers = openAnswers(storage, passwords, now)
  app = await buildApp({
    storage,
    answers,
    live,
    snapshots: noSnapshots,
    admission,
    metrics: openMetrics(),
    log,
    now,
    isStopping: () => isStopping,
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  desk = await enrolledDesk(url, await newCode())
})

afterEach(async () => {
  admission.close()
  await live.close()
  await app.close()
  await storage.close()
})

const newCode = () =>
  createEnrolmentCode(storage, { branchId: BRANCH, deskName: '一号台' }, Date.now())

const refused = (refusal: ServerRefusal['refusal'], status: number) => ({
  status,
  answer: expect.objectContaining({ refusal }) as unknown,
})

const hello = {
  appVersion: '0.1.0',
  epoch: 1,
  lastSeq: 0,
  headHash: '0'.repeat(64),
  wallMs: NOW,
}
const lending = () => ({ barcode: anItem().barcode, card: aReader().cardNumber, dueOn: null })
const HERE = branchScope(BRANCH)
const start = { city: 0, [HERE]: 0 }

describe('enrolment', () => {
  const enrol = async (code: string, publicKey = deskKey().publicKey) =>
    await post(
      `${url}/v1/enrol`,
      JSON.stringify({ protocol: PROTOCOL_VERSION, code, publicKey, deskName: '二号台' }),
    )

  test('a code makes one device and says where it stands', async () => {
    const code = await newCode()
    const { status, answer } = await enrol(code.toLowerCase().replaceAll('-', ''))
    expect(status).toBe(200)
    expect(messages.enrol.response.parse(answer)).toMatchObject({
      branch: { id: BRANCH },
      isSampleCity: true,
      serverEpoch: 'epoch-1',
    })
    expect(await enrol(code)).toEqual(refused('code-not-valid', 403))
  })

  test('a code nobody made', async () => {
    expect(await enrol('ABCD-EFGH-JKMN')).toEqual(refused('code-not-valid', 403))
    expect(await enrol('no code at all')).toEqual(refused('code-not-valid', 403))
  })

  test('a key of another kind spends no code', async () => {
    const code = await newCode()
    expect(await enrol(code, 'bm90IGEga2V5')).toEqual(refused('bad-request', 400))
    expect((await enrol(code)).status).toBe(200)
  })

  test('a code after its quarter of an hour', async () => {
    const code = await newCode()
    ahead = 15 * 60_000
    expect(await enrol(code)).toEqual(refused('code-not-valid', 403))
  })
})

describe('a signature', () => {
  const path = '/v1/hello'
  const body = JSON.stringify({ protocol: PROTOCOL_VERSION, ...hello })

  test('of an enrolled desk is good once; the same request again is not', async () => {
    const headers = desk.headers('POST', path, body)
    const first = await post(`${url}${path}`, body, headers)
    expect(first.status).toBe(200)
    expect(messages.hello.response.parse(first.answer)).toMatchObject({
      serverEpoch: 'epoch-1',
      lastSeq: 0,
    })
    expect(await post(`${url}${path}`, body, headers)).toEqual(refused('bad-signature', 401))
  })

  test('that is stale, or from the future', async () => {
    for (const skew of [-SKEW, SKEW]) {
      const headers = desk.headers('POST', path, body, Date.now() + skew)
      expect(await post(`${url}${path}`, body, headers)).toEqual({
        status: 401,
        answer: { refusal: 'bad-signature', detail: 'stale' },
      })
    }
  })

  test.each([
    ['for another path', () => desk.headers('POST', '/v1/pull', body)],
    ['for the path with a query', () => desk.headers('POST', `${path}?x=1`, body)],
    ['for another method', () => desk.headers('GET', path, body)],
    ['for another body', () => desk.headers('POST', path, `${body} `)],
    [
      'by another key',
      () => signedDesk(url, desk.id, deskKey().privateKey).headers('POST', path, body),
    ],
    [
      'by nobody we know',
      () => signedDesk(url, 'd0', deskKey().privateKey).headers('POST', path, body),
    ],
    ['that is missing', () => ({})],
    [
      'with a header twice',
      () => ({ ...desk.headers('POST', path, body), 'x-citydesk-nonce': 'a, b' }),
    ],
  ])('%s', async (_name, headers) => {
    expect(await post(`${url}${path}`, body, headers())).toEqual(refused('bad-signature', 401))
  })

  /** A minute beyond: the clocks of this test are the same. */
  const SKEW = SIGNATURE_SKEW_MAX_MS + 60_000
})

describe('a message', () => {
  const send = async (body: string, headers: Record<string, string> = {}, path = '/v1/hello') =>
    await post(`${url}${path}`, body, { ...desk.headers('POST', path, body), ...headers })

  test('of an older or a newer protocol, whatever its shape', async () => {
    expect(await send('{"protocol":0,"old":true}')).toEqual(refused('desk-too-old', 426))
    expect(await send('{"protocol":99,"new":true}')).toEqual(refused('server-too-old', 426))
  })

  test.each([
    ['not JSON', '{'],
    ['of another shape', JSON.stringify({ protocol: PROTOCOL_VERSION, ...hello, more: 1 })],
    ['with a prototype', `{"protocol":${PROTOCOL_VERSION},"__proto__":{}}`],
    ['nested without end', `{"protocol":1,"x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['no object', '[]'],
    ['nothing', '""'],
  ])('%s', async (_name, body) => {
    expect(await send(body)).toEqual(refused('bad-request', 400))
  })

  test('of another content type, or compressed', async () => {
    const body = JSON.stringify({ protocol: PROTOCOL_VERSION, ...hello })
    expect(await send(body, { 'content-type': 'text/plain' })).toEqual(refused('bad-request', 400))
    expect(await send(body, { 'content-encoding': 'br' })).toEqual(refused('bad-request', 400))
  })

  test('too large', async () => {
    const body = JSON.stringify({ protocol: PROTOCOL_VERSION, text: 'x'.repeat(70_000) })
    expect(await send(body)).toEqual(refused('too-large', 413))
  })

  test('to a route that is not there', async () => {
    expect((await send('{}', {}, '/v1/snapshot')).status).toBe(404)
  })
})

describe('push and pull', () => {
  test('what one desk pushed the other pulls', async () => {
    const operation = openDeskLog(desk.id).next('loan.check-out', lending())
    const pushed = await desk.ask('/v1/push', { operations: [operation] })
    expect(messages.push.response.parse(pushed.answer)).toMatchObject({
      outcomes: [{ id: `${desk.id}.1.1`, outcome: 'applied' }],
      wants: null,
      isFork: false,
    })
    const other = await enrolledDesk(url, await newCode())
    const pulled = await other.ask('/v1/pull', { cursors: start, limit: 500 })
    const { entries, isComplete } = messages.pull.response.parse(pulled.answer)
    expect(isComplete).toBe(true)
    const told = entries.filter(({ scope }) => scope === HERE)
    expect(told.at(-1)?.operationId).toBe(`${desk.id}.1.1`)
    const { answer } = await desk.ask('/v1/hello', hello)
    expect(answer).toMatchObject({ lastSeq: 1 })
  })

  test.each([branchScope(OTHER_BRANCH), 'device:d-other' as const])(
    'I32 the feed of %s is not for this desk',
    async (scope) => {
      const asked = await desk.ask('/v1/pull', { cursors: { [scope]: 0 }, limit: 10 })
      expect(asked).toEqual(refused('bad-request', 400))
    },
  )

  test('a page is of the scopes asked for, of those that the desk follows', async () => {
    const followed = ['city', HERE, `device:${desk.id}`, 'brief', 'catalogue']
    const cursors = Object.fromEntries(followed.map((scope) => [scope, 0]))
    const { answer } = await desk.ask('/v1/pull', { cursors, limit: 500 })
    const { entries, heads } = messages.pull.response.parse(answer)
    expect(Object.keys(heads).toSorted()).toEqual(followed.toSorted())
    expect(new Set(entries.map(({ scope }) => scope))).toEqual(new Set(['city', HERE, 'brief']))
    const some = await desk.ask('/v1/pull', { cursors: { brief: 0 }, limit: 500 })
    expect(Object.keys(messages.pull.response.parse(some.answer).heads)).toEqual(['brief'])
  })

  test('operations of another device are not taken', async () => {
    const operation = openDeskLog('d-other').next('loan.check-out', lending())
    expect(await desk.ask('/v1/push', { operations: [operation] })).toEqual(
      refused('bad-request', 400),
    )
  })

  test('I33 a revoked device: told so, nothing given, what it uploads is kept aside', async () => {
    await storage.revokeDevice(desk.id, Date.now())
    const operation = openDeskLog(desk.id).next('loan.check-out', lending())
    for (const [path, message] of [
      ['/v1/push', { operations: [operation] }],
      ['/v1/pull', { cursors: start, limit: 1 }],
      ['/v1/hello', hello],
      ['/v1/sign-in', { username: 'lin', password: PASSWORD }],
    ] as const) {
      expect(await desk.ask(path, message)).toEqual(refused('device-revoked', 401))
    }
    expect(await storage.get('item', 'item-1')).toMatchObject({ openLoanId: null })
    const socket = desk.live()
    const status = await new Promise((answered) => {
      socket.on('unexpected-response', (_request, response) => answered(response.statusCode))
      socket.on('error', () => answered('error'))
    })
    expect(status).toBe(401)
  })
})

describe('signing in', () => {
  const signIn = async (username: string, password: string) =>
    messages.signIn.response.parse((await desk.ask('/v1/sign-in', { username, password })).answer)

  test('the right password answers the staff record', async () => {
    expect(await signIn('lin', PASSWORD)).toMatchObject({
      outcome: 'signed-in',
      staff: { id: 'staff-lin' },
    })
  })

  test.each(['lin', 'nobody'])(
    'five failures lock %s, known or not, and twice as long',
    async (name) => {
      for (let time = 0; time < 4; time++) {
        expect((await signIn(name, 'wrong')).outcome).toBe('wrong-name-or-password')
      }
      expect((await signIn(name, 'wrong')).outcome).toBe('locked')
      expect((await signIn(name, PASSWORD)).outcome).toBe('locked')
      ahead = 15 * 60_000 + 1_000
      desk = await enrolledAgain()
      for (let time = 0; time < 4; time++) {
        expect((await signIn(name, 'wrong')).outcome).toBe('wrong-name-or-password')
      }
      expect((await signIn(name, 'wrong')).outcome).toBe('locked')
    },
  )

  /** The same desk with a clock that follows the server's. */
  const enrolledAgain = async (): Promise<SignedDesk> => {
    const { headers, ...same } = desk
    const ahead15: SignedDesk['headers'] = (method, path, body) =>
      headers(method, path, body, Date.now() + ahead)
    return {
      ...same,
      headers: ahead15,
      ask: (path, message) => {
        const body = JSON.stringify({ protocol: PROTOCOL_VERSION, ...message })
        return post(`${url}${path}`, body, ahead15('POST', path, body))
      },
    }
  }
})

describe('for who runs it', () => {
  test('alive, ready, and not ready while it stops', async () => {
    const status = async (path: string) => (await fetch(`${url}${path}`)).status
    expect([await status('/livez'), await status('/readyz')]).toEqual([200, 200])
    isStopping = true
    expect([await status('/livez'), await status('/readyz')]).toEqual([200, 503])
  })

  test('I32 the log names no reader, no password, no item', async () => {
    const operation = openDeskLog(desk.id).next('loan.check-out', lending())
    await desk.ask('/v1/push', { operations: [operation] })
    await desk.ask('/v1/sign-in', { username: 'lin', password: 'canary-password' })
    await desk.ask('/v1/push', { operations: [{ reader: aReader().name }] })
    expect(logged.trim().split('\n').length).toBeGreaterThan(3)
    for (const line of logged.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event')
    const { cardNumber, name, phone } = aReader()
    for (const personal of [cardNumber, name, phone ?? '', anItem().barcode, 'canary', PASSWORD]) {
      expect(logged).not.toContain(personal)
    }
    expect(logged).toContain(desk.id)
  })

  test('every refusal has the shape of the protocol', async () => {
    const { answer } = await desk.ask('/v1/hello', {})
    expect(ServerRefusal.parse(answer)).toMatchObject({ refusal: 'bad-request' })
  })
})
