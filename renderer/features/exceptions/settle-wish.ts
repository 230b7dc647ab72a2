/** What a way out of an exception asks the desk to do. */
import type { OperationKind, PayloadOf } from '../../../domain/operations/index.ts'
import { isBinding } from '../../../domain/settlements.ts'
import type { Settlement } from '../../../domain/settlements.ts'
import type { ExceptionDetail } from './exception-detail.ts'

export type SettlingKind = Extract<OperationKind, `exception.${string}`> | 'payment.return'

export interface Wish<K extends SettlingKind = SettlingKind> {
  readonly kind: K
  readonly payload: PayloadOf<K>
  /** What it settles as; null for a comment. */
  readonly settlement: Settlement | null
}

/** It goes into a ledger, whose notes are shorter. */
const COMMENT_OF_MONEY_MAX = 200

/** Null where more than a choice is asked for: a code to bind to, money that is not there. */
export function wishOf(
  { exception, excess }: Pick<ExceptionDetail, 'exception' | 'excess'>,
  settlement: Settlement,
  said: string | null,
): Wish | null {
  if (isBinding(settlement)) return null
  if (settlement !== 'excess-returned') {
    const payload = { exception: exception.id, settlement, comment: said }
    return { kind: 'exception.settle', payload, settlement }
  }
  if (excess === null) return null
  const payload = {
    exception: exception.id,
    reader: excess.readerId,
    entries: excess.lines.map((line) => ({ ...line })),
    tender: excess.tender ?? 'cash',
    till: excess.tillId,
    comment: said?.slice(0, COMMENT_OF_MONEY_MAX) ?? null,
  } as const
  return { kind: 'payment.return', payload, settlement }
}
