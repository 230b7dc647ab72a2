/** Does what the state of lending asks for: one perform after the other. */
import { toneOf, newRequestId, perform } from '../../app/perform.ts'
import type { GivenOverride } from '../../app/perform.ts'
import { nextWaiting, undoScanned } from '../../app/scanned-rows.ts'
import { rootReducer } from '../../app/store.ts'
import type { RootState, Thunk } from '../../app/store.ts'
import { dueOfRow, dueTaken } from './due-choice.ts'
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
  (
    row: LendRow,
    requestId: string,
    overrides: readonly GivenOverride[],
    isToStand = false,
  ): Thunk<Promise<void>> =>
  async (dispatch, getState, { desk, play }) => {
    const { card, visitId } = lendOf(getState())
    if (card === null || visitId === null) return
    dispatch(workBegan(row.id))
    const { barcode, mode } = row
    if (mode === 'home') dispatch(dueTaken({ rowId: row.id, visitId }))
    const intention = { requestId, overrides, visit: { id: visitId, isToStand } }
    const { receipt, failure } =
      mode === 'take-over'
        ? await perform(desk, {
            ...intention,
            kind: 'loan.take-over',
            payload: { barcode, card },
          })
        : await perform(desk, {
            ...intention,
            kind: 'loan.check-out',
            payload: {
              barcode,
              card,
              dueOn: dueOfRow(getState(), row.id),
              ...(mode === 'reading-room' ? { readingRoom: true } : {}),
            },
          })
    if (receipt === null) {
      dispatch(failed({ id: row.id, failure }))
      play('stop')
    } else {
      dispatch(answered({ id: row.id, receipt, isToStand }))
      play(toneOf(receipt))
    }
    await dispatch(advance())
  }

/** The overrides make it a new intention, so a new request id. */
export const confirmDecision =
  (row: LendRow, overrides: readonly GivenOverride[], isForVisit: boolean): Thunk<Promise<void>> =>
  (dispatch) =>
    dispatch(lend(row, newRequestId(), overrides, isForVisit))

/** L26: it has a record of a few words from now on, and is lent like any other. */
export const fastAddAndLend =
  (row: LendRow, title: string): Thunk<Promise<void>> =>
  async (dispatch, _getState, { desk, play }) => {
    dispatch(workBegan(row.id))
    const { receipt, failure } = await perform(desk, {
      requestId: newRequestId(),
      kind: 'item.fast-add',
      payload: { barcode: row.barcode, title, itemType: 'book', priceFen: null },
      overrides: [],
    })
    if (receipt !== null) return dispatch(lend(row, newRequestId(), []))
    dispatch(failed({ id: row.id, failure }))
    play('stop')
  }

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
