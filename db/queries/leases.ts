/** What this desk may spend without asking, what is left of it, and what the city would lose with it. */
import type { Lease } from '../../domain/ledger-records.ts'
import type { Policy, Reader } from '../../domain/records.ts'
import {
  isOwn,
  leftIn,
  nextNumberOf,
  numberText,
  seriesTerms,
  usableUntil,
  valueAtRisk,
} from '../../domain/policy/points-leases.ts'
import type { DeskNow } from '../../domain/policy/points-leases.ts'
import type { AskedAt, Stores } from './stores.ts'

const DAY_MS = 86_400_000

/** `stopped`: too near its end, or past it · `frozen`: of an epoch before, only the city ends it. */
export type LeaseState = 'usable' | 'ends-soon' | 'used-up' | 'stopped' | 'frozen'

export interface LeaseRow {
  readonly lease: Lease
  readonly left: number
  readonly state: LeaseState
  readonly usableUntil: number
  readonly reader: Pick<Reader, 'id' | 'name' | 'cardNumber'> | null
}

export interface NumberBlock {
  readonly series: string
  readonly nameZh: string
  readonly nameEn: string
  /** Null where no block of this desk has one left. */
  readonly next: {
    readonly leaseId: Lease['id']
    readonly number: number
    readonly printed: string
  } | null
  /** In all usable blocks of this desk. */
  readonly left: number
}

export interface Leases {
  readonly rows: readonly LeaseRow[]
  /** Points. */
  readonly valueAtRisk: number
  readonly blocks: readonly NumberBlock[]
}

export function leases(
  { outbox, replica: { rows } }: Stores,
  _ask: object,
  asked: AskedAt,
): Leases {
  const policy = rows.row('policy', 'city')
  const identity = outbox.identity()
  if (policy === null || identity === null) return { rows: [], valueAtRisk: 0, blocks: [] }
  const desk = { deviceId: identity.deviceId, epoch: identity.epoch, at: asked.at }
  const open = rows.find('openLeasesOfDevice', [identity.deviceId, null])
  return {
    rows: open
      .map((lease) => leaseRow(lease, desk, policy, readerOf(rows, lease)))
      .toSorted((one, other) => one.lease.notAfter - other.lease.notAfter),
    valueAtRisk: valueAtRisk(open),
    blocks: numberBlocks(open, desk, policy),
  }
}

function readerOf(rows: Stores['replica']['rows'], { readerId }: Lease): LeaseRow['reader'] {
  const reader = readerId === null ? null : rows.row('reader', readerId)
  if (reader === null) return null
  return { id: reader.id, name: reader.name, cardNumber: reader.cardNumber }
}

export const leaseRow = (
  lease: Lease,
  desk: DeskNow,
  policy: Policy,
  reader: LeaseRow['reader'],
): LeaseRow => ({
  lease,
  left: leftIn(lease),
  state: stateOf(lease, desk, policy),
  usableUntil: usableUntil(lease, policy.points),
  reader,
})

function stateOf(lease: Lease, desk: DeskNow, { points }: Policy): LeaseState {
  if (!isOwn(lease, desk)) return 'frozen'
  if (leftIn(lease) === 0) return 'used-up'
  const until = usableUntil(lease, points)
  if (desk.at > until) return 'stopped'
  return desk.at > until - DAY_MS ? 'ends-soon' : 'usable'
}

/** One for each series of the policy; its oldest block is drawn from first. */
export function numberBlocks(
  open: readonly Lease[],
  desk: DeskNow,
  policy: Policy,
): readonly NumberBlock[] {
  return policy.points.series.map(({ id, nameZh, nameEn }): NumberBlock => {
    const usable = open.filter(
      (lease) =>
        lease.series === id && ['usable', 'ends-soon'].includes(stateOf(lease, desk, policy)),
    )
    const [block] = usable
    const number = block === undefined ? null : nextNumberOf(block)
    const terms = seriesTerms(policy.points, id)
    return {
      series: id,
      nameZh,
      nameEn,
      next:
        block === undefined || number === null || terms === undefined
          ? null
          : { leaseId: block.id, number, printed: numberText(terms, number) },
      left: usable.reduce((sum, lease) => sum + leftIn(lease), 0),
    }
  })
}
