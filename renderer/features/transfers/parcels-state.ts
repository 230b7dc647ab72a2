/** The crate that is being scanned: kept while other screens are looked at, until it is put away. */
import { createSlice } from '@reduxjs/toolkit'
import type { PayloadAction } from '@reduxjs/toolkit'
import type { BranchId } from '../../../domain/words/ids.ts'
import { signedOut } from '../../app/desk-state.ts'
import type { Answer } from '../../app/perform.ts'
import { rootReducer } from '../../app/store.ts'
import type { RootState } from '../../app/store.ts'

export type Reason = 'home' | 'request' | 'stock' | 'repair' | 'other'
export type ParcelMode = 'receive' | 'send'
export type ParcelKind = 'item.receive' | 'item.send' | 'item.keep' | 'item.mark-missing'

export interface ParcelRow {
  readonly id: string
  readonly barcode: string
  readonly kind: ParcelKind
  readonly payload: object
  /** Null while it is at work. */
  readonly answer: Answer<ParcelKind> | null
}

export interface ParcelsState {
  /** The newest first. */
  readonly rows: readonly ParcelRow[]
  readonly mode: ParcelMode
  readonly to: BranchId | null
  readonly reason: Reason
}

export const emptyParcels: ParcelsState = { rows: [], mode: 'receive', to: null, reason: 'home' }

export const parcelsSlice = createSlice({
  name: 'parcels',
  initialState: emptyParcels,
  reducers: {
    parcelScanned: (state, { payload }: PayloadAction<Omit<ParcelRow, 'answer'>>) => ({
      ...state,
      rows: [{ ...payload, answer: null }, ...state.rows],
    }),
    parcelAnswered: (
      state,
      { payload: { id, answer } }: PayloadAction<Pick<ParcelRow, 'id' | 'answer'>>,
    ) => ({
      ...state,
      rows: state.rows.map((row) => (row.id === id ? { ...row, answer } : row)),
    }),
    /** What is still at work stays: its answer has not been seen. */
    parcelsCleared: (state) => ({
      ...state,
      rows: state.rows.filter(({ answer }) => answer === null),
    }),
    sendingSet: (
      state,
      { payload }: PayloadAction<Partial<Pick<ParcelsState, 'mode' | 'to' | 'reason'>>>,
    ) => ({ ...state, ...payload }),
  },
  extraReducers: (build) => {
    build.addCase(signedOut, () => emptyParcels)
  },
})

export const { parcelScanned, parcelAnswered, parcelsCleared, sendingSet } = parcelsSlice.actions

const injected = parcelsSlice.injectInto(rootReducer)
export const parcelsOf = (state: RootState & { parcels?: ParcelsState }): ParcelsState =>
  injected.selectSlice(state)

/** The oldest that has no answer yet: a crate is scanned faster than it is answered. */
export const nextParcel = ({ rows }: ParcelsState): ParcelRow | null =>
  rows.findLast(({ answer }) => answer === null) ?? null
