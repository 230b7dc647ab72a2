/** What stands beside a reader: further cards, and messages for whoever serves them next. */
import { z } from 'zod'
import { CalendarDate, EpochMs } from './words/calendar-date.ts'
import { BranchId, CardId, MessageId, ReaderId, StaffId } from './words/ids.ts'
import { PlainText } from './words/plain-text.ts'

/** What a suspension reaches: a reader may still return, pay and read in the house. */
export const BlockScope = z.enum(['lend', 'renew', 'hold'])
export type BlockScope = z.infer<typeof BlockScope>

/**
 * A number of a reader besides the main one, which stands on the reader: a virtual card, an ID card
 * that lends, or the card that was the main one before. The card that is scanned decides (P 4).
 */
export const Card = z.strictObject({
  id: CardId,
  number: PlainText(64),
  readerId: ReaderId,
  kind: z.enum(['physical', 'virtual', 'id-card']),
  state: z.enum(['valid', 'lost', 'replaced', 'closed']),
  /** Null where it was given out before that was kept. */
  issuedOn: CalendarDate.nullable(),
  /** The number that took its place; a card found again stays replaced by it. */
  replacedByNumber: PlainText(64).nullable(),
})
export type Card = z.infer<typeof Card>

/** Told to the reader at the next visit, at whichever desk; kept with who told it. */
export const ReaderMessage = z.strictObject({
  id: MessageId,
  readerId: ReaderId,
  text: PlainText(500),
  at: EpochMs,
  staffId: StaffId,
  branchId: BranchId,
  /** Null while it is still to be told. */
  dismissedAt: EpochMs.nullable(),
  dismissedBy: StaffId.nullable(),
})
export type ReaderMessage = z.infer<typeof ReaderMessage>
