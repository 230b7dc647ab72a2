/** What a rule about points, money, leases or numbers looks at, beside its reader. */
import { find, get, getAll, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Lease, LedgerEntry, NumberSeries } from './ledger-records.ts'
import { standingReader } from './reader-facts.ts'
import type { Fee, Reader } from './records.ts'
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

/** Of an operation that is about none of them. */
export const notInLedger: LedgerSubject = inLedger({})

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
  /** By the record that an entry names: the one that stands for that person now (D13). */
  readonly standingByReader: ReadonlyMap<string, Reader>
  /** What was given back of those entries that are for no fee. */
  readonly reversalsByEntry: ReadonlyMap<string, readonly LedgerEntry[]>
  readonly till: Till | null
  readonly openTills: readonly Till[]
}

/** Open leases of one reader in the whole city; a finder lists no more. */
export const LEASES_OF_READER_MAX = 20

const noLedger: LedgerFacts = {
  leases: new Map(),
  openLeasesOfReader: [],
  series: null,
  entry: null,
  reversals: [],
  fee: null,
  feesById: new Map(),
  entriesByFee: new Map(),
  entriesById: new Map(),
  standingByReader: new Map(),
  reversalsByEntry: new Map(),
  till: null,
  openTills: [],
}

export const gatherLedger = (subject: LedgerSubject): Gathering<LedgerFacts> =>
  subject === notInLedger ? known(noLedger) : gatherNamed(subject)

function* gatherNamed(subject: LedgerSubject): Gathering<LedgerFacts> {
  const { leasesOfReaderId, tillsOfDeviceId } = subject
  const [leases, openLeasesOfReader, series, entry, entriesById, openTills] = yield* together(
    getAll('lease', new Map(subject.leaseIds.map((id) => [id, id]))),
    find('openLeasesOfReader', leasesOfReaderId === null ? null : [leasesOfReaderId, null]),
    get('number-series', subject.series),
    get('ledger-entry', subject.entryId),
    getAll('ledger-entry', new Map(subject.entryIds.map((id) => [id, id]))),
    find('openTillsOfDevice', tillsOfDeviceId === null ? null : [tillsOfDeviceId, null]),
  )
  const all = [...(entry === null ? [] : [entry]), ...entriesById.values()]
  const [money, standingByReader, reversalsByEntry, reversals, till] = yield* together(
    gatherMoney(subject, all),
    gatherStanding(all),
    gatherReversals([...entriesById.values()].filter(({ feeId }) => feeId === null)),
    find('reversalsOfEntry', entry && [entry.id]),
    get('till', subject.tillId ?? entry?.tillId ?? null),
  )
  return {
    leases,
    openLeasesOfReader,
    series,
    entry,
    reversals,
    fee: money.feesById.get(entry?.feeId ?? '') ?? null,
    ...money,
    entriesById,
    standingByReader,
    reversalsByEntry,
    till,
    openTills,
  }
}

function* gatherStanding(entries: readonly LedgerEntry[]): Gathering<Map<string, Reader>> {
  const ids = [...new Set(entries.map(({ readerId }) => readerId))]
  const found = yield* together(...ids.map(gatherStandingById))
  return new Map(
    ids.flatMap((id, index) => {
      const reader = found[index] ?? null
      return reader === null ? [] : [[id, reader] as const]
    }),
  )
}

function* gatherStandingById(readerId: string): Gathering<Reader | null> {
  return yield* standingReader(yield* get('reader', readerId))
}

function* gatherReversals(
  entries: readonly LedgerEntry[],
): Gathering<Map<string, readonly LedgerEntry[]>> {
  const found = yield* together(...entries.map(({ id }) => find('reversalsOfEntry', [id])))
  return new Map(entries.map(({ id }, index) => [id, found[index] ?? []]))
}

/** The fees that are named, or that entries are for. */
function* gatherMoney(
  { feeIds }: LedgerSubject,
  entries: readonly LedgerEntry[],
): Gathering<Pick<LedgerFacts, 'feesById' | 'entriesByFee'>> {
  const ids = [...new Set([...feeIds, ...entries.flatMap(({ feeId }) => feeId ?? [])])]
  const [feesById, entriesOfEach] = yield* together(
    getAll('fee', new Map(ids.map((id) => [id, id]))),
    together(...ids.map((id) => find('entriesOfFee', [id]))),
  )
  const entriesByFee = new Map(ids.map((id, index) => [id, entriesOfEach[index] ?? []]))
  return { feesById, entriesByFee }
}

/** Whose they are, where the subject names no reader. */
export function readerIdOfLedger({ leases, entry, feesById }: LedgerFacts): string | null {
  const [lease] = leases.values()
  const [fee] = feesById.values()
  return entry?.readerId ?? fee?.readerId ?? lease?.readerId ?? null
}
