/**
 * How a loader asks for rows: a generator that yields lookups and is answered, so that the desk
 * (synchronous SQLite) and the server (batched PostgreSQL) drive the same code.
 */
import type { Change } from './change.ts'
import type { RecordKind, RecordOf, Records } from './records.ts'
import type { EpochMs } from './words/calendar-date.ts'

/**
 * The indexed questions a store answers: `kind` rows whose fields `by` equal the given values (in
 * that order; a null value matches null), ordered by `orderBy` ascending, at most `limit` rows.
 * Each is one index on the desk and on the server.
 */
export const finders = {
  itemByBarcode: { kind: 'item', by: ['barcode'], orderBy: 'id', limit: 2 },
  readerByCard: { kind: 'reader', by: ['cardNumber'], orderBy: 'id', limit: 2 },
  readersByIdHash: { kind: 'reader', by: ['idNumberHash'], orderBy: 'id', limit: 2 },
  readersByNameAndBirth: { kind: 'reader', by: ['name', 'bornOn'], orderBy: 'id', limit: 3 },
  /** As many as no person's card may have: the first due is exact for all but institutions (L14). */
  openLoansByDue: { kind: 'loan', by: ['readerId', 'returnedAt'], orderBy: 'dueOn', limit: 50 },
  openLoansOfItem: { kind: 'loan', by: ['itemId', 'returnedAt'], orderBy: 'lentAt', limit: 10 },
  loansOfItem: { kind: 'loan', by: ['itemId'], orderBy: 'lentAt', limit: 50 },
  openExceptionsOfItem: {
    kind: 'exception',
    by: ['itemId', 'settledAt'],
    orderBy: 'openedAt',
    limit: 20,
  },
  openExceptionsOfReader: {
    kind: 'exception',
    by: ['readerId', 'settledAt'],
    orderBy: 'openedAt',
    limit: 50,
  },
  loansOfReader: { kind: 'loan', by: ['readerId'], orderBy: 'lentAt', limit: 200 },
  feesOfReader: { kind: 'fee', by: ['readerId'], orderBy: 'openedAt', limit: 200 },
  entriesOfReader: { kind: 'ledger-entry', by: ['readerId'], orderBy: 'at', limit: 200 },
  entriesOfFee: { kind: 'ledger-entry', by: ['feeId'], orderBy: 'at', limit: 200 },
  reversalsOfEntry: { kind: 'ledger-entry', by: ['reversesId'], orderBy: 'at', limit: 2 },
  openLeasesOfReader: {
    kind: 'lease',
    by: ['readerId', 'closedAt'],
    orderBy: 'grantedAt',
    limit: 20,
  },
  openLeasesOfDevice: {
    kind: 'lease',
    by: ['deviceId', 'closedAt'],
    orderBy: 'grantedAt',
    limit: 200,
  },
  openTillsOfDevice: { kind: 'till', by: ['deviceId', 'closedAt'], orderBy: 'openedAt', limit: 5 },
  titleByControlNumber: { kind: 'title', by: ['controlNumber'], orderBy: 'id', limit: 2 },
  feesOfLoan: { kind: 'fee', by: ['loanId'], orderBy: 'openedAt', limit: 20 },
  loansOfPair: { kind: 'loan', by: ['itemId', 'readerId'], orderBy: 'lentAt', limit: 200 },
  staffByUsername: { kind: 'staff', by: ['username'], orderBy: 'id', limit: 1 },
  cardByNumber: { kind: 'card', by: ['number'], orderBy: 'id', limit: 2 },
  cardsOfReader: { kind: 'card', by: ['readerId'], orderBy: 'id', limit: 50 },
  messagesOfReader: { kind: 'reader-message', by: ['readerId'], orderBy: 'at', limit: 100 },
  /** Asked with the state `waiting`: the queue. */
  waitingHoldsOfTitle: {
    kind: 'hold',
    by: ['titleId', 'state'],
    orderBy: 'placedAt',
    limit: 200,
  },
  openHoldsOfItem: {
    kind: 'hold',
    by: ['trappedItemId', 'closedAt'],
    orderBy: 'placedAt',
    limit: 2,
  },
  openHoldsOfReader: {
    kind: 'hold',
    by: ['readerId', 'closedAt'],
    orderBy: 'placedAt',
    limit: 200,
  },
  itemsOfTitle: { kind: 'item', by: ['titleId'], orderBy: 'id', limit: 50 },
  subscriptionsOfTitle: {
    kind: 'subscription',
    by: ['titleId', 'year'],
    orderBy: 'id',
    limit: 200,
  },
  subscriptionsAtBranch: {
    kind: 'subscription',
    by: ['titleId', 'branchId'],
    orderBy: 'id',
    limit: 50,
  },
  bookNumbersOfTitle: { kind: 'book-number', by: ['titleId'], orderBy: 'id', limit: 50 },
  bookNumbersAlike: {
    kind: 'book-number',
    by: ['schemeId', 'classNumber', 'text'],
    orderBy: 'id',
    limit: 20,
  },
  formerBarcodes: { kind: 'former-barcode', by: ['barcode'], orderBy: 'id', limit: 2 },
  /** Of a title that becomes part of another: more are merged the other way round (Q4). */
  allItemsOfTitle: { kind: 'item', by: ['titleId'], orderBy: 'id', limit: 500 },
  openHoldsOfTitle: {
    kind: 'hold',
    by: ['titleId', 'closedAt'],
    orderBy: 'placedAt',
    limit: 500,
  },
  draftsOfTitle: { kind: 'draft', by: ['titleId', 'state'], orderBy: 'begunAt', limit: 50 },
  authoritiesByHeading: { kind: 'authority', by: ['headingKey'], orderBy: 'id', limit: 20 },
  redirectsInto: { kind: 'title-redirect', by: ['intoId'], orderBy: 'id', limit: 200 },
  redirectByControlNumber: {
    kind: 'title-redirect',
    by: ['controlNumber'],
    orderBy: 'id',
    limit: 2,
  },
  readersMergedInto: { kind: 'reader', by: ['mergedIntoId'], orderBy: 'id', limit: 50 },
} as const satisfies Record<
  string,
  { kind: RecordKind; by: readonly string[]; orderBy: string; limit: number }
>
export type FinderName = keyof typeof finders
export type FinderValue = string | number | null

export type Lookup =
  /** `isToChange`: of a kind that is else only read, and never locked (server/ledger/fetched-facts.ts). */
  | { lookup: 'get'; kind: RecordKind; id: string; isToChange?: true }
  | { lookup: 'find'; finder: FinderName; values: readonly FinderValue[] }
  | { lookup: 'operation'; id: string }
  /** Asked where nobody knows the card: rows of `blocked-card`. The server knows its readers. */
  | { lookup: 'blocked-card'; card: string }

/** An operation as it stands in a log, with what it did. */
export interface LoggedOperation {
  readonly id: string
  readonly kind: string
  readonly staffId: string
  readonly branchId: string
  readonly at: EpochMs
  readonly changes: readonly Change[]
  readonly inverse: readonly Change[]
  /** The desk did not believe its own clock. */
  readonly isClockSuspect: boolean
  /** The operation that took this one back, if any. */
  readonly undoneBy: string | null
}

export type LookupAnswer = readonly Records[RecordKind][] | LoggedOperation | null

/** Gatherings that do not wait for each other: a store across a network answers them in one trip. */
interface Together {
  readonly together: readonly Gathering<unknown>[]
}
type Asked = Lookup | Together
type Answer = LookupAnswer | readonly unknown[]

/** What is asked next is answered with rows, or with what each of the gatherings came to. */
export type Gathering<T> = Generator<Asked, T, Answer>

/**
 * One question and what its answer comes to. Nearly all gatherings are: a generator for each would
 * be a third of what deciding costs. `yield*` takes it for one; who drives it asks it directly.
 */
export class Question<T> {
  readonly asks: Asked
  readonly read: (answer: Answer) => T
  private isAsked = false

  constructor(asks: Asked, read: (answer: Answer) => T) {
    this.asks = asks
    this.read = read
  }

  next(answer: Answer): IteratorResult<Asked, T> {
    if (this.isAsked) return { done: true, value: this.read(answer) }
    this.isAsked = true
    return { done: false, value: this.asks }
  }

  [Symbol.iterator](): this {
    return this
  }
}

const question = <T>(asks: Asked, read: (answer: Answer) => T): Gathering<T> =>
  new Question(asks, read) as unknown as Gathering<T>

/** What is known without asking. */
export class Known<T> {
  readonly value: T
  private readonly step: IteratorResult<Asked, T>

  constructor(value: T) {
    this.value = value
    this.step = { done: true, value }
  }

  next(): IteratorResult<Asked, T> {
    return this.step
  }

  [Symbol.iterator](): this {
    return this
  }
}

export const known = <T>(value: T): Gathering<T> => new Known(value) as unknown as Gathering<T>

const nothing = known(null)
const none = known<readonly never[]>([])

type Gathered<T> = { -readonly [K in keyof T]: T[K] extends Gathering<infer R> ? R : never }

const asTheyAre = (results: Answer): unknown => results

export const together = <const T extends readonly Gathering<unknown>[]>(
  ...gatherings: T
): Gathering<Gathered<T>> =>
  (gatherings.length === 0 ? none : question({ together: gatherings }, asTheyAre)) as Gathering<
    Gathered<T>
  >

const firstOf = (rows: Answer): unknown => (rows as readonly unknown[])[0] ?? null

/** Null where there is none, or no id to ask by. */
export const get = <K extends RecordKind>(
  kind: K,
  id: string | null,
): Gathering<RecordOf<K> | null> =>
  id === null
    ? nothing
    : (question({ lookup: 'get', kind, id }, firstOf) as Gathering<RecordOf<K> | null>)

/** Throws, a defect, where there is none: a store without its city's own records decides nothing. */
export const needed = <K extends RecordKind>(kind: K, id: string): Gathering<RecordOf<K>> =>
  question({ lookup: 'get', kind, id }, (rows) => {
    const row = firstOf(rows)
    if (row === null) throw new Error(`the replica holds no ${kind} ${id}`)
    return row as RecordOf<K>
  })

const nothingNamed = known(new Map<string, never>())

/** A row of the organisation that this operation changes: nobody else may, meanwhile. */
export function* getToChange<K extends RecordKind>(
  kind: K,
  id: string,
): Gathering<RecordOf<K> | null> {
  const rows = (yield { lookup: 'get', kind, id, isToChange: true }) as readonly RecordOf<K>[]
  return rows[0] ?? null
}

/** Those of the rows that there are, by the names they were asked for. */
export const getAll = <K extends RecordKind>(
  kind: K,
  idsByName: ReadonlyMap<string, string>,
): Gathering<ReadonlyMap<string, RecordOf<K>>> =>
  idsByName.size === 0 ? nothingNamed : getEach(kind, idsByName)

function* getEach<K extends RecordKind>(
  kind: K,
  idsByName: ReadonlyMap<string, string>,
): Gathering<ReadonlyMap<string, RecordOf<K>>> {
  const rows = yield* together(...[...idsByName.values()].map((id) => get(kind, id)))
  const found = new Map<string, RecordOf<K>>()
  for (const [index, name] of [...idsByName.keys()].entries()) {
    const row = rows[index] ?? null
    if (row !== null) found.set(name, row)
  }
  return found
}

type Found<F extends FinderName> = RecordOf<(typeof finders)[F]['kind']>

/** Empty where there are none, or nothing to ask by. */
export const find = <F extends FinderName>(
  finder: F,
  values: readonly FinderValue[] | null,
): Gathering<readonly Found<F>[]> =>
  values === null
    ? none
    : (question({ lookup: 'find', finder, values }, asTheyAre) as Gathering<readonly Found<F>[]>)

/** Drives the loader over a synchronous store. */
export function gatherNow<T>(gathering: Gathering<T>, answer: (lookup: Lookup) => LookupAnswer): T {
  const answerTo = (asked: Asked): Answer =>
    'together' in asked ? asked.together.map((one) => gatherNow(one, answer)) : answer(asked)
  if (gathering instanceof Known) return gathering.value as T
  if (gathering instanceof Question) return gathering.read(answerTo(gathering.asks)) as T
  let step = gathering.next()
  while (step.done !== true) step = gathering.next(answerTo(step.value))
  return step.value
}

/** Drives the loader over an asynchronous store. */
export async function gatherLater<T>(
  gathering: Gathering<T>,
  answer: (lookup: Lookup) => Promise<LookupAnswer>,
): Promise<T> {
  let step = gathering.next()
  while (step.done !== true) {
    const asked = step.value
    const answers =
      'together' in asked
        ? await Promise.all(asked.together.map((one) => gatherLater(one, answer)))
        : await answer(asked)
    step = gathering.next(answers)
  }
  return step.value
}
