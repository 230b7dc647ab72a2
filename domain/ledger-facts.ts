/** What a rule about points, money, leases or numbers looks at, beside its reader. */
import type { Lease, LedgerEntry, NumberSeries } from './ledger-records.ts'
import type { Fee, RecordKind, Records } from './records.ts'
import type { Till } from './till-records.ts'

/** What an operation names of them. */
export interface LedgerSubject {
  readonly leaseIds: readonly string[]
  /** All open leases of this reader. */
  readonly leasesOfReaderId: string | null
  readonly series: string | null
  readonly entryId: string | null
  readonly feeIds: readonly string[]
  /** Entries beside `entryId`, each with its fee. */
  readonly entryIds: readonly string[]
  readonly tillId: string | null
  /** What this desk has open. */
  readonly tillsOfDeviceId: string | null
}

export const inLedger = (named: Partial<LedgerSubject>): LedgerSubject => ({
  leaseIds: [],
  leasesOfReaderId: null,
  series: null,
  entryId: null,
  feeIds: [],
  entryIds: [],
  tillId: null,
  tillsOfDeviceId: null,
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
  /** The fee of `entry`. */
  readonly fee: Fee | null
  /** What the subject names, and what its entries are for. */
  readonly feesById: ReadonlyMap<string, Fee>
  /** Money of each of those fees, also where the fee itself is gone. */
  readonly entriesByFee: ReadonlyMap<string, readonly LedgerEntry[]>
  readonly entriesById: ReadonlyMap<string, LedgerEntry>
  /** The till of the subject, or else of `entry`. */
  readonly till: Till | null
  readonly openTills: readonly Till[]
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
    finder: 'openLeasesOfReader' | 'reversalsOfEntry' | 'entriesOfFee' | 'openTillsOfDevice',
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
  const entriesById = new Map<string, LedgerEntry>()
  for (const id of subject.entryIds) {
    const one = yield* get('ledger-entry', id)
    if (one !== null) entriesById.set(id, one)
  }
  const money = yield* gatherMoney(subject, [entry, ...entriesById.values()], { get, find })
  const { tillsOfDeviceId } = subject
  return {
    leases,
    openLeasesOfReader:
      leasesOfReaderId === null
        ? []
        : yield* find<Lease>('openLeasesOfReader', [leasesOfReaderId, null]),
    series: yield* get('number-series', subject.series),
    entry,
    reversals: entry === null ? [] : yield* find<LedgerEntry>('reversalsOfEntry', [entry.id]),
    fee: money.feesById.get(entry?.feeId ?? '') ?? null,
    ...money,
    entriesById,
    till: yield* get('till', subject.tillId ?? entry?.tillId ?? null),
    openTills:
      tillsOfDeviceId === null
        ? []
        : yield* find<Till>('openTillsOfDevice', [tillsOfDeviceId, null]),
  }
}

/** The fees that are named, or that entries are for. */
function* gatherMoney<L, A>(
  { feeIds }: LedgerSubject,
  entries: readonly (LedgerEntry | null)[],
  { get, find }: Asking<L, A>,
): Generator<L, Pick<LedgerFacts, 'feesById' | 'entriesByFee'>, A> {
  const feesById = new Map<string, Fee>()
  const entriesByFee = new Map<string, readonly LedgerEntry[]>()
  const ofEntries = entries.flatMap((entry) => entry?.feeId ?? [])
  for (const id of new Set([...feeIds, ...ofEntries])) {
    const fee = yield* get('fee', id)
    if (fee !== null) feesById.set(id, fee)
    entriesByFee.set(id, yield* find<LedgerEntry>('entriesOfFee', [id]))
  }
  return { feesById, entriesByFee }
}

/** Whose they are, where the subject names no reader. */
export function readerIdOfLedger({ leases, entry, feesById }: LedgerFacts): string | null {
  const [lease] = leases.values()
  const [fee] = feesById.values()
  return entry?.readerId ?? fee?.readerId ?? lease?.readerId ?? null
}
