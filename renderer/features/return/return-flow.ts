import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { newRequestId, perform } from '../../app/perform.ts'
import { nextWaiting, undoScanned } from '../../app/scanned-rows.ts'
import { rootReducer } from '../../app/store.ts'
import type { RootState, Thunk } from '../../app/store.ts'
import {
  answered,
  failed,
  itemScanned,
  returnSlice,
  rowUndone,
  toneOfReturn,
  workBegan,
} from './return-state.ts'
import type { ReturnRow, ReturnState } from './return-state.ts'

const injected = returnSlice.injectInto(rootReducer)
export const returnOf = (state: RootState & { returning?: ReturnState }): ReturnState =>
  injected.selectSlice(state)

export const scanItem =
  (barcode: string): Thunk =>
  (dispatch) => {
    dispatch(itemScanned({ id: newRequestId(), barcode }))
    void dispatch(advance())
  }

const advance =
  (): Thunk<Promise<void>> =>
  async (dispatch, getState, { desk, play }) => {
    const row = nextWaiting(returnOf(getState()).rows)
    if (row === null) return
    dispatch(workBegan(row.id))
    const { receipt, failure } = await perform(desk, {
      requestId: row.id,
      kind: 'loan.check-in',
      payload: {
        barcode: row.barcode,
        returnedOn: row.returnedOn as CalendarDate | null,
        ...(row.inHouse ? { inHouse: true } : {}),
      },
      overrides: [],
    })
    if (receipt === null) {
      dispatch(failed({ id: row.id, failure }))
      play('stop')
    } else {
      dispatch(answered({ id: row.id, receipt }))
      play(toneOfReturn(receipt))
    }
    await dispatch(advance())
  }

export const undoRow =
  (row: ReturnRow): Thunk<Promise<void>> =>
  async (dispatch) => {
    if (await dispatch(undoScanned(row))) dispatch(rowUndone(row.id))
  }
