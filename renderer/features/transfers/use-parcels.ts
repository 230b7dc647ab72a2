/** Parcels that are scanned in or out: one after the other, in the order of the scans. */
import { useRef, useState } from 'react'
import type { BranchId } from '../../../domain/words/ids.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer, ReceiptOf } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import type { GoingOn } from '../../app/slips/use-item-slip.ts'

export type Reason = 'home' | 'request' | 'stock' | 'repair' | 'other'

export type Scanning =
  | { readonly is: 'receive' }
  | { readonly is: 'send'; readonly to: BranchId; readonly reason: Reason }

type Kind = 'item.receive' | 'item.send' | 'item.keep' | 'item.mark-missing'

export interface ParcelRow {
  readonly id: string
  readonly barcode: string
  readonly kind: Kind
  /** Null while it is at work. */
  readonly answer: Answer<Kind> | null
}

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

export function useParcels(): Parcels {
  const { desk, play } = useServices()
  const [rows, setRows] = useState<readonly ParcelRow[]>([])
  // A crate is scanned faster than it is answered: each waits for the one before.
  const last = useRef<Promise<void>>(Promise.resolve())
  const enter = (kind: Kind, barcode: string, payload: object): void => {
    const id = newRequestId()
    setRows((before) => [{ id, barcode, kind, answer: null }, ...before])
    last.current = last.current.then(async () => {
      const answer = await perform(desk, {
        requestId: id,
        kind,
        payload: payload as never,
        overrides: [],
      })
      setRows((before) => before.map((row) => (row.id === id ? { ...row, answer } : row)))
      play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
    })
  }
  return {
    rows,
    scan: (barcode, as) =>
      enter(as.is === 'send' ? 'item.send' : 'item.receive', barcode, payloadOf(barcode, as)),
    keep: (barcode) => enter('item.keep', barcode, { barcode }),
    markMissing: ({ id, barcode }) => enter('item.mark-missing', barcode, { item: id }),
    clear: () => setRows([]),
  }
}

/** Where a received item goes, and to where one was sent. */
export const routeOf = (
  receipt: ReceiptOf<Kind>,
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
  const route = routeOf(receipt)
  if (route === null) return null
  const { hold = null } = receipt.summary as { readonly hold?: GoingOn['hold'] }
  const to = route.to === 'sent' ? 'transit' : route.to
  return { barcode: row.barcode, at: receipt.at, route: { ...route, to }, hold }
}
