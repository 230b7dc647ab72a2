/** Items scanned on the holds screen, one after the other, and what came of the last. */
import { useRef, useState } from 'react'
import type { SummaryOf } from '../../../domain/operations/index.ts'
import type { HoldId, ItemId } from '../../../domain/words/ids.ts'
import type { GoingWay } from '../../app/going-words.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import type { GoingOn } from '../../app/slips/going-on.ts'

type ScanKind = 'hold.expire-from-shelf' | 'hold.trap' | 'hold.load-kiosk'

export interface Scanned {
  readonly barcode: string
  readonly answer: Answer<ScanKind>
}

export interface HoldScans {
  readonly last: Scanned | null
  /** What was said of a hold whose item is not there. */
  readonly missed: Answer<'hold.not-found'> | null
  readonly scan: (kind: ScanKind, barcode: string) => void
  readonly miss: (hold: HoldId, item: ItemId) => void
  readonly clear: () => void
}

export function useHoldScans(): HoldScans {
  const { desk, play } = useServices()
  const [last, setLast] = useState<Scanned | null>(null)
  const [missed, setMissed] = useState<HoldScans['missed']>(null)
  const queue = useRef<Promise<void>>(Promise.resolve())

  async function scanNow(kind: ScanKind, barcode: string): Promise<void> {
    const request = { requestId: newRequestId(), payload: { barcode }, overrides: [] } as const
    const answer = await perform(desk, { ...request, kind })
    setMissed(null)
    setLast({ barcode, answer })
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
  }

  async function missNow(hold: HoldId, item: ItemId): Promise<void> {
    const request = { requestId: newRequestId(), payload: { hold, item }, overrides: [] } as const
    const answer = await perform(desk, { ...request, kind: 'hold.not-found' })
    setLast(null)
    setMissed(answer)
    play(answer.receipt?.outcome === 'done' ? 'done' : 'stop')
  }

  return {
    last,
    missed,
    scan(kind, barcode) {
      queue.current = queue.current.then(() => scanNow(kind, barcode))
    },
    miss(hold, item) {
      queue.current = queue.current.then(() => missNow(hold, item))
    },
    clear() {
      setLast(null)
      setMissed(null)
    },
  }
}

/** The item of the last scan, where it goes on with a slip in it. */
export function goingOn(last: Scanned | null): GoingOn | null {
  const receipt = last?.answer.receipt ?? null
  if (last === null || receipt === null || receipt.outcome !== 'done') return null
  const { summary } = receipt
  return { barcode: last.barcode, at: receipt.at, route: routeOf(summary), hold: summary.hold }
}

type Summary = SummaryOf<ScanKind>

/** What was loaded lies in the kiosk. */
export const routeOf = (summary: Summary): GoingWay =>
  'route' in summary
    ? summary.route
    : {
        to: summary.kioskId === null ? 'nowhere' : 'loaded',
        branchId: summary.kioskId,
        shelf: null,
      }
