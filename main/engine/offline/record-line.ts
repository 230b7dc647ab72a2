/** One line of another system's offline file → an operation of this desk, once. */
import type { Receipt } from '../../../contract/desk-api.ts'
import { aSubject } from '../../../domain/facts.ts'
import { spreadPayment } from '../../../domain/policy/spread-payment.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import type { EpochMs } from '../../../domain/words/calendar-date.ts'
import type { Stores } from '../stores.ts'
import type { NumberedLine } from './offline-file.ts'
import type { OfflineLine } from './offline-lines.ts'

type Fact = Extract<OfflineLine, { is: 'check-out' | 'check-in' | 'payment' }>

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

export function planLine({ outbox, replica }: Records, { id, read }: NumberedLine): Planned {
  if (read.is === 'unusable' || read.is === 'not-taken') return { is: read.is, reason: read.reason }
  const earlier = outbox.byRequestId(id)
  if (earlier !== null) return { is: 'repeated', operationId: earlier.id, recordedAt: earlier.at }
  const known = replica.row('offline-line', id)
  if (known !== null) {
    return { is: 'repeated', operationId: known.operationId, recordedAt: known.recordedAt }
  }
  const elsewhere = { line: id, happenedAt: read.happenedAt }
  const request = requestOf(read, elsewhere, (card) => owedBy(replica, outbox, card))
  if (request === null) return { is: 'not-taken', reason: 'unknown-card' }
  if (request === 'nothing-owed') return { is: 'not-taken', reason: 'nothing-owed' }
  return { is: 'request', request: { ...request, requestId: id } }
}

/** Null where nobody has the card. */
function owedBy(replica: Stores['replica'], outbox: Stores['outbox'], card: string) {
  const { reader } = replica.gather(aSubject({ card }), outbox.identity()?.branchId ?? '')
  return reader === null ? null : { reader, fees: replica.find('feesOfReader', [reader.id]) }
}

type Owed = NonNullable<ReturnType<typeof owedBy>>

function requestOf(
  read: Fact,
  elsewhere: { readonly line: string; readonly happenedAt: EpochMs },
  owedByCard: (card: string) => Owed | null,
): Omit<LineRequest, 'requestId'> | 'nothing-owed' | null {
  const day = dateAt(read.happenedAt)
  if (read.is === 'check-out') {
    const { barcode, card, dueOn } = read
    const kept = dueOn !== null && dueOn >= day ? dueOn : null
    return { kind: 'loan.check-out', payload: { barcode, card, dueOn: kept, elsewhere } }
  }
  if (read.is === 'check-in') {
    const { barcode } = read
    const returnedOn = read.returnedOn < day ? read.returnedOn : null
    return { kind: 'loan.check-in', payload: { barcode, returnedOn, elsewhere } }
  }
  const owed = owedByCard(read.card)
  if (owed === null) return null
  const fees = spreadPayment(owed.fees, read.amountFen)
  if (fees.length === 0) return 'nothing-owed'
  // The file does not say how it was paid, and the money lies in another system's drawer.
  const payload = { reader: owed.reader.id, fees, tender: null, till: null, elsewhere }
  return { kind: 'payment.take', payload }
}

/** True where the city will ask a person about it. */
export const isBroken = ({ findings }: Pick<Receipt, 'findings'>): boolean =>
  findings.some(
    ({ level, exception }) => exception !== null || level === 'impossible' || level === 'override',
  )
