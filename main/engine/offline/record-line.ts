/** One line of another system's offline file → an operation of this desk, once. */
import type { Receipt } from '../../../contract/desk-api.ts'
import { aSubject } from '../../../domain/facts.ts'
import { spreadPayment } from '../../../domain/policy/spread-payment.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import type { EpochMs } from '../../../domain/words/calendar-date.ts'
import type { Stores } from '../stores.ts'
import type { NumberedLine } from './offline-file.ts'
import type { OfflineLine } from './offline-lines.ts'

type Fact = Exclude<OfflineLine, { is: 'not-taken' | 'unusable' | 'header' }>

export interface LineRequest {
  readonly requestId: string
  readonly kind: 'loan.check-out' | 'loan.check-in' | 'payment.take'
  readonly payload: unknown
}

/** What is to be done about a line, as the desk's records are now. */
export type Planned =
  | { readonly is: 'request'; readonly request: LineRequest }
  | { readonly is: 'repeated'; readonly operationId: string; readonly recordedAt: EpochMs }
  | { readonly is: 'not-taken' | 'unusable'; readonly reason: string }

type Records = Pick<Stores, 'outbox' | 'replica'>

export function planLine(records: Records, { id, read }: NumberedLine): Planned {
  const { outbox, replica } = records
  if (read.is === 'unusable' || read.is === 'not-taken') return { is: read.is, reason: read.reason }
  const earlier = outbox.byRequestId(id)
  if (earlier !== null) return { is: 'repeated', operationId: earlier.id, recordedAt: earlier.at }
  const known = replica.row('offline-line', id)
  if (known !== null) {
    return { is: 'repeated', operationId: known.operationId, recordedAt: known.recordedAt }
  }
  const request = requestOf(records, read, { line: id, happenedAt: read.happenedAt })
  if (request === null) return { is: 'not-taken', reason: 'renew-of-nobody' }
  return { is: 'request', request: { ...request, requestId: id } }
}

interface Elsewhere {
  readonly line: string
  readonly happenedAt: EpochMs
}
type Planning = Omit<LineRequest, 'requestId'>

/** Null where nobody knows whose loan a renewal was. */
function requestOf(records: Records, read: Fact, elsewhere: Elsewhere): Planning | null {
  const day = dateAt(read.happenedAt)
  switch (read.is) {
    case 'check-out':
      return lendingOf(read, elsewhere)
    case 'renewal': {
      const card = read.card ?? cardOfLoan(records, read.barcode)
      return card === null ? null : lendingOf({ ...read, card }, elsewhere)
    }
    case 'check-in': {
      const { barcode } = read
      const returnedOn = read.returnedOn < day ? read.returnedOn : null
      return { kind: 'loan.check-in', payload: { barcode, returnedOn, elsewhere } }
    }
    case 'in-house': {
      const { barcode, usesCount } = read
      const payload = { barcode, returnedOn: null, inHouse: true, usesCount, elsewhere }
      return { kind: 'loan.check-in', payload }
    }
    case 'payment':
      return paymentOf(records, read, elsewhere)
  }
}

type Lent = Pick<Extract<Fact, { is: 'check-out' }>, 'barcode' | 'card' | 'dueOn' | 'happenedAt'>

/** A renewal is a lending to the reader who has it (X5). */
function lendingOf(read: Lent & Pick<Fact, 'is'>, elsewhere: Elsewhere): Planning {
  const { barcode, card, dueOn, happenedAt } = read
  const kept = dueOn !== null && dueOn >= dateAt(happenedAt) ? dueOn : null
  const renewed = read.is === 'renewal' ? { wasRenewed: true } : {}
  return { kind: 'loan.check-out', payload: { barcode, card, dueOn: kept, ...renewed, elsewhere } }
}

function cardOfLoan({ replica }: Records, barcode: string): string | null {
  const [item] = replica.find('itemByBarcode', [barcode])
  const loan = replica.row('loan', item?.openLoanId ?? '')
  return loan === null ? null : (replica.row('reader', loan.readerId)?.cardNumber ?? null)
}

/** X3: what nobody owes any more, and what no known reader paid, is money received all the same. */
function paymentOf(
  { replica, outbox }: Records,
  { card, amountFen }: Extract<Fact, { is: 'payment' }>,
  elsewhere: Elsewhere,
): Planning {
  const { reader } = replica.gather(aSubject({ card }), outbox.identity()?.branchId ?? '')
  const owed = reader === null ? [] : replica.find('feesOfReader', [reader.id])
  const fees = spreadPayment(owed, amountFen)
  // The file does not say how it was paid, and the money lies in another system's drawer.
  const paid = { reader: reader?.id ?? null, fees, tender: null, till: null, elsewhere }
  const whose = reader === null ? { card } : {}
  const unowed = fees.length === 0 ? { unowedFen: amountFen } : {}
  return { kind: 'payment.take', payload: { ...paid, ...whose, ...unowed } }
}

/** True where the city will ask a person about it. */
export const isBroken = ({ findings }: Pick<Receipt, 'findings'>): boolean =>
  findings.some(
    ({ level, exception }) => exception !== null || level === 'impossible' || level === 'override',
  )
