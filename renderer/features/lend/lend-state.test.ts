import { describe, expect, test } from 'vitest'
import {
  answered,
  cardScanned,
  decidingRow,
  decisionLeft,
  emptyLend,
  failed,
  idCardRead,
  itemScanned,
  lendSlice,
  listCounts,
  listStopped,
  listTaken,
  listWritten,
  nextReader,
  readerFound,
  rowRetried,
  rowUndone,
  workBegan,
} from './lend-state.ts'
import type { LendReceipt, LendState } from './lend-state.ts'
import { note, override } from '../../../domain/operation.ts'
import { signedOut } from '../../app/desk-state.ts'
import { nextWaiting, standingCount } from '../../app/scanned-rows.ts'

const { reducer } = lendSlice
type Step = Parameters<typeof reducer>[1]
const after = (...steps: Step[]): LendState => steps.reduce<LendState>(reducer, emptyLend)

const receipt = (outcome: LendReceipt['outcome']): LendReceipt => ({
  requestId: 'r',
  operationId: outcome === 'done' ? 'D.1.1' : null,
  outcome,
  findings: [],
  summary: {
    loanId: 'l',
    itemId: 'i',
    titleId: null,
    readerId: 'p',
    dueOn: '2026-12-23' as LendReceipt['summary']['dueOn'],
    dueAt: null,
    policyLine: 'city-default',
    isRenewal: false,
    openLoansCount: 1,
  },
  factsAgeMs: 0,
  at: 0,
})
const ready = [cardScanned('044001000001')] as const
const item = (id: string) => itemScanned({ id, barcode: `0440010000000${id}` })

test('an item before any card is not taken', () => {
  expect(after(item('1')).rows).toEqual([])
})

test('a new card is the next reader, the same card is not', () => {
  const lending = [
    ...ready,
    item('1'),
    workBegan('1'),
    answered({ id: '1', receipt: receipt('done') }),
  ]
  expect(after(...lending, cardScanned('044001000001')).rows).toHaveLength(1)
  expect(after(...lending, cardScanned('044001000002'))).toEqual({
    ...emptyLend,
    card: '044001000002',
    visitId: expect.any(String) as string,
  })
  expect(after(...lending, nextReader())).toEqual(emptyLend)
})

test('the next card waits until every item of the reader before is answered', () => {
  const steps = [...ready, item('1'), workBegan('1'), item('2'), cardScanned('044001000002')]
  const waiting = after(...steps, item('3'))
  expect(waiting).toMatchObject({ card: '044001000001', later: [{}, {}] })
  expect(waiting.rows.map(({ id }) => id)).toEqual(['2', '1'])
  const first = answered({ id: '1', receipt: receipt('done') })
  const second = answered({ id: '2', receipt: receipt('done') })
  expect(after(...steps, item('3'), first).card).toBe('044001000001')
  const next = after(...steps, item('3'), first, second)
  expect(next).toMatchObject({ card: '044001000002', later: [] })
  expect(next.rows.map(({ id, state }) => [id, state])).toEqual([['3', 'waiting']])
})

test('what was refused stays in sight when the next reader is served', () => {
  const refused = answered({ id: '1', receipt: receipt('refused') })
  const next = after(...ready, item('1'), workBegan('1'), cardScanned('044001000002'), refused)
  expect(next).toMatchObject({ card: '044001000002', spokenId: '1', rows: [{ state: 'stopped' }] })
})

test('items are done in the order of their scans, one at a time', () => {
  const scanned = [...ready, item('1'), item('2'), item('3')]
  expect(nextWaiting(after(...scanned).rows)?.id).toBe('1')
  expect(nextWaiting(after(...scanned, workBegan('1')).rows)).toBeNull()
  const done = [...scanned, workBegan('1'), answered({ id: '1', receipt: receipt('done') })]
  expect(nextWaiting(after(...done).rows)?.id).toBe('2')
  expect(standingCount(after(...done))).toBe(1)
})

describe('a decision', () => {
  const deciding = [
    ...ready,
    item('1'),
    item('2'),
    workBegan('1'),
    answered({ id: '1', receipt: receipt('needs-override') }),
  ]

  test('keeps later items waiting', () => {
    const state = after(...deciding)
    expect(decidingRow(state)?.id).toBe('1')
    expect(nextWaiting(state.rows)).toBeNull()
    expect(state.isSecondRefused).toBe(false)
  })

  test('stays in sight while its answer is tried, so that scans still wait', () => {
    expect(decidingRow(after(...deciding, workBegan('1')))?.id).toBe('1')
    const done = answered({ id: '1', receipt: receipt('done') })
    expect(decidingRow(after(...deciding, workBegan('1'), done))).toBeNull()
  })

  test('that is left lets the next item go on', () => {
    const state = after(...deciding, decisionLeft('1'))
    expect(state.rows.at(-1)?.state).toBe('left')
    expect(nextWaiting(state.rows)?.id).toBe('2')
  })

  test('that a second person was not allowed to give stays open and says so', () => {
    const refused = failed({ id: '1', failure: 'not-allowed' })
    const again = answered({ id: '1', receipt: receipt('needs-override') })
    for (const step of [refused, again]) {
      const state = after(...deciding, workBegan('1'), step)
      expect(decidingRow(state)?.id).toBe('1')
      expect(state.isSecondRefused).toBe(true)
    }
  })
})

test('a failure is kept in the row and the next item goes on', () => {
  const state = after(
    ...ready,
    item('1'),
    item('2'),
    workBegan('1'),
    failed({ id: '1', failure: 'disk-full' }),
  )
  expect(state.rows.at(-1)).toMatchObject({ state: 'failed', failure: 'disk-full' })
  expect(nextWaiting(state.rows)?.id).toBe('2')
})

test('an undone loan is not counted', () => {
  const state = after(
    ...ready,
    item('1'),
    workBegan('1'),
    answered({ id: '1', receipt: receipt('done') }),
    rowUndone('1'),
  )
  expect(standingCount(state)).toBe(0)
})

test('signing out forgets the reader', () => {
  expect(after(...ready, item('1'), signedOut())).toEqual(emptyLend)
})

describe('L28 what was overridden for the visit', () => {
  const overridden: LendReceipt = {
    ...receipt('done'),
    findings: [
      override('item-limit-reached', 'L6'),
      override('item-not-for-loan', 'L9'),
      note('item-damaged', 'L12'),
    ],
  }
  const answer = { id: '1', receipt: overridden }
  const lent = (isToStand: boolean) => [
    ...ready,
    item('1'),
    workBegan('1'),
    answered({ ...answer, isToStand }),
  ]

  test('L28 is shown as long as the card is there, and only what is about the reader', () => {
    expect(after(...lent(true)).standing).toEqual(['item-limit-reached'])
    expect(after(...lent(true), cardScanned('044001000001')).standing).toHaveLength(1)
    expect(after(...lent(false)).standing).toEqual([])
  })

  test('L28 ends with the reader: the same card again is another visit', () => {
    const before = after(...lent(true))
    const again = after(...lent(true), nextReader(), cardScanned('044001000001'))
    expect(again.standing).toEqual([])
    expect(again.visitId).not.toBe(before.visitId)
  })
})

describe('D19 an ID card is the next reader, once it is known whose it is', () => {
  const idCard = { masked: '110***********002X', idNumberHash: 'a'.repeat(64) }
  const barcodes = (state: LendState) => state.rows.map(({ barcode }) => barcode)

  test('the reader before is served first', () => {
    const busy = after(...ready, item('1'), workBegan('1'), idCardRead(idCard))
    expect(busy.idCard).toBe(null)
    const next = reducer(busy, answered({ id: '1', receipt: receipt('done') }))
    expect(next).toEqual({ ...emptyLend, idCard })
  })

  test('books that come meanwhile are the reader’s who is found', () => {
    const read = after(...ready, idCardRead(idCard), item('2'), item('3'))
    expect([read.card, barcodes(read)]).toEqual([null, []])
    const found = reducer(read, readerFound('044001000002'))
    expect([found.card, barcodes(found), found.later]).toEqual([
      '044001000002',
      ['04400100000003', '04400100000002'],
      [],
    ])
    expect(nextWaiting(found.rows)?.id).toBe('2')
  })

  test('another card in its place takes them; F2 begins anew', () => {
    const read = after(idCardRead(idCard), item('2'))
    expect(barcodes(reducer(read, cardScanned('044001000003')))).toEqual(['04400100000002'])
    expect(reducer(read, nextReader())).toEqual(emptyLend)
    expect(reducer(read, idCardRead({ ...idCard, masked: 'x' })).later).toHaveLength(1)
  })

  test('an answer that comes after F2 opens nobody', () => {
    expect(after(idCardRead(idCard), nextReader(), readerFound('044001000002'))).toEqual(emptyLend)
  })
})

describe('L30 a list is lent as if it had been scanned', () => {
  const codes = ['1', '2', '3', '4']
  /** Works through what waits, as the flow does; answers by barcode. */
  function worked(state: LendState, outcomes: Record<string, LendReceipt['outcome']>): LendState {
    let now = state
    for (let row = nextWaiting(now.rows); row !== null; row = nextWaiting(now.rows)) {
      const outcome = outcomes[row.barcode] ?? 'done'
      now = reducer(now, workBegan(row.id))
      expect(decidingRow(now)).toBe(null)
      now = reducer(now, answered({ id: row.id, receipt: receipt(outcome) }))
    }
    return now
  }
  const states = ({ rows }: LendState) => rows.map(({ barcode, state }) => `${barcode} ${state}`)

  test('in its order, behind what was scanned before', () => {
    const listed = after(...ready, item('9'), listTaken(codes))
    expect(nextWaiting(listed.rows)?.barcode).toBe('04400100000009')
    expect(states(listed).at(-2)).toBe('1 waiting')
    expect(listCounts(listed)).toEqual({ all: 4, tried: 0, lent: 0, asking: 0, notLent: 0 })
  })

  test('what needs an override or is refused waits at the end; the first question is asked first', () => {
    const done = worked(after(...ready, listTaken(codes)), {
      1: 'needs-override',
      2: 'refused',
      3: 'needs-override',
    })
    expect(states(done)).toEqual(['3 put-off', '2 stopped', '1 deciding', '4 done'])
    expect(done.isSecondRefused).toBe(false)
    expect(listCounts(done)).toEqual({ all: 4, tried: 4, lent: 1, asking: 2, notLent: 1 })
    const first = decidingRow(done)
    const asked = worked(reducer(done, decisionLeft(first?.id ?? '')), { 3: 'needs-override' })
    expect(decidingRow(asked)?.barcode).toBe('3')
  })

  test('L28 an override for the visit answers the questions behind it', () => {
    const asking = worked(after(...ready, listTaken(codes)), {
      1: 'needs-override',
      2: 'needs-override',
    })
    const { id = '' } = decidingRow(asking) ?? {}
    const over = reducer(
      reducer(asking, workBegan(id)),
      answered({ id, receipt: receipt('done'), isToStand: true }),
    )
    expect(new Set(worked(over, {}).rows.map(({ state }) => state))).toEqual(new Set(['done']))
  })

  test('stopped, or its rest left: nothing of it waits, and each can be tried again', () => {
    const begun = after(...ready, listTaken(codes))
    const [, , , one] = begun.rows
    const stopped = reducer(reducer(begun, workBegan(one?.id ?? '')), listStopped())
    expect(states(stopped)).toEqual(['4 left', '3 left', '2 left', '1 working'])
    const again = reducer(stopped, rowRetried(stopped.rows[0]?.id ?? ''))
    expect(states(again)[0]).toBe('4 waiting')
    const asking = worked(begun, { 1: 'needs-override', 2: 'needs-override' })
    expect(nextWaiting(reducer(asking, listStopped()).rows)).toBe(null)
    expect(decidingRow(reducer(asking, listStopped()))).toBe(null)
  })

  test('the next reader waits until its last question is answered', () => {
    const asking = worked(after(...ready, listTaken(['1', '2'])), {
      1: 'needs-override',
      2: 'needs-override',
    })
    const next = reducer(asking, cardScanned('044001000002'))
    expect(next.card).toBe('044001000001')
    expect(reducer(next, listStopped()).card).toBe('044001000002')
  })

  test('a list that is being written outlives the reader, and no other staff', () => {
    const written = after(...ready, listWritten('0440'))
    expect(reducer(written, nextReader()).listText).toBe('0440')
    expect(reducer(written, cardScanned('044001000002')).listText).toBe('0440')
    expect(reducer(written, signedOut()).listText).toBe(null)
    expect(reducer(written, listTaken(['1'])).listText).toBe(null)
  })

  test('without a reader nothing is lent', () => {
    expect(after(listTaken(codes)).rows).toEqual([])
  })
})
