/** Another system's offline file, from its bytes to the records of a real desk. */
import { setImmediate } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'

import type { OfflineFile } from '../../contract/offline-shapes.ts'
import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { NOW, aFee, aReader } from '../../test/builders/city.ts'
import { PASSWORD, openTestDesk } from '../../test/builders/desk.ts'
import type { TestDesk } from '../../test/builders/desk.ts'
import type { Clock } from './clock.ts'
import { OFFLINE_BYTES_MAX } from './offline/offline-file.ts'

const clock: Clock = { now: () => NOW, monotonic: () => 0 }
const { cardNumber: card, id: readerId } = aReader()
const barcode = '04400510000001'
const header = 'Version=1.0\tGenerator=kocDesktop\tGeneratorVersion=2.0.0'
const story = [
  header,
  `2026-11-20 10-15-30 000\tissue\t${card}\t${barcode}`,
  `2026-11-20 11-00-00 000\treturn\t${barcode}`,
  '2026-11-20 11-15-30 000\tissue\t9900990000123\t99009900000001',
  'garbled',
  `2026-11-20 12-00-00 000\tpayment\t${card}\t5.00`,
  '',
]
let desk: TestDesk
let filesCount = 0

beforeEach(async () => {
  desk = await openTestDesk(clock, [
    put('reader', aReader({ homeLibraryId: 'local', feesOwedFen: 90 })),
    put('fee', aFee()),
  ])
  await signIn()
})
afterEach(() => desk.close())

const signIn = () => desk.screen.ask('sign-in', { username: 'chen', password: PASSWORD })

async function send(lines: readonly string[], name = '窗口.koc'): Promise<OfflineFile> {
  const bytes = Buffer.from(lines.join('\n'))
  const fileId = `offline-file-${(filesCount += 1)}`
  for (let offset = 0; offset < bytes.length; offset += 100) {
    const chunkBase64 = bytes.subarray(offset, offset + 100).toString('base64')
    const isLast = offset + 100 >= bytes.length
    const ask = { fileId, fileName: name, offset, chunkBase64, isLast }
    expect(await desk.screen.ask('offline-upload', ask)).toMatchObject({ reply: 'answer' })
  }
  return atRest(fileId)
}

async function filesNow(): Promise<OfflineFile[]> {
  const { answer } = (await desk.screen.ask('offline-files')) as unknown as { answer: unknown }
  return queries['offline-files'].answer.parse(answer)
}

async function atRest(fileId: string): Promise<OfflineFile> {
  for (;;) {
    const file = (await filesNow()).find((one) => one.fileId === fileId)
    if (file === undefined) throw new Error(`${fileId} is gone`)
    if (file.state !== 'checking' && file.state !== 'recording') return file
    await setImmediate()
  }
}

async function record({ fileId }: OfflineFile): Promise<OfflineFile> {
  expect(await desk.screen.ask('offline-record', { fileId })).toMatchObject({ reply: 'answer' })
  return atRest(fileId)
}

const find: TestDesk['engine']['stores']['replica']['find'] = (...of) =>
  desk.engine.stores.replica.find(...of)
const lastSeq = (): number => desk.engine.stores.outbox.lastSeq()

describe('looking through', () => {
  it('counts, names what cannot be read and what is not known, and writes nothing', async () => {
    const before = lastSeq()
    const file = await send(story)
    expect(file).toMatchObject({
      name: '窗口.koc',
      state: 'ready',
      refusal: null,
      linesCount: 5,
      checkOutsCount: 2,
      checkInsCount: 1,
      paymentsCount: 1,
      paymentsFen: 500,
      unknownBarcodes: { count: 1, first: ['99009900000001'] },
      unknownCards: { count: 1, first: ['9900990000123'] },
      counts: { fits: 2, clashes: 2, unusable: 1, repeated: 0, recorded: 0 },
      repeatedSince: null,
      doneCount: 5,
    })
    expect(file.rows.map(({ line, outcome, reason }) => [line, outcome, reason])).toEqual([
      [4, 'clashes', null],
      [5, 'unusable', 'not-of-this-format'],
      [6, 'clashes', null],
    ])
    expect(lastSeq()).toBe(before)
  })

  test.each([
    ['a letter', ['尊敬的读者'], 'not-offline-file'],
    ['a header alone', [header], 'empty'],
    ['of a version to come', ['Version=3.0', ...story.slice(1)], 'koc-version'],
  ])('%s is refused', async (_says, lines, refusal) => {
    const file = await send(lines)
    expect(file).toMatchObject({ state: 'refused', refusal })
    expect(await desk.screen.ask('offline-record', { fileId: file.fileId })).toMatchObject({
      reply: 'failure',
      failure: 'bad-request',
    })
  })

  it('keeps nothing of a file that is too large', async () => {
    const piece = { fileId: 'too-large-file', fileName: 'x', chunkBase64: 'AAAA'.repeat(87_381) }
    const bytes = 87_381 * 3
    let offset = 0
    for (; offset <= OFFLINE_BYTES_MAX; offset += bytes) {
      await desk.screen.ask('offline-upload', { ...piece, offset, isLast: false })
    }
    await desk.screen.ask('offline-upload', { ...piece, offset, isLast: true })
    expect(await atRest('too-large-file')).toMatchObject({ refusal: 'too-large', linesCount: 0 })
  })

  it('takes no piece out of its order', async () => {
    const piece = { fileId: 'lost-a-piece', fileName: 'x', chunkBase64: 'AAAA', isLast: false }
    await desk.screen.ask('offline-upload', { ...piece, offset: 0 })
    const reply = await desk.screen.ask('offline-upload', { ...piece, offset: 9 })
    expect(reply).toMatchObject({ reply: 'failure', failure: 'bad-request' })
  })
})

describe('recording', () => {
  it('X4 records whatever rules it broke, and says which', async () => {
    const file = await record(await send(story))
    expect(file).toMatchObject({
      state: 'done',
      counts: { recorded: 2, 'recorded-broken': 2, unusable: 1, 'not-taken': 0 },
    })
    expect(file.rows.map(({ line, findings }) => [line, findings.map(({ code }) => code)])).toEqual(
      [
        [4, ['unknown-reader', 'unknown-item']],
        [5, []],
        [6, ['payment-exceeds-owed']],
      ],
    )
    expect(find('loansOfReader', [readerId])).toMatchObject([
      { dueOn: '2026-12-21', returnedAt: Date.parse('2026-11-20T11:00:00+08:00') },
    ])
    expect(find('entriesOfReader', [readerId])).toMatchObject([{ amount: 500, feeId: 'fee-1' }])
    expect(lastSeq()).toBe(4)
  })

  it('X1 does nothing for a copy of the file, under whatever name and line ends', async () => {
    await record(await send(story))
    const copy = await send([`\ufeff${story.join('\r\n')}`], 'copy.koc')
    expect(copy).toMatchObject({ counts: { repeated: 4, fits: 0, clashes: 0 }, repeatedSince: NOW })
    await record(copy)
    expect(lastSeq()).toBe(4)
  })

  it('X1 goes on where a restart stopped it', async () => {
    await record(await send(story.slice(0, 3)))
    desk = await desk.restart()
    await signIn()
    expect(await filesNow()).toEqual([])
    const file = await record(await send(story))
    expect(file.counts).toMatchObject({ repeated: 2, recorded: 0, 'recorded-broken': 2 })
    expect(lastSeq()).toBe(4)
  })

  it('X3, F6 a payment of one who owes nothing is money received, and is to be given back', async () => {
    await record(await send(story))
    const more = [`2026-11-20 13-00-00 000\tpayment\t${card}\t1.00`]
    const looked = await send(more)
    expect(looked.rows).toMatchObject([{ outcome: 'clashes', amountFen: 100 }])
    const file = await record(looked)
    expect(file).toMatchObject({ counts: { 'recorded-broken': 1, 'not-taken': 0 } })
    expect(file.rows.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual([
      'nothing-owed',
    ])
    expect(find('entriesOfReader', [readerId])).toContainEqual(
      expect.objectContaining({ amount: 100, feeId: null, cause: 'paid' }),
    )
  })

  it('X3 a payment of a card that nobody knows is money received as well', async () => {
    const file = await record(await send(['2026-11-20 13-00-00 000\tpayment\t0440059999999\t2.00']))
    expect(file.rows.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual([
      'unknown-reader',
      'nothing-owed',
    ])
    const [unknown] = find('readerByCard', ['0440059999999'])
    expect(find('entriesOfReader', [unknown?.id ?? ''])).toMatchObject([{ amount: 200 }])
  })

  it('X5, R11 renewals and uses in the building are carried out', async () => {
    await desk.screen.perform('loan.check-out', { barcode, card, dueOn: null })
    const timestamp = NOW / 1000
    const lines = [
      { timestamp, type: 'renew', barcode, due_date: '2026-12-25' },
      { timestamp: timestamp + 1, type: 'in_house_use', barcode: '04400510000077', count: 3 },
      { timestamp: timestamp + 2, type: 'renew', barcode: '04400510000078' },
    ].map((line) => JSON.stringify(line))
    const file = await record(await send(lines, 'pending.xacts'))
    expect(file).toMatchObject({ renewalsCount: 2, usesCount: 1 })
    expect(find('loansOfReader', [readerId])).toMatchObject([
      { dueOn: '2026-12-25', renewalsCount: 1 },
    ])
    expect(find('itemByBarcode', ['04400510000077'])).toMatchObject([{ inHouseUsesCount: 3 }])
    expect(file.rows.at(-1)).toMatchObject({ outcome: 'not-taken', reason: 'renew-of-nobody' })
  })

  it('stops at a word; what was recorded stays', async () => {
    const lines = Array.from(
      { length: 200 },
      (_, at) => `2026-11-20 10-15-30 ${String(at).padStart(3, '0')}\treturn\t${barcode}`,
    )
    const ready = await send(lines)
    await desk.screen.ask('offline-record', { fileId: ready.fileId })
    await desk.screen.ask('offline-stop', { fileId: ready.fileId })
    const file = await atRest(ready.fileId)
    expect(file.state).toBe('stopped')
    expect(file.doneCount).toBe(lastSeq())
    expect(file.doneCount).toBeLessThan(200)
  })

  it('is for those who circulate', async () => {
    const { fileId } = await send(story)
    await desk.screen.ask('sign-in', { username: 'lin', password: PASSWORD })
    expect(await desk.screen.ask('offline-record', { fileId })).toMatchObject({
      failure: 'not-allowed',
    })
  })
})
