import { expect, test } from 'vitest'
import { note, alert } from '../../../domain/operation.ts'
import { nextWaiting, spokenRow } from '../../app/scanned-rows.ts'
import {
  answered,
  cleared,
  dropDayChosen,
  emptyReturn,
  failed,
  itemScanned,
  modeChosen,
  returnSlice,
  toneOfReturn,
  workBegan,
} from './return-state.ts'
import type { ReturnReceipt, ReturnState } from './return-state.ts'

const { reducer } = returnSlice
type Step = Parameters<typeof reducer>[1]
const after = (...steps: Step[]): ReturnState => steps.reduce<ReturnState>(reducer, emptyReturn)

const receipt = (part: Partial<ReturnReceipt>): ReturnReceipt => ({
  requestId: 'r',
  operationId: 'D.1.1',
  outcome: 'done',
  findings: [],
  summary: {
    itemId: 'i',
    titleId: null,
    loanId: null,
    readerId: null,
    route: { to: 'shelf', branchId: null, shelf: null },
    hold: null,
    feeFen: 0,
    overdueDays: 0,
  },
  factsAgeMs: 0,
  at: 0,
  ...part,
})

test('items are returned in the order of their scans', () => {
  const scans = ['1', '2'].map((id) => itemScanned({ id, barcode: id }))
  expect(nextWaiting(after(...scans).rows)?.id).toBe('1')
  expect(nextWaiting(after(...scans, workBegan('1')).rows)).toBeNull()
  expect(
    nextWaiting(after(...scans, workBegan('1'), failed({ id: '1', failure: 'busy' })).rows)?.id,
  ).toBe('2')
})

test('the day of the book drop belongs to the scans made under it', () => {
  const state = after(
    itemScanned({ id: '1', barcode: '1' }),
    modeChosen({ mode: 'drop', returnedOn: '2026-11-20' }),
    itemScanned({ id: '2', barcode: '2' }),
  )
  expect(state.rows.map(({ returnedOn }) => returnedOn)).toEqual(['2026-11-20', null])
  expect(reducer(state, cleared())).toEqual({
    ...emptyReturn,
    mode: 'drop',
    returnedOn: '2026-11-20',
  })
  expect(reducer(state, dropDayChosen('2026-11-19')).returnedOn).toBe('2026-11-19')
})

test('a use in the building belongs to the scans made under it', () => {
  const state = after(
    modeChosen({ mode: 'in-house', returnedOn: null }),
    itemScanned({ id: '1', barcode: '1' }),
    modeChosen({ mode: 'normal', returnedOn: null }),
    itemScanned({ id: '2', barcode: '2' }),
  )
  expect(state.rows.map(({ inHouse }) => inHouse)).toEqual([false, true])
})

test('the newest answer speaks', () => {
  const state = after(
    itemScanned({ id: '1', barcode: '1' }),
    answered({ id: '1', receipt: receipt({ outcome: 'refused' }) }),
  )
  expect(spokenRow(state)).toMatchObject({ id: '1', state: 'stopped' })
})

test.each([
  ['done', []],
  ['noted', [note('not-on-loan', 'R2')]],
  ['noted', [note('used-in-house', 'R11')]],
  ['needs-you', [note('not-on-loan', 'R2'), alert('belongs-elsewhere', 'R4')]],
  ['needs-you', [alert('returned-late', 'R3')]],
] as const)('it sounds like %s', (tone, findings) => {
  expect(toneOfReturn(receipt({ findings }))).toBe(tone)
})
