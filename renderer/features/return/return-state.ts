/** Returning as a state machine: every item by itself, in the order of the scans. */
import { createSlice } from '@reduxjs/toolkit'
import type { PayloadAction } from '@reduxjs/toolkit'
import type { Failure } from '../../../contract/desk-api.ts'
import { signedOut } from '../../app/desk-state.ts'
import type { ReceiptOf } from '../../app/perform.ts'
import { toneOf } from '../../app/perform.ts'
import { rowsWith, unanswered } from '../../app/scanned-rows.ts'
import type { ScannedRow } from '../../app/scanned-rows.ts'
import type { Tone } from '../../app/desk-api.ts'

export type ReturnReceipt = ReceiptOf<'loan.check-in'>

export interface ReturnRow extends ScannedRow {
  readonly returnedOn: string | null
  readonly inHouse: boolean
  readonly receipt: ReturnReceipt | null
}

/** In person · from the book drop · as of a day · read in the building. */
export type ReturnMode = 'normal' | 'drop' | 'back-date' | 'in-house'
export const returnModes: readonly ReturnMode[] = ['normal', 'drop', 'back-date', 'in-house']

export interface ReturnState {
  /** Newest first. */
  readonly rows: readonly ReturnRow[]
  readonly mode: ReturnMode
  /** The day of the book drop, or null for now. */
  readonly returnedOn: string | null
  readonly spokenId: string | null
}

export const emptyReturn: ReturnState = {
  rows: [],
  mode: 'normal',
  returnedOn: null,
  spokenId: null,
}

const withRow = (state: ReturnState, id: string, part: Partial<ReturnRow>): ReturnState => ({
  ...state,
  rows: rowsWith(state.rows, id, part),
})

export const returnSlice = createSlice({
  name: 'returning',
  initialState: emptyReturn,
  reducers: {
    itemScanned: (state, { payload }: PayloadAction<{ id: string; barcode: string }>) => ({
      ...state,
      rows: [
        {
          ...payload,
          ...unanswered,
          returnedOn: state.returnedOn,
          inHouse: state.mode === 'in-house',
        },
        ...state.rows,
      ],
    }),
    workBegan: (state, { payload: id }: PayloadAction<string>) =>
      withRow(state, id, { state: 'working' }),
    answered: (
      state,
      { payload: { id, receipt } }: PayloadAction<{ id: string; receipt: ReturnReceipt }>,
    ) => ({
      ...withRow(state, id, { state: receipt.outcome === 'done' ? 'done' : 'stopped', receipt }),
      spokenId: id,
    }),
    failed: (
      state,
      { payload: { id, failure } }: PayloadAction<{ id: string; failure: Failure }>,
    ) => ({ ...withRow(state, id, { state: 'failed', failure }), spokenId: id }),
    rowUndone: (state, { payload: id }: PayloadAction<string>) =>
      withRow(state, id, { isUndone: true }),
    /** `returnedOn`: the day that the mode begins with. */
    modeChosen: (
      state,
      { payload }: PayloadAction<{ mode: ReturnMode; returnedOn: string | null }>,
    ) => ({ ...state, ...payload }),
    dropDayChosen: (state, { payload: returnedOn }: PayloadAction<string | null>) => ({
      ...state,
      returnedOn,
    }),
    cleared: ({ mode, returnedOn }) => ({ ...emptyReturn, mode, returnedOn }),
  },
  extraReducers: (build) => {
    build.addCase(signedOut, () => emptyReturn)
  },
})

export const {
  itemScanned,
  workBegan,
  answered,
  failed,
  rowUndone,
  modeChosen,
  dropDayChosen,
  cleared,
} = returnSlice.actions

const quietCodes: ReadonlySet<string> = new Set(['not-on-loan', 'used-in-house'])

/** An item that was on nobody's card is merely noted, unless it must go somewhere. */
export function toneOfReturn(receipt: ReturnReceipt): Tone {
  const tone = toneOf(receipt)
  const isNoted = receipt.findings.some(({ code }) => quietCodes.has(code))
  return tone === 'done' && isNoted ? 'noted' : tone
}
