/** Does what the state of lending asks for: one perform after the other. */
import { toneOf, newRequestId, perform } from '../../app/perform.ts'
import type { GivenOverride } from '../../app/perform.ts'
import { nextWaiting, undoScanned } from '../../app/scanned-rows.ts'
import { rootReducer } from '../../app/store.ts'
import type { RootState, Thunk } from '../../app/store.ts'
import {
  answered,
  decisionLeft,
  failed,
  itemScanned,
  lendSlice,
  rowUndone,
  workBegan,
} from './lend-state.ts'
import type { LendRow, LendState } from './lend-state.ts'

const injected = lendSlice.injectInto(rootReducer)
export const lendOf = (state: RootState & { lend?: LendState }): LendState =>
  injected.selectSlice(state)

export const scanItem =
  (barcode: string): Thunk =>
  (dispatch) => {
    dispatch(itemScanned({ id: newRequestId(), barcode }))
    void dispatch(advance())
  }

const advance = (): Thunk<Promise<void>> => async (dispatch, getState) => {
  const row = nextWaiting(lendOf(getState()).rows)
  if (row !== null) await dispatch(lend(row, row.id, []))
}

const lend =
  (row: LendRow, requestId: string, overrides: readonly GivenOverride[]): Thunk<Promise<void>> =>
  async (dispatch, getState, { desk, play }) => {
    const { card } = lendOf(getState())
    if (card === null) return
    dispatch(workBegan(row.id))
    const { barcode, mode } = row
    const { receipt, failure } =
      mode === 'take-over'
        ? await perform(desk, {
            requestId,
            kind: 'loan.take-over',
            payload: { barcode, card },
            overrides,
          })
        : await perform(desk, {
            requestId,
            kind: 'loan.check-out',
            payload: {
              barcode,
              card,
              dueOn: null,
              ...(mode === 'reading-room' ? { readingRoom: true } : {}),
            },
            overrides,
          })
    if (receipt === null) {
      dispatch(failed({ id: row.id, failure }))
      play('stop')
    } else {
      dispatch(answered({ id: row.id, receipt }))
      play(toneOf(receipt))
    }
    await dispatch(advance())
  }

/** The overrides make it a new intention, so a new request id. */
export const confirmDecision =
  (row: LendRow, overrides: readonly GivenOverride[]): Thunk<Promise<void>> =>
  (dispatch) =>
    dispatch(lend(row, newRequestId(), overrides))

export const leaveDecision =
  (row: LendRow): Thunk =>
  (dispatch, _getState, { play }) => {
    dispatch(decisionLeft(row.id))
    play('noted')
    void dispatch(advance())
  }

export const undoRow =
  (row: LendRow): Thunk<Promise<void>> =>
  async (dispatch) => {
    if (await dispatch(undoScanned(row))) dispatch(rowUndone(row.id))
  }
