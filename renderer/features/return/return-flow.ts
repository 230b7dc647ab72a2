import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import type { OperationId } from '../../../domain/words/ids.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import { rootReducer } from '../../app/store.ts'
import type { RootState, Thunk } from '../../app/store.ts'
import {
  answered,
  failed,
  itemScanned,
  nextWork,
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
    const row = nextWork(returnOf(getState()))
    if (row === null) return
    dispatch(workBegan(row.id))
    const { receipt, failure } = await perform(desk, {
      requestId: row.id,
      kind: 'loan.check-in',
      payload: { barcode: row.barcode, returnedOn: row.returnedOn as CalendarDate | null },
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
  async (dispatch, _getState, { desk, play }) => {
    const operation = row.receipt?.operationId ?? null
    if (operation === null) return
    const { receipt } = await perform(desk, {
      requestId: newRequestId(),
      kind: 'operation.undo',
      payload: { operation: operation as OperationId, reason: null },
      overrides: [],
    })
    if (receipt?.outcome === 'done') dispatch(rowUndone(row.id))
    play(receipt === null ? 'stop' : toneOf(receipt))
  }
