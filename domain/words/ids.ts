/** Branded identifiers. All are text; none is ever reused or derived from a printed label. */
import { z } from 'zod'

const id = () => z.string().min(1).max(80)

export const LibraryId = id().brand<'LibraryId'>()
export const BranchId = id().brand<'BranchId'>()
export const CalendarId = id().brand<'CalendarId'>()
export const TitleId = id().brand<'TitleId'>()
export const ItemId = id().brand<'ItemId'>()
export const ReaderId = id().brand<'ReaderId'>()
export const LoanId = id().brand<'LoanId'>()
export const FeeId = id().brand<'FeeId'>()
export const LedgerEntryId = id().brand<'LedgerEntryId'>()
export const TillId = id().brand<'TillId'>()
export const LeaseId = id().brand<'LeaseId'>()
export const StaffId = id().brand<'StaffId'>()
export const CardId = id().brand<'CardId'>()
export const MessageId = id().brand<'MessageId'>()
export const HoldId = id().brand<'HoldId'>()
export const DraftId = id().brand<'DraftId'>()
export const SubscriptionId = id().brand<'SubscriptionId'>()
export const SerialIssueId = id().brand<'SerialIssueId'>()
export const CopyTargetId = id().brand<'CopyTargetId'>()
export const SchemeId = z
  .string()
  .regex(/^[A-Za-z0-9.-]{1,80}$/)
  .brand<'SchemeId'>()
export const BookNumberId = id().brand<'BookNumberId'>()
export const FormerBarcodeId = id().brand<'FormerBarcodeId'>()
/** The number of a chip, as its maker gave it: 16 lower-case hex digits. */
export const TagId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .brand<'TagId'>()
export const AuthorityId = id().brand<'AuthorityId'>()
export const ApartId = id().brand<'ApartId'>()
export const ExceptionId = id().brand<'ExceptionId'>()
/** `device.epoch.seq`: see operationId in domain/operation.ts. */
export const OperationId = id().brand<'OperationId'>()
/** The first 40 hex digits of the SHA-256 of the line: the same in every copy of its file. */
export const OfflineLineId = z
  .string()
  .regex(/^[0-9a-f]{40}$/)
  .brand<'OfflineLineId'>()
export const DeviceId = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,40}$/)
  .brand<'DeviceId'>()

export type LibraryId = z.infer<typeof LibraryId>
export type BranchId = z.infer<typeof BranchId>
export type CalendarId = z.infer<typeof CalendarId>
export type TitleId = z.infer<typeof TitleId>
export type ItemId = z.infer<typeof ItemId>
export type ReaderId = z.infer<typeof ReaderId>
export type LoanId = z.infer<typeof LoanId>
export type FeeId = z.infer<typeof FeeId>
export type LedgerEntryId = z.infer<typeof LedgerEntryId>
export type TillId = z.infer<typeof TillId>
export type LeaseId = z.infer<typeof LeaseId>
export type StaffId = z.infer<typeof StaffId>
export type CardId = z.infer<typeof CardId>
export type MessageId = z.infer<typeof MessageId>
export type HoldId = z.infer<typeof HoldId>
export type DraftId = z.infer<typeof DraftId>
export type SubscriptionId = z.infer<typeof SubscriptionId>
export type SerialIssueId = z.infer<typeof SerialIssueId>
export type CopyTargetId = z.infer<typeof CopyTargetId>
export type SchemeId = z.infer<typeof SchemeId>
export type BookNumberId = z.infer<typeof BookNumberId>
export type FormerBarcodeId = z.infer<typeof FormerBarcodeId>
export type AuthorityId = z.infer<typeof AuthorityId>
export type ApartId = z.infer<typeof ApartId>
export type ExceptionId = z.infer<typeof ExceptionId>
export type OperationId = z.infer<typeof OperationId>
export type DeviceId = z.infer<typeof DeviceId>
export type OfflineLineId = z.infer<typeof OfflineLineId>
