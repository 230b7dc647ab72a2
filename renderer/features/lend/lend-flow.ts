/** Does what the state of lending asks for: one perform after the other. */
import { toneOf, newRequestId, perform } from '../../app/perform.ts'
import type { GivenOverride } from '../../app/perform.ts'
import type { Tone } from '../../app/desk-api.ts'
import { nextWaiting, undoScanned } from '../../app/scanned-rows.ts'
import { rootReducer } from '../../app/store.ts'
import type { RootState, Thunk } from '../../app/store.ts'
import { dueOfRow, dueTaken } from './due-choice.ts'
import {
  answered,
  decisionLeft,
  failed,
  isRetriable,
  itemScanned,
  lendSlice,
  listTaken,
  rowRetried,
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

/** L30: one after the other, the way of every scan. */
export const lendList =
  (barcodes: readonly string[]): Thunk<Promise<void>> =>
  (dispatch) => {
    dispatch(listTaken(barcodes))
    return dispatch(advance())
  }

export const retryRow =
  (row: LendRow): Thunk<Promise<void>> =>
  (dispatch) => {
    dispatch(rowRetried(row.id))
    return dispatch(advance())
  }

const advance = (): Thunk<Promise<void>> => async (dispatch, getState) => {
  const row = nextWaiting(lendOf(getState()).rows)
  // What was put off is asked anew: an override for the visit may have answered it meanwhile.
  if (row !== null) {
    await dispatch(lend(row, row.state === 'put-off' ? newRequestId() : row.id, []))
  }
}

/** Of a list only the end is heard: what it needs, or that all is done. */
const heard = (rows: readonly LendRow[], row: LendRow, tone: Tone): Tone | null => {
  if (row.turn !== 'listed') return tone
  if (rows.some(({ turn, state }) => turn === 'listed' && state === 'waiting')) return null
  // Its question comes next, with a sound of its own.
  if (rows.some(({ state }) => state === 'put-off')) return null
  return rows.some((one) => one.turn === 'listed' && isRetriable(one)) ? 'stop' : tone
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
    } else {
      dispatch(answered({ id: row.id, receipt, isToStand }))
    }
    const tone = receipt === null ? 'stop' : toneOf(receipt)
    const said = heard(lendOf(getState()).rows, row, tone)
    if (said !== null) play(said)
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
