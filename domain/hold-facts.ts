/** What a rule about holds looks at, beside its item and its reader. */
import { find, get, getAll, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Hold } from './hold-records.ts'
import { inQueue } from './policy/hold-queue.ts'
import type { Branch, Item, Loan, Reader, Title } from './records.ts'
import { standingTitle } from './title-facts.ts'

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
  /** What is kept for those, as far as it is known. */
  readonly itemsOfReader: ReadonlyMap<string, Item>
  readonly title: Title | null
  readonly copies: readonly Item[]
  /** Open loans of those copies, as far as they are known. */
  readonly loansOfCopies: readonly Loan[]
  readonly pickupBranch: Branch | null
  /** Of the holds above, the first few of the queue. A desk knows the readers of its own branch. */
  readonly readersByHold: ReadonlyMap<string, Reader>
  /** Where all of those are collected, by id: whoever is given an item, the desk knows the way. */
  readonly pickupBranches: ReadonlyMap<string, Branch>
}

/** The first of the queue is nearly always the one: the others are suspended or wait for an item. */
const NAMED_MAX = 5

interface Around {
  readonly item: Item | null
  readonly reader: Reader | null
}

export function* gatherHolds(subject: HoldSubject, { item, reader }: Around): Gathering<HoldFacts> {
  const [hold, holdOfItem, openOfReader, title, pickupBranch] = yield* together(
    get('hold', subject.holdId),
    keepingHold(subject.ofItem ? item : null),
    find('openHoldsOfReader', subject.ofReader && reader !== null ? [reader.id, null] : null),
    standingTitle(subject.titleId),
    get('branch', subject.pickupBranchId),
  )
  const titleId = title?.id ?? subject.titleId ?? item?.titleId ?? hold?.titleId ?? null
  const [heldItem, inAnyOrder] = yield* together(
    get('item', hold?.closedAt === null ? hold.trappedItemId : null),
    find('waitingHoldsOfTitle', subject.queue && titleId !== null ? [titleId, 'waiting'] : null),
  )
  const waiting = inQueue(inAnyOrder)
  const wantsCopies = subject.copies && (waiting.length > 0 || subject.titleId !== null)
  const named = [hold, holdOfItem, ...waiting.slice(0, NAMED_MAX)].filter((one) => one !== null)
  const [copies, itemsOfReader, readersByHold, pickupBranches] = yield* together(
    find('itemsOfTitle', wantsCopies && titleId !== null ? [titleId] : null),
    getAll(
      'item',
      byHold(openOfReader, ({ trappedItemId }) => trappedItemId),
    ),
    getAll(
      'reader',
      byHold(named, ({ readerId }) => readerId),
    ),
    getAll('branch', pickupIds([...named, ...waiting])),
  )
  const loans = yield* together(
    ...copies.map(({ openLoanId }) => get('loan', subject.titleId === null ? null : openLoanId)),
  )
  return {
    hold,
    heldItem,
    holdOfItem,
    waiting,
    openOfReader,
    itemsOfReader,
    title,
    copies,
    loansOfCopies: loans.flatMap((loan) => loan ?? []),
    pickupBranch,
    readersByHold,
    pickupBranches,
  }
}

const none: ReadonlyMap<string, string> = new Map()

/** Each place once: many wait for one title, few places are asked for. */
const pickupIds = (holds: readonly Hold[]): ReadonlyMap<string, string> =>
  holds.length === 0
    ? none
    : new Map(holds.map(({ pickupBranchId: id }) => [id as string, id as string]))

/** What each of the holds names. Of most items and readers there is none. */
function byHold(
  holds: readonly Hold[],
  named: (hold: Hold) => string | null,
): ReadonlyMap<string, string> {
  if (holds.length === 0) return none
  const byId = new Map<string, string>()
  for (const hold of holds) {
    const id = named(hold)
    if (id !== null) byId.set(hold.id, id)
  }
  return byId
}

/** An item of elsewhere is known in brief, without what it is kept for: the hold tells it then. */
const keepingHold = (item: Item | null): Gathering<Hold | null> =>
  item === null ? known(null) : gatherKeeping(item)

function* gatherKeeping(item: Item): Gathering<Hold | null> {
  const [[trapped = null], past] = yield* together(
    find('openHoldsOfItem', [item.id, null]),
    get('hold', item.holdId),
  )
  return trapped ?? (past?.state === 'waiting' ? past : null)
}
