/**
 * A request that a desk called done and the city refuses (E11): what was said and promised stays
 * with the exception, so that a person can still stand by it.
 */
import type { Hold } from './hold-records.ts'
import type { LedgerException } from './records.ts'
import { CalendarDate } from './words/calendar-date.ts'
import { BranchId, FeeId, ItemId, TitleId } from './words/ids.ts'

/** What the city must know of a request to grant it later; of other kinds a person does it by hand. */
export type Asked = Readonly<Record<string, string | number>>

export const askedForHold = (
  hold: Pick<Hold, 'titleId' | 'itemId' | 'pickupBranchId' | 'neededByOn'>,
): Asked => ({
  titleId: hold.titleId,
  pickupBranchId: hold.pickupBranchId,
  ...(hold.itemId === null ? {} : { askedItemId: hold.itemId }),
  ...(hold.neededByOn === null ? {} : { neededByOn: hold.neededByOn }),
})

export interface RefusedRequest {
  /** A rule stood in the way that nobody may override. */
  readonly isFinal: boolean
  readonly printedOn: CalendarDate | null
  readonly hold: Pick<Hold, 'titleId' | 'itemId' | 'pickupBranchId' | 'neededByOn'> | null
  readonly waiver: { readonly feeId: FeeId; readonly amountFen: number } | null
}

/** Null where the exception is about something else, or a newer program says what this cannot read. */
export function refusedRequest({ kind, evidence }: LedgerException): RefusedRequest | null {
  const found = evidence?.findings.find(({ code }) => code === 'request-refused')
  if (kind !== 'request-refused' || found === undefined) return null
  const { params } = found
  return {
    isFinal: params['isFinal'] !== 0,
    printedOn: dateOrNull(params['printedOn']),
    hold: holdIn(params),
    waiver: waiverIn(params),
  }
}

const dateOrNull = (value: unknown): CalendarDate | null =>
  CalendarDate.safeParse(value).data ?? null

function holdIn(params: Asked): RefusedRequest['hold'] {
  const { titleId, pickupBranchId, askedItemId, neededByOn } = params
  if (titleId === undefined || pickupBranchId === undefined) return null
  return {
    titleId: TitleId.parse(titleId),
    itemId: askedItemId === undefined ? null : ItemId.parse(askedItemId),
    pickupBranchId: BranchId.parse(pickupBranchId),
    neededByOn: dateOrNull(neededByOn),
  }
}

function waiverIn({ feeId, amountFen }: Asked): RefusedRequest['waiver'] {
  if (feeId === undefined || typeof amountFen !== 'number') return null
  return { feeId: FeeId.parse(feeId), amountFen }
}

/**
 * I28: what the reader was told counts while nobody has decided otherwise. The latest date that a
 * refused renewal of this loan promised, or the loan's own.
 */
export function standingDueOn(
  loan: { readonly id: string; readonly dueOn: CalendarDate },
  openExceptions: readonly LedgerException[],
): CalendarDate {
  const promised = openExceptions.flatMap((one) =>
    one.loanId === loan.id ? (refusedRequest(one)?.printedOn ?? []) : [],
  )
  return [loan.dueOn, ...promised].toSorted().at(-1) ?? loan.dueOn
}
