/** Parcels that are scanned in or out: one after the other, in the order of the scans. */
import type { BranchId } from '../../../domain/words/ids.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { ReceiptOf } from '../../app/perform.ts'
import { goingOnBy } from '../../app/slips/going-on.ts'
import type { GoingOn } from '../../app/slips/going-on.ts'
import { useDeskDispatch, useDeskSelector } from '../../app/store.ts'
import type { Thunk } from '../../app/store.ts'
import {
  nextParcel,
  parcelAnswered,
  parcelScanned,
  parcelsCleared,
  parcelsOf,
} from './parcels-state.ts'
import type { ParcelKind, ParcelRow, Reason } from './parcels-state.ts'

export type Scanning =
  | { readonly is: 'receive' }
  | { readonly is: 'send'; readonly to: BranchId; readonly reason: Reason }

export interface Parcels {
  /** The newest first. */
  readonly rows: readonly ParcelRow[]
  readonly scan: (barcode: string, as: Scanning) => void
  readonly keep: (barcode: string) => void
  readonly markMissing: (item: { readonly id: string; readonly barcode: string }) => void
  readonly clear: () => void
}

const payloadOf = (barcode: string, as: Scanning) =>
  as.is === 'send' ? { barcode, to: as.to, reason: as.reason } : { barcode }

const enter =
  (kind: ParcelKind, barcode: string, payload: object): Thunk<Promise<void>> =>
  async (dispatch, getState) => {
    const isIdle = nextParcel(parcelsOf(getState())) === null
    dispatch(parcelScanned({ id: newRequestId(), barcode, kind, payload }))
    // Whoever is at work takes the next one too.
    if (isIdle) await dispatch(workThrough())
  }

const workThrough =
  (): Thunk<Promise<void>> =>
  async (dispatch, getState, { desk, play }) => {
    for (
      let row = nextParcel(parcelsOf(getState()));
      row !== null;
      row = nextParcel(parcelsOf(getState()))
    ) {
      const { id, kind, payload } = row
      // Each waits for the one before.
      const answer = await perform(desk, {
        requestId: id,
        kind,
        payload: payload as never,
        overrides: [],
      })
      dispatch(parcelAnswered({ id, answer }))
      play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
    }
  }

export function useParcels(): Parcels {
  const dispatch = useDeskDispatch()
  const { rows } = useDeskSelector((state) => parcelsOf(state))
  const begin = (kind: ParcelKind, barcode: string, payload: object): void =>
    void dispatch(enter(kind, barcode, payload))
  return {
    rows,
    scan: (barcode, as) =>
      begin(as.is === 'send' ? 'item.send' : 'item.receive', barcode, payloadOf(barcode, as)),
    keep: (barcode) => begin('item.keep', barcode, { barcode }),
    markMissing: ({ id, barcode }) => begin('item.mark-missing', barcode, { item: id }),
    clear: () => void dispatch(parcelsCleared()),
  }
}

/** Where a received item goes, and to where one was sent. */
export const routeOf = (
  receipt: ReceiptOf<ParcelKind>,
): { readonly to: string; readonly branchId: string | null } | null => {
  const summary = receipt.summary as {
    readonly route?: { readonly to: string; readonly branchId: string | null }
    readonly toBranchId?: string
  }
  if (summary.route !== undefined) return summary.route
  return summary.toBranchId === undefined ? null : { to: 'sent', branchId: summary.toBranchId }
}

/** The newest, where it goes on with a slip in it. */
export function goingOn(row: ParcelRow | undefined): GoingOn | null {
  const receipt = row?.answer?.receipt ?? null
  if (row === undefined || receipt === null || receipt.outcome !== 'done') return null
  return goingOnBy({ ...receipt, barcode: row.barcode })
}
