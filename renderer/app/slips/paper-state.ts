/** What lies in the printer of this page: one slip, or sheets of labels, at a time. */
import { createSlice } from '@reduxjs/toolkit'
import type { PayloadAction } from '@reduxjs/toolkit'
import type { PlacedLabel, SheetLayout } from '../../../domain/policy/label-layout.ts'
import { rootReducer } from '../store.ts'
import type { RootState } from '../store.ts'

/** Lines of each label, placed on its sheet. */
export interface LabelPaper {
  readonly sheet: SheetLayout
  readonly pages: readonly (readonly PlacedLabel<readonly string[]>[])[]
}

export interface PaperState {
  /** Null where no slip is being printed. */
  readonly text: string | null
  readonly labels: LabelPaper | null
}

const empty: PaperState = { text: null, labels: null }

export const paperSlice = createSlice({
  name: 'paper',
  initialState: empty,
  reducers: {
    paperLaid: (_state, { payload }: PayloadAction<string>): PaperState => ({
      ...empty,
      text: payload,
    }),
    labelsLaid: (_state, { payload }: PayloadAction<LabelPaper>): PaperState => ({
      ...empty,
      labels: payload,
    }),
    paperTaken: (): PaperState => empty,
  },
})

export const { paperLaid, labelsLaid, paperTaken } = paperSlice.actions

const injected = paperSlice.injectInto(rootReducer)
export const paperOf = (state: RootState & { paper?: PaperState }): PaperState =>
  injected.selectSlice(state)
