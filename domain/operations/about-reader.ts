/** What operations on a reader's own record have in common. */
import type { Facts } from '../facts.ts'
import { impossible } from '../operation.ts'
import type { About, Finding } from '../operation.ts'
import type { Reader } from '../records.ts'
import { isPlaceholderReader } from './placeholders.ts'

export const aboutReader = (reader: Reader | null): About => ({
  itemId: null,
  readerId: reader?.id ?? null,
  loanId: null,
  otherLoanId: null,
})

/** D16: the record exists, is a person's, and is not closed. `rule`: of whoever asks. */
export function standingFindings(reader: Reader | null, rule: string): Finding[] {
  if (reader === null) return [impossible('unknown-reader', rule)]
  if (isPlaceholderReader(reader)) return [impossible('reader-to-be-completed', 'D16')]
  return reader.cardState === 'closed' ? [impossible('card-closed', 'D16')] : []
}

/** The card of this number: the reader's main one, another of theirs, or none. */
export function cardOfNumber({ reader, atReaderDesk }: Facts, number: string) {
  const other = atReaderDesk?.cards.find((card) => card.number === number) ?? null
  return { isMain: reader?.cardNumber === number, other }
}
