/**
 * Records that keep a fact whose item or reader nobody knows, until an exception binds them
 * (design/sync.md: unknown-item, unknown-reader).
 */
import type { Facts } from '../facts.ts'
import type { Ctx } from '../operation.ts'
import type { Item, Reader } from '../records.ts'
import type { BranchId, ItemId, ReaderId } from '../words/ids.ts'

export function placeholderItem(barcode: string, facts: Facts, ctx: Ctx): Item {
  return {
    id: ctx.newId() as ItemId,
    barcode,
    titleId: null,
    ownerLibraryId: facts.library.id,
    homeBranchId: ctx.branchId as BranchId,
    atBranchId: ctx.branchId as BranchId,
    callNumber: null,
    shelf: null,
    itemType: 'book',
    language: null,
    audience: 'general',
    priceFen: null,
    state: 'on-shelf',
    condition: 'good',
    conditionNote: null,
    isForLoan: true,
    openLoanId: null,
    lastCheckInAt: null,
    heldForReaderId: null,
    holdId: null,
    transitToBranchId: null,
    isPlaceholder: true,
    partsCount: 1,
    missingParts: null,
    alertNote: null,
    transitSentAt: null,
    inHouseUsesCount: 0,
  }
}

const UNREGISTERED = 'unregistered'

export const isPlaceholderReader = ({ category }: Reader): boolean => category === UNREGISTERED

export function placeholderReader(card: string, facts: Facts, ctx: Ctx): Reader {
  return {
    id: ctx.newId() as ReaderId,
    cardNumber: card,
    name: '',
    category: UNREGISTERED,
    homeLibraryId: facts.library.id,
    bornOn: null,
    phone: null,
    guardianReaderId: null,
    guardianConsentAt: null,
    expiresOn: ctx.today,
    cardState: 'valid',
    blockedUntilOn: null,
    blockReason: null,
    blockedFor: [],
    idNumberHash: null,
    openLoansCount: 0,
    openForeignCount: 0,
    openAvCount: 0,
    openReadingRoomCount: 0,
    claimsCount: 0,
    openHoldsCount: 0,
    feesOwedFen: 0,
    pointsFree: 0,
    activeAt: [{ branchId: ctx.branchId as BranchId, lastOn: ctx.today }],
    note: null,
    depositFen: 0,
    keepsHistory: false,
    mergedIntoId: null,
  }
}
