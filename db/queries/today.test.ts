import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { patch, put } from '../../domain/change.ts'
import { note } from '../../domain/operation.ts'
import { addDays, startOf } from '../../domain/words/calendar-date.ts'
import { maskedName } from '../../domain/words/masked-name.ts'
import {
  BRANCH,
  NOW,
  TODAY,
  aReader,
  aTitle,
  anException,
  anItem,
} from '../../test/builders/city.ts'
import { ASKED, anOperation, someStores } from '../../test/builders/stores.ts'
import { today } from './today.ts'

const about = { itemId: 'item-1', readerId: 'reader-1', loanId: null, otherLoanId: null }
const changes = [patch('item', 'item-1', { shelf: 'x' })]
let stores: ReturnType<typeof someStores>

beforeEach(() => {
  stores = someStores([
    put('title', aTitle()),
    put('item', anItem()),
    put('reader', aReader({ name: '王小明' })),
  ])
  const { outbox } = stores
  const yesterday = startOf(TODAY) - 1
  const lend = { kind: 'loan.check-out', about, changes }
  outbox.append(anOperation(1, { ...lend, at: yesterday }), null)
  outbox.append(anOperation(2, { ...lend, at: startOf(TODAY) }), null)
  outbox.append(anOperation(3, { ...lend, findings: [note('item-damaged', 'L12')] }), null)
  outbox.append(anOperation(4, { kind: 'operation.undo', changes, at: NOW + 1 }), 'desk-a.1.2')
  outbox.append(anOperation(5, { kind: 'loan.check-in', staffId: 'left', at: NOW + 2 }), null)
  outbox.append(anOperation(6, { kind: 'loan.renew', changes, at: NOW + 3 }), null)
  const answered = { positions: {}, findings: [] }
  outbox.saveOutcomes([
    { seq: 1, outcome: 'applied', ...answered },
    { seq: 6, outcome: 'refused', ...answered },
  ])
})
afterEach(() => {
  stores.close()
})

const ask = (limit = 50) => queries.today.answer.parse(today(stores, { limit }, ASKED))

test('what was done today, newest first, in words', () => {
  const { rows } = ask()
  expect(rows.map((row) => row.seq)).toEqual([6, 5, 4, 3, 2])
  expect(rows[3]).toMatchObject({
    id: 'desk-a.1.3',
    staffName: '林老师',
    outcome: 'pending',
    findings: [{ code: 'item-damaged' }],
    item: { id: 'item-1', barcode: '04400510000001' },
    reader: { id: 'reader-1', name: '王小明' },
    titleText: '平凡的世界',
  })
  // Someone whose record this desk no longer has, about nobody.
  expect(rows[1]).toMatchObject({ staffName: 'left', item: null, reader: null, titleText: null })
})

test('undo is offered for what changed something, stands, and is not an undo', () => {
  expect(ask().rows.map((row) => [row.kind, row.isUndoable])).toEqual([
    ['loan.renew', false],
    ['loan.check-in', false],
    ['operation.undo', false],
    ['loan.check-out', true],
    ['loan.check-out', false],
  ])
  expect(ask().rows.at(-1)?.undoneBy).toBe('desk-a.1.4')
})

test('counts are of the day, not of the rows shown', () => {
  expect(ask(1)).toMatchObject({ lentCount: 1, returnedCount: 1, pendingCount: 4 })
  expect(ask(1).rows).toHaveLength(1)
})

const find = (parts: Partial<Parameters<typeof today>[1]>) =>
  queries.today.answer.parse(today(stores, { limit: 50, ...parts }, ASKED))
const seqsOf = (parts: Partial<Parameters<typeof today>[1]>) =>
  find(parts).rows.map(({ seq }) => seq)

test.each([
  ['a barcode', { text: '0000001' }, [3, 2]],
  ['a title', { text: '平凡' }, [3, 2]],
  ['a card', { text: aReader().cardNumber }, [3, 2]],
  ['a masked name', { text: maskedName('王小明') }, [3, 2]],
  ['staff', { text: 'LEFT' }, [5]],
  ['a kind that the screen named', { text: '续', kinds: ['loan.renew'] }, [6]],
  ['nothing of the kind', { text: '不在这里' }, []],
  ['no reader, for whoever may not see them', { text: '王', areReadersHidden: true }, []],
])('found by %s', (_says, parts, seqs) => {
  expect(seqsOf(parts)).toEqual(seqs)
})

test('another day, as far back as the log goes', () => {
  const yesterday = find({ on: addDays(TODAY, -1) })
  expect(yesterday.rows.map(({ seq }) => seq)).toEqual([1])
  expect(yesterday).toMatchObject({ lentCount: 1, keptSinceOn: addDays(TODAY, -1), hasMore: false })
  expect(find({ limit: 2 })).toMatchObject({ hasMore: true })
})

test('why a line cannot be undone', () => {
  expect(find({}).rows.map(({ kind, whyNot }) => [kind, whyNot])).toEqual([
    ['loan.renew', 'refused'],
    ['loan.check-in', 'changed-nothing'],
    ['operation.undo', 'undo'],
    ['loan.check-out', null],
    ['loan.check-out', 'undone'],
  ])
})

test('what the city did not take leads to its exception, on whatever day', () => {
  const told = { id: 'desk-a.1.6.x-request-refused', operationId: 'desk-a.1.6' } as const
  stores.close()
  stores = someStores([
    put('exception', anException({ ...told, kind: 'request-refused', deviceId: 'desk-a' })),
    put('exception', anException({ id: 'other', kind: 'quarantined', deviceId: 'desk-b' })),
  ])
  const { outbox } = stores
  outbox.saveIdentity({
    deviceId: 'desk-a',
    epoch: 1,
    branchId: BRANCH,
    libraryId: 'library',
    deskName: 'A',
    isSampleCity: false,
    serverUrl: null,
    serverEpoch: null,
  })
  for (let seq = 1; seq <= 6; seq += 1) {
    outbox.append(
      anOperation(seq, { kind: 'loan.renew', at: startOf(TODAY) - 9 * 86_400_000 }),
      null,
    )
  }
  const answered = { positions: {}, findings: [] }
  outbox.saveOutcomes([{ seq: 6, outcome: 'refused', ...answered }])
  expect(seqsOf({})).toEqual([])
  expect(find({ areRefused: true }).rows).toMatchObject([{ seq: 6, exceptionId: told.id }])
})

test('a draft saves itself all day: the last saving is shown, and each that was refused', () => {
  const { outbox } = stores
  const saving = (seq: number, draftId: string) =>
    anOperation(seq, { kind: 'draft.save', at: NOW + seq, summary: { draftId, revision: seq } })
  outbox.append(saving(7, 'draft-1'), null)
  outbox.append(saving(8, 'draft-2'), null)
  outbox.append(saving(9, 'draft-1'), null)
  outbox.append(saving(10, 'draft-1'), null)
  outbox.saveOutcomes([{ seq: 9, outcome: 'refused', positions: {}, findings: [] }])
  expect(
    ask()
      .rows.slice(0, 4)
      .map((row) => row.seq),
  ).toEqual([10, 9, 8, 6])
})
