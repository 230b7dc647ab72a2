/** What a rule about holds looks at, beside its item and its reader. */
import type { Hold } from './hold-records.ts'
import { inQueue } from './policy/hold-queue.ts'
import type { Branch, Item, Loan, Reader, RecordKind, Records, Title } from './records.ts'

/** What an operation asks of them; only what is named is loaded. */
export interface HoldSubject {
  readonly holdId: string | null
  /** A hold is to be placed on it. */
  readonly titleId: string | null
  readonly pickupBranchId: string | null
  /** What the item is kept for. */
  readonly ofItem: boolean
  /** Who waits for the title, with its readers and branches. */
  readonly queue: boolean
  /** Items of the title: where one hold waits at least, or one is to be placed. */
  readonly copies: boolean
  /** All that the reader has open. */
  readonly ofReader: boolean
}

export const aboutHolds = (named: Partial<HoldSubject>): HoldSubject => ({
  holdId: null,
  titleId: null,
  pickupBranchId: null,
  ofItem: false,
  queue: false,
  copies: false,
  ofReader: false,
  ...named,
})

export interface HoldFacts {
  /** The hold that the operation names, or that the desk told its staff. */
  readonly hold: Hold | null
  /** The item of `hold`, while it is kept for it. */
  readonly heldItem: Item | null
  /** The open hold that the item is kept for, or was lent past. */
  readonly holdOfItem: Hold | null
  /** In the order of the queue; beyond 200 nobody looks. */
  readonly waiting: readonly Hold[]
  readonly openOfReader: readonly Hold[]
  readonly title: Title | null
  readonly copies: readonly Item[]
  /** Open loans of those copies, as far as they are known. */
  readonly loansOfCopies: readonly Loan[]
  readonly pickupBranch: Branch | null
  /** Of the holds above, the first few of the queue. A desk knows the readers of its own branch. */
  readonly readersByHold: ReadonlyMap<string, Reader>
  readonly pickupBranchesByHold: ReadonlyMap<string, Branch>
}

/** The first of the queue is nearly always the one: the others are suspended or wait for an item. */
const NAMED_MAX = 5

/** How the loader of domain/facts.ts asks. */
interface Asking<L, A> {
  readonly get: <K extends RecordKind>(
    kind: K,
    id: string | null,
  ) => Generator<L, Records[K] | null, A>
  readonly find: <T>(
    finder: 'waitingHoldsOfTitle' | 'openHoldsOfItem' | 'openHoldsOfReader' | 'itemsOfTitle',
    values: readonly (string | null)[],
  ) => Generator<L, readonly T[], A>
}

interface Around {
  readonly item: Item | null
  readonly reader: Reader | null
}

export function* gatherHolds<L, A>(
  subject: HoldSubject,
  { item, reader }: Around,
  asking: Asking<L, A>,
): Generator<L, HoldFacts, A> {
  const { get, find } = asking
  const hold = yield* get('hold', subject.holdId)
  const holdOfItem = subject.ofItem && item !== null ? yield* keepingHold(item, asking) : null
  const titleId = subject.titleId ?? item?.titleId ?? hold?.titleId ?? null
  const waiting =
    subject.queue && titleId !== null
      ? inQueue(yield* find<Hold>('waitingHoldsOfTitle', [titleId, 'waiting']))
      : []
  const wantsCopies = subject.copies && (waiting.length > 0 || subject.titleId !== null)
  const copies = wantsCopies && titleId !== null ? yield* find<Item>('itemsOfTitle', [titleId]) : []
  const named = [hold, holdOfItem, ...waiting.slice(0, NAMED_MAX)].flatMap((one) => one ?? [])
  return {
    hold,
    heldItem: yield* get('item', hold?.closedAt === null ? hold.trappedItemId : null),
    holdOfItem,
    waiting,
    openOfReader:
      subject.ofReader && reader !== null
        ? yield* find<Hold>('openHoldsOfReader', [reader.id, null])
        : [],
    title: yield* get('title', subject.titleId),
    copies,
    loansOfCopies: subject.titleId === null ? [] : yield* openLoansOf(copies, asking),
    pickupBranch: yield* get('branch', subject.pickupBranchId),
    readersByHold: yield* byHold(named, 'reader', ({ readerId }) => readerId, asking),
    pickupBranchesByHold: yield* byHold(
      named,
      'branch',
      ({ pickupBranchId }) => pickupBranchId,
      asking,
    ),
  }
}

/** An item of elsewhere is known in brief, without what it is kept for: the hold tells it then. */
function* keepingHold<L, A>(item: Item, { get, find }: Asking<L, A>): Generator<L, Hold | null, A> {
  const [trapped = null] = yield* find<Hold>('openHoldsOfItem', [item.id, null])
  if (trapped !== null) return trapped
  const past = yield* get('hold', item.holdId)
  return past?.state === 'waiting' ? past : null
}

function* openLoansOf<L, A>(
  copies: readonly Item[],
  { get }: Asking<L, A>,
): Generator<L, readonly Loan[], A> {
  const loans: Loan[] = []
  for (const { openLoanId } of copies) {
    const loan = yield* get('loan', openLoanId)
    if (loan !== null) loans.push(loan)
  }
  return loans
}

function* byHold<K extends 'reader' | 'branch', L, A>(
  holds: readonly Hold[],
  kind: K,
  idOf: (hold: Hold) => string,
  { get }: Asking<L, A>,
): Generator<L, ReadonlyMap<string, Records[K]>, A> {
  const rows = new Map<string, Records[K]>()
  for (const hold of holds) {
    const row = yield* get(kind, idOf(hold))
    if (row !== null) rows.set(hold.id, row)
  }
  return rows
}
