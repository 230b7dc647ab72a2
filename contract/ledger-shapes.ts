/** What screens are told of points, money, certificates and leases. */
import { z } from 'zod'
import { Lease, LedgerEntry } from '../domain/ledger-records.ts'
import { Branch, Reader } from '../domain/records.ts'
import { FindingShape } from './desk-api.ts'

const LeaseRow = z.strictObject({
  lease: Lease,
  left: z.int(),
  /** `stopped`: too near its end, or past it · `frozen`: of an epoch before, only the city ends it. */
  state: z.enum(['usable', 'ends-soon', 'used-up', 'stopped', 'frozen']),
  /** The desk stops here, some time before the lease ends. */
  usableUntil: z.number(),
  /** Null for numbers, and for a reader that this desk does not hold. */
  reader: Reader.pick({ id: true, name: true, cardNumber: true }).nullable(),
})

const NumberBlock = z.strictObject({
  series: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  /** Null where no block of this desk has one left. */
  next: z
    .strictObject({ leaseId: Lease.shape.id, number: z.int(), printed: z.string() })
    .nullable(),
  left: z.int(),
})

export const LeaseList = z.strictObject({
  rows: z.array(LeaseRow),
  /** Points left in them: what the city would lose with this desk. */
  valueAtRisk: z.int(),
  blocks: z.array(NumberBlock),
})

export const ReaderLedger = z.strictObject({
  reader: Reader.pick({ id: true }),
  /** Not in any lease. */
  pointsFree: z.int(),
  /** May be redeemed at this desk now, with or without a line. */
  spendable: z.int(),
  leases: z.array(LeaseRow),
  /** What this desk asked the city for today, and what it said. */
  request: z
    .strictObject({
      outcome: z.enum(['pending', 'applied', 'applied-with-exception', 'refused', 'quarantined']),
      findings: z.array(FindingShape),
    })
    .nullable(),
  entries: z.array(
    z.strictObject({
      entry: LedgerEntry,
      isReversed: z.boolean(),
      branch: Branch.nullable(),
      /** The city has not confirmed it. */
      isPending: z.boolean(),
    }),
  ),
  /** All of them, of which `entries` shows the newest. */
  entriesCount: z.int(),
  blocks: z.array(NumberBlock),
})
