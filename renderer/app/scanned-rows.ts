/** What lending and returning share: rows of scanned items, the newest first, done in order. */
import type { TFunction } from 'i18next'
import type { Failure, Receipt } from '../../contract/desk-api.ts'
import type { Finding } from '../../domain/operation.ts'
import type { OperationId } from '../../domain/words/ids.ts'
import type { ToneName } from '../ui/tone.tsx'
import { newRequestId, perform, toneOf } from './perform.ts'
import type { Thunk } from './store.ts'

/** `put-off`: of a list, to be decided once the rest of it is done. */
type ScannedState =
  | 'waiting'
  | 'working'
  | 'done'
  | 'deciding'
  | 'put-off'
  | 'stopped'
  | 'left'
  | 'failed'

export interface ScannedRow {
  readonly id: string
  readonly barcode: string
  readonly state: ScannedState
  readonly receipt:
    | (Pick<Receipt, 'operationId' | 'outcome'> & { readonly findings: readonly Finding[] })
    | null
  readonly failure: Failure | null
  /** Undone from this screen; the operation counts no more. */
  readonly isUndone: boolean
}

interface Scanned<R> {
  /** Newest first. */
  readonly rows: readonly R[]
  /** Which row the large verdict is about. */
  readonly spokenId: string | null
}

/** What a row begins with. */
export const unanswered = {
  state: 'waiting',
  receipt: null,
  failure: null,
  isUndone: false,
} as const

export const rowsWith = <R extends ScannedRow>(
  rows: readonly R[],
  id: string,
  part: Partial<R>,
): readonly R[] => rows.map((row) => (row.id === id ? { ...row, ...part } : row))

/** The oldest that waits, while nothing else is at work; what was put off comes after the rest. */
export const nextWaiting = <R extends ScannedRow>(rows: readonly R[]): R | null =>
  rows.some(({ state }) => state === 'working' || state === 'deciding')
    ? null
    : (rows.findLast(({ state }) => state === 'waiting') ??
      rows.findLast(({ state }) => state === 'put-off') ??
      null)

export const spokenRow = <R extends ScannedRow>({ rows, spokenId }: Scanned<R>): R | null =>
  rows.find(({ id }) => id === spokenId) ?? null

export const isStanding = ({ state, isUndone }: ScannedRow): boolean =>
  state === 'done' && !isUndone

export const standingCount = ({ rows }: Scanned<ScannedRow>): number =>
  rows.filter(isStanding).length

export interface Mark {
  readonly tone: ToneName
  readonly word: string
}

/** `done` is the mark of a row that was done and stands. */
export function markOf(t: TFunction, { state, isUndone }: ScannedRow, done: Mark): Mark {
  switch (state) {
    case 'waiting':
      return { tone: 'working', word: t('verdict.waiting') }
    case 'working':
      return { tone: 'working', word: t('verdict.working') }
    case 'deciding':
      return { tone: 'needs-you', word: t('verdict.needsOverride') }
    case 'put-off':
      return { tone: 'needs-you', word: t('verdict.putOff') }
    case 'stopped':
      return { tone: 'stop', word: t('verdict.stop') }
    case 'left':
      return { tone: 'noted', word: t('verdict.left') }
    case 'failed':
      return { tone: 'stop', word: t('verdict.failed') }
    case 'done':
      return isUndone ? { tone: 'noted', word: t('verdict.undone') } : done
  }
}

/** Undoes the operation of a row; true where it is undone now. */
export const undoScanned =
  ({ receipt: done }: ScannedRow): Thunk<Promise<boolean>> =>
  async (_dispatch, _getState, { desk, play }) => {
    const operation = done?.operationId ?? null
    if (operation === null) return false
    const { receipt } = await perform(desk, {
      requestId: newRequestId(),
      kind: 'operation.undo',
      payload: { operation: operation as OperationId, reason: null },
      overrides: [],
    })
    play(receipt === null ? 'stop' : toneOf(receipt))
    return receipt?.outcome === 'done'
  }
