/** One exception with its two histories side by side: what the desk did, what the city had. */
import type { Evidence } from '../../domain/evidence.ts'
import type { Item, LedgerException, Loan, Reader } from '../../domain/records.ts'
import { refusedRequest } from '../../domain/refused-request.ts'
import type { RefusedRequest } from '../../domain/refused-request.ts'
import { isFirstLoan, settlementsFor, severityByKind } from '../../domain/settlements.ts'
import type { Settlement, Severity } from '../../domain/settlements.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { maskedName } from '../../domain/words/masked-name.ts'
import type { Rows } from '../replica/rows.ts'
import { excessOf, feeStepsOf } from './excess.ts'
import type { Excess } from './excess.ts'
import { staffName } from './exceptions.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'

export interface ExceptionDetail {
  readonly exception: LedgerException
  readonly severity: Severity
  readonly item: Item | null
  readonly title: string | null
  readonly sides: readonly Side[]
  readonly settlements: readonly Settlement[]
  readonly assigneeName: string | null
  readonly settledByName: string | null
  readonly comments: readonly { readonly at: number; readonly by: string; readonly text: string }[]
  readonly promise: Promised | null
  readonly excess: Excess | null
  readonly assignees: readonly { readonly id: string; readonly name: string }[]
}

/** What the desk told the reader. */
interface Promised {
  readonly dueOn: CalendarDate | null
  readonly hold: {
    readonly pickupBranchId: string
    readonly neededByOn: CalendarDate | null
  } | null
  readonly waivedFen: number | null
}

interface Side {
  readonly side: 'first' | 'second' | 'desk' | 'city'
  readonly reader: {
    readonly id: string
    readonly name: string
    readonly cardNumber: string
  } | null
  readonly loan: Loan | null
  readonly steps: readonly Step[]
}

interface Step {
  readonly what:
    | 'lent'
    | 'returned'
    | 'done'
    | 'arrived'
    | 'seen'
    | 'held'
    | 'registered'
    | 'charged'
    | 'paid'
    | 'waits'
    | 'has-hold'
    | 'waived'
  readonly at: number
  readonly branchId: string | null
  readonly deviceId: string | null
  readonly staffName: string | null
  readonly reader: string | null
}

/** A longer story is on the item's own screen. */
const LOANS_TOLD = 4
const HOLDS_TOLD = 5
const ASSIGNEES_MAX = 20

export function exception(
  { outbox, replica: { rows }, catalogue }: Stores,
  { exceptionId }: { readonly exceptionId: string },
  _asked: AskedAt,
): ExceptionDetail | null {
  const found = rows.row('exception', exceptionId)
  if (found === null) return null
  const item = found.itemId === null ? null : rows.row('item', found.itemId)
  const request = refusedRequest(found)
  const titleId = item?.titleId ?? request?.hold?.titleId ?? null
  const openLoansOfItem = item === null ? [] : rows.find('openLoansOfItem', [item.id, null])
  return {
    exception: found,
    severity: severityByKind[found.kind],
    item,
    title: titleRows(catalogue, [titleId])(titleId)?.title ?? null,
    sides: sidesOf(rows, found, item),
    settlements: found.settledAt === null ? settlementsFor(found, { item, openLoansOfItem }) : [],
    assigneeName: staffName(rows, found.assignedTo),
    settledByName: staffName(rows, found.settledBy),
    comments: found.comments.map(({ at, staffId, text }) => ({
      at,
      by: staffName(rows, staffId) ?? '',
      text,
    })),
    promise: promiseOf(request),
    excess:
      found.settledAt === null ? excessOf(rows, found, outbox.identity()?.deviceId ?? null) : null,
    assignees: assigneesAt(rows, found.branchId),
  }
}

const promiseOf = (request: RefusedRequest | null): Promised | null =>
  request === null
    ? null
    : {
        dueOn: request.printedOn,
        hold: request.hold && {
          pickupBranchId: request.hold.pickupBranchId,
          neededByOn: request.hold.neededByOn,
        },
        waivedFen: request.waiver?.amountFen ?? null,
      }

function sidesOf(rows: Rows, found: LedgerException, item: Item | null): readonly Side[] {
  const loan = found.loanId === null ? null : rows.row('loan', found.loanId)
  const otherLoan = found.otherLoanId === null ? null : rows.row('loan', found.otherLoanId)
  if (loan !== null && otherLoan !== null) {
    const own = { ...actorOf(found), loan }
    const other = { ...otherActor(found.evidence?.other ?? null), loan: otherLoan }
    const isFirst = isFirstLoan(loan, otherLoan)
    return [
      loanSide(rows, 'first', isFirst ? own : other),
      loanSide(rows, 'second', isFirst ? other : own),
    ]
  }
  if (found.kind === 'request-refused') {
    const city = citySide(rows, found, item)
    const waiting = waitingSteps(rows, found, item)
    // The loan is as the city has it; the desk had promised another date.
    return [
      deskSide(rows, found, null),
      {
        ...city,
        loan,
        reader: loan === null ? null : shown(rows.row('reader', loan.readerId)),
        steps: inTime([...city.steps, ...waiting]),
      },
    ]
  }
  return [deskSide(rows, found, loan), citySide(rows, found, item)]
}

interface Actor {
  readonly deviceId: string | null
  readonly staffId: string | null
}

const actorOf = ({ deviceId, evidence }: LedgerException): Actor => ({
  deviceId,
  staffId: evidence?.staffId ?? null,
})

/** `device.epoch.seq`; the device may hold dots itself. */
const otherActor = (other: Evidence['other']): Actor => ({
  deviceId: other?.operationId.split('.').slice(0, -2).join('.') ?? null,
  staffId: other?.staffId ?? null,
})

function loanSide(
  rows: Rows,
  side: 'first' | 'second',
  { loan, deviceId, staffId }: Actor & { readonly loan: Loan },
): Side {
  const reader = rows.row('reader', loan.readerId)
  const lent: Step = {
    ...lentStep(loan, reader),
    deviceId,
    staffName: staffName(rows, staffId),
    reader: null,
  }
  const returned = returnedStep(loan, null)
  return { side, reader: shown(reader), loan, steps: returned === null ? [lent] : [lent, returned] }
}

const shown = (reader: Reader | null): Side['reader'] =>
  reader === null ? null : { id: reader.id, name: reader.name, cardNumber: reader.cardNumber }

const nobody = { deviceId: null, staffName: null } as const
const lentStep = (loan: Loan, reader: Reader | null): Step => ({
  ...nobody,
  what: 'lent',
  at: loan.lentAt,
  branchId: loan.lentBranchId,
  reader: reader === null ? null : maskedName(reader.name),
})

const returnedStep = (loan: Loan, reader: string | null): Step | null =>
  loan.returnedAt === null
    ? null
    : {
        ...nobody,
        what: 'returned',
        at: loan.returnedAt,
        branchId: loan.returnedBranchId,
        reader,
      }

function deskSide(rows: Rows, found: LedgerException, loan: Loan | null): Side {
  const readerId = found.readerId ?? loan?.readerId ?? null
  const { deviceId, staffId } = actorOf(found)
  const done: Step = {
    what: 'done',
    at: found.happenedAt,
    branchId: found.branchId,
    deviceId,
    staffName: staffName(rows, staffId),
    reader: null,
  }
  const arrived: Step = {
    ...nobody,
    what: 'arrived',
    at: found.openedAt,
    branchId: null,
    reader: null,
  }
  const returned = loan === null ? null : returnedStep(loan, null)
  const steps = [done, arrived, ...(returned === null ? [] : [returned])]
  return {
    side: 'desk',
    reader: shown(readerId === null ? null : rows.row('reader', readerId)),
    loan,
    steps: inTime(steps),
  }
}

/** What else is known of the item: whose it was, where it was last seen, who waits for it. */
function citySide(rows: Rows, found: LedgerException, item: Item | null): Side {
  const loans =
    item === null
      ? []
      : rows.select(
          'loan',
          'WHERE itemId = ? AND id IS NOT ? ORDER BY lentAt DESC LIMIT ?',
          item.id,
          isOfCity(found) ? null : found.loanId,
          LOANS_TOLD,
        )
  const ofFees = feeStepsOf(rows, found).map(({ staffId, ...step }) => ({
    ...nobody,
    ...step,
    staffName: staffName(rows, staffId),
    reader: null,
  }))
  const steps: Step[] = loans.flatMap((loan) => {
    const reader = rows.row('reader', loan.readerId)
    const lent = lentStep(loan, reader)
    const returned = returnedStep(loan, lent.reader)
    return returned === null ? [lent] : [lent, returned]
  })
  const seenAt = item?.lastCheckInAt ?? null
  if (item !== null && seenAt !== null && !steps.some(({ at }) => at === seenAt)) {
    steps.push({ ...nobody, what: 'seen', at: seenAt, branchId: item.atBranchId, reader: null })
  }
  const waits = item?.heldForReaderId ?? null
  if (waits !== null) {
    const reader = rows.row('reader', waits)
    steps.push({
      ...nobody,
      what: 'held',
      at: found.openedAt,
      branchId: null,
      reader: reader === null ? null : maskedName(reader.name),
    })
  }
  return { side: 'city', reader: null, loan: null, steps: inTime([...steps, ...ofFees]) }
}

const isOfCity = ({ kind }: LedgerException): boolean =>
  kind === 'open-loan-same' || kind === 'request-refused'

/** Who else waits for it; where a hold was refused, what the reader waits for. */
function waitingSteps(rows: Rows, found: LedgerException, item: Item | null): readonly Step[] {
  const wish = refusedRequest(found)?.hold ?? null
  const isHold = wish !== null
  const ofReader = isHold && found.readerId !== null ? [found.readerId, null] : null
  const ofTitle = !isHold && item !== null ? [item.titleId, 'waiting'] : null
  const holds = [
    ...(ofReader === null ? [] : rows.find('openHoldsOfReader', ofReader)),
    ...(ofTitle === null ? [] : rows.find('waitingHoldsOfTitle', ofTitle)),
  ]
  return holds
    .filter(({ readerId }) => isHold || readerId !== found.readerId)
    .slice(-HOLDS_TOLD)
    .map(({ placedAt, pickupBranchId }) => ({
      ...nobody,
      what: isHold ? ('has-hold' as const) : ('waits' as const),
      at: placedAt,
      branchId: pickupBranchId,
      reader: null,
    }))
}

const inTime = (steps: readonly Step[]): Step[] => steps.toSorted((one, other) => one.at - other.at)

function assigneesAt(rows: Rows, branchId: string): ExceptionDetail['assignees'] {
  const sql = `SELECT id, name FROM staff WHERE isActive = 1 AND role = 'branch-head'
    AND EXISTS (SELECT 1 FROM json_each(branchIds) WHERE value = ?) ORDER BY name LIMIT ?`
  return rows
    .raw(sql, branchId, ASSIGNEES_MAX)
    .map(({ id, name }) => ({ id: String(id), name: String(name) }))
}
