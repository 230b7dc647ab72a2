/** The engine as a screen sees it: three verbs, real databases. */
import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { queries } from '../../contract/queries.ts'
import { NOW, aReader } from '../../test/builders/city.ts'
import { PASSWORD, openTestDesk } from '../../test/builders/desk.ts'
import type { TestDesk } from '../../test/builders/desk.ts'
import { StorageFailure } from '../../db/open.ts'
import { createAnnouncer } from './announce.ts'
import type { Clock } from './clock.ts'
import { perform } from './perform.ts'

const time = { now: NOW }
const clock: Clock = { now: () => time.now, monotonic: () => time.now - NOW }
const card = aReader().cardNumber
const barcode = '04400510000001'
const lending = { barcode, card, dueOn: null }
const signIn = (username: string) => ({ username, password: PASSWORD })
let desk: TestDesk

beforeEach(async () => {
  time.now = NOW
  desk = await openTestDesk(clock)
})
afterEach(() => desk.close())

describe('before sign-in', () => {
  it('answers who is signed in: nobody', async () => {
    const reply = await desk.screen.ask('session')
    expect(reply).toMatchObject({ reply: 'answer', answer: { staff: null } })
    queries.session.answer.parse((reply as { answer: unknown }).answer)
  })

  it.each([
    ['a query', { verb: 'ask', query: 'today', ask: { limit: 10 } }, 'not-signed-in'],
    ['an unknown query', { verb: 'ask', query: 'drop-table', ask: {} }, 'unknown-route'],
    ['a name from the prototype', { verb: 'ask', query: 'constructor', ask: {} }, 'unknown-route'],
    ['a malformed call', { verb: 'eval', code: '1' }, 'bad-request'],
  ])('refuses %s', async (_name, call, failure) => {
    expect(await desk.screen.call(call)).toMatchObject({ reply: 'failure', failure })
  })

  it('refuses to perform', async () => {
    const request = {
      requestId: randomUUID(),
      kind: 'loan.check-out',
      payload: lending,
      overrides: [],
      isDryRun: false,
    }
    const reply = await desk.screen.call({ verb: 'perform', request })
    expect(reply).toMatchObject({ failure: 'not-signed-in' })
  })

  it('gives no news of scans and records to a screen without a session', async () => {
    await desk.screen.watch('scan', 'changed', 'session')
    await desk.screen.ask('enter-scan', { text: barcode, source: 'typed', scanId: barcode })
    expect(desk.screen.news('scan')).toEqual([])
  })
})

describe('sign-in', () => {
  it('takes the right password and says who', async () => {
    const reply = await desk.screen.ask('sign-in', signIn('chen'))
    expect(reply).toMatchObject({ answer: { outcome: 'signed-in' } })
    const session = await desk.screen.ask('session')
    expect(session).toMatchObject({ answer: { staff: { username: 'chen', role: 'circulation' } } })
    expect(JSON.stringify(session)).not.toContain('argon2')
  })

  it('answers an unknown name like a wrong password', async () => {
    const wrong = await desk.screen.ask('sign-in', { username: 'chen', password: 'x' })
    const unknown = await desk.screen.ask('sign-in', { username: 'nobody', password: 'x' })
    expect(unknown).toMatchObject({ answer: (wrong as { answer: unknown }).answer })
  })

  it(
    'locks after five failures, past a restart, and opens again after 15 minutes',
    { timeout: 30_000 },
    async () => {
      for (let failure = 0; failure < 5; failure += 1) {
        await desk.screen.ask('sign-in', { username: 'chen', password: 'wrong' })
      }
      desk = await desk.restart(randomUUID())
      expect(await desk.screen.ask('sign-in', signIn('chen'))).toMatchObject({
        answer: { outcome: 'locked', lockedUntil: NOW + 15 * 60_000 },
      })
      time.now += 15 * 60_000 + 1
      expect(await desk.screen.ask('sign-in', signIn('chen'))).toMatchObject({
        answer: { outcome: 'signed-in' },
      })
    },
  )

  it('counts guesses that come side by side one by one', { timeout: 30_000 }, async () => {
    const guess = { username: 'chen', password: 'wrong' }
    await Promise.all(Array.from({ length: 6 }, () => desk.screen.ask('sign-in', guess)))
    expect(await desk.screen.ask('sign-in', signIn('chen'))).toMatchObject({
      answer: { outcome: 'locked' },
    })
  })

  it('does not call a password wrong where the records are gone', async () => {
    await desk.engine.close()
    rmSync(join(desk.home, 'replica.db'))
    desk = desk.reopen()
    expect(await desk.screen.ask('sign-in', signIn('chen'))).toMatchObject({
      answer: { outcome: 'unknown-offline' },
    })
  })

  it('outlives the engine, not the shell', async () => {
    await desk.screen.ask('sign-in', signIn('chen'))
    desk = await desk.restart()
    expect(await desk.screen.ask('session')).toMatchObject({
      answer: { staff: { username: 'chen' } },
    })
    desk = await desk.restart(randomUUID())
    expect(await desk.screen.ask('session')).toMatchObject({ answer: { staff: null } })
  })
})

describe('perform', () => {
  beforeEach(async () => {
    await desk.screen.ask('sign-in', signIn('chen'))
  })

  it('lends, tells what changed, and shows it on the card', async () => {
    await desk.screen.watch('changed')
    const receipt = await desk.screen.perform('loan.check-out', lending)
    expect(receipt).toMatchObject({ outcome: 'done', summary: { dueOn: '2026-12-23' } })
    expect(desk.screen.news('changed')).toHaveLength(1)
    const ask = { card, readerId: null, loansLimit: 50 }
    const reply = await desk.screen.ask('reader-card', ask)
    const answer = queries['reader-card'].answer.parse((reply as { answer: unknown }).answer)
    expect(answer).toMatchObject({ loansCount: 1, reader: { openLoansCount: 1 } })
  })

  it('shows a cataloguer what was done today, not for whom', async () => {
    await desk.screen.perform('loan.check-out', lending)
    await desk.screen.ask('sign-in', signIn('lin'))
    const today = await desk.screen.ask('today', { limit: 10 })
    expect(today).toMatchObject({ answer: { rows: [{ kind: 'loan.check-out', reader: null }] } })
    expect(JSON.stringify(today)).not.toContain(aReader().name)
  })

  it('answers a second try with the first receipt and does it once', async () => {
    const requestId = randomUUID()
    const first = await desk.screen.perform('loan.check-out', lending, { requestId })
    const second = await desk.screen.perform('loan.check-out', lending, { requestId })
    expect(second).toEqual(first)
    expect(desk.engine.stores.outbox.lastSeq()).toBe(1)
  })

  it('a dry run gives the verdict and writes nothing', async () => {
    const receipt = await desk.screen.perform('loan.check-out', lending, { isDryRun: true })
    expect(receipt).toMatchObject({ outcome: 'dry-run', operationId: null })
    expect(desk.engine.stores.outbox.lastSeq()).toBe(0)
  })

  it('refuses what the role may not do', async () => {
    const request = {
      requestId: randomUUID(),
      kind: 'exception.settle',
      payload: {},
      overrides: [],
      isDryRun: false,
    }
    expect(await desk.screen.call({ verb: 'perform', request })).toMatchObject({
      failure: 'not-allowed',
    })
  })

  it('names the place of bad input and never its value', async () => {
    const payload = { ...lending, card: 'x'.repeat(65) }
    const request = {
      requestId: randomUUID(),
      kind: 'loan.check-out',
      payload,
      overrides: [],
      isDryRun: false,
    }
    const reply = await desk.screen.call({ verb: 'perform', request })
    expect(reply).toMatchObject({ failure: 'bad-request', detail: 'payload.card' })
  })

  it('asks for an override, and takes it with a reason', async () => {
    const unknown = { ...lending, barcode: '04400599999999' }
    const asked = await desk.screen.perform('loan.check-out', unknown)
    expect(asked).toMatchObject({ outcome: 'needs-override', findings: [{ code: 'unknown-item' }] })
    const overrides = [{ code: 'unknown-item', reason: '书在手上', second: null }]
    const done = await desk.screen.perform('loan.check-out', unknown, { overrides })
    expect(done.outcome).toBe('done')
  })

  it('undoes what it did, and shows that it did', async () => {
    const { operationId } = await desk.screen.perform('loan.check-out', lending)
    const undone = await desk.screen.perform('operation.undo', {
      operation: operationId,
      reason: null,
    })
    expect(undone.outcome).toBe('done')
    const today = await desk.screen.ask('today', { limit: 10 })
    expect(today).toMatchObject({
      answer: {
        rows: [{ kind: 'operation.undo' }, { undoneBy: undone.operationId, isUndoable: false }],
      },
    })
    const again = await desk.screen.perform('operation.undo', {
      operation: operationId,
      reason: null,
    })
    expect(again).toMatchObject({ outcome: 'refused', findings: [{ code: 'already-undone' }] })
  })
})

describe('a disk that fills between the outbox and the rows', () => {
  it('leaves what was done done, and the next operation above no hole', async () => {
    const { stores } = desk.engine
    let isFull = true
    const applyLocal: typeof stores.replica.applyLocal = (operation, changes) => {
      if (isFull) throw new StorageFailure('disk-full', 'replica.db')
      stores.replica.applyLocal(operation, changes)
    }
    const deps = {
      stores: { ...stores, replica: { ...stores.replica, applyLocal } },
      clock,
      announcer: createAnnouncer(),
      bootId: 'boot',
      clockOffsetMs: () => null,
      factsAgeMs: () => null,
      onAppended: () => undefined,
    }
    const lend = (of: string) =>
      perform(
        deps,
        { staffId: 'staff-chen', role: 'circulation', branchId: 'local' },
        {
          requestId: randomUUID(),
          kind: 'loan.check-out',
          payload: { ...lending, barcode: of },
          overrides: [],
          isDryRun: false,
        },
        [],
      )
    expect(lend(barcode).outcome).toBe('done')
    expect(() => lend('04400510000002')).toThrow('disk-full')
    expect(stores.outbox.lastSeq()).toBe(1)
    isFull = false
    expect(lend('04400510000002').outcome).toBe('done')
    expect(stores.replica.row('reader', aReader().id)).toMatchObject({ openLoansCount: 2 })
  })
})

it('says what keeps its key, to the screen and to the audit trail', async () => {
  const keyProtection = 'file'
  expect(await desk.screen.ask('session')).toMatchObject({ answer: { keyProtection } })
  const started = desk.engine.stores.outbox
    .auditTail(50)
    .filter(({ action }) => action === 'engine-started')
  expect(started).toMatchObject([{ subject: 'test', result: 'key-in-file', staffId: null }])
})

describe('the audit trail of questions', () => {
  beforeEach(async () => {
    await desk.screen.ask('sign-in', signIn('chen'))
  })

  it.each([
    ['reader-card', { card, readerId: null, loansLimit: 1 }, aReader().id],
    ['find-readers', { text: card, limit: 10 }, aReader().id],
    ['exceptions', { state: 'open', kind: null, assignedTo: null, limit: 10 }, null],
    ['exception', { exceptionId: 'nothing' }, null],
  ])('%s says that it was asked, and about whom by id', async (query, ask, subject) => {
    await desk.screen.ask(query, ask)
    const [line] = desk.engine.stores.outbox.auditTail(1)
    expect(line).toMatchObject({ action: query, subject, staffId: 'staff-chen' })
  })
})

describe('the files of an import', () => {
  const piece = (offset: number, isLast = false) => ({
    uploadId: 'upload-1',
    fileName: 'one.mrc',
    offset,
    chunkBase64: Buffer.from('abcd').toString('base64'),
    isLast,
    format: 'iso2709',
    profile: 'auto',
    encoding: 'auto',
    isDryRun: true,
  })
  beforeEach(async () => {
    await desk.screen.ask('sign-in', signIn('lin'))
  })

  it('takes a piece once that is sent twice at once', async () => {
    const replies = await Promise.all(
      [0, 0].map((at) => desk.screen.ask('import-upload', piece(at))),
    )
    expect(replies).toMatchObject([
      { answer: { receivedBytes: 4 } },
      { failure: 'bad-request', detail: 'ask.offset' },
    ])
  })

  it('begins nothing with a piece from the middle', async () => {
    await desk.screen.ask('import-upload', piece(4))
    expect(readdirSync(join(desk.home, 'incoming'))).toEqual([])
  })

  it('gives up the oldest of five that never end', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await desk.screen.ask('import-upload', { ...piece(0), uploadId: `upload-${name}` })
    }
    expect(readdirSync(join(desk.home, 'incoming')).toSorted()).toEqual(
      ['b', 'c', 'd', 'e'].map((name) => `upload-${name}`),
    )
  })
})

describe('the scan desk', () => {
  it('D19 the number of an ID card is told no screen and kept nowhere: masked, with its hash', async () => {
    await desk.screen.ask('sign-in', signIn('chen'))
    await desk.screen.watch('scan', 'scan-queue')
    const number = '11010519491231002X'
    const enter = (text: string) =>
      desk.screen.ask('enter-scan', { text, source: 'typed', scanId: randomUUID() })
    await enter(number)
    await enter('11010519491231002x')
    await enter('110105194912310021')
    const scans = desk.screen.news('scan') as { idNumberHash: string | null }[]
    expect(scans).toMatchObject([
      { kind: 'id-card', text: '110***********002X' },
      { kind: 'id-card', text: '110***********002X', idNumberHash: scans[0]?.idNumberHash },
      { kind: 'id-card', text: '110***********0021', idNumberHash: null },
    ])
    const { idNumberHash } = scans[0] ?? {}
    const asked = { card: '', name: '', bornOn: null, phone: '', idNumber: number }
    const alike = await desk.screen.ask('find-duplicates', { ...asked, idNumberHash: null })
    expect(alike).toMatchObject({ answer: { idNumberHash, rows: [] } })
    const nobody = await desk.screen.ask('readers-by-id', { idNumberHash })
    expect(nobody).toMatchObject({ answer: [] })
    await desk.screen.ask('hold-scans', { isHeld: true })
    await enter(number)
    expect(JSON.stringify([scans, desk.screen.news('scan-queue')])).not.toContain('19491231')
  })

  it('holds scans while a dialog is open and lets them go in order', async () => {
    await desk.screen.ask('sign-in', signIn('chen'))
    await desk.screen.watch('scan', 'scan-queue')
    await desk.screen.ask('hold-scans', { isHeld: true })
    for (const text of [card, barcode]) {
      await desk.screen.ask('enter-scan', { text, source: 'typed', scanId: text })
    }
    expect(desk.screen.news('scan')).toEqual([])
    expect(desk.screen.news('scan-queue').at(-1)).toMatchObject({ waiting: [card, barcode] })
    await desk.screen.ask('hold-scans', { isHeld: false })
    expect(desk.screen.news('scan')).toMatchObject([
      { text: card, kind: 'reader-card', number: 1 },
      { text: barcode, kind: 'item', number: 2 },
    ])
  })
})
