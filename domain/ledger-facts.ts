/** What a rule about points, money, leases or numbers looks at, beside its reader. */
import type { Lease, LedgerEntry, NumberSeries } from './ledger-records.ts'
import type { Fee, RecordKind, Records } from './records.ts'

/** What an operation names of them. */
export interface LedgerSubject {
  readonly leaseIds: readonly string[]
  /** All open leases of this reader. */
  readonly leasesOfReaderId: string | null
  readonly series: string | null
  readonly entryId: string | null
  readonly feeId: string | null
}

export const inLedger = (named: Partial<LedgerSubject>): LedgerSubject => ({
  leaseIds: [],
  leasesOfReaderId: null,
  series: null,
  entryId: null,
  feeId: null,
  ...named,
})

/** Empty where the operation is about none of them. */
export interface LedgerFacts {
  /** The leases that the operation names, closed ones too. */
  readonly leases: ReadonlyMap<string, Lease>
  /** Open ones of this reader, of every desk; a desk knows only its own. */
  readonly openLeasesOfReader: readonly Lease[]
  /** Null before its first block, and on every desk. */
  readonly series: NumberSeries | null
  readonly entry: LedgerEntry | null
  /** What takes `entry` back. */
  readonly reversals: readonly LedgerEntry[]
  /** The fee of the subject, or else of `entry`. */
  readonly fee: Fee | null
  readonly entriesOfFee: readonly LedgerEntry[]
}

/** Open leases of one reader in the whole city; a finder lists no more. */
export const LEASES_OF_READER_MAX = 20

/** How the loader of domain/facts.ts asks. */
export interface Asking<L, A> {
  readonly get: <K extends RecordKind>(
    kind: K,
    id: string | null,
  ) => Generator<L, Records[K] | null, A>
  readonly find: <T>(
    finder: 'openLeasesOfReader' | 'reversalsOfEntry' | 'entriesOfFee',
    values: readonly (string | null)[],
  ) => Generator<L, readonly T[], A>
}

export function* gatherLedger<L, A>(
  subject: LedgerSubject,
  { get, find }: Asking<L, A>,
): Generator<L, LedgerFacts, A> {
  const leases = new Map<string, Lease>()
  for (const id of subject.leaseIds) {
    const lease = yield* get('lease', id)
    if (lease !== null) leases.set(id, lease)
  }
  const { leasesOfReaderId } = subject
  const entry = yield* get('ledger-entry', subject.entryId)
  const fee = yield* get('fee', subject.feeId ?? entry?.feeId ?? null)
  return {
    leases,
    openLeasesOfReader:
      leasesOfReaderId === null
        ? []
        : yield* find<Lease>('openLeasesOfReader', [leasesOfReaderId, null]),
    series: yield* get('number-series', subject.series),
    entry,
    reversals: entry === null ? [] : yield* find<LedgerEntry>('reversalsOfEntry', [entry.id]),
    fee,
    entriesOfFee: fee === null ? [] : yield* find<LedgerEntry>('entriesOfFee', [fee.id]),
  }
}

/** Whose they are, where the subject names no reader. */
export function readerIdOfLedger({ leases, entry, fee }: LedgerFacts): string | null {
  const [lease] = leases.values()
  return entry?.readerId ?? fee?.readerId ?? lease?.readerId ?? null
}
