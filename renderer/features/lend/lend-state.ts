/**
 * Lending as a state machine: one reader at a time, items one after the other in the order of the
 * scans. A pure reducer; lend-flow.ts does what it asks for.
 */
import { createSlice } from '@reduxjs/toolkit'
import type { PayloadAction } from '@reduxjs/toolkit'
import type { Failure } from '../../../contract/desk-api.ts'
import { standsForVisit } from '../../../domain/policy/visit-overrides.ts'
import { signedOut } from '../../app/desk-state.ts'
import type { IdCardRead } from '../../app/id-card-read.ts'
import { newRequestId } from '../../app/perform.ts'
import type { ReceiptOf } from '../../app/perform.ts'
import { rowsWith, unanswered } from '../../app/scanned-rows.ts'
import type { ScannedRow } from '../../app/scanned-rows.ts'

type CheckedOut = ReceiptOf<'loan.check-out'>
type TakenOver = ReceiptOf<'loan.take-over'>
/** A stack on a trolley, twice over; more is pasted in two parts. */
export const LIST_MAX = 500

/** A taking over says no more than what both say. */
export type LendReceipt = Omit<CheckedOut, 'summary'> & {
  readonly summary: Pick<
    CheckedOut['summary'],
    keyof CheckedOut['summary'] & keyof TakenOver['summary']
  > &
    Partial<Pick<CheckedOut['summary'], 'isRenewal' | 'openLoansCount'>>
}

/** To take home · for the reading room · from the reader who has it. */
export type LendMode = 'home' | 'reading-room' | 'take-over'
export const lendModes: readonly LendMode[] = ['home', 'reading-room', 'take-over']

/**
 * How a row came: scanned by itself · of a list, to be done without a question · of a list, its
 * question put off until the rest was done, and asked now.
 */
type Turn = 'own' | 'listed' | 'again'

export interface LendRow extends ScannedRow {
  readonly mode: LendMode
  readonly turn: Turn
  readonly receipt: LendReceipt | null
}

interface Answered {
  readonly id: string
  readonly receipt: LendReceipt
  /** It was overridden for the whole visit. */
  readonly isToStand?: boolean
}

/** A scan that came while items of the reader before were not yet answered. `card` null: F2. */
type LaterScan =
  | { readonly card: string | null; readonly visitId: string | null }
  | { readonly idCard: IdCardRead }
  | { readonly id: string; readonly barcode: string; readonly turn: Turn }

export interface LendState {
  readonly mode: LendMode
  readonly card: string | null
  /** Read, and not yet known whose: items that follow wait in `later`. Then `card` is null. */
  readonly idCard: IdCardRead | null
  /** From this card's coming onto the screen until it leaves it; null where none is. */
  readonly visitId: string | null
  /** Codes of what was overridden for the whole visit (L28). */
  readonly standing: readonly string[]
  /** Newest first. */
  readonly rows: readonly LendRow[]
  /** A second person's name or password was not accepted. */
  readonly isSecondRefused: boolean
  /** Which row the large verdict is about. */
  readonly spokenId: string | null
  /** A list that is being written; null where none is. It outlives a reader and the screen. */
  readonly listText: string | null
  /** Taken in this order once the reader before is served: no scanned item is lost unlent. */
  readonly later: readonly LaterScan[]
}

export const emptyLend: LendState = {
  mode: 'home',
  card: null,
  idCard: null,
  visitId: null,
  standing: [],
  rows: [],
  isSecondRefused: false,
  spokenId: null,
  listText: null,
  later: [],
}

const stateByOutcome = {
  done: 'done',
  'dry-run': 'left',
  'needs-override': 'deciding',
  refused: 'stopped',
} as const satisfies Record<LendReceipt['outcome'], LendRow['state']>

const withRow = (state: LendState, id: string, part: Partial<LendRow>): LendState => ({
  ...state,
  rows: rowsWith(state.rows, id, part),
})

const isUnanswered = ({ state }: LendRow): boolean =>
  state === 'waiting' || state === 'working' || state === 'deciding' || state === 'put-off'

export const isRetriable = ({ state }: LendRow): boolean =>
  state === 'stopped' || state === 'failed' || state === 'left'

export interface ListCounts {
  readonly all: number
  /** Answered at least once. */
  readonly tried: number
  readonly lent: number
  /** Their question waits. */
  readonly asking: number
  readonly notLent: number
}

/** Of what came by list to this reader; null where nothing did. */
export function listCounts({ rows }: LendState): ListCounts | null {
  const listed = rows.filter(({ turn }) => turn !== 'own')
  if (listed.length === 0) return null
  const count = (isMeant: (row: LendRow) => boolean): number => listed.filter(isMeant).length
  const isUntried = ({ turn, state }: LendRow): boolean =>
    turn === 'listed' && (state === 'waiting' || state === 'working')
  return {
    all: listed.length,
    tried: count((row) => !isUntried(row)),
    lent: count((row) => row.state === 'done' && !row.isUndone),
    asking: count(({ turn, state }) => turn === 'again' && isQuestion(state)),
    notLent: count((row) => isRetriable(row) || row.isUndone),
  }
}

const isQuestion = (state: LendRow['state']): boolean =>
  state === 'put-off' || state === 'deciding' || state === 'working'

/** The screen as the next reader finds it. */
const forNext = ({ listText }: LendState): LendState => ({ ...emptyLend, listText })

function taken(state: LendState, scan: LaterScan): LendState {
  if (state.idCard !== null) return takenWhileReading(state, scan)
  if (state.later.length > 0) return { ...state, later: [...state.later, scan] }
  if ('card' in scan) {
    if (scan.card !== null && scan.card === state.card) return state
    if (state.rows.some(isUnanswered)) return { ...state, later: [scan] }
    return { ...forNext(state), card: scan.card, visitId: scan.visitId }
  }
  if ('idCard' in scan) {
    if (state.rows.some(isUnanswered)) return { ...state, later: [scan] }
    return { ...forNext(state), idCard: scan.idCard }
  }
  if (state.card === null) return state
  const { mode } = state
  return { ...state, rows: [{ ...scan, ...unanswered, mode }, ...state.rows] }
}

/** Of a list: what was not lent goes to its end, and its question waits there (L30). */
function putOff(state: LendState, id: string): LendState {
  const row = state.rows.find((one) => one.id === id)
  if (row === undefined || row.turn !== 'listed' || row.state === 'done') return state
  const isAsked = row.state === 'deciding'
  const last: LendRow = isAsked ? { ...row, state: 'put-off', turn: 'again' } : row
  return { ...state, rows: [last, ...state.rows.filter((one) => one.id !== id)] }
}

/** The books lie on the desk before it is known whose card was read: they are its reader's. */
function takenWhileReading(state: LendState, scan: LaterScan): LendState {
  const { later } = state
  if ('idCard' in scan) return { ...forNext(state), idCard: scan.idCard, later }
  if (!('card' in scan)) return { ...state, later: [...later, scan] }
  if (scan.card === null) return forNext(state)
  return drained({ ...forNext(state), card: scan.card, visitId: scan.visitId, later })
}

/** After an answer: the next reader's turn, where one waits and nothing of this one's does. */
function drained(state: LendState): LendState {
  const [next, ...later] = state.later
  if (next === undefined || state.rows.some(isUnanswered)) return state
  const moved = taken({ ...state, later: [] }, next)
  // What was refused stays in sight: nobody has read it yet, and the book is still on the desk.
  const refused = state.rows.filter((row) => row.state === 'stopped' || row.state === 'failed')
  const rows = [...moved.rows, ...refused]
  const spokenId = refused.some(({ id }) => id === state.spokenId) ? state.spokenId : null
  return later.reduce(taken, { ...moved, rows, spokenId })
}

export const lendSlice = createSlice({
  name: 'lend',
  initialState: emptyLend,
  reducers: {
    /** A new card is the next reader. The same card again changes nothing. */
    cardScanned: {
      reducer: (state, { payload }: PayloadAction<{ card: string; visitId: string }>) =>
        taken(state, payload),
      prepare: (card: string) => ({ payload: { card, visitId: newRequestId() } }),
    },
    /** For this reader; the next one borrows to take home. */
    modeChosen: (state, { payload: mode }: PayloadAction<LendMode>) => ({ ...state, mode }),
    /** Of a reader whom the number will tell; the next reader, as a card is. */
    idCardRead: (state, { payload: idCard }: PayloadAction<IdCardRead>) => taken(state, { idCard }),
    /** Whose the ID card is: from here on as if their card had been scanned. */
    readerFound: {
      reducer: (state, { payload }: PayloadAction<{ card: string; visitId: string }>) =>
        state.idCard === null ? state : taken(state, payload),
      prepare: (card: string) => ({ payload: { card, visitId: newRequestId() } }),
    },
    nextReader: (state) => taken(state, { card: null, visitId: null }),
    itemScanned: (state, { payload }: PayloadAction<{ id: string; barcode: string }>) =>
      taken(state, { ...payload, turn: 'own' }),
    listWritten: (state, { payload: listText }: PayloadAction<string | null>) => ({
      ...state,
      listText,
    }),
    /** Behind what was scanned; what is lent here already is not lent again. */
    listTaken: {
      reducer: (state, { payload }: PayloadAction<readonly { id: string; barcode: string }[]>) =>
        payload.reduce<LendState>((so, one) => taken(so, { ...one, turn: 'listed' }), {
          ...state,
          listText: null,
        }),
      prepare: (barcodes: readonly string[]) => ({
        payload: barcodes.map((barcode) => ({ id: newRequestId(), barcode })),
      }),
    },
    /** What of the list is not done, nor at work, is left: each can be tried again. */
    listStopped: (state) =>
      drained({
        ...state,
        isSecondRefused: false,
        rows: state.rows.map((row) =>
          row.turn !== 'own' && isUnanswered(row) && row.state !== 'working'
            ? { ...row, state: 'left' as const }
            : row,
        ),
      }),
    /** The large verdict is about this row. */
    rowChosen: (state, { payload: spokenId }: PayloadAction<string>) => ({ ...state, spokenId }),
    /** A question that stands keeps its findings in sight; what is tried anew has none yet. */
    workBegan: (state, { payload: id }: PayloadAction<string>) => {
      const isAsked = state.rows.some((row) => row.id === id && row.state === 'deciding')
      return withRow(state, id, { state: 'working', ...(isAsked ? {} : { receipt: null }) })
    },
    /** What was refused, failed or left: a book found in the catalogue, a reason thought of. */
    rowRetried: (state, { payload: id }: PayloadAction<string>) => {
      const row = state.rows.find((one) => one.id === id)
      if (row === undefined || !isRetriable(row)) return state
      // Of a list it stays; its question is asked at once.
      return withRow(state, id, { ...unanswered, turn: row.turn === 'own' ? 'own' : 'again' })
    },
    answered: (state, { payload: { id, receipt, isToStand = false } }: PayloadAction<Answered>) => {
      const stands = isToStand && receipt.outcome === 'done'
      const added = stands ? receipt.findings.filter(standsForVisit).map(({ code }) => code) : []
      const standing = [...new Set([...state.standing, ...added])]
      const isSecondRefused =
        receipt.outcome === 'needs-override' &&
        state.rows.some((row) => row.id === id && row.receipt !== null)
      const next = withRow(state, id, {
        state: stateByOutcome[receipt.outcome],
        receipt,
        failure: null,
      })
      return drained({ ...putOff(next, id), standing, isSecondRefused, spokenId: id })
    },
    /** No receipt. A decision stays open, so that nothing typed into it is lost. */
    failed: (
      state,
      { payload: { id, failure } }: PayloadAction<{ id: string; failure: Failure }>,
    ) => {
      const isDeciding = state.rows.some((row) => row.id === id && row.receipt !== null)
      const isSecondRefused = isDeciding && failure === 'not-allowed'
      const next = withRow(state, id, { state: isSecondRefused ? 'deciding' : 'failed', failure })
      return drained({ ...putOff(next, id), isSecondRefused, spokenId: id })
    },
    decisionLeft: (state, { payload: id }: PayloadAction<string>) =>
      drained({ ...withRow(state, id, { state: 'left' }), isSecondRefused: false, spokenId: id }),
    rowUndone: (state, { payload: id }: PayloadAction<string>) =>
      withRow(state, id, { isUndone: true }),
  },
  extraReducers: (build) => {
    build.addCase(signedOut, () => emptyLend)
  },
})

export const {
  cardScanned,
  idCardRead,
  readerFound,
  nextReader,
  modeChosen,
  itemScanned,
  listWritten,
  listTaken,
  listStopped,
  rowChosen,
  workBegan,
  rowRetried,
  answered,
  failed,
  decisionLeft,
  rowUndone,
} = lendSlice.actions

/**
 * The row that is asked about, also while its answer is being tried: scans wait until it is settled,
 * and a wrong password costs nothing else that was typed.
 */
export const decidingRow = ({ rows }: LendState): LendRow | null =>
  rows.find(
    ({ state, receipt }) => state === 'deciding' || (state === 'working' && receipt !== null),
  ) ?? null
