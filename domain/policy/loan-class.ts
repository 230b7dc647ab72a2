/** Limits count Chinese, foreign and audio-visual loans apart (L6; reference/domain-cn.md 4.1). */
import type { Item, Loan, LoanClass, Reader } from '../records.ts'

/** An item whose language nobody recorded is taken for Chinese, as its label is. */
export function classOf({
  itemType,
  language,
}: Pick<Item, 'itemType' | 'language'>): Exclude<LoanClass, 'reading-room'> {
  if (itemType === 'av') return 'av'
  return language === null || language === 'chi' ? 'chinese' : 'foreign'
}

/** Open loans of this class, from the counters that each loan and return moves. */
export function openOfClass(reader: Reader, of: LoanClass): number {
  const { openLoansCount, openForeignCount, openAvCount, openReadingRoomCount } = reader
  switch (of) {
    case 'foreign':
      return openForeignCount
    case 'av':
      return openAvCount
    case 'chinese':
      return openLoansCount - openForeignCount - openAvCount - openReadingRoomCount
    case 'reading-room':
      return openReadingRoomCount
  }
}

/** Loans that go home: what the limit of the category speaks of. */
export const openForHome = ({ openLoansCount, openReadingRoomCount }: Reader): number =>
  openLoansCount - openReadingRoomCount

/** What one loan more, or one less, adds to the reader's counters. */
export const countedLoan = (
  { countsAs }: Pick<Loan, 'countsAs'>,
  by: 1 | -1,
): {
  openLoansCount: number
  openForeignCount?: number
  openAvCount?: number
  openReadingRoomCount?: number
} => ({
  openLoansCount: by,
  ...(countsAs === 'foreign' ? { openForeignCount: by } : {}),
  ...(countsAs === 'av' ? { openAvCount: by } : {}),
  ...(countsAs === 'reading-room' ? { openReadingRoomCount: by } : {}),
})
