/** A due date that somebody chose at this desk: for the next item, or for this visit (L32). */
import { createSlice } from '@reduxjs/toolkit'
import type { PayloadAction } from '@reduxjs/toolkit'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { signedOut } from '../../app/desk-state.ts'
import { rootReducer } from '../../app/store.ts'
import type { RootState } from '../../app/store.ts'

export interface DueChoice {
  readonly dueOn: CalendarDate
  readonly reach: 'item' | 'visit'
  /** Of another reader it says nothing. */
  readonly visitId: string
}

export interface DueChoiceState {
  readonly choice: DueChoice | null
  /** What each row was begun with: an override asks for the same date again. */
  readonly byRow: Readonly<Record<string, CalendarDate>>
}

const none: DueChoiceState = { choice: null, byRow: {} }

interface Begun {
  readonly rowId: string
  readonly visitId: string
}

export const dueChoiceSlice = createSlice({
  name: 'dueChoice',
  initialState: none,
  reducers: {
    dueChosen: (state, { payload }: PayloadAction<DueChoice>) => ({ ...state, choice: payload }),
    dueByPolicy: (state) => ({ ...state, choice: null }),
    /** A row is lent: it takes the date that stands, and that of one item stands no more. */
    dueTaken: (state, { payload: { rowId, visitId } }: PayloadAction<Begun>) => {
      const { choice, byRow } = state
      if (choice === null || choice.visitId !== visitId || rowId in byRow) return state
      return {
        choice: choice.reach === 'item' ? null : choice,
        byRow: { ...byRow, [rowId]: choice.dueOn },
      }
    },
  },
  extraReducers: (build) => {
    build.addCase(signedOut, () => none)
  },
})

export const { dueChosen, dueByPolicy, dueTaken } = dueChoiceSlice.actions

const injected = dueChoiceSlice.injectInto(rootReducer)
export const dueChoiceOf = (state: RootState & { dueChoice?: DueChoiceState }): DueChoiceState =>
  injected.selectSlice(state)

export const dueOfRow = (state: RootState, rowId: string): CalendarDate | null =>
  dueChoiceOf(state).byRow[rowId] ?? null
