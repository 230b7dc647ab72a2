/**
 * Lending as a state machine: one reader at a time, items one after the other in the order of the
 * scans. A pure reducer; lend-flow.ts does what it asks for.
 */
import { createSlice } from '@reduxjs/toolkit'
import type { PayloadAction } from '@reduxjs/toolkit'
import type { Failure } from '../../../contract/desk-api.ts'
import { signedOut } from '../../app/desk-state.ts'
import type { ReceiptOf } from '../../app/perform.ts'

export type LendReceipt = ReceiptOf<'loan.check-out'>

export type LendRowState =
  | 'waiting'
  | 'working'
  | 'done'
  | 'deciding'
  | 'stopped'
  | 'left'
  | 'failed'

export interface LendRow {
  readonly id: string
  readonly barcode: string
  readonly state: LendRowState
  readonly receipt: LendReceipt | null
  readonly failure: Failure | null
  /** Undone from this screen; the loan is no more. */
  readonly isUndone: boolean
}

export interface LendState {
  readonly card: string | null
  /** Newest first. */
  readonly rows: readonly LendRow[]
  /** A second person's name or password was not accepted. */
  readonly isSecondRefused: boolean
  /** Which row the large verdict is about. */
  readonly spokenId: string | null
}

export const emptyLend: LendState = {
  card: null,
  rows: [],
  isSecondRefused: false,
  spokenId: null,
}

const withRow = (state: LendState, id: string, part: Partial<LendRow>): LendState => ({
  ...state,
  rows: state.rows.map((row) => (row.id === id ? { ...row, ...part } : row)),
})

const stateByOutcome = {
  done: 'done',
  'dry-run': 'left',
  'needs-override': 'deciding',
  refused: 'stopped',
} as const satisfies Record<LendReceipt['outcome'], LendRowState>

export const lendSlice = createSlice({
  name: 'lend',
  initialState: emptyLend,
  reducers: {
    /** A new card is the next reader. The same card again changes nothing. */
    cardScanned: (state, { payload: card }: PayloadAction<string>) =>
      state.card === card ? state : { ...emptyLend, card },
    nextReader: () => emptyLend,
    itemScanned: (state, { payload }: PayloadAction<{ id: string; barcode: string }>) => {
      if (state.card === null) return state
      const row: LendRow = {
        ...payload,
        state: 'waiting',
        receipt: null,
        failure: null,
        isUndone: false,
      }
      return { ...state, rows: [row, ...state.rows] }
    },
    workBegan: (state, { payload: id }: PayloadAction<string>) =>
      withRow(state, id, { state: 'working' }),
    answered: (
      state,
      { payload: { id, receipt } }: PayloadAction<{ id: string; receipt: LendReceipt }>,
    ) => {
      const isSecondRefused =
        receipt.outcome === 'needs-override' &&
        state.rows.some((row) => row.id === id && row.receipt !== null)
      const next = withRow(state, id, {
        state: stateByOutcome[receipt.outcome],
        receipt,
        failure: null,
      })
      return { ...next, isSecondRefused, spokenId: id }
    },
    /** No receipt. A decision stays open, so that nothing typed into it is lost. */
    failed: (
      state,
      { payload: { id, failure } }: PayloadAction<{ id: string; failure: Failure }>,
    ) => {
      const isDeciding = state.rows.some((row) => row.id === id && row.receipt !== null)
      const isSecondRefused = isDeciding && failure === 'not-allowed'
      const next = withRow(state, id, { state: isSecondRefused ? 'deciding' : 'failed', failure })
      return { ...next, isSecondRefused, spokenId: id }
    },
    decisionLeft: (state, { payload: id }: PayloadAction<string>) => ({
      ...withRow(state, id, { state: 'left' }),
      isSecondRefused: false,
      spokenId: id,
    }),
    rowUndone: (state, { payload: id }: PayloadAction<string>) =>
      withRow(state, id, { isUndone: true }),
  },
  extraReducers: (build) => {
    build.addCase(signedOut, () => emptyLend)
  },
})

export const {
  cardScanned,
  nextReader,
  itemScanned,
  workBegan,
  answered,
  failed,
  decisionLeft,
  rowUndone,
} = lendSlice.actions

/** The oldest waiting row, unless something is being done or decided. */
export function nextWork({ rows }: LendState): LendRow | null {
  if (rows.some(({ state }) => state === 'working' || state === 'deciding')) return null
  return rows.findLast(({ state }) => state === 'waiting') ?? null
}

export const decidingRow = ({ rows }: LendState): LendRow | null =>
  rows.find(({ state }) => state === 'deciding') ?? null

export const spokenRow = ({ rows, spokenId }: LendState): LendRow | null =>
  rows.find(({ id }) => id === spokenId) ?? null

export const lentCount = ({ rows }: LendState): number =>
  rows.filter(({ state, isUndone }) => state === 'done' && !isUndone).length
