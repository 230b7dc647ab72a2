/** Where an item goes on to, with a slip in it: read from the summary of whatever sent it there. */
import { z } from 'zod'
import type { Finding } from '../../../domain/operation.ts'
import type { HoldSlip } from '../../../domain/operations/trap-hold.ts'
import type { EpochMs } from '../../../domain/words/calendar-date.ts'

export type Kept = Pick<HoldSlip, 'reader' | 'cardTail' | 'keepUntilOn'> &
  Partial<Pick<HoldSlip, 'pickupBranchId'>>

export interface GoingOn {
  readonly barcode: string
  readonly at: EpochMs
  readonly route: { readonly to: string; readonly branchId: string | null }
  readonly hold: Kept | null
}

const Hold = z.looseObject({
  reader: z.string(),
  cardTail: z.string(),
  keepUntilOn: z.string().nullable(),
  pickupBranchId: z.string().optional(),
})
const Routed = z.looseObject({
  route: z.looseObject({ to: z.string(), branchId: z.string().nullable() }),
  hold: Hold.nullable().optional(),
})
const Sent = z.looseObject({ toBranchId: z.string() })

interface Moved {
  readonly barcode: string
  readonly at: EpochMs
  readonly summary: unknown
  readonly findings: readonly {
    readonly code: string
    readonly params: Finding['params']
  }[]
}

/** A return of before slips, or beyond this desk's holds: as the finding names them, covered. */
const keptByHand = ({ findings }: Moved): Kept => ({
  reader: String(findings.find(({ code }) => code === 'hold-waiting')?.params['reader'] ?? ''),
  cardTail: '',
  keepUntilOn: null,
})

/** Null where the summary tells of no way. */
export function goingOnBy(moved: Moved): GoingOn | null {
  const { barcode, at, summary } = moved
  const routed = Routed.safeParse(summary)
  if (routed.success) {
    const { route, hold = null } = routed.data
    return { barcode, at, route, hold: (hold as Kept | null) ?? keptByHand(moved) }
  }
  const sent = Sent.safeParse(summary)
  if (!sent.success) return null
  return { barcode, at, route: { to: 'transit', branchId: sent.data.toBranchId }, hold: null }
}
