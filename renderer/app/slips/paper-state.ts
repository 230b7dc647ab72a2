/** What lies in the printer of this page: one slip at a time. */
import { createSlice } from '@reduxjs/toolkit'
import type { PayloadAction } from '@reduxjs/toolkit'
import { rootReducer } from '../store.ts'
import type { RootState } from '../store.ts'

export interface PaperState {
  /** Null where nothing is being printed. */
  readonly text: string | null
}

const empty: PaperState = { text: null }

export const paperSlice = createSlice({
  name: 'paper',
  initialState: empty,
  reducers: {
    paperLaid: (_state, { payload }: PayloadAction<string>): PaperState => ({ text: payload }),
    paperTaken: (): PaperState => empty,
  },
})
export const { paperLaid, paperTaken } = paperSlice.actions

const injected = paperSlice.injectInto(rootReducer)
export const paperOf = (state: RootState & { paper?: PaperState }): PaperState =>
  injected.selectSlice(state)
