/** What granting a refused request looks at, beside its exception. */
import { find, get, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Hold } from './hold-records.ts'
import type { LedgerEntry } from './ledger-records.ts'
import type { Branch, Fee, LedgerException, Reader, Title } from './records.ts'
import { refusedRequest } from './refused-request.ts'
import type { RefusedRequest } from './refused-request.ts'
import { standingTitle } from './title-facts.ts'

export interface RefusedFacts {
  readonly request: RefusedRequest
  /** What stands for the title that was asked for. */
  readonly title: Title | null
  readonly reader: Reader | null
  readonly openHoldsOfReader: readonly Hold[]
  readonly pickupBranch: Branch | null
  readonly fee: Fee | null
  /** Money of that fee. */
  readonly entriesOfFee: readonly LedgerEntry[]
}

/** Null where the exception is about something else. */
export function gatherRefused(exception: LedgerException | null): Gathering<RefusedFacts | null> {
  const request = exception === null ? null : refusedRequest(exception)
  return request === null || exception === null
    ? known(null)
    : gatherOf(request, exception.readerId)
}

function* gatherOf(request: RefusedRequest, readerId: string | null): Gathering<RefusedFacts> {
  const feeId = request.waiver?.feeId ?? null
  const holder = request.hold === null ? null : readerId
  const [title, reader, openHoldsOfReader, pickupBranch, fee, entriesOfFee] = yield* together(
    standingTitle(request.hold?.titleId ?? null),
    get('reader', readerId),
    find('openHoldsOfReader', holder === null ? null : [holder, null]),
    get('branch', request.hold?.pickupBranchId ?? null),
    get('fee', feeId),
    find('entriesOfFee', feeId === null ? null : [feeId]),
  )
  return { request, title, reader, openHoldsOfReader, pickupBranch, fee, entriesOfFee }
}
